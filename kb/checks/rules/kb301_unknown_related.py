"""A related entry that does not exist."""

from collections.abc import Iterator

from kb.checks.rule import Family, Finding, Inspection, Rule, closest
from kb.entry import Source


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    if source.draft is None or not source.draft.related:
        return
    for index, related in enumerate(source.draft.related):
        position = source.key_position("related", index)
        if related == source.id:
            yield Finding(position, "an entry can't be related to itself", "Remove it.")
        elif related not in inspection.ids:
            close = closest(related, inspection.sorted_ids)
            hint = f"Did you mean {close!r}?" if close else "Write the id of an entry: `product/slug`."
            yield Finding(position, f"related entry {related!r} does not exist", hint)


RULE = Rule(
    code="KB301",
    name="unknown-related",
    family=Family.LINKS,
    summary="`related` names an entry that does not exist, or the entry itself.",
    why="A link to nowhere wastes the time of a reader who is in trouble already.",
    fix="Name an existing entry as `product/slug`, or leave the key out: related entries are computed too.",
    bad="related: [git/no-such-entry]",
    good="related: [git/unrelated-histories]",
    in_source=_check,
)
