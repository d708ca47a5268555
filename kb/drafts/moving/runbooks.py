"""A folder of Markdown: runbooks, a wiki that is kept in a repository."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote

from kb.drafts.moving.files import File, files_in, text_of_file
from kb.drafts.moving.page import Found, Page, Unreadable
from kb.entry import one_line, outline, parse_yaml, text_of, to_html

_ENDINGS: Final = (".md", ".markdown", ".mdown")
_FRONT_MATTER: Final = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML: Final = re.compile(r"\A\+\+\+[ \t]*\n(.{0,20000}?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
"""Hugo's and Zola's: https://gohugo.io/content-management/front-matter/"""
_HEAD: Final = re.compile(r"\A(?:[A-Za-z][\w -]{0,40}: *\S.*\n){2,40}(?=\n)")
"""Pelican's and MultiMarkdown's: lines of keys up to the first that is empty."""
_HEAD_KEYS: Final = frozenset({"title", "date", "author", "authors", "category", "tags", "slug", "status", "modified"})


def pages_of_folder(folder: Path, address: str = "") -> tuple[int, Iterator[Found]]:
    """The Markdown files under a folder, how many there are and each as a page; `address` is where it was read.

    The product is named by `product:` or `service:` in front matter, or by the folders. Raises ExportError.
    """
    files = files_in(folder, *_ENDINGS)
    return len(files), (_page(file, folder, address) for file in files)


def _page(file: File, folder: Path, address: str) -> Found:
    text = text_of_file(file)
    if isinstance(text, Unreadable):
        return text
    try:
        keys, text = _head(text)
    except _HeadError as error:
        return Unreadable(f"{file.name}{f':{error.line}' * bool(error.line)}", str(error))
    if "signatures" in keys:
        return Unreadable(file.name, "an entry already: copy it into the folder of its product")
    stem = file.name.rpartition("/")[2].rpartition(".")[0]
    read_at = str(keys.get("url") or keys.get("link") or "")
    read_at = read_at or (f"{address.rstrip('/')}/{quote(file.name)}" if address else "")
    folders = tuple(reversed(file.name.split("/")[:-1]))
    named = tuple(str(keys[key]) for key in ("product", "service", "system", "component") if keys.get(key))
    return Page(
        key=f"{folder.resolve().name}/{file.name}",
        where=file.name,
        title=one_line(str(keys.get("title") or ""), 300) or _first_heading(text) or _spoken(stem),
        body=text,
        products=(*named, *folders, *([] if folder.is_file() else [folder.resolve().name])),
        tags=_texts(keys.get("tags") or keys.get("labels") or keys.get("keywords")),
        address=read_at,
        relative_to=read_at,
        updated=next(
            (day for key in ("updated", "lastmod", "last_modified", "date") if (day := _day(keys.get(key)))), None
        ),
    )


class _HeadError(ValueError):
    """What is at the head of a file can't be read; the text says why."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def _head(text: str) -> tuple[dict[str, object], str]:
    """What stands at the head of a file by its keys in lower case, and the text below. Raises _HeadError."""
    value: object = {}
    if front := _FRONT_MATTER.match(text):
        document = parse_yaml(front[1])
        if document.defects:
            defect = document.defects[0]
            raise _HeadError(f"the YAML at its head can't be read: {defect.message}", defect.position.line + 1)
        value = document.value
    elif front := _TOML.match(text):
        try:
            value = tomllib.loads(front[1])
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise _HeadError(f"the TOML at its head can't be read: {error}") from None
    elif front := _HEAD.match(text):
        said = _said(front[0])
        value, front = said, front if "title" in said and not said.keys() - _HEAD_KEYS else None
    if front is None:
        return {}, text
    keys = {str(key).lower(): held for key, held in value.items()} if isinstance(value, dict) else {}
    return keys, text[front.end() :]


def _said(head: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in head.splitlines())
    return {key.strip().lower(): value.strip() for key, _, value in pairs}


def _first_heading(text: str) -> str:
    heading = next((one for one in outline(text).headings if one.level == 1), None)
    if not heading:
        return ""
    line = text.split("\n")[heading.position.line - 1]
    return one_line(text_of(to_html(line if line.lstrip().startswith("#") else f"# {line}")), 300)


def _spoken(stem: str) -> str:
    words = re.sub(r"[-_]+", " ", stem).strip()
    return words[:1].upper() + words[1:]


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return tuple(str(item) for item in value if item is not None) if isinstance(value, list) else ()


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
