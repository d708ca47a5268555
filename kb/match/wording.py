"""The wording of an error without any value in it: what may be told of a message that nobody knows.

A word stays if it is a plain word, a name in CamelCase or in CAPITALS, or a code as compilers print them. Everything
else, whatever it is, becomes `*`: numbers, paths, addresses, what stands in quotes, and the word after one like "user".
So nothing has to be recognised to be left out. The JavaScript twin is `wording.js`.
"""

from __future__ import annotations

import re
from typing import Final

from kb.match.bare import without_noise

MOST_WORDS: Final = 40
MOST_LINES: Final = 4
MOST_CHARACTERS: Final = 20_000
LONGEST_LINE: Final = 2_000
QUOTED: Final = re.compile(
    "(?<!\\w)(?:'[^'\n]{1,200}'|\"[^\"\n]{1,200}\"|`[^`'\n]{1,200}['`]|\u2018[^\u2019\n]{1,200}\u2019|\u201c[^\u201d\n]{1,200}\u201d"
    "|\u00ab[^\u00bb\n]{1,200}\u00bb)(?!\\w)",
    re.ASCII,
)
WORD: Final = re.compile(
    r"(?=.{1,30}$)(?:[A-Z]?[a-z]{1,20}(?:[A-Z][a-z]{1,20}){0,4}|[A-Z]{1,16}(?:_[A-Z]{1,16}){0,5}"
    r"|[A-Za-z]?[a-z]{1,20}(?:['\u2019-][a-z]{1,20}){1,3}|(?:E|TS|CS|ORA-|MSB|NU|LNK|C)[0-9]{3,5})"
)
_NAMING: Final = """
user username login account owner author password passwd passphrase token secret named called host hostname server
database db role branch bucket tenant domain email name schema table column id key package module project repository
repo remote file directory folder service container image pod namespace cluster function class method variable
attribute command target job index topic queue
"""
_NOT_NAMES: Final = """
is was are were be not does did do has have had can cannot could should must may might will in on of at for to from by
with without and or but the a an already exists exist required denied missing failed invalid incorrect expired
authentication verification error name names file files path unknown that which this you your it its no any exception
failure named called version imported used defined permission permissions access key keys
"""
NAMING: Final = frozenset(_NAMING.split())
"""Words after which a name stands, which may be a plain word as well."""
NOT_NAMES: Final = frozenset(_NOT_NAMES.split())
"""Words that say something of what was named."""
EDGES: Final = "()[]{}<>.,:;!?'\"`\u2018\u2019\u201c\u201d\u00ab\u00bb|*"


def without_values(text: str) -> str:
    """The words of an error on one line, with `*` in place of all that may be a value. Twice gives the same as once."""
    lines = [line for line in without_noise(text[:MOST_CHARACTERS]).split("\n") if line.strip()]
    kept: list[str] = []
    for line in lines[:MOST_LINES]:
        before = ""
        for token in QUOTED.sub(" * ", line[:LONGEST_LINE]).split():
            bare = token.strip(EDGES)
            word = bare if WORD.fullmatch(bare) else "*"
            if before in NAMING and word.lower() not in NOT_NAMES:
                word = "*"
            before = word.lower()
            if word != "*" or kept[-1:] != ["*"]:
                kept.append(word)
    return " ".join(kept[:MOST_WORDS])
