"""A report as Markdown, fit for sharing: foreign text in it is inert, and posting it mentions nobody.

The twin of `assets/js/report/markdown.js`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kb.github.report.inert import fenced
from kb.github.report.inert import markdown as escaped
from kb.github.report.mermaid import DRAWN, to_mermaid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.github.report.model import EdgeKind, Known, Node, Report

SAID: Final[dict[EdgeKind, tuple[str, str]]] = {
    "closes": ("is closed by this", "closes this"),
    "duplicates": ("this is reported as its duplicate", "reported as a duplicate of this"),
    "mentions": ("mentioned here", "mentions this"),
}
"""What a neighbour is: where the root says something of it, and where it says something of the root."""


REFERENCE: Final = re.compile(
    r"(?<![A-Za-z0-9_/&#.\\-])(?:[A-Za-z0-9.-]|\\_){1,100}/(?:[A-Za-z0-9./-]|\\_){1,200}\\[#!]&#8203;[0-9]{1,10}(?![0-9A-Za-z_])"
)
"""`owner/name#1` as it looks once it is escaped; `group/sub/project!1` too."""


def to_markdown(report: Report) -> str:
    """The whole report. Ends with a line end."""
    addresses = {escaped(node["ref"]): _link(node["ref"], node["url"]) for node in report["nodes"]}

    def linked(line: str) -> str:
        """A line as inert Markdown, in which the issues of this report are links to them."""
        return REFERENCE.sub(lambda found: addresses.get(found[0], found[0]), escaped(line))

    sections = [
        _heading(report),
        _section("What is reported", [_quoted(report["summary"])] if report["summary"] else []),
        _section(
            "Environment",
            [_list(f"{escaped(fact['name'])}: {escaped(fact['value'])}" for fact in report["environment"])],
        ),
        _section("Error messages", [fenced(error) for error in report["errors"]]),
        _section(
            "What is known", [_known(each) for each in report["known"]] or ["No entry of this knowledge base matches."]
        ),
        _section(
            "Timeline in short", [_list(_dated(event["date"], linked(event["what"])) for event in report["timeline"])]
        ),
        _section("Linked issues and pull requests", [_list(_neighbours(report))]),
        _section("Graph", list(_graph(report))),
        _section("Open questions", [_list(map(linked, report["questions"]))]),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _section(title: str, parts: list[str]) -> str:
    """A section with its heading; nothing where it has nothing to say."""
    parts = [part for part in parts if part]
    return "\n\n".join([f"## {title}", *parts]) if parts else ""


def _heading(report: Report) -> str:
    kind = "Issue" if report["kind"] == "issue" else "Pull request"
    facts = [f"{kind} {_link(report['ref'], report['url'])}", f"**{report['state']}**"]
    if report["opened"]:
        facts.append(f"opened {report['opened']}" + (f" by {escaped(report['author'])}" if report["author"] else ""))
    if report["closed"]:
        facts.append(f"closed {report['closed']}")
    facts += [
        _counted(report["comments"], "comment"),
        _counted(report["participants"], "participant"),
        _counted(report["reactions"], "reaction"),
    ]
    lines = [f"# {escaped(report['title']) or 'Untitled'}", ", ".join(facts) + "."]
    if report["labels"]:
        lines.append(f"Labels: {', '.join(map(escaped, report['labels']))}.")
    lines.append(f"As of {escaped(report['fetched'])}.")
    return "\n\n".join(lines)


def _counted(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _link(ref: str, url: str) -> str:
    """A link to an issue. References and their addresses hold nothing that Markdown takes for its own but `_`."""
    return f"[{ref.replace('_', chr(92) + '_')}]({url})"


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _quoted(line: str) -> str:
    return f"> {escaped(line)}"


def _dated(date: str, what: str) -> str:
    return f"{date} {what}" if date else what


def _known(known: Known) -> str:
    sure = "exact match" if known["tier"] == "exact" else f"likely, {percent(known['score'])} % of its wording"
    lines = [f"**[{escaped(known['title'])}]({known['url']})** ({sure})", escaped(known["summary"])]
    if known["step"]:
        lines.append(f"First workaround: {escaped(known['step'])}")
    return "\n\n".join(line for line in lines if line)


def percent(share: float) -> int:
    """A share from 0 to 1 in whole percent, halves rounded up as JavaScript does it."""
    return int(share * 100 + 0.5)


def _neighbours(report: Report) -> Iterator[str]:
    """The neighbours of the root by what connects them, then what is further away."""
    root = report["nodes"][0]["ref"].lower()
    nodes = {node["ref"].lower(): node for node in report["nodes"]}
    shown = {root}
    for kind, (outward, inward) in SAID.items():
        for edge in report["edges"]:
            if edge["kind"] != kind or root not in (edge["source"], edge["target"]):
                continue
            other, told = (edge["target"], outward) if edge["source"] == root else (edge["source"], inward)
            if other not in shown:
                shown.add(other)
                yield _item(nodes[other], told)
    yield from (_item(node, "further away") for ref, node in nodes.items() if ref not in shown)


def _item(node: Node, told: str) -> str:
    title = f" {escaped(node['title'])}" if node["title"] else ""
    state = f"could not be read: {escaped(node['problem'])}" if node["problem"] else node["state"]
    kind = "pull request, " if node["kind"] == "pull" else ""
    return f"{_link(node['ref'], node['url'])}{title} ({kind}{state}; {told})"


def _graph(report: Report) -> Iterator[str]:
    if len(report["nodes"]) > 1:
        yield f"```mermaid\n{to_mermaid(report)}\n```"
    if len(report["nodes"]) > DRAWN:
        yield f"The {DRAWN} nearest of {len(report['nodes'])} are drawn."
