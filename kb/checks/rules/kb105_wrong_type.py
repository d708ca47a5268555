"""A value that is not what its key takes."""

import re
from typing import Final

from kb.checks.edit import Edit
from kb.checks.rule import UNREADABLE, Family, Rule
from kb.checks.values import day_of, issue_of
from kb.checks.yaml_places import Scalar, places_of
from kb.entry import Catalog, Defect, DefectKind, Source, slug_of

_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SLUGS: Final = re.compile(r"[a-z0-9-]+(?:(?:, *| +)[a-z0-9-]+)*")
_STATUSES: Final = ("open", "workaround", "fixed", "wontfix", "duplicate")


def _mend(file: Source | Catalog, defect: Defect) -> tuple[Edit, ...]:
    scalar = places_of(file).values.get(defect.position)
    new = _instead(scalar, defect.message) if scalar else None
    return scalar.becomes(new) if scalar and new and new != scalar.value else ()


def _instead(scalar: Scalar, message: str) -> str | None:
    """The YAML that was meant, where that is certain."""
    text = scalar.value
    if "must be text, but YAML reads" in message:
        return f'"{text}"' if scalar.is_plain and '"' not in text and "\\" not in text else None
    if "must be a date, found" in message:
        day = day_of(text)
        return day.isoformat() if day else None
    if "must be a list, found" in message and scalar.is_plain:
        if message.startswith(("tags ", "tags[")) and _SLUGS.fullmatch(text):
            return f"[{', '.join(re.split(', *| +', text))}]"
        return f"[{text}]" if not re.search(r"[\[\]{},#:\"']", text) else None
    if message.startswith("status ") and text.lower() in _STATUSES:
        return text.lower()
    if message.startswith("tags[") and _SLUG.fullmatch(slug_of(text)):
        return slug_of(text)
    if message.startswith(("reports[", "pulls[", "issue.ref")):
        return issue_of(text)
    return None


RULE = Rule(
    code="KB105",
    name="wrong-type",
    family=Family.FORMAT,
    summary="A value has another type, form or size than its key takes.",
    why=(
        "Pages sort by dates, link by ids and have room for a line where a line belongs. YAML has traps besides: it "
        "reads `no` as false and `1.10` as the number 1.1."
    ),
    fix="Quote text that looks like something else, and write a list where a list is expected.",
    mended=(
        "Quotes what YAML takes for something else than text, puts a single value into a list, and writes dates, "
        "tags, issues and the status in their form."
    ),
    bad="affects: {versions: [1.10]}",
    good='affects: {versions: ["1.10"]}',
    defects=frozenset({DefectKind.WRONG_TYPE}),
    mend=_mend,
    firm=UNREADABLE,
)
