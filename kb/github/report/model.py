"""The values of a report, as they stand in JSON: what was collected (a snapshot) and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal, NotRequired, TypedDict

if TYPE_CHECKING:
    from kb.match import KnownError

VERSION: Final = 1
"""Of the two JSON forms; it grows when a field changes its meaning."""

Json = Mapping[str, object]
"""An object of GitHub's REST API as it came. Nothing in it is certain: read it with `kb.github.report.reading`."""


class SnapshotNode(TypedDict):
    """An issue or pull request as the API gave it: `null` where it can't be had, and `problem` says why.

    Comments come in the timeline, with their text, so they are not asked for.
    """

    issue: Json | None
    problem: NotRequired[str]
    timeline: NotRequired[list[Json]]


class Snapshot(TypedDict):
    """All that was collected. References are `owner/name#1`, in lower case."""

    version: int
    web: str
    """Where the pages of issues are, without a slash at the end: `https://github.com`."""
    fetched: str
    root: str
    depth: int
    nodes: dict[str, SnapshotNode]
    moved: dict[str, str]
    """The reference that was asked for -> the one it leads to: transferred issues, renamed repositories."""
    left_out: int
    """References that were found and not followed, because of a bound."""
    on_gitlab: NotRequired[bool]
    """Whether texts and addresses name issues as GitLab does, and not as GitHub."""


class Known(TypedDict):
    """An entry of a knowledge base that the issue's text shows."""

    id: str
    url: str
    title: str
    tier: str
    score: float
    summary: str
    step: str


def known_of(found: KnownError, site: str) -> Known:
    """An answer as a report has it; `site` is where the knowledge base is published."""
    return {
        "id": found.entry,
        "url": found.page(site),
        "title": found.title,
        "tier": found.tier,
        "score": found.score,
        "summary": found.fix["summary"] if found.fix else "",
        "step": found.fix["step"] if found.fix else "",
    }


class Fact(TypedDict):
    """A line of the environment: `Version`, `2.1.96`."""

    name: str
    value: str


class Event(TypedDict):
    """A line of the timeline. `what` holds cleaned foreign text that is still to be escaped for where it is shown."""

    date: str
    what: str


EdgeKind = Literal["mentions", "duplicates", "closes"]


class Edge(TypedDict):
    """What one issue or pull request says of another."""

    source: str
    target: str
    kind: EdgeKind


class Node(TypedDict):
    """An issue or pull request of the graph. `state`: open, draft, closed, merged, duplicate, not planned, unknown."""

    ref: str
    url: str
    title: str
    kind: Literal["issue", "pull"]
    state: str
    step: int
    problem: str


class Report(TypedDict):
    """What is known of an issue. All text is clean and on one line, errors aside, and foreign: escape it."""

    version: int
    ref: str
    url: str
    title: str
    kind: Literal["issue", "pull"]
    state: str
    author: str
    opened: str
    closed: str
    fetched: str
    labels: list[str]
    comments: int
    participants: int
    reactions: int
    summary: str
    environment: list[Fact]
    errors: list[str]
    timeline: list[Event]
    nodes: list[Node]
    edges: list[Edge]
    left_out: int
    known: list[Known]
    questions: list[str]
