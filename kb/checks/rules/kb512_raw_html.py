"""HTML in prose, which pages show as the text that it is."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

import comrak

from kb.checks.edit import Edit
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import KEY, LONGEST_KEY, Position, Source

_MAYBE: Final = re.compile(r"<[A-Za-z/!?]")
_OMITTED: Final = "<!-- raw HTML omitted -->"
_PIECES: Final = re.compile(rf'<\w+[^>]* data-sourcepos="(\d+):[^"]*"|(^)?{re.escape(_OMITTED)}($)?|\n', re.MULTILINE)
_TAG: Final = re.compile(r"<(?!https?:)[A-Za-z/!?][^<>]{0,500}>?")
_CODE_SPAN: Final = re.compile(r"(?<!`)(`{1,3})(?!`)[^`]{1,500}(?<!`)\1(?!`)|\\<")
_BLOCK: Final = re.compile(r"[\s>*+-]*(?:\d{1,9}[.)]\s+)?<")


class _Html(NamedTuple):
    """A piece of HTML in a body: its line, and whether it stands inside of a sentence."""

    line: int
    is_inline: bool


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    body = source.draft.body if source.draft else ""
    if not _MAYBE.search(body):
        return
    lines = body.split("\n")
    taken: Counter[int] = Counter()
    for html in _pieces(body, lines):
        line = lines[html.line - 1] if html.line <= len(lines) else ""
        tags = _tags(line)
        tag = tags[taken[html.line]] if taken[html.line] < len(tags) else None
        taken[html.line] += 1
        if tag is not None and html.is_inline and _is_of_key(line, tag):
            continue
        place = source.body_position(Position(html.line, (tag.start() if tag else 0) + 1))
        shown = (tag[0] if tag else line.strip())[:40]
        message = f"{shown!r} is HTML: pages of this site show it as text, GitHub obeys or hides it"
        is_mechanical = tag is not None and html.is_inline and not source.blocks
        yield Finding(place, message, _HINT, (Edit(place, place, "\\"),) if is_mechanical else ())


_HINT: Final = "Use Markdown; put a name such as <file> in backticks; write \\< for the sign itself."


def _pieces(body: str, lines: list[str]) -> Iterator[_Html]:
    """All HTML of a body, in its order. comrak leaves a mark in its place, which nothing else in its output is like."""
    line = free = 1
    for found in _PIECES.finditer(comrak.render_markdown(body, _EXTENSIONS, _PARSING, _RENDERING)):
        if found[1]:
            line = int(found[1])
        elif found[0] == "\n":
            line += 1
        elif found[2] is not None and found[3] is not None:
            # A block of HTML has no place of its own in the output: it is the next line that starts with a tag.
            line = _line_of_block(lines, line, free)
            yield _Html(line, is_inline=False)
            line = free = line + 1
        else:
            yield _Html(min(line, len(lines)), is_inline=True)


def _line_of_block(lines: list[str], line: int, free: int) -> int:
    """The line that a block of HTML starts on: the next one with a tag from `line` on.

    Where code that nothing is in made `line` too large, it is the last one from `free` on.
    """
    after = range(line, len(lines) + 1)
    before = range(min(line - 1, len(lines)), free - 1, -1)
    return next((n for n in (*after, *before) if _BLOCK.match(lines[n - 1])), min(line, len(lines)))


def _is_of_key(line: str, tag: re.Match[str]) -> bool:
    """Whether a tag opens or closes a key's name, which pages show as GitHub does; in a heading they do not."""
    if line.startswith("#") or tag[0] not in ("<kbd>", "</kbd>"):
        return False
    start = tag.start() if tag[0] == "<kbd>" else line.rfind("<kbd>", max(0, tag.start() - LONGEST_KEY), tag.start())
    key = KEY.match(line, start) if start >= 0 else None
    return key is not None and tag.end() <= key.end()


@lru_cache(maxsize=1)
def _tags(line: str) -> list[re.Match[str]]:
    """What may be a tag in a line of prose, outside of code."""
    return list(_TAG.finditer(_CODE_SPAN.sub(lambda span: "`" * len(span[0]), line)))


def _options() -> tuple[comrak.ExtensionOptions, comrak.ParseOptions, comrak.RenderOptions]:
    """Options as in `kb.entry.markdown`, but that HTML is left out and not shown as text."""
    extensions = comrak.ExtensionOptions()
    for name in ("alerts", "autolink", "strikethrough", "table", "tasklist"):
        setattr(extensions, name, True)
    rendering = comrak.RenderOptions()
    rendering.sourcepos = True
    return extensions, comrak.ParseOptions(), rendering


_EXTENSIONS, _PARSING, _RENDERING = _options()

RULE = Rule(
    code="KB512",
    name="raw-html",
    family=Family.SAFETY,
    summary="The prose holds HTML other than `<kbd>`.",
    why=(
        "HTML from strangers could run scripts, so pages show it as the text that it is, a `<br>` with its brackets. "
        "GitHub hides what it takes for an unknown tag, so `pip install <package>` loses its package there."
    ),
    fix=(
        "Write Markdown, and keys as `<kbd>F5</kbd>`. Put names that stand for a value in backticks, and `\\<` for the "
        "sign itself."
    ),
    bad="Install it with pip install <package>.<br>Then try again.",
    good="Install it with `pip install <package>`.\n\nThen try again.",
    mended="Writes `\\<`, so that GitHub shows the same text as this site.",
    in_source=_check,
)
