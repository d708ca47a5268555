"""From a snapshot to a report: values to values, the same in Python and in the browser.

The twin of `assets/js/report/analysis.js`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kb.github.report.body import blocks, environment_of, errors_of, summary_of
from kb.github.report.graph import edges_of, nodes_of
from kb.github.report.history import NAME, date_of, history_of, login_of
from kb.github.report.inert import clean, one_line
from kb.github.report.model import VERSION
from kb.github.report.questions import questions_of
from kb.github.report.reading import count, record, text

if TYPE_CHECKING:
    from kb.github.report.model import Json, Known, Report, Snapshot

LABELS: Final = 30
ERRORS: Final = 5
MATCHED: Final = 65_536
"""Characters of an issue that are looked through for known errors."""
KNOWN: Final = 5
KNOWN_TEXT: Final = 600

LINK: Final = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}\)")


def text_to_match(snapshot: Snapshot) -> str:
    """What of the root is to be matched with a knowledge base: its title and text, then the errors in its comments."""
    issue = snapshot["nodes"][snapshot["root"]]["issue"] or {}
    timeline = snapshot["nodes"][snapshot["root"]].get("timeline", [])
    return clean(
        f"{text(issue, 'title')}\n\n{text(issue, 'body')[:MATCHED]}\n\n" + "\n\n".join(_errors(issue, timeline))
    )


def analyse(snapshot: Snapshot, known: list[Known]) -> Report:
    """The report of a snapshot whose root could be read. `known` is what a knowledge base has on `text_to_match`."""
    node = snapshot["nodes"][snapshot["root"]]
    issue, timeline = node["issue"] or {}, node.get("timeline", [])
    parts = blocks(text(issue, "body"))
    edges = edges_of(snapshot)
    nodes = nodes_of(snapshot, edges)
    report: Report = {
        "version": VERSION,
        "ref": nodes[0]["ref"],
        "url": nodes[0]["url"],
        "title": nodes[0]["title"],
        "kind": nodes[0]["kind"],
        "state": nodes[0]["state"],
        "author": login_of(issue, "user"),
        "opened": date_of(issue, "created_at"),
        "closed": date_of(issue, "closed_at"),
        "fetched": one_line(snapshot["fetched"], NAME),
        "labels": _labels(issue),
        "comments": count(issue, "comments"),
        "participants": len(_participants(issue, timeline)),
        "reactions": count(record(issue, "reactions"), "total_count"),
        "summary": summary_of(parts),
        "environment": environment_of(parts),
        "errors": _errors(issue, timeline),
        "timeline": history_of(issue, timeline),
        "nodes": nodes,
        "edges": edges,
        "left_out": snapshot["left_out"],
        "known": [_shown(each) for each in known[:KNOWN]],
        "questions": [],
    }
    report["questions"] = questions_of(report, timeline, on_gitlab=snapshot.get("on_gitlab", False))
    return report


def _errors(issue: Json, timeline: list[Json]) -> list[str]:
    """The errors of the report itself, then those that comments add."""
    comments = [text(event, "body") for event in timeline if text(event, "event") == "commented"]
    found: dict[str, None] = {}
    for body in (text(issue, "body"), *comments):
        found |= dict.fromkeys(errors_of(blocks(body)))
        if len(found) >= ERRORS:
            break
    return list(found)[:ERRORS]


def _labels(issue: Json) -> list[str]:
    """The names of labels. Old ones come as text alone."""
    held = issue.get("labels")
    labels = held if isinstance(held, list) else []
    names = (label if isinstance(label, str) else _name_of(label) for label in labels[:LABELS])
    return [shown for name in names if (shown := one_line(name, NAME))]


def _name_of(label: object) -> str:
    return text(label, "name") if isinstance(label, dict) else ""


def _participants(issue: Json, timeline: list[Json]) -> set[str]:
    comments = [event for event in timeline if text(event, "event") == "commented"]
    logins = [login_of(issue, "user"), *(login_of(event, "user") or login_of(event, "actor") for event in comments)]
    return {login for login in logins if login}


def _shown(known: Known) -> Known:
    return {
        "id": known["id"],
        "url": known["url"],
        "title": one_line(known["title"], KNOWN_TEXT),
        "tier": known["tier"],
        "score": known["score"],
        "summary": one_line(_without_links(known["summary"]), KNOWN_TEXT),
        "step": one_line(known["step"], KNOWN_TEXT),
    }


def _without_links(prose: str) -> str:
    """An entry's Markdown with the words of its links alone: relative ones lead nowhere from a report."""
    return LINK.sub(r"\1", prose)
