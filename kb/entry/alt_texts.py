"""Prose for places that show no pictures: the alternative text of each stands in its place."""

import html
import re
from typing import Final

from kb.entry.byte_columns import ByteColumns
from kb.entry.markdown import html_to_look_at

_IMAGE: Final = re.compile(r'<img data-sourcepos="(\d+):(\d+)-(\d+):(\d+)" src="[^"]*" alt="([^"]*)"')
_SHOWN: Final = re.compile(r'<img [^>]*?alt="([^"]*)"[^>]*>')
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>])")


def without_pictures(markdown: str) -> str:
    """Markdown with `(picture: …)` in the place of each image."""
    if "![" not in markdown:
        return markdown
    columns = ByteColumns(markdown)
    lines = markdown.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def place(line: str, column: int) -> int:
        return starts[int(line) - 1] + columns.position(int(line), column).column - 1

    text, at = "", 0
    for first, start, last, end, alt in _IMAGE.findall(html_to_look_at(markdown)):
        begin, after = place(first, int(start)), place(last, int(end) + 1)
        if begin >= at:
            text += markdown[at:begin] + said(_MARKUP.sub(r"\\\1", html.unescape(alt)))
            at = after
    return text + markdown[at:]


def html_without_pictures(fragment: str) -> str:
    """HTML of a page with the same in the place of each of its images."""
    return _SHOWN.sub(lambda found: said(found[1]), fragment) if "<img " in fragment else fragment


def said(alt: str) -> str:
    """What stands for a picture."""
    return f"(picture: {alt})"
