r"""A reader's values in Markdown: into code by its language, into prose as text.

The Markdown is read by the engine that renders it, so what is code here is code on the page: each placeholder is
replaced by a word of its own, and where that word comes out says where the placeholder stands.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING, Final

from kb.entry import PLACEHOLDER_IN_PROSE, to_html
from kb.match.filling.blocks import Hole, inline_pieces, pieces, prose_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.match.filling.values import Types

_CODE: Final = re.compile(
    r'<pre[^>]*><code(?: class="language-(?P<language>[^"]*)")?>(?P<block>.*?)</code></pre>'
    r"|<code[^>]*>(?P<inline>.*?)</code>",
    re.DOTALL,
)
_TAG: Final = re.compile(r"<[^>]*>")


def fill_prose(markdown: str, values: Mapping[str, str], types: Types) -> str:
    r"""Put values into Markdown; in code, `\{{` becomes `{{`. A placeholder without a value is shown as `<name>`."""
    parts = markdown_pieces(markdown, types)
    return "".join(part if isinstance(part, str) else _written(part, values, types) for part in parts)


def markdown_pieces(markdown: str, types: Types) -> list[str | Hole]:
    """Markdown as literal text and placeholders. One whose place is not clear, as in a link's target, is text."""
    parts: list[str | Hole] = []
    at = 0
    for use, part in _uses(markdown, types):
        parts += (markdown[at : use.start()], part)
        at = use.end()
    return [part for part in (*parts, markdown[at:]) if part]


def holes_of(markdown: str, types: Types) -> list[tuple[int, Hole]]:
    """The placeholders of Markdown, each with where it starts."""
    return [(use.start(), part) for use, part in _uses(markdown, types) if isinstance(part, Hole)]


def _uses(markdown: str, types: Types) -> list[tuple[re.Match[str], str | Hole]]:
    uses = list(PLACEHOLDER_IN_PROSE.finditer(markdown)) if "{{" in markdown else []
    if not uses:
        return []
    mark = "KBQ"
    while mark in markdown:
        mark += "Q"
    found = _places(_marked(markdown, uses, mark), mark, uses, types)
    return [(use, found.get(number, use[0])) for number, use in enumerate(uses)]


def _marked(markdown: str, uses: list[re.Match[str]], mark: str) -> str:
    out: list[str] = []
    at = 0
    for number, use in enumerate(uses):
        out += (markdown[at : use.start()], f"{mark}{number}{mark}")
        at = use.end()
    return "".join(out) + markdown[at:]


def _places(marked: str, mark: str, uses: list[re.Match[str]], types: Types) -> dict[int, str | Hole]:
    """Number of a use -> what it is. Those that don't come out as text, once, are left out."""
    html = to_html(marked)
    word = re.compile(f"{mark}([0-9]+){mark}")
    found: dict[int, str | Hole] = {}
    once = {number for number, count in Counter(map(int, word.findall(html))).items() if count == 1}
    for text, kind, language in _texts(html):
        inside = [int(each) for each in word.findall(text)]
        if not inside or not once.issuperset(inside):
            continue
        code = word.sub(lambda each: uses[int(each[1])][0], text)
        parts = (
            pieces(code, language, types)
            if kind == "block"
            else inline_pieces(code, types)
            if kind == "inline"
            else prose_pieces(code, types)
        )
        holes = iter(part for part in parts if isinstance(part, Hole))
        for number in inside:
            use = uses[number]
            if use[1] is None:
                found[number] = use[0] if kind == "prose" else "{{"
            elif use[1] in types:
                found[number] = next(holes)
    return found


def _texts(html: str) -> Iterator[tuple[str, str, str]]:
    """The texts of a document: each with its kind (block, inline, prose) and, for a block, its language."""
    at = 0
    for code in _CODE.finditer(html):
        yield from _prose(html[at : code.start()])
        at = code.end()
        if code["block"] is not None:
            yield unescape(code["block"]), "block", unescape(code["language"] or "")
        else:
            yield unescape(code["inline"]), "inline", ""
    yield from _prose(html[at:])


def _prose(html: str) -> Iterator[tuple[str, str, str]]:
    for text in _TAG.split(html):
        yield unescape(text), "prose", ""


def _written(hole: Hole, values: Mapping[str, str], types: Types) -> str:
    text = hole.filled(values, types)
    return rf"\{text}" if hole.place.context == "prose" and text == hole.unfilled else text
