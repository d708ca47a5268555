"""The graph of a report as a Mermaid flowchart, which GitHub draws (https://mermaid.js.org/syntax/flowchart.html).

The twin of `assets/js/report/mermaid.js`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.github.report.inert import mermaid, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.github.report.model import Report

DRAWN: Final = 60
"""Nodes that are drawn at most: more can't be read. Mermaid itself refuses more than 500 edges."""
ARROWS: Final = 300
LABEL: Final = 48

STYLES: Final = {
    "open": "stroke:#1a7f37,stroke-width:2px",
    "draft": "stroke:#59636e,stroke-width:2px",
    "closed": "stroke:#8250df,stroke-width:2px",
    "merged": "stroke:#8250df,stroke-width:4px",
    "duplicate": "stroke:#59636e,stroke-dasharray:4",
    "notplanned": "stroke:#59636e,stroke-width:2px",
    "unknown": "stroke:#59636e,stroke-dasharray:2",
}


def to_mermaid(report: Report) -> str:
    """The flowchart, without its fence."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield "flowchart LR"
    nodes = report["nodes"][:DRAWN]
    numbers = {node["ref"].lower(): number for number, node in enumerate(nodes)}
    for number, node in enumerate(nodes):
        label = f"{node['ref']} {shortened(node['title'], LABEL)}".rstrip(" ")
        start, end = ("([", "])") if node["kind"] == "pull" else ("[", "]")
        yield f'  n{number}{start}"{mermaid(label)}"{end}:::{_style(node["state"])}'
    drawn = [edge for edge in report["edges"] if edge["source"] in numbers and edge["target"] in numbers]
    for edge in drawn[:ARROWS]:
        yield f"  n{numbers[edge['source']]} -->|{edge['kind']}| n{numbers[edge['target']]}"
    used = {_style(node["state"]) for node in nodes}
    for name, style in STYLES.items():
        if name in used:
            yield f"  classDef {name} {style}"


def _style(state: str) -> str:
    return state.replace(" ", "")
