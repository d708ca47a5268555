"""An error code that is spelt in another case than elsewhere."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from kb.checks.rule import Family, Finding, Inspection, Located, Rule
from kb.checks.yaml_places import places_of

_KNOWN: Final = re.compile(
    r"HTTP \d{3}|E(?:ACCES|ADDRINUSE|ADDRNOTAVAIL|AGAIN|CONNABORTED|CONNREFUSED|CONNRESET|EXIST|INVAL|ISDIR|LOOP|MFILE"
    r"|NAMETOOLONG|NETUNREACH|NFILE|NODEV|NOENT|NOMEM|NOSPC|NOTDIR|NOTEMPTY|NOTFOUND|PERM|PIPE|RESOLVE|ROFS|TIMEDOUT|XDEV)"
    r"|TS\d{3,5}|CVE-\d{4}-\d{4,}|ERR_[A-Z0-9_]+|SQLSTATE [0-9A-Z]{5}|exit \d{1,3}|KB\d{3}"
    r"|MSB\d{4}|NU\d{4}|CS\d{4}|LNK\d{4}"
)
"""Codes whose case is known, as their makers print them."""
_CASES: Final = (str.upper, str.lower)


def _check(inspection: Inspection) -> Iterator[Located]:
    uses: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for claims in inspection.claims:
        for index, code in enumerate(claims.codes):
            uses[code.casefold()].append((claims.name, index, code))
    for same in uses.values():
        right = _right([code for _, _, code in same])
        for name, index, code in same:
            if code == right:
                continue
            source = inspection.read(name)
            position = source.key_position("codes", index)
            scalar = places_of(source).values.get(position)
            edits = scalar.becomes(right) if scalar and scalar.is_plain else ()
            yield Located(source, Finding(position, f"the code {code!r} is spelt {right!r}", f"Write {right}.", edits))


def _right(spellings: list[str]) -> str:
    """The spelling of a code: that of its makers where it is known, else the most frequent one, else the first."""
    for spelling in spellings:
        for case in (str, *_CASES):
            if _KNOWN.fullmatch(case(spelling)):
                return case(spelling)
    counted = Counter(spellings)
    return min(counted, key=lambda spelling: (-counted[spelling], spelling))


RULE = Rule(
    code="KB212",
    name="code-case",
    family=Family.CONTENT,
    summary="A code is spelt in another case than its makers, or most other entries, spell it.",
    why="A code has one page that lists its errors. Two spellings look like two codes there and in searches.",
    fix="Spell the code as the program prints it.",
    mended="Writes the code as it is printed.",
    bad="codes: [eacces, Http 400]",
    good="codes: [EACCES, HTTP 400]",
    in_collection=_check,
)
