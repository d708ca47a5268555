"""What was said in an issue and around it, as texts with names: what a draft may rest on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.github.report.graph import edges_of
from kb.github.report.history import history_of
from kb.github.report.inert import one_line
from kb.github.report.reading import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.github.report.model import Json, Snapshot

MOST_TEXTS: Final = 60
LONGEST_TEXT: Final = 8_000
"""Characters of the issue, and of a comment on it, that are taken."""
LONGEST_NEIGHBOUR: Final = 2_000
"""Characters of an issue or pull request beside it, and of the names of the files that one changes."""
MOST_PULLS: Final = 5
"""Pull requests of which the names of changed files are taken; each takes a call."""
MOST_FILES: Final = 100
LONGEST_FILE_NAME: Final = 300

_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
"""What GitHub shows nobody."""


class NamedText(NamedTuple):
    """A text, and what it is called: `acme/app#1`, `acme/app#1 comment 3`, `… timeline`, `acme/app#2 files`."""

    name: str
    text: str


def texts_of(snapshot: Snapshot) -> list[NamedText]:
    """The issue, its comments, its timeline, then what is around it, within bounds. Who wrote them is left out."""
    found = [named for named in _texts_of(snapshot) if named.text.strip()]
    return found[:MOST_TEXTS]


def pulls_of(snapshot: Snapshot) -> list[str]:
    """The pull requests whose changed files tell most: the root, then those that close it, then others beside it."""
    root, edges = snapshot["root"], edges_of(snapshot)
    closing = [edge["source"] for edge in edges if edge["kind"] == "closes" and edge["target"] == root]
    beside = [edge[end] for edge in edges for end in ("source", "target") if root in (edge["source"], edge["target"])]
    nodes = snapshot["nodes"]
    found = dict.fromkeys(ref for ref in (root, *closing, *beside) if "pull_request" in (nodes[ref]["issue"] or {}))
    return list(found)[:MOST_PULLS]


def text_of_files(pull: str, names: Iterable[str]) -> NamedText:
    """The names of the files that a pull request changes, one a line, as many as fit."""
    lines = [one_line(name, LONGEST_FILE_NAME) for name in names][:MOST_FILES]
    kept: list[str] = []
    for line in lines:
        if sum(map(len, kept)) + len(kept) + len(line) > LONGEST_NEIGHBOUR:
            break
        kept.append(line)
    return NamedText(f"{pull} files", "\n".join(kept))


def _texts_of(snapshot: Snapshot) -> Iterator[NamedText]:
    root = snapshot["root"]
    node = snapshot["nodes"][root]
    issue, timeline = node["issue"] or {}, node.get("timeline", [])
    yield NamedText(root, _said(issue, LONGEST_TEXT))
    number = 0
    for event in timeline:
        if text(event, "event") == "commented":
            number += 1
            yield NamedText(f"{root} comment {number}", _seen(text(event, "body"))[:LONGEST_TEXT])
    events = [f"{event['date']}: {event['what']}" for event in history_of(issue, timeline)]
    yield NamedText(f"{root} timeline", "\n".join(events)[:LONGEST_TEXT])
    for ref, other in snapshot["nodes"].items():
        if ref != root and other["issue"] is not None:
            yield NamedText(ref, _said(other["issue"], LONGEST_NEIGHBOUR))


def _said(issue: Json, most: int) -> str:
    """Title, state and text of an issue or pull request."""
    kind = "Pull request" if "pull_request" in issue else "Issue"
    head = f"{text(issue, 'title')}\n{kind}, {text(issue, 'state')}"
    return f"{head}\n\n{_seen(text(issue, 'body'))}"[:most]


def _seen(body: str) -> str:
    """A text without what its page does not show."""
    return _COMMENT.sub("", body.replace("\r\n", "\n")).strip()
