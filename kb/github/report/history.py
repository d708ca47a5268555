"""The timeline of an issue in short: what happened, when, and who did it.

The twin of `assets/js/report/history.js`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.github.report.inert import one_line
from kb.github.report.reading import record, text
from kb.github.report.references import reference_of_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.github.report.model import Event, Json

LINES: Final = 24
"""Lines that are shown at most: as many from the beginning as from the end."""
NAME: Final = 60
NAMES_IN_LINE: Final = 8
DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
COMMIT: Final = re.compile(r"[0-9a-f]{7,64}\Z")
MAINTAINERS: Final = ("OWNER", "MEMBER", "COLLABORATOR")

NAMED: Final = {
    "labeled": ("labeled", "label", "name"),
    "unlabeled": ("label taken off:", "label", "name"),
    "milestoned": ("planned for", "milestone", "title"),
    "demilestoned": ("no longer planned for", "milestone", "title"),
    "renamed": ("renamed to", "rename", "to"),
}
"""Event -> what is said of it, and where the name stands that it is about."""

PLAIN: Final = {
    "locked": "conversation locked",
    "unlocked": "conversation unlocked",
    "pinned": "pinned",
    "unpinned": "unpinned",
    "transferred": "transferred to another repository",
    "marked_as_duplicate": "marked as a duplicate",
    "unmarked_as_duplicate": "no longer marked as a duplicate",
    "converted_to_discussion": "turned into a discussion",
    "connected": "linked to a pull request",
    "disconnected": "a linked pull request was taken off",
    "merged": "merged",
    "ready_for_review": "ready for review",
    "convert_to_draft": "turned into a draft",
    "reopened": "reopened",
}


class _Step(NamedTuple):
    """One happening. Steps of one day with the same words are told in one line, with all their names."""

    date: str
    words: str
    name: str = ""
    by: str = ""


def date_of(value: Json, key: str) -> str:
    """The day of a point in time, `2026-04-09`; empty where there is none."""
    found = DATE.match(text(value, key))
    return found[0] if found else ""


def login_of(value: Json, key: str) -> str:
    """The name of an account; empty where it is gone."""
    return one_line(text(record(value, key), "login"), NAME)


def history_of(issue: Json, timeline: list[Json]) -> list[Event]:
    """The lines of the timeline, oldest first."""
    lines: list[Event] = [_told([_Step(date_of(issue, "created_at"), "opened", by=login_of(issue, "user"))])]
    group: list[_Step] = []
    for event in timeline:
        for step in _steps(event):
            if group and (step.date, step.words, step.by) != (group[0].date, group[0].words, group[0].by):
                lines.append(_told(group))
                group = []
            group.append(step)
    if group:
        lines.append(_told(group))
    if len(lines) <= LINES:
        return lines
    half = LINES // 2
    left_out = len(lines) - 2 * half
    return [*lines[:half], {"date": "", "what": f"… {left_out} more …"}, *lines[-half:]]


def _steps(event: Json) -> Iterator[_Step]:
    kind, day, by = text(event, "event"), date_of(event, "created_at"), login_of(event, "actor")
    if kind in NAMED:
        words, key, part = NAMED[kind]
        name = one_line(text(record(event, key), part), 2 * NAME)
        if name:
            yield _Step(day, words, name, by if kind == "renamed" else "")
    elif kind == "closed":
        reason = text(event, "state_reason")
        how = {"completed": " as completed", "not_planned": " as not planned", "duplicate": " as a duplicate"}
        commit = text(event, "commit_id")
        where = f" by commit {commit[:10]}" if COMMIT.match(commit) else ""
        yield _Step(day, f"closed{how.get(reason, '')}{where}", by=by)
    elif kind == "referenced":
        commit = text(event, "commit_id")
        if COMMIT.match(commit):
            yield _Step(day, "mentioned in commit", commit[:10])
    elif kind == "cross-referenced":
        found = reference_of_url(text(record(record(event, "source"), "issue"), "html_url"))
        if found:
            yield _Step(day, "mentioned in", found[1])
    elif kind == "commented":
        yield from _comment(event, day)
    elif kind in PLAIN:
        yield _Step(day, PLAIN[kind], by=by)


def _comment(event: Json, day: str) -> Iterator[_Step]:
    """Of comments only those of the people who look after the project."""
    if text(event, "author_association") in MAINTAINERS:
        yield _Step(day, "answered", by=login_of(event, "user") or login_of(event, "actor"))


def _told(group: list[_Step]) -> Event:
    first = group[0]
    names = list(dict.fromkeys(step.name for step in group if step.name))
    told = first.words
    if names:
        told += " " + ", ".join(names[:NAMES_IN_LINE])
        if len(names) > NAMES_IN_LINE:
            told += f" and {len(names) - NAMES_IN_LINE} more"
    elif len(group) > 1:
        told += f" {len(group)} times"
    if first.by:
        told += f" by {first.by}"
    return {"date": first.date, "what": told}
