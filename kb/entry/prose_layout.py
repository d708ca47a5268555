"""Prose as it is laid out: its sections in the page's order, its long lines wrapped."""

import re
from collections.abc import Iterator
from typing import Final

from kb.entry.markdown import html_to_look_at, outline, to_html, without_blank_start
from kb.entry.prose import PROSE_HEADINGS
from kb.entry.yaml_text import MAX_WIDTH, WIDTH, wrapped

_PARAGRAPH: Final = re.compile(r'^<p data-sourcepos="(\d+):1-(\d+):\d+">', re.MULTILINE)
_CODE: Final = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_WHOLE: Final = re.compile(r"(`+)[^`]*\1|\[[^\[\]]*\]\([^()]*\)")
"""Code and links, which are hard to read over two lines."""
_RANK: Final = {heading: number for number, heading in enumerate(PROSE_HEADINGS.values())}


def with_ordered_sections(body: str) -> str:
    """A body with its sections in the page's order, a blank line before each. Workarounds keep their order."""
    sections = outline(body).sections
    if not sections:
        return body
    lines = body.split("\n")
    starts = [section.line - 1 for section in sections]
    parts = [
        (_RANK.get(section.heading.partition(":")[0].strip(), len(_RANK)), "\n".join(lines[start:end]).rstrip())
        for section, start, end in zip(sections, starts, [*starts[1:], len(lines)], strict=True)
    ]
    before = without_blank_start("\n".join(lines[: starts[0]])).rstrip()
    ordered = [part for _, part in sorted(parts, key=lambda part: part[0])]
    return "\n\n".join([before, *ordered] if before else ordered)


def with_short_lines(body: str) -> str:
    """A body whose paragraphs have no line longer than `MAX_WIDTH`, as far as there are spaces to break it at."""
    lines = body.split("\n")
    if max(map(len, lines)) <= MAX_WIDTH:
        return body
    for found in reversed(list(_PARAGRAPH.finditer(html_to_look_at(body)))):
        first, last = int(found[1]) - 1, int(found[2])
        paragraph = lines[first:last]
        same = shown("\n".join(paragraph))
        for short in _wrappings(paragraph):
            if shown("\n".join(short)) == same:
                lines[first:last] = short
                break
    return "\n".join(lines)


def shown(markdown: str) -> str:
    """What a reader sees of Markdown, as HTML: two texts that differ in line breaks only are the same."""
    parts = _CODE.split(to_html(markdown))
    return "".join(part if number % 2 else " ".join(part.split()) for number, part in enumerate(parts))


def _wrappings(paragraph: list[str]) -> Iterator[list[str]]:
    """A paragraph with its long lines wrapped: the rest of one goes on in the next line, or else stays by itself."""
    start = next((number for number, line in enumerate(paragraph) if len(line) > MAX_WIDTH), None)
    if start is None:
        return
    rest = _short(" ".join(line.strip() for line in paragraph[start:]))
    if max(map(len, rest)) <= MAX_WIDTH:
        yield [*paragraph[:start], *rest]
    yield [part for line in paragraph for part in _short(line)]


def _short(line: str) -> list[str]:
    """A line in parts that are short enough; as it is where there aren't spaces enough, or more than that."""
    if len(line) <= MAX_WIDTH or "  " in line:
        return [line]
    kept = _WHOLE.sub(lambda found: found[0].replace(" ", "\0"), line)
    parts = [part.replace("\0", " ") for part in wrapped(kept, WIDTH)]
    return parts if max(map(len, parts)) <= MAX_WIDTH else [line]
