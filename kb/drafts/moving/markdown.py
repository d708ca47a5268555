"""Markdown of an old page as it can stand in an entry: without HTML, without pictures, each link one that leads on."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from html import unescape
from typing import Final
from urllib.parse import urljoin, urlsplit

from kb.checks import language_of
from kb.entry import definitions_in, one_line

Change = Callable[[re.Match[str]], str]

_FENCE: Final = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})", re.MULTILINE)
_CODE_SPAN: Final = re.compile(r"(?<![`\\])(`{1,3})(?!`)(?:[^`\n]|\n(?!\s*\n)){1,500}?(?<!`)\1(?!`)")
_LINK: Final = re.compile(
    r"(!?)\[((?:[^\[\]\\\n]|\\.|\[[^\[\]\n]*\]){0,500})\]"
    r"\(\s{0,3}(?:<([^<>\n]*)>|([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*))(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s{0,3}\)"
)
_REFERENCE: Final = re.compile(r"(!?)\[((?:[^\[\]\\\n]|\\.){1,300})\](?:\[((?:[^\[\]\\\n]|\\.){0,300})\])?(?![(:\[])")
_DEFINITION: Final = re.compile(r"^ {0,3}\[(?!\^)[^\[\]\n]{1,300}\]:[ \t]+\S.*\n?", re.MULTILINE)

_ATTRIBUTE: Final = r"[^<>]{{0,800}}?\b{}\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')"
_SRC, _ALT, _HREF = (re.compile(_ATTRIBUTE.format(name), re.IGNORECASE) for name in ("src", "alt", "href"))
_COMMENT: Final = re.compile(r"<!--(.*?)-->", re.DOTALL)
_BREAK: Final = re.compile(r"<br\s*/?>[ \t]*\n?", re.IGNORECASE)
_IMAGE: Final = re.compile(r"<img\b[^<>]{0,2000}>", re.IGNORECASE)
_ANCHOR: Final = re.compile(r"<a\b([^<>]{0,2000})>(.{0,2000}?)</a\s*>", re.IGNORECASE | re.DOTALL)
_PRE: Final = re.compile(r"<pre\b[^<>]{0,500}>(.*?)</pre\s*>", re.IGNORECASE | re.DOTALL)
_HEADING: Final = re.compile(r"<h([1-6])\b[^<>]{0,500}>(.{0,500}?)</h\1\s*>", re.IGNORECASE | re.DOTALL)
_SUMMARY: Final = re.compile(r"<summary\b[^<>]{0,200}>(.{0,500}?)</summary\s*>", re.IGNORECASE | re.DOTALL)
_MARKS: Final = {
    r"</?(?:b|strong)\b[^<>]{0,200}>": "**",
    r"</?(?:i|em)\b[^<>]{0,200}>": "*",
    r"</?(?:s|del|strike)\b[^<>]{0,200}>": "~~",
    r"</?(?:code|tt|samp)\b[^<>]{0,200}>": "`",
    r"</?(?:p|div|center|span|font|u|small|sup|sub|details|section|article|figure|figcaption)\b[^<>]{0,2000}>": "",
}
_FORMS: Final = {re.compile(form, re.IGNORECASE): mark for form, mark in _MARKS.items()}
_LEFT: Final = re.compile(r"(?<!\\)<(?=[A-Za-z/!?])(?!https?://[^\s<>]+>|/?kbd>)")
_NO_BREAK: Final = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " "})


def carried(markdown: str, address: str) -> tuple[str, tuple[str, ...]]:
    """Markdown as an entry takes it, and what it shows that does not come along: pictures, files.

    `address` is where people read the page, by which relative links lead on; empty where that is not known.
    """
    text = markdown.translate(_NO_BREAK)
    left: dict[str, None] = {}
    text = _without_html(text, left)
    text = _with_own_targets(text)
    text = outside_code(text, _LINK, lambda found: _link(found, address, left))
    text = outside_code(text, _LEFT, lambda _: "\\<")
    return _with_languages(text), tuple(left)


def code_spans(markdown: str) -> Iterator[tuple[int, int]]:
    """Where code stands in Markdown, in order: blocks between fences, and spans in a line."""
    at = 0
    while opening := _FENCE.search(markdown, at):
        yield from _inline(markdown, at, opening.start())
        mark = opening[1]
        closing = re.compile(rf"^[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$", re.MULTILINE)
        end = closing.search(markdown, opening.end())
        at = end.end() if end else len(markdown)
        yield opening.start(1), at
    yield from _inline(markdown, at, len(markdown))


def _with_languages(markdown: str) -> str:
    """Markdown whose blocks of code say their language."""
    spans = [span for span in code_spans(markdown) if markdown.startswith(("```", "~~~"), span[0])]
    for start, end in reversed(spans):
        first, _, rest = markdown[start:end].partition("\n")
        mark = first.rstrip(" \t")
        if not mark.strip("`~"):
            code = re.sub(r"\n[ \t>]*(?:`{3,}|~{3,})\s*\Z", "", rest)
            markdown = f"{markdown[:start]}{mark}{language_of(code)}\n{rest}{markdown[end:]}"
    return markdown


def _inline(markdown: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for span in _CODE_SPAN.finditer(markdown, start, end):
        yield span.span()


def outside_code(markdown: str, form: re.Pattern[str], change: Change) -> str:
    """Markdown in which what has a form is changed, but for what stands in code."""
    if not form.search(markdown):
        return markdown
    spans = list(code_spans(markdown))
    starts = [start for start, _ in spans]

    def changed(found: re.Match[str]) -> str:
        before = bisect_right(starts, found.start()) - 1
        return found[0] if before >= 0 and found.start() < spans[before][1] else change(found)

    return form.sub(changed, markdown)


def without_markup(markdown: str) -> str:
    """Markdown with its words as they were meant: no escapes, no emphasis and no links in prose; code as it is."""
    text = outside_code(markdown, _LINK, lambda found: found[2])
    text = outside_code(text, re.compile(r"(?<![\w*])(\*\*|__)(?=\S)(.{1,500}?\S)\1(?![\w*])"), lambda found: found[2])
    text = outside_code(text, re.compile(r"^[ \t]{0,3}>[ ]?(?:\[![A-Z]+\][ \t]*)?", re.MULTILINE), lambda _: "")
    return outside_code(text, re.compile(r"\\([!-/:-@\[-`{-~])"), lambda found: found[1])


def _without_html(text: str, left: dict[str, None]) -> str:
    if "<" not in text:
        return text
    text = outside_code(text, _COMMENT, lambda _: "")
    text = outside_code(text, _PRE, lambda found: f"\n\n```\n{unescape(found[1]).strip(chr(10))}\n```\n\n")
    text = outside_code(text, _IMAGE, lambda found: _picture(_value(_ALT, found[0]), _value(_SRC, found[0]), left))
    text = outside_code(text, _ANCHOR, lambda found: f"[{found[2].strip()}](<{_value(_HREF, found[1])}>)")
    text = outside_code(text, _HEADING, lambda found: f"\n\n{'#' * int(found[1])} {one_line(found[2], 300)}\n\n")
    text = outside_code(text, _SUMMARY, lambda found: f"\n\n**{one_line(found[1], 300)}**\n\n")
    text = outside_code(text, _BREAK, lambda found: " " if _is_in_table(found) else "  \n")
    for form, mark in _FORMS.items():
        text = outside_code(text, form, lambda _, mark=mark: mark)  # type: ignore[misc]
    return text


def _value(attribute: re.Pattern[str], tag: str) -> str:
    found = attribute.search(tag)
    return unescape(found[1] or found[2] or "").strip() if found else ""


def _is_in_table(found: re.Match[str]) -> bool:
    start = found.string.rfind("\n", 0, found.start()) + 1
    return found.string.startswith("|", start)


def _with_own_targets(text: str) -> str:
    """Links by a label as links with their target: a section may stand without the definitions of its page."""
    targets = definitions_in(text).targets
    if not targets:
        return text

    def inlined(found: re.Match[str]) -> str:
        label = " ".join((found[3] or found[2]).split()).casefold()
        target = targets.get(label)
        return f"{found[1]}[{found[2]}](<{unescape(target)}>)" if target else found[0]

    text = outside_code(text, _DEFINITION, lambda _: "")
    return outside_code(text, _REFERENCE, inlined)


def _link(found: re.Match[str], address: str, left: dict[str, None]) -> str:
    """A link that leads somewhere from anywhere, or its words with what it named."""
    words, target = found[2], (found[3] if found[3] is not None else found[4]).strip()
    if found[1]:
        return _picture(words, target, left)
    try:
        scheme, host = urlsplit(target)[:2]
    except ValueError:
        scheme, host, target = "", "", target.replace("[", "").replace("]", "")
    if scheme in ("http", "https") and host:
        return found[0]
    if address and not scheme and not target.startswith("#") and target:
        return f"[{words}](<{urljoin(address, target)}>)"
    if not target or target.startswith("#") or target.removeprefix("mailto:") in words:
        return words
    return f"{words} (`{target.replace('`', '')}`)"


def _picture(alt: str, target: str, left: dict[str, None]) -> str:
    """What stands in the place of a picture: a link to one of the web, or what it shows."""
    name = target.partition("?")[0].rpartition("/")[2]
    shown = one_line(re.sub(r"[\[\]`*_<>|]", " ", alt), 200) or one_line(re.sub(r"[\[\]`*_<>|]", " ", name), 100)
    if target.startswith(("http://", "https://")):
        return f"[{shown or 'picture'}](<{target}>)"
    left[f"picture {name or alt or 'without a name'}"] = None
    return f"(picture: {shown})" if shown else "(picture)"
