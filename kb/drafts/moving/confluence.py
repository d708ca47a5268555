"""The HTML export of a Confluence space: a page a file, with the space's own frame around `#main-content`.

A page's file ends in its number, breadcrumbs name the space and the pages above it, and
attachments lie in `attachments/<number of the page>/`. https://support.atlassian.com/confluence-cloud/docs/export-content-to-word-pdf-html-and-xml/
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final

from bs4 import BeautifulSoup, Tag

from kb.drafts.moving.files import ExportError, File, files_in, text_of_file
from kb.drafts.moving.html import markdown_of
from kb.drafts.moving.page import Found, Page, Parts, Unreadable
from kb.entry import one_line

_NUMBER: Final = re.compile(r"(?:^|_|/)(\d{3,20})\.html?$")
_BASE: Final = re.compile(r'data-base-url="(https?://[^"\s<>]{1,300})"')
_DAY: Final = re.compile(r"\bon\s+([A-Z][a-z]{2})[a-z]*\.? (\d{1,2}), (\d{4})")
_INDEXES: Final = ("index.html", "index.htm")


def pages_of_space(path: Path, headings: Mapping[str, str], address: str = "") -> tuple[int, Iterator[Found]]:
    """The pages of an export, a folder or its zip archive: how many, and each.

    `address` is Confluence's own, `https://wiki.example.com`; else it is taken from the pages, where they have it.
    Raises ExportError where there is none.
    """
    files = [file for file in files_in(path, ".html", ".htm") if file.name.rpartition("/")[2] not in _INDEXES]
    if not files:
        raise ExportError(f"{path}: no pages of Confluence's HTML export in it; it has a file Title_12345.html a page")
    return len(files), (_page(file, headings, address) for file in files)


def _page(file: File, headings: Mapping[str, str], address: str) -> Found:
    html = text_of_file(file)
    if isinstance(html, Unreadable):
        return html
    try:
        return _read(file, html, headings, address)
    except RecursionError:
        return Unreadable(file.name, "its HTML is nested too deep: copy what it says by hand")


@dataclass
class _Frame:
    """What a page of an export has around what it says."""

    content: Tag | None = None
    title: str = ""
    crumbs: list[str] = field(default_factory=list)
    labels: dict[str, None] = field(default_factory=dict)
    metadata: str = ""
    files: list[str] = field(default_factory=list)
    comments: list[Tag] = field(default_factory=list)


def _read(file: File, html: str, headings: Mapping[str, str], address: str) -> Found:
    frame = _frame(BeautifulSoup(html, "html.parser"))
    if frame.content is None:
        return Unreadable(file.name, "no element `#main-content`: no page of Confluence's HTML export, so leave it out")
    number = _NUMBER.search(file.name)
    base = (address or (found[1] if (found := _BASE.search(html)) else "")).rstrip("/")
    for link in frame.content.find_all("a", href=True):
        other = _NUMBER.search(str(link["href"]).partition("#")[0])
        if other and base and "://" not in str(link["href"]):
            link["href"] = _address(base, other[1])
    comments = [text for one in frame.comments if (text := markdown_of(one, headings))]
    return Page(
        key=f"confluence/{number[1] if number else file.name}",
        where=file.name,
        title=one_line(_own_title(frame), 300),
        body=markdown_of(frame.content, headings),
        said=Parts(notes=_quoted(comments)),
        products=(*frame.labels, *reversed(frame.crumbs)),
        tags=tuple(frame.labels),
        address=_address(base, number[1]) if base and number else "",
        updated=_updated(frame.metadata),
        left_out=tuple(f"file {name}" for name in frame.files),
    )


def _address(base: str, number: str) -> str:
    """Where Confluence shows the page of a number, on a server of one's own and in its cloud."""
    return f"{base}/pages/viewpage.action?pageId={number}"


def _frame(soup: BeautifulSoup) -> _Frame:
    """What is where on a page, found in one walk through it; nothing inside of the content is looked at."""
    frame = _Frame()
    ends = soup.find(id="main-content") or soup.find(class_="wiki-content")
    frame.content = ends if isinstance(ends, Tag) else None
    if frame.content is not None:
        frame.content.extract()
    for one in soup.find_all(True):
        classes, parent = one.get("class") or (), one.parent
        around = (parent.get("class") or ()) if parent else ()
        if one.get("id") == "title-text" or (one.name == "title" and not frame.title):
            frame.title = _words(one)
        elif "page-metadata" in classes:
            frame.metadata = _words(one)
        elif one.name == "font" and "smallfont" in classes:
            frame.comments.append(one)
        elif one.name == "a" and one.find_parent(id="breadcrumbs"):
            frame.crumbs.append(_words(one))
        elif one.name == "a" and ("aui-label-split-main" in classes or "tag" in (one.get("rel") or ())):
            frame.labels[_words(one)] = None
        elif one.name == "a" and ("greybox" in around) and _words(one):
            frame.files.append(_words(one))
    return frame


def _own_title(frame: _Frame) -> str:
    """The page's title without the space's name, which an export writes before it."""
    space, sign, own = frame.title.partition(" : ")
    return own if sign and (not frame.crumbs or space in frame.crumbs) else frame.title


def _updated(metadata: str) -> date | None:
    """The day of the last change; the exports of other languages write it in theirs, which is not read."""
    found = _DAY.findall(metadata)
    try:
        return datetime.strptime(" ".join(found[-1]), "%b %d %Y").date() if found else None  # noqa: DTZ007 - a day
    except ValueError:
        return None


def _quoted(comments: list[str]) -> str:
    if not comments:
        return ""
    quotes = ("\n".join(f"> {line}".rstrip() for line in text.split("\n")) for text in comments)
    return "### Comments on the old page\n\n" + "\n\nAnother one:\n\n".join(quotes)


def _words(one: Tag) -> str:
    return " ".join(one.get_text(" ").split())
