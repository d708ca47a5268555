"""What was said in an issue and around it, as texts with names: what a draft may rest on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.github.report.history import history_of
from kb.github.report.reading import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.github.report.model import Json, Snapshot

MOST_TEXTS: Final = 60
LONGEST_TEXT: Final = 8_000
"""Characters of the issue, and of a comment on it, that are taken."""
LONGEST_NEIGHBOUR: Final = 2_000
"""Characters of an issue or pull request beside it."""

_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
"""What GitHub shows nobody."""


class NamedText(NamedTuple):
    """A text, and what it is called: `acme/app#1`, `acme/app#1 comment 3`, `acme/app#1 timeline`."""

    name: str
    text: str


def texts_of(snapshot: Snapshot) -> list[NamedText]:
    """The issue, its comments, its timeline, then what is around it, within bounds. Who wrote them is left out."""
    found = [named for named in _texts_of(snapshot) if named.text.strip()]
    return found[:MOST_TEXTS]


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
