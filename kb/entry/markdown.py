"""Prose as GitHub renders it: GitHub-Flavoured Markdown through comrak, with source positions.

Every part of the project that looks at prose goes through this, so that checks, links and pages see the same
document as the pull request shows. Raw HTML comes out as text.
"""

import html
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

import comrak

from kb.entry.bounds import MAX_ADDRESSES
from kb.entry.byte_columns import ByteColumns
from kb.entry.source import Position


def _extensions(*names: str) -> comrak.ExtensionOptions:
    options = comrak.ExtensionOptions()
    for name in names:
        setattr(options, name, True)
    return options


def _rendering(*, to_look_at: bool = False) -> comrak.RenderOptions:
    options = comrak.RenderOptions()
    options.escape = True
    options.sourcepos = options.unsafe_ = to_look_at
    return options


_GITHUB: Final = ("alerts", "strikethrough", "table", "tasklist")
_EXTENSIONS: Final = _extensions(*_GITHUB, "autolink")
_WITHOUT_LINKS: Final = _extensions(*_GITHUB)
"""For a text with more addresses than comrak can take: those that are not written as links stay text."""
_PARSING: Final = comrak.ParseOptions()
_RENDERING: Final = _rendering()
_LOOKING: Final = _rendering(to_look_at=True)

# Raw HTML is escaped, so in comrak's output every tag is comrak's own. A heading inside
# a list or a quote starts right of column 1: what starts in column 1 is the document's own.
_SECTION_HEADING: Final = re.compile(r'<h2 data-sourcepos="(\d+):1-(\d+):\d+">(.*)</h2>')
_LINK: Final = re.compile(r'<(a|img) data-sourcepos="(\d+):(\d+)-[^"]*" (?:href|src)="([^"]*)"(?: alt="([^"]*)")?')
_HEADING_OR_CODE: Final = re.compile(
    r'<(?:h([1-6])|pre) data-sourcepos="(\d+):(\d+)-(\d+):\d+">(?:<code class="language-([^"]*)")?'
)
_BLANK_LINES: Final = re.compile(r"(?:[ \t]*\n)+")
_CODE_OR_LINK: Final = re.compile(r"<(pre|code|a)\b.*?</\1>", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")
LONGEST_KEY: Final = 30
"""Characters of a key's name with the tag that opens it."""
KEY: Final = re.compile(r"<kbd>([^<>&\"\n`*_\[\]]{1,24})</kbd>")
"""A key on a keyboard, the one piece of HTML that prose may hold: `<kbd>Ctrl</kbd>`."""
_NOT_IN_ANCHOR: Final = re.compile(r"[^\w\- ]")


class Section(NamedTuple):
    """A level-2 heading and the Markdown under it; `line` is the heading's, counted from 1 in the body."""

    heading: str
    line: int
    markdown: str
    written: str
    """The heading's own lines, as Markdown."""


class Link(NamedTuple):
    """A link or image in prose: its target as written, and where it stands in the body."""

    target: str
    position: Position
    is_image: bool = False
    alt: str = ""
    """What stands for an image where it is not seen."""


class Heading(NamedTuple):
    """A heading of any level, and where it stands in the body."""

    level: int
    position: Position
    length: int
    """Characters of the lines that it takes."""


class CodeBlock(NamedTuple):
    """A block of code: the language that its fence names, where it starts in the body, and its last line there."""

    language: str
    position: Position
    end_line: int


class Outline(NamedTuple):
    """What a body consists of: text before the first section (usually none), sections, links, headings, code."""

    preamble: str
    sections: tuple[Section, ...]
    links: tuple[Link, ...]
    headings: tuple[Heading, ...] = ()
    blocks: tuple[CodeBlock, ...] = ()


def to_html(markdown: str) -> str:
    """Render Markdown to HTML, which is not sanitised yet."""
    return comrak.render_markdown(_ended(markdown), _extensions_for(markdown), _PARSING, _RENDERING)


@lru_cache(maxsize=2)
def html_to_look_at(body: str) -> str:
    """The same, never for a page: elements carry `data-sourcepos`, and all targets are kept, such as `javascript:…`.

    Whoever reads a body looks at it next, so it is rendered once for both.
    """
    return comrak.render_markdown(_ended(body), _extensions_for(body), _PARSING, _LOOKING)


def _ended(markdown: str) -> str:
    """Markdown with an end of its last line: comrak takes no `[a]: <address>` there without one."""
    return markdown if markdown.endswith("\n") else f"{markdown}\n"


def _extensions_for(markdown: str) -> comrak.ExtensionOptions:
    is_crowded = markdown.count("@") > MAX_ADDRESSES and any(
        line.count("@") > MAX_ADDRESSES for line in markdown.split("\n")
    )
    return _WITHOUT_LINKS if is_crowded else _EXTENSIONS


def without_blank_start(markdown: str) -> str:
    """Markdown without blank lines before it. The indent of the first line stays: it can make it code."""
    found = _BLANK_LINES.match(markdown)
    return markdown[found.end() :] if found else markdown


def trimmed(markdown: str) -> str:
    """Markdown without blank lines at its ends."""
    return without_blank_start(markdown).rstrip()


def readable_text(markdown: str) -> str:
    """What a reader sees of Markdown outside of code and links."""
    return KEY.sub(r"\1", text_of(_CODE_OR_LINK.sub(" ", to_html(markdown))))


def text_of(fragment: str) -> str:
    """The plain text of an HTML fragment."""
    return html.unescape(_TAG.sub("", fragment) if "<" in fragment else fragment)


def anchor_of(heading: str) -> str:
    """The anchor that GitHub gives a heading: lower case, no punctuation, hyphens for spaces."""
    return _NOT_IN_ANCHOR.sub("", heading.strip().lower()).replace(" ", "-")


def anchors_of(headings: Iterable[str]) -> list[str]:
    """The anchors of headings, in order. A repeated one gets `-1`, `-2`, … as on GitHub."""
    anchors: dict[str, int] = {}
    for heading in headings:
        wanted = anchor = anchor_of(heading)
        while anchor in anchors:
            anchors[wanted] += 1
            anchor = f"{wanted}-{anchors[wanted]}"
        anchors[anchor] = 0
    return list(anchors)


def outline(body: str) -> Outline:
    """Split the Markdown of a body into its level-2 sections, and list its links, headings and blocks of code."""
    rendered = html_to_look_at(body)
    headings = list(_SECTION_HEADING.finditer(rendered))
    columns = ByteColumns(body)
    links = tuple(
        Link(html.unescape(target), columns.position(int(line), int(column)), tag == "img", html.unescape(alt))
        for tag, line, column, target, alt in _LINK.findall(rendered)
    )
    levels: list[Heading] = []
    blocks: list[CodeBlock] = []
    lines = body.split("\n")
    for level, line, column, end_line, language in _HEADING_OR_CODE.findall(rendered):
        position = columns.position(int(line), int(column))
        if level:
            length = sum(map(len, lines[int(line) - 1 : int(end_line)]))
            levels.append(Heading(int(level), position, length))
        else:
            blocks.append(CodeBlock(html.unescape(language), position, int(end_line)))
    if not headings:
        return Outline(body.strip(), (), links, tuple(levels), tuple(blocks))
    ends = [int(heading[1]) - 1 for heading in headings[1:]] + [len(lines)]
    sections = tuple(_section(lines, heading, end) for heading, end in zip(headings, ends, strict=True))
    return Outline("\n".join(lines[: int(headings[0][1]) - 1]).strip(), sections, links, tuple(levels), tuple(blocks))


def _section(lines: list[str], heading: re.Match[str], end: int) -> Section:
    """The section under a heading of rendered HTML; `end` is the number of its last line."""
    first, last = int(heading[1]), int(heading[2])
    written = "\n".join(lines[first - 1 : last])
    return Section(text_of(heading[3]).strip(), first, trimmed("\n".join(lines[last:end])), written)
