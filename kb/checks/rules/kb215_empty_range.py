"""A range of versions that holds none, or says nothing."""

from collections.abc import Iterator

from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import KeyPath, Source, version_key


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    draft = source.draft
    if draft is None:
        return
    for number, one in enumerate(draft.affects.ranges):
        path: KeyPath = ("affects", "ranges", number)
        if one.introduced is None and one.fixed is None:
            hint = "Say from which version on the error happens (`introduced`), or in which it is `fixed`."
            yield Finding(source.key_position(*path), f"the range of {one.tool} has no bound", hint)
        elif _is_empty(one.introduced, one.fixed):
            message = f"{one.tool} {one.introduced} is not older than {one.fixed}: no version lies between them"
            yield Finding(source.key_position(*path), message, "`introduced` is the first version that has the error.")
    for number, signature in enumerate(draft.signatures):
        for tool in signature.since.keys() & signature.before.keys():
            if _is_empty(signature.since[tool], signature.before[tool]):
                message = f"{tool} {signature.since[tool]} is not older than {signature.before[tool]}"
                hint = "`since` has the first version that prints it so, `before` the first that does no more."
                yield Finding(source.key_position("signatures", number, "before"), message, hint)


def _is_empty(first: str | None, end: str | None) -> bool:
    return first is not None and end is not None and version_key(first) >= version_key(end)


RULE = Rule(
    code="KB215",
    name="empty-range",
    family=Family.CONTENT,
    summary="A range of versions holds none, or has no bound.",
    why="A reader who names a version would be told that the error can't happen, or nothing at all.",
    fix="Write the first version that has the error, or prints it so, and the first one that does no more.",
    bad='affects: {ranges: [{tool: pip, introduced: "26.1", fixed: "20.3"}]}',
    good='affects: {ranges: [{tool: pip, introduced: "20.3", fixed: "26.1"}]}',
    in_source=_check,
)
