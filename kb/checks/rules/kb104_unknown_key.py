"""A key that no entry has."""

from kb.checks.edit import Edit
from kb.checks.rule import UNREADABLE, Family, Rule
from kb.checks.yaml_places import places_of
from kb.entry import Catalog, Defect, DefectKind, Source


def _mend(file: Source | Catalog, defect: Defect) -> tuple[Edit, ...]:
    places = places_of(file)
    key = places.keys.get(defect.position)
    if not key or not defect.instead or not key.is_plain:
        return ()
    # The known key may stand there as well: then a person has to join the two.
    is_there = any(
        other.value == defect.instead and (other.start.column == key.start.column or other.start.line == key.start.line)
        for other in places.keys.values()
    )
    return () if is_there else key.becomes(defect.instead)


RULE = Rule(
    code="KB104",
    name="unknown-key",
    family=Family.FORMAT,
    summary="A key is not one that entries have.",
    why="A misspelt key would be ignored, and what it says would be missing from the page.",
    fix="Compare the spelling with the hint. The JSON Schema of the site makes an editor complete the keys.",
    mended="Corrects the spelling where one known key is close.",
    bad="tag: [ssh]",
    good="tags: [ssh]",
    defects=frozenset({DefectKind.UNKNOWN_KEY}),
    mend=_mend,
    firm=UNREADABLE,
)
