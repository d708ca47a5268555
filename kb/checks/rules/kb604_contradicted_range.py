"""What an entry says of versions, and a machine saw otherwise."""

from collections.abc import Iterator

from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import Entry, ErrorOutcome, KeyPath, Source, happens_with, is_between, standing_record


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    if source.entry is None:
        return
    for path, message in _contradictions(source.entry):
        hint = "Mend the versions, or try again: `kb prove --record`."
        yield Finding(source.key_position(*path), message, hint)


def _contradictions(entry: Entry) -> Iterator[tuple[KeyPath, str]]:
    record = standing_record(entry)
    for run in record.runs if record else ():
        versions = ", ".join(f"{tool} {version}" for tool, version in run.with_.items())
        expected = happens_with(entry.affects.ranges, run.with_)
        if run.error is ErrorOutcome.PROVOKED and expected is False:
            yield ("affects", "ranges"), f"the ranges leave out {versions}, with which the error was provoked"
        if run.error is ErrorOutcome.ABSENT and expected:
            yield ("affects", "ranges"), f"the ranges hold {versions}, with which the error does not happen"
        if run.error is not ErrorOutcome.PROVOKED or run.signature is None:
            continue
        own = entry.signatures[run.signature - 1]
        for tool, version in run.with_.items():
            if not is_between(version, own.since.get(tool), own.before.get(tool)):
                key = "since" if not is_between(version, own.since.get(tool), None) else "before"
                yield ("signatures", run.signature - 1, key), f"{tool} {version} printed it so, too"


RULE = Rule(
    code="KB604",
    name="contradicted-range",
    family=Family.PERMANENCE,
    summary="The record of proofs contradicts what the entry says of versions.",
    why="A reader is told by their version whether the error is theirs. What a machine saw is stronger than a claim.",
    fix="Write the versions as they were seen, or find out why the recipe sees something else.",
    bad='affects: {ranges: [{tool: python, introduced: "3.9"}]}  # and a record of python 3.8',
    good='affects: {ranges: [{tool: python, introduced: "3.8"}]}',
    in_source=_check,
)
