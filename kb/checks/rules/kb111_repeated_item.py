"""A list that names one thing twice."""

from collections.abc import Iterator, Sequence

from kb.checks.edit import edits_of_keys
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import Entry, IssueRef, Source


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    draft = source.draft
    if draft is None:
        return
    for key, items in _lists(draft):
        # The issue itself is no other report of the error.
        own: set[str | IssueRef] = {draft.issue.ref.key} if key == ("reports",) and draft.issue else set()
        names = list(map(_name_of, items))
        if len(set(names)) == len(names) and own.isdisjoint(names):
            continue
        first = dict(zip(reversed(names), reversed(items), strict=True))
        once = [str(first[name]) for name in dict.fromkeys(names) if name not in own]
        fix = edits_of_keys(source, {".".join(key): once})
        seen = set(own)
        # The one edit mends all of them: it stands with each.
        for index, (item, name) in enumerate(zip(items, names, strict=True)):
            if name in seen:
                where = "is the entry's own issue" if name in own else "stands twice"
                position = source.key_position(*key, index)
                yield Finding(position, f"{key[-1]}: {str(item)!r} {where}", "Remove it.", fix)
            seen.add(name)


def _name_of(item: str | IssueRef) -> str | IssueRef:
    """What is the same for two items that name one thing."""
    return item.key if isinstance(item, IssueRef) else item


def _lists(draft: Entry) -> tuple[tuple[tuple[str, ...], Sequence[str] | Sequence[IssueRef]], ...]:
    # Aliases are addresses: KB303 says who has them.
    return (
        (("codes",), draft.codes),
        (("tags",), draft.tags),
        (("reports",), draft.reports),
        (("related",), draft.related),
        (("affects", "versions"), draft.affects.versions),
        (("affects", "platforms"), draft.affects.platforms),
    )


RULE = Rule(
    code="KB111",
    name="repeated-item",
    family=Family.FORMAT,
    summary="A list names one thing twice, or `reports` names the entry's own issue.",
    why="A repeated tag, code or report counts twice wherever entries are counted, and shows twice on the page.",
    fix="Remove the second one.",
    mended="Removes all but the first.",
    bad="tags: [ssh, network, ssh]",
    good="tags: [ssh, network]",
    in_source=_check,
)
