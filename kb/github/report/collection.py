"""Collecting an issue and the issues around it, step by step, within bounds.

The twin of `assets/js/report/collection.js`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from kb.github.report.graph import Link, links_of
from kb.github.report.model import VERSION
from kb.github.report.reading import text
from kb.github.report.references import reference_of_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.github.report.model import Json, Snapshot, SnapshotNode


class Bounds(NamedTuple):
    """How much is collected. `calls` counts what the source is asked for, however many requests that takes."""

    depth: int = 1
    nodes: int = 200
    calls: int = 400


class Problem(NamedTuple):
    """Why an issue can't be had: `not found`, `deleted`."""

    reason: str


class Source(Protocol):
    """Where issues come from. What can't be asked for at all is raised, and ends the collection."""

    def issue(self, ref: str) -> Json | Problem:
        """An issue or pull request, as an issue."""
        ...

    def timeline(self, ref: str) -> list[Json] | Problem:
        """The events of an issue, oldest first, comments with their text."""
        ...


def collect(
    root: str,
    source: Source,
    web: str,
    fetched: str,
    *,
    bounds: Bounds = Bounds(),  # noqa: B008 - a value
    on_gitlab: bool = False,
    on_progress: Callable[[int, int], None] = lambda done, known: None,
) -> Snapshot | Problem:
    """An issue and what is at most `bounds.depth` steps from it; a problem where the issue itself can't be had.

    An issue that is not the last step is read with its timeline; of those at the last step their state is enough,
    and a cross-reference brings that with it. `on_progress` is told how many of the known issues were read.
    """
    snapshot: Snapshot = {
        "version": VERSION,
        "web": web,
        "fetched": fetched,
        "root": root,
        "depth": bounds.depth,
        "nodes": {},
        "moved": {},
        "left_out": 0,
    }
    if on_gitlab:
        snapshot["on_gitlab"] = True
    collecting = _Collecting(snapshot, source, bounds)
    problem = collecting.read_root()
    if problem:
        return problem
    reached = [snapshot["root"]]
    for step in range(1, bounds.depth + 1):
        links = [link for ref in reached for link in collecting.links(ref)]
        reached = []
        for number, link in enumerate(links):
            on_progress(len(snapshot["nodes"]), len(snapshot["nodes"]) + len(links) - number)
            ref = collecting.read(link, with_timeline=step < bounds.depth)
            if ref:
                reached.append(ref)
    return snapshot


class _Collecting:
    """A snapshot that is being filled."""

    def __init__(self, snapshot: Snapshot, source: Source, bounds: Bounds) -> None:
        self._snapshot = snapshot
        self._source = source
        self._bounds = bounds
        self._calls = 0
        self._left_out: set[str] = set()

    def read_root(self) -> Problem | None:
        issue = self._source.issue(self._snapshot["root"])
        if isinstance(issue, Problem):
            return issue
        self._snapshot["root"] = self._named(self._snapshot["root"], issue)
        self._calls = 1
        self._add(self._snapshot["root"], issue, with_timeline=True)
        return None

    def links(self, ref: str) -> list[Link]:
        """The links of a node to nodes that were not met yet, each once."""
        node = self._snapshot["nodes"][ref]
        if node["issue"] is None:
            return []
        found: dict[str, Link] = {}
        timeline, on_gitlab = node.get("timeline", []), self._snapshot.get("on_gitlab", False)
        for link in links_of(ref, node["issue"], timeline, self._snapshot["web"], on_gitlab=on_gitlab):
            other = link.source if link.target == ref else link.target
            if other not in found or (link.issue and not found[other].issue):
                found[other] = link._replace(source=other)
        return list(found.values())

    def read(self, link: Link, *, with_timeline: bool) -> str | None:
        """Read the issue that a link leads to. None if that was done before, or a bound is reached."""
        ref, snapshot = link.source, self._snapshot
        if ref in snapshot["nodes"] or ref in snapshot["moved"]:
            return None
        calls = (link.issue is None) + with_timeline
        if len(snapshot["nodes"]) >= self._bounds.nodes or self._calls + calls > self._bounds.calls:
            self._left_out.add(ref)
            snapshot["left_out"] = len(self._left_out)
            return None
        issue = link.issue
        if issue is None:
            self._calls += 1
            answer = self._source.issue(ref)
            if isinstance(answer, Problem):
                snapshot["nodes"][ref] = {"issue": None, "problem": answer.reason}
                return None
            issue = answer
        actual = self._named(ref, issue)
        if actual in snapshot["nodes"]:
            return None
        self._add(actual, issue, with_timeline=with_timeline)
        return actual

    def _named(self, asked: str, issue: Json) -> str:
        """The reference of an issue that was read: a transferred one has another than was asked for."""
        found = reference_of_url(text(issue, "html_url"))
        if found is None or found[0] == asked:
            return asked
        self._snapshot["moved"][asked] = found[0]
        return found[0]

    def _add(self, ref: str, issue: Json, *, with_timeline: bool) -> None:
        node: SnapshotNode = {"issue": issue}
        self._snapshot["nodes"][ref] = node
        if with_timeline:
            self._calls += 1
            timeline = self._source.timeline(ref)
            node["timeline"] = [] if isinstance(timeline, Problem) else timeline
