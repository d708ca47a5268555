"""The values of placeholders: between two literals, before the first and after the last."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kb.match import lines, values
from kb.match.noise import prefix_end

if TYPE_CHECKING:
    from kb.match.reading import Reading
    from kb.match.skeleton import Skeleton


class Edge(NamedTuple):
    """A value and where it lies in the clean text."""

    value: str
    start: int
    end: int


_WHOLE_LINE = frozenset({"text", "rest", "lines"})
_LEADING = {
    "int": re.compile(r"(?<![A-Za-z0-9_.])[+-]?[0-9]+\Z"),
    "hex": re.compile(r"(?<![A-Za-z0-9_])(?:0[xX])?[0-9A-Fa-f]+\Z"),
}
_TRAILING = {
    "int": re.compile(r"[+-]?[0-9]+(?![A-Za-z0-9_]|\.[0-9])"),
    "hex": re.compile(r"(?:0[xX])?[0-9A-Fa-f]+(?![A-Za-z0-9_])"),
}
GUTTERS = "|>"
OPENERS = "([{<\"'`,;=\u2018\u201c"
CLOSERS = dict(zip(")]}>\"'`\u2019\u201d", "([{<\"'`\u2018\u201c", strict=True))
# A text inside JSON that may itself be inside JSON: its quotes have as many backslashes as the one that opens it.
JSON_OPEN = re.compile(r"\"[ \t\n]{0,3}:[ \t\n]{0,3}(\\{0,7})\"")
_CLOSING_TAGS = re.compile(r"(?:</[A-Za-z0-9]{1,12}>[ \t\n]{0,3}){1,9}\Z")
_WORD = re.compile(r"[^ \t\n\u00a0]+")
OPENING_TAGS = re.compile(r"(?:<[A-Za-z][^<>]{0,80}>[ \t]{0,3}){1,9}")
OPENING_QUOTES = "\"'`\u2018\u201c\u00ab"
QUOTE = re.compile("[\"'`\u00b4\u00bb\u2019\u201c\u201d\u203a\u300d]")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


class Between(NamedTuple):
    """A value between two literals, `None` if it isn't of its type; and whether a longer one could be."""

    value: str | None
    may_grow: bool


def between(kind: str, reading: Reading, bones: Skeleton, start: int, end: int) -> Between:
    """The value between two places of the skeleton."""
    first = bones.after_in_clean(start)
    last = bones.in_clean(end) if end < len(bones.text) else len(reading.clean)
    whole = reading.clean[first:last]
    if len(whole) > (values.MAX_BLOCK if kind == "lines" else values.MAX_VALUE):
        return Between(None, may_grow=False)
    if kind in {"lines", "rest"} and "\n" not in whole:
        return Between(None, may_grow=True)
    value = values.plain(_joined(kind, reading, bones, first, last))
    if not values.may_have_spaces(kind) and " " in value:
        return Between(None, may_grow=False)
    return Between(value if values.fits(kind, value) else None, may_grow=True)


def _joined(kind: str, reading: Reading, bones: Skeleton, start: int, last: int) -> str:
    """A part of the clean text with its line breaks undone, except those of several whole lines."""
    whole = reading.clean[start:last]
    if "\n" not in whole:
        return _without_gutters(_without_escape(whole.strip(values.SPACE), reading.clean[last : last + 1]))
    parts = lines.contents(reading.clean, bones.folded, start, last)
    if kind == "lines" or len(parts) < 2:
        return "\n".join(parts)
    if not values.may_have_spaces(kind):
        return "".join(parts)
    one_word = not any(" " in part for part in parts)
    value, end = "", start
    for part in parts:
        if value:
            newline = reading.clean.index("\n", end)
            value += lines.glue(reading.clean, bones.folded, newline, one_word=one_word)
        value += part
        end = reading.clean.index(part, end) + len(part)
    return value


def _without_escape(value: str, following: str) -> str:
    """A value without the backslash that belongs to the quote after it."""
    return value.rstrip("\\") if following in {'"', "'"} else value


def _without_gutters(value: str) -> str:
    """A value without what is read as a frame or gutter beside it: of `1024 > 512`, `>` belongs to neither number."""
    return _without_gutters_before(_without_gutters_after(value))


def _without_gutters_before(value: str) -> str:
    beside = value[: len(value) - len(value.lstrip(values.SPACE + GUTTERS))]
    return value[len(beside.rstrip(GUTTERS)) :]  # without white space between, it is of the value


def _without_gutters_after(value: str) -> str:
    own = len(value.rstrip(values.SPACE + GUTTERS))
    beside = value[own:]
    return value[: own + len(beside) - len(beside.lstrip(GUTTERS))]


def before(kind: str, reading: Reading, bones: Skeleton, at: int) -> Edge | None:
    """The value that ends at `at`, not counting white space; `None` if there is none of this type."""
    clean = reading.clean
    start = lines.line_start(clean, at, values.MAX_VALUE)
    start += _content_start(bones.folded[start:at])
    end = max(start, start + len(_without_gutters_after(clean[start:at].rstrip(values.SPACE))))
    start += _opening_end(clean[start:end])
    line = clean[start:end]
    if kind in _WHOLE_LINE:
        return Edge(values.plain(line), start, end)
    if kind == "quoted":
        return _quoted_before(clean, start, end)
    if kind in _LEADING:
        found = _LEADING[kind].search(line, max(0, len(line) - 40))
        return Edge(found.group(), start + found.start(), end) if found else None
    word = re.split(r"[ \t\u00a0]", line)[-1].lstrip(OPENERS)
    value = values.plain(word)
    return Edge(value, end - len(word), end) if values.fits(kind, value) else None


