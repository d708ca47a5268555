"""A date that has not come yet."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import Source

TOLERANCE: Final = timedelta(days=1)
"""It is tomorrow already for a contributor on the other side of the date line."""


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    if source.draft is None:
        return
    latest = inspection.today + TOLERANCE
    hint = "Write the day of the change, as YYYY-MM-DD."
    if source.draft.updated > latest:
        yield Finding(source.key_position("updated"), f"updated lies in the future: {source.draft.updated}", hint)
    issue = source.draft.issue
    if issue and issue.fetched and issue.fetched.date() > latest:
        yield Finding(source.key_position("issue", "fetched"), f"fetched lies in the future: {issue.fetched}", hint)


RULE = Rule(
    code="KB204",
    name="future-date",
    family=Family.CONTENT,
    summary="A date lies in the future.",
    why="Dates order the newest entries and weigh in what is trending. A date to come would stay on top.",
    fix="Write the day on which the entry was changed, as YYYY-MM-DD.",
    bad="updated: 2099-01-01",
    good="updated: 2026-04-09",
    in_source=_check,
)
