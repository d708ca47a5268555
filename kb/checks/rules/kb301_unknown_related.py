"""A related entry that does not exist."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from kb.checks.edit import edits_of_keys
from kb.checks.rule import Family, Finding, Inspection, Located, Rule, closest
from kb.checks.yaml_places import places_of
from kb.entry import Source

_SLIP: Final = 0.9


def _check(inspection: Inspection) -> Iterator[Located]:
    for claims in inspection.claims:
        if any(related == claims.id or related not in inspection.ids for related in claims.related):
            source = inspection.read(claims.name)
            yield from (Located(source, finding) for finding in _findings(source, claims.related, inspection))


def _findings(source: Source, all_related: tuple[str, ...], inspection: Inspection) -> Iterator[Finding]:
    for index, related in enumerate(all_related):
        if related == source.id:
            position = source.key_position("related", index)
            others = [each for each in dict.fromkeys(all_related) if each != source.id]
            fix = edits_of_keys(source, {"related": others or None})
            yield Finding(position, "an entry can't be related to itself", "Remove it.", fix)
        elif related not in inspection.ids:
            position = source.key_position("related", index)
            close = closest(related, inspection.sorted_ids)
            hint = f"Did you mean {close!r}?" if close else "Write the id of an entry: `product/slug`."
            scalar = places_of(source).values.get(position) if close and _is_slip(related, close) else None
            edits = scalar.becomes(close) if scalar and close else ()
            yield Finding(position, f"related entry {related!r} does not exist", hint, edits)


def _is_slip(written: str, meant: str) -> bool:
    """Whether two names are so much alike that one is the other, misspelt."""
    return SequenceMatcher(None, written, meant).ratio() > _SLIP


RULE = Rule(
    code="KB301",
    name="unknown-related",
    family=Family.LINKS,
    summary="`related` names an entry that does not exist, or the entry itself.",
    why="A link to nowhere wastes the time of a reader who is in trouble already.",
    fix="Name an existing entry as `product/slug`, or leave the key out: related entries are computed too.",
    mended="Removes the entry itself, and corrects the spelling where one entry is close.",
    bad="related: [git/no-such-entry]",
    good="related: [git/unrelated-histories]",
    in_collection=_check,
)
