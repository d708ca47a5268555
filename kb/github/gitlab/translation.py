"""GitLab's documented JSON as GitHub's: issues and merge requests as issues, notes and resource events as a timeline.

The twin of `assets/js/report/gitlab.js`. Nothing in what comes in is certain, so all of it is read by
`kb.github.report.reading`; what comes out has the keys of `kb.github.shapes` that the rest of the house reads.

https://docs.gitlab.com/api/issues/, https://docs.gitlab.com/api/notes/,
https://docs.gitlab.com/api/resource_label_events/, https://docs.gitlab.com/api/resource_state_events/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.entry import NAME, NUMBER, PATH
from kb.github.report.reading import count, record, records, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.github.report.model import Json

Made = dict[str, object]
"""JSON that this module made."""

BOT: Final = re.compile(r"(?:project|group)_[0-9]{1,12}_bot(?:_[0-9a-z]{1,64})?\Z")
"""The names of the accounts of access tokens (https://docs.gitlab.com/user/project/settings/project_access_tokens/)."""
MENTIONED: Final = re.compile(
    rf"mentioned in (?:issue|incident|task|ticket|merge request) ({PATH}|{NAME})?([#!])({NUMBER})(?![0-9A-Za-z_])"
)
IN_COMMIT: Final = re.compile(r"mentioned in commit (?:[!-~]{1,200}@)?([0-9a-f]{7,64})(?![0-9A-Za-z_])")
RENAMED: Final = re.compile(r"changed title from \*\*.{1,600}?\*\* to \*\*(.{1,600})\*\*")
MARKS: Final = re.compile(r"\{[-+]|[-+]\}")
"""What a note puts around the words of a title that came and went."""
TOLD: Final = {
    "assigned to ": "assigned",
    "unassigned ": "unassigned",
    "locked ": "locked",
    "unlocked ": "unlocked",
    "moved to ": "transferred",
    "marked this issue as a duplicate of ": "marked_as_duplicate",
    "marked this issue as related to ": "connected",
}
"""How a note of GitLab's own begins -> the event that it tells."""
STATES: Final = {"closed": "closed", "reopened": "reopened", "opened": "reopened", "merged": "merged"}
NAMED: Final = {
    "label": {"add": "labeled", "remove": "unlabeled"},
    "milestone": {"add": "milestoned", "remove": "demilestoned"},
}


class Answers(NamedTuple):
    """What the API says of one issue: the lists as they came."""

    notes: list[Json]
    labels: list[Json]
    states: list[Json]
    milestones: list[Json]
    related: list[Json]
    """Merge requests."""
    closing: list[Json]
    """Those that close it."""


def issue_of(found: Json, *, is_merge: bool = False) -> Made:
    """An issue or merge request, as an issue."""
    made: Made = {
        "number": found.get("iid"),
        "title": found.get("title"),
        "state": "open" if text(found, "state") in ("opened", "locked") else "closed",
        "html_url": found.get("web_url"),
        "created_at": found.get("created_at"),
        "user": user_of(record(found, "author")),
        "comments": count(found, "user_notes_count"),
        "labels": [{"name": name} for name in _texts(found, "labels")],
        "body": text(found, "description"),
        "closed_at": text(found, "merged_at") or text(found, "closed_at") or None,
        "closed_by": user_of(record(found, "closed_by")),
        "reactions": {"total_count": count(found, "upvotes") + count(found, "downvotes")},
    }
    if text(record(found, "_links"), "closed_as_duplicate_of"):
        made["state_reason"] = "duplicate"
    if is_merge:
        made["pull_request"] = {"merged_at": text(found, "merged_at") or None}
        made["draft"] = found.get("draft") is True or found.get("work_in_progress") is True
    return made


def user_of(found: Json) -> Made | None:
    """An account; nothing where it is gone."""
    name = text(found, "username")
    is_bot = found.get("bot") is True or BOT.match(name)
    return {"login": name, "type": "Bot" if is_bot else "User"} if name else None


def mentions_of(notes: list[Json], home: str) -> list[str]:
    """The issues and merge requests in which the issue `home` (`group/project#12`) is mentioned, each once."""
    found = (_mentioned(note, home) for note in notes if note.get("system") is True)
    return list(dict.fromkeys(name for name in found if name))


def timeline_of(home: str, answers: Answers, others: Mapping[str, Json]) -> list[Made]:
    """The events of the issue `home`, oldest first. `others`: the issues in which it is mentioned, by name."""
    merges = {_name(each): each for each in (*answers.related, *answers.closing)}
    closing = {_name(each) for each in answers.closing}
    left = dict(merges)
    events: list[Made] = []
    for note in answers.notes:
        if note.get("system") is not True:
            events.append({"event": "commented", **_when(note, "author"), "body": text(note, "body")})
            events[-1]["user"] = events[-1]["actor"]
            continue
        name = _mentioned(note, home)
        if name:
            left.pop(name, None)
            issue = merges.get(name) or others.get(name)
            events.append(_reference(note, issue, is_merge="!" in name, closes=name in closing))
        else:
            events += _told(note)
    # Those that mention it where no note says so: of a project that the reader may see by now, or by their branch.
    for name, each in left.items():
        events.append(_reference(each, each, is_merge=True, closes=name in closing))
    for kind, held in (("label", answers.labels), ("milestone", answers.milestones)):
        events += _named(kind, held)
    for each in answers.states:
        event = STATES.get(text(each, "state"))
        if event:
            events.append({"event": event, **_when(each, "user")})
    return sorted(events, key=lambda event: str(event["created_at"]))


def _reference(told: Json, issue: Json | None, *, is_merge: bool, closes: bool) -> Made:
    made: Made = {"event": "cross-referenced", **_when(told, "author")}
    if issue is not None:
        made["source"] = {"issue": issue_of(issue, is_merge=is_merge)}
    if closes:
        made["closes"] = True
    return made


def _told(note: Json) -> Iterator[Made]:
    """The event that a note of GitLab's own tells; nothing where it is none of interest."""
    body = text(note, "body")
    commit, title = IN_COMMIT.match(body), RENAMED.match(body)
    if commit:
        yield {"event": "referenced", **_when(note, "author"), "commit_id": commit[1]}
    elif title:
        yield {"event": "renamed", **_when(note, "author"), "rename": {"to": MARKS.sub("", title[1])}}
    else:
        kind = next((kind for start, kind in TOLD.items() if body.startswith(start)), None)
        if kind:
            yield {"event": kind, **_when(note, "author")}


def _named(kind: str, held: list[Json]) -> Iterator[Made]:
    """Labels and milestones that came and went. One that was deleted since has no name."""
    part = "name" if kind == "label" else "title"
    for each in held:
        event = NAMED[kind].get(text(each, "action"))
        if event:
            yield {"event": event, **_when(each, "user"), kind: {part: text(record(each, kind), part)}}


def _when(found: Json, who: str) -> Made:
    return {"created_at": text(found, "created_at"), "actor": user_of(record(found, who))}


def _mentioned(note: Json, home: str) -> str:
    """The name in a note that says where the issue is mentioned, in lower case; empty where it says something else."""
    found = MENTIONED.match(text(note, "body"))
    if not found:
        return ""
    place, path = home.rpartition("#")[0] or home.rpartition("!")[0], found[1] or ""
    if not path:
        path = place
    elif "/" not in path:  # a project beside this one
        path = f"{place.rpartition('/')[0]}/{path}"
    return f"{path}{found[2]}{found[3]}".lower()


def _name(merge: Json) -> str:
    """The name of a merge request, in lower case."""
    return text(record(merge, "references"), "full").lower()


def _texts(found: Json, key: str) -> list[str]:
    """The names of labels, which come as text, or as objects where details were asked for."""
    held = found.get(key)
    names = [each for each in held if isinstance(each, str)] if isinstance(held, list) else []
    return names or [text(each, "name") for each in records(found, key)]
