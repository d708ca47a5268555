"""What a report leaves open: questions that a reader of the issue would ask next.

The twin of `assets/js/report/questions.js`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kb.github.report.history import MAINTAINERS
from kb.github.report.inert import ANY_CASE
from kb.github.report.reading import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.github.report.model import Edge, Json, Node, Report

LISTED: Final = 5
VERSION: Final = re.compile("version", ANY_CASE)
NUMBER: Final = re.compile(r"(?<![0-9.])[0-9]{1,5}\.[0-9]{1,5}(?:\.[0-9]{1,5})?(?!\.?[0-9])")
"""A version, and no address."""
SYSTEM: Final = re.compile(
    r"(?:platform|operating system|\bos\b|shell|terminal|browser|arch|device|\b[cg]pu\b|\bide\b|editor)", ANY_CASE
)
"""Whose version is not the one that is asked for."""
IN_PROSE: Final = re.compile(
    r"(?<![0-9A-Za-z_.])(?:v[0-9]{1,5}\.[0-9]{1,5}|[0-9]{1,5}\.[0-9]{1,5}\.[0-9]{1,5}(?!\.?[0-9]))"
)
"""A version in a sentence: `v2.1`, `2.1.96`."""
WAITS: Final = re.compile(r"(?:needs?.?(?:info|repro|more)|waiting|awaiting|question|cannot.reproduce)", ANY_CASE)


def questions_of(report: Report, timeline: list[Json], *, on_gitlab: bool = False) -> list[str]:
    """The open questions. `report` is complete but for them. GitLab does not say who looks after a project."""
    root, *others = report["nodes"]
    return [
        *_about_the_text(report),
        *([] if on_gitlab else _about_answers(report, timeline)),
        *_about_pulls(root, others, report["edges"]),
        *_about_the_graph(report, others),
    ]


def _names_version(report: Report) -> bool:
    """Whether the environment says a version of anything but the system, or the words of the issue do."""
    return any(
        VERSION.search(fact["name"]) or (NUMBER.search(fact["value"]) and not SYSTEM.search(fact["name"]))
        for fact in report["environment"]
    ) or bool(IN_PROSE.search(f"{report['title']}\n{report['summary']}"))


def _about_the_text(report: Report) -> Iterator[str]:
    if report["kind"] == "issue":
        if not report["errors"]:
            yield "Which error is printed? The issue quotes none."
        if not _names_version(report):
            yield "Which version is affected? The issue names none."
    waits = [label for label in report["labels"] if WAITS.search(label)]
    if waits and report["state"] == "open":
        yield f"What is still missing? It is labeled {', '.join(waits[:LISTED])}."
    if not report["known"] and report["kind"] == "issue":
        yield "Is it a new error? No entry of this knowledge base matches it."


def _about_answers(report: Report, timeline: list[Json]) -> Iterator[str]:
    comments = [event for event in timeline if text(event, "event") == "commented"]
    if report["state"] == "open" and not any(text(event, "author_association") in MAINTAINERS for event in comments):
        yield "What do the maintainers say? None of them has answered yet."


def _about_pulls(root: Node, others: list[Node], edges: list[Edge]) -> Iterator[str]:
    if root["kind"] == "pull":
        return
    key = root["ref"].lower()
    closing = {edge["source"] for edge in edges if edge["kind"] == "closes" and edge["target"] == key}
    pulls = [node for node in others if node["kind"] == "pull" and node["ref"].lower() in closing]
    waiting = [node["ref"] for node in pulls if node["state"] in ("open", "draft")]
    merged = [node["ref"] for node in pulls if node["state"] == "merged"]
    if waiting:
        yield f"When will the fix be merged? Still open: {', '.join(waiting[:LISTED])}."
    if merged and root["state"] == "open":
        yield f"Is it fixed? {', '.join(merged[:LISTED])} was merged, but the issue is open."
    if merged and root["state"] != "open":
        yield "Which release holds the fix?"
    if root["state"] == "closed" and not merged:
        yield "What closed it? No merged pull request is linked."


def _about_the_graph(report: Report, others: list[Node]) -> Iterator[str]:
    missing = [node["ref"] for node in others if node["problem"]]
    if missing:
        yield f"What do these say? They could not be read: {', '.join(missing[:LISTED])}."
    if report["left_out"]:
        yield f"Is there more? {report['left_out']} further references were not followed."
