"""The graph of a snapshot: which issue or pull request says what of which other.

The twin of `assets/js/report/graph.js`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.github.report.body import prose_of
from kb.github.report.inert import one_line
from kb.github.report.reading import record, text
from kb.github.report.references import Mention, address_of, mentions, reference_of_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.github.report.model import Edge, EdgeKind, Json, Node, Snapshot

TITLE: Final = 160
STRENGTH: Final[dict[EdgeKind, int]] = {"mentions": 0, "duplicates": 1, "closes": 2}


class Link(NamedTuple):
    """A neighbour of an issue. `issue` is what the API said of it by the way, if it did."""

    source: str
    target: str
    kind: EdgeKind
    issue: Json | None = None


def links_of(ref: str, issue: Json, timeline: list[Json], web: str, *, on_gitlab: bool = False) -> Iterator[Link]:
    """What an issue says of others, and what others say of it, in the order in which it stands there."""
    for mention in _said_in(issue, ref, web, on_gitlab):
        yield Link(ref, mention.ref, mention.kind)
    for event in timeline:
        kind = text(event, "event")
        if kind == "commented":
            for mention in _mentions_in(text(event, "body"), ref, web, on_gitlab):
                # A comment closes nothing, whatever it says.
                yield Link(ref, mention.ref, "duplicates" if mention.kind == "duplicates" else "mentions")
        elif kind == "cross-referenced":
            source = record(record(event, "source"), "issue")
            found = reference_of_url(text(source, "html_url"))
            if found and found[0] != ref:
                said = _said_in(source, found[0], web, on_gitlab)
                kinds: list[EdgeKind] = [mention.kind for mention in said if mention.ref == ref]
                kinds += ["closes"] if event.get("closes") is True else []
                yield Link(found[0], ref, max(kinds, key=STRENGTH.__getitem__, default="mentions"), source)


def _said_in(issue: Json, ref: str, web: str, on_gitlab: bool) -> Iterator[Mention]:
    """The references in a body. Only a pull request can close an issue by saying so."""
    is_pull = "pull_request" in issue
    for mention in _mentions_in(text(issue, "body"), ref, web, on_gitlab):
        yield mention if is_pull or mention.kind != "closes" else Mention(mention.ref, "mentions")


@lru_cache(maxsize=2048)
def _mentions_in(body: str, ref: str, web: str, on_gitlab: bool) -> tuple[Mention, ...]:
    """The references in a text. Kept, since collecting and drawing both ask."""
    return tuple(mentions(prose_of(body), ref, web, on_gitlab=on_gitlab))


def edges_of(snapshot: Snapshot) -> list[Edge]:
    """All that the nodes of a snapshot say of each other: of each pair in one direction the strongest thing."""
    found: dict[tuple[str, str], EdgeKind] = {}
    for ref, node in snapshot["nodes"].items():
        if node["issue"] is None:
            continue
        timeline, on_gitlab = node.get("timeline", []), snapshot.get("on_gitlab", False)
        for link in links_of(ref, node["issue"], timeline, snapshot["web"], on_gitlab=on_gitlab):
            source, target = moved(snapshot, link.source), moved(snapshot, link.target)
            if source == target or source not in snapshot["nodes"] or target not in snapshot["nodes"]:
                continue
            before = found.get((source, target))
            if before is None or STRENGTH[link.kind] > STRENGTH[before]:
                found[source, target] = link.kind
    return [{"source": source, "target": target, "kind": kind} for (source, target), kind in found.items()]


def moved(snapshot: Snapshot, ref: str) -> str:
    """Where a reference leads."""
    return snapshot["moved"].get(ref, ref)


def nodes_of(snapshot: Snapshot, edges: list[Edge]) -> list[Node]:
    """The nodes, nearest to the root first, then in the order in which they were found."""
    steps = _steps(snapshot["root"], edges)
    last = snapshot["depth"] + 1
    nodes = [_node(snapshot, ref, steps.get(ref, last)) for ref in snapshot["nodes"]]
    return sorted(nodes, key=lambda node: node["step"])


def _steps(root: str, edges: list[Edge]) -> dict[str, int]:
    """How far from the root each node is."""
    neighbours: dict[str, list[str]] = {}
    for edge in edges:
        neighbours.setdefault(edge["source"], []).append(edge["target"])
        neighbours.setdefault(edge["target"], []).append(edge["source"])
    steps = {root: 0}
    reached = [root]
    for ref in reached:
        for other in neighbours.get(ref, ()):
            if other not in steps:
                steps[other] = steps[ref] + 1
                reached.append(other)
    return steps


def _node(snapshot: Snapshot, ref: str, step: int) -> Node:
    issue = snapshot["nodes"][ref]["issue"]
    shown = shown_reference(ref, issue)
    is_pull = issue is not None and "pull_request" in issue
    return {
        "ref": shown,
        "url": address_of(shown, snapshot["web"], is_pull=is_pull, on_gitlab=snapshot.get("on_gitlab", False)),
        "title": one_line(text(issue, "title"), TITLE) if issue else "",
        "kind": "pull" if is_pull else "issue",
        "state": state_of(issue) if issue else "unknown",
        "step": step,
        "problem": one_line(snapshot["nodes"][ref].get("problem", ""), TITLE),
    }


def shown_reference(ref: str, issue: Json | None) -> str:
    """A reference as GitHub writes it, where that is known."""
    found = reference_of_url(text(issue, "html_url")) if issue else None
    return found[1] if found and found[0] == ref else ref


def state_of(issue: Json) -> str:
    """How things stand: open, draft, closed, merged, duplicate, not planned."""
    if text(record(issue, "pull_request"), "merged_at"):
        return "merged"
    if text(issue, "state") == "closed":
        reason = text(issue, "state_reason")
        return {"duplicate": "duplicate", "not_planned": "not planned"}.get(reason, "closed")
    return "draft" if issue.get("draft") is True else "open"
