"""An entry's prose: from the known sections of Markdown to fields of the model, and from YAML's fields to Markdown."""

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from itertools import pairwise
from typing import Final, NamedTuple

from kb.entry.bounds import MAX_COLUMNS, MAX_HEADING, MAX_QUOTES
from kb.entry.markdown import Outline, Section, trimmed
from kb.entry.model import Entry, ProseHeading
from kb.entry.source import Defect, DefectKind, KeyPath, Position

WORKAROUND: Final = "Workaround"
PROSE_HEADINGS: Final = {
    "summary": "Summary",
    "cause": "Cause",
    "workarounds": WORKAROUND,
    "guidance": "Guidance",
    "example": "Example",
    "notes": "Notes",
    "recommendation": "Recommendation",
}
"""Field of the model -> the heading it stands under, in the order of the page."""

_MOST_DEFECTS: Final = 1000
"""Unknown sections that are reported; a file of 1 MB has room for 150,000."""
_WIDE_TABLE: Final = re.compile(rf"^[ \t>*+-]*\|?(?:[ \t]*:?-+:?[ \t]*\|){{{MAX_COLUMNS}}}", re.MULTILINE)
_FIELD_OF_HEADING: Final = {heading: name for name, heading in PROSE_HEADINGS.items()}
_DEEP_QUOTE: Final = re.compile(rf"^(?:[ \t]*(?:(?:[-+*]|\d{{1,9}}[.)])[ \t]+)*>){{{MAX_QUOTES + 1}}}", re.MULTILINE)
SECTION_LINE: Final = re.compile(rf"^## *(?:{'|'.join(_FIELD_OF_HEADING)})\b", re.MULTILINE)
"""A line that starts one of the known sections."""


class Block(NamedTuple):
    """Where a section of a composed body starts, and the key of the `.yml` file that holds its text."""

    line: int
    key: KeyPath


def lift(parts: Outline, place: Callable[[Position], Position]) -> tuple[dict[str, object], tuple[Defect, ...]]:
    """The sections of a body as fields of the model. `place` says where a place in the body stands in the file."""
    fields: dict[str, object] = {}
    workarounds: list[dict[str, str]] = []
    headings: list[ProseHeading] = []
    defects: list[Defect] = []
    for section in parts.sections:
        heading, _, title = (part.strip() for part in section.heading.partition(":"))
        name = _FIELD_OF_HEADING.get(heading)
        if name is None and len(defects) >= _MOST_DEFECTS:
            continue
        if name is None:
            defects.append(_unknown_section(section, place(Position(section.line, 1))))
        elif name in fields:
            message = f"a second section `## {heading}`"
            position = place(Position(section.line, 1))
            defects.append(Defect(DefectKind.DUPLICATE_KEY, position, message, "Join the two sections."))
        else:
            headings.append(ProseHeading(name, section.written))
            if name == "workarounds":
                workarounds.append({"title": title, "body": section.markdown})
            else:
                fields[name] = section.markdown
    if workarounds:
        fields["workarounds"] = workarounds
    fields["headings"] = headings
    if parts.preamble:
        message = "text before the first section"
        hint = "Move it under a heading such as `## Summary`."
        defects.append(Defect(DefectKind.UNKNOWN_SECTION, place(Position(1, 1)), message, hint))
    return fields, tuple(defects)


def written_sections(entry: Entry) -> Iterator[tuple[ProseHeading, str]]:
    """Heading and Markdown of each section of an entry, in the order of its file."""
    steps = iter(entry.workarounds)
    for heading in entry.headings:
        yield heading, next(steps).body if heading.field == "workarounds" else getattr(entry, heading.field)


_OTHER_NAMES: Final = {
    **dict.fromkeys(
        ("solution", "solutions", "fix", "fixes", "the fix", "resolution", "how to fix", "how to fix it"), WORKAROUND
    ),
    **dict.fromkeys(("reason", "root cause", "why", "why it happens", "explanation", "background"), "Cause"),
    **dict.fromkeys(("description", "problem", "overview", "tl;dr", "symptoms"), "Summary"),
    **dict.fromkeys(("see also", "references", "links", "note"), "Notes"),
}
"""What other knowledge bases call these sections."""


def _unknown_section(section: Section, position: Position) -> Defect:
    known = list(PROSE_HEADINGS.values())
    name = section.heading.partition(":")[0].strip()
    message = f"unknown section `## {section.heading}`"
    close = get_close_matches(name.title(), known, n=1)
    if not close and name.lower() in _OTHER_NAMES:
        other = _OTHER_NAMES[name.lower()]
        shown = f"{other}: …" if other == WORKAROUND else other
        return Defect(DefectKind.UNKNOWN_SECTION, position, message, f"Here it is called `## {shown}`.")
    hint = f"Did you mean `## {close[0]}`?" if close else f"Use one of: {', '.join(known)}; or a level-3 heading."
    return Defect(DefectKind.UNKNOWN_SECTION, position, message, hint, next(iter(close), ""))


def compose(values: object) -> tuple[str, tuple[Block, ...]]:
    """The prose of a `.yml` entry as the body of an `.md` entry, and what stands where in it.

    What is no text is left out: the model says so.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    line = 1
    for heading, text, key in _prose_of(values):
        part = f"## {heading}\n\n{trimmed(text)}"
        parts.append(part)
        blocks.append(Block(line, key))
        line += part.count("\n") + 2
    return "\n\n".join(parts), tuple(blocks)


def _prose_of(values: object) -> Iterator[tuple[str, str, KeyPath]]:
    """Heading, text and key of each piece of prose."""
    if not isinstance(values, dict):
        return
    for name, heading in PROSE_HEADINGS.items():
        value = values.get(name)
        if isinstance(value, str):
            yield heading, value, (name,)
        elif name == "workarounds" and isinstance(value, list) and all(map(_is_workaround, value)):
            for number, item in enumerate(value):
                yield f"{heading}: {item['title']}", item["body"], (name, number, "body")


def _is_workaround(item: object) -> bool:
    """Whether an item can stand in Markdown: a title of one line, and a text."""
    if not isinstance(item, dict) or item.keys() != {"title", "body"}:
        return False
    title, body = item["title"], item["body"]
    return isinstance(title, str) and isinstance(body, str) and "\n" not in title.strip()


def left_open(parts: Outline, blocks: tuple[Block, ...]) -> KeyPath | None:
    """The key of a `.yml` entry whose text swallows the next one's: something in it has no end."""
    starts = {section.line for section in parts.sections}
    return next((block.key for block, after in pairwise(blocks) if after.line not in starts), None)


def wide_table(body: str) -> int | None:
    """The line of a body on which a table starts that has more than `MAX_COLUMNS` columns."""
    found = _WIDE_TABLE.search(body) if body.count("|") > MAX_COLUMNS else None
    return body.count("\n", 0, found.start()) + 1 if found else None


def long_heading(parts: Outline) -> Defect | None:
    """What is wrong with the first heading that is too long, at its place in the body; None where none is."""
    found = next((heading for heading in parts.headings if heading.length > MAX_HEADING), None)
    if not found:
        return None
    message = f"a heading of {found.length:,} characters; the limit is {MAX_HEADING}"
    return Defect(DefectKind.WRONG_TYPE, found.position, message, "Name it in a few words; the rest is text below it.")


def deep_quote(body: str) -> int | None:
    """The line of a body on which quotes nest deeper than `MAX_QUOTES`."""
    found = _DEEP_QUOTE.search(body) if body.count(">") > MAX_QUOTES else None
    return body.count("\n", 0, found.start()) + 1 if found else None