def _opening_end(line: str) -> int:
    """Where the message begins in a line that opens JSON or HTML around it."""
    opened = [found.end() for found in JSON_OPEN.finditer(line)]
    if opened:
        return opened[-1]
    tags = OPENING_TAGS.match(line)
    return tags.end() if tags else 0


def _content_start(folded_line: str) -> int:
    """Where a line's own text begins, after gutter and log prefix."""
    prefix = prefix_end(folded_line)
    return prefix + len(folded_line[prefix:]) - len(folded_line[prefix:].lstrip(" "))


def _quoted_before(clean: str, start: int, end: int) -> Edge | None:
    opening = end - 1
    for _ in range(3):
        closing = clean[end - 1 : end]
        opening = max(clean.rfind(quote, start, opening) for quote in {CLOSERS.get(closing, closing), closing})
        if opening < 0:
            return None
        if values.fits("quoted", clean[opening:end]):
            return Edge(clean[opening:end], opening, end)
    return None


def after(kind: str, reading: Reading, bones: Skeleton, at: int, columns: int) -> Edge | None:
    """The value that begins at `at`, not counting white space; `None` if there is none of this type.

    `columns` is how wide the lines of this message are, 0 if that isn't known: a full line goes on in the next.
    """
    clean = reading.clean
    if kind == "lines":
        return _lines_after(reading, bones, at)
    start = _skip_spaces(clean, at)
    end = lines.line_end(clean, start, values.MAX_VALUE)
    if not bones.folded[start:end].strip(" ") and (kind != "text" or bones.wraps(end)):
        # The literal ended its line: the value is on the next, if that goes on with anything.
        if lines.goes_on_anew(bones.folded, end):
            return None
        start = end + 1 + _content_start(bones.folded[end + 1 : end + 1 + values.MAX_VALUE])
    end = lines.line_end(clean, start, values.MAX_VALUE)
    for _ in range(values.MAX_WRAPS):
        is_open = kind == "quoted" and _is_open(clean[start:end])
        if not lines.is_wrapped(clean, bones.folded, end, columns) and not (is_open and bones.wraps(end)):
            break
        end = lines.line_end(clean, end + 1, values.MAX_VALUE)
    end = start + len(_without_closing(clean[start:end], clean[max(0, at - values.MAX_VALUE) : at]))
    end = start + len(bones.folded[start:end].rstrip(" "))
    start = end - len(_without_gutters_before(clean[start:end]))
    return _at_start(kind, reading, bones, start, end)


def _closing(text: str) -> int:
    """Where the quote ends that a text begins with; 0 if it doesn't."""
    ends = (found.end() for found in QUOTE.finditer(text, 1))
    return next((end for end in ends if values.fits("quoted", values.plain(text[:end]))), 0)


def _is_open(text: str) -> bool:
    """Whether a text begins with a quote that isn't closed in it."""
    text = text.lstrip("\\")
    return text != "" and text[0] in OPENING_QUOTES and not _closing(text)


def _without_closing(line: str, before: str) -> str:
    """A line without what closes JSON or HTML around the message in it."""
    opened = [(found[1], found.end()) for found in JSON_OPEN.finditer(before)]
    if opened:
        closing = re.compile(rf"(?<!\\)\\{{{len(opened[-1][0])}}}\"")
        found = None if closing.search(before, opened[-1][1]) else closing.search(line)
        return line[: found.start()] if found else line
    return _CLOSING_TAGS.sub("", line) if line.endswith(">") else line


def _at_start(kind: str, reading: Reading, bones: Skeleton, start: int, end: int) -> Edge | None:
    """A value of a type at the start of a part of the clean text."""
    line = reading.clean[start:end]
    if kind in _WHOLE_LINE:
        value = values.plain(_joined(kind, reading, bones, start, end))
        return Edge(value, start, end) if line or kind == "text" else None
    if kind == "quoted":
        start += len(line) - len(line.lstrip("\\"))
        line = reading.clean[start:end]
    is_wrapped = "\n" in line
    text = _joined(kind, reading, bones, start, end) if is_wrapped or kind in {"word", "url"} else line
    if kind == "quoted":
        length = _closing(text)
    elif kind in _TRAILING:
        number = _TRAILING[kind].match(text)
        length = number.end() if number else 0
    else:
        word = _WORD.match(text)
        length = len(_without_closers(word.group())) if word else 0
    if not length:
        return None
    if is_wrapped and length > line.index("\n"):
        value = values.plain(text[:length])
        return Edge(value, start, end) if values.fits(kind, value) else None
    value = values.plain(line[:length])
    return Edge(value, start, start + length) if values.fits(kind, value) else None


def _skip_spaces(clean: str, at: int) -> int:
    while at < len(clean) and clean[at] in " \t\u00a0":
        at += 1
    return at


def _without_closers(word: str) -> str:
    """A word without the punctuation of the sentence around it."""
    while word and (word[-1] in ".,;:!" or (word[-1] in CLOSERS and CLOSERS[word[-1]] not in word[:-1])):
        word = word[:-1]
    return word


def _lines_after(reading: Reading, bones: Skeleton, at: int) -> Edge | None:
    """All lines up to the first blank one."""
    block = reading.clean[at : at + values.MAX_BLOCK]
    start = at + len(block) - len(block.lstrip(values.SPACE))
    blank = _BLANK_LINE.search(reading.clean, start, at + values.MAX_BLOCK)
    end = lines.block_end(bones.folded, start, blank.start() if blank else at + len(block))
    value = "\n".join(lines.contents(reading.clean, bones.folded, start, end))
    return Edge(value, start, start + len(reading.clean[start:end].rstrip(values.SPACE))) if value else None
