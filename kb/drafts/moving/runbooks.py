"""A folder of Markdown: runbooks, a wiki that is kept in a repository."""

import re
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
    keys: dict[str, object] = {}
    front = _FRONT_MATTER.match(text)
    if front:
        document = parse_yaml(front[1])
        if document.defects:
            line, message = document.defects[0].position.line + 1, document.defects[0].message
            return Unreadable(f"{file.name}:{line}", f"the YAML at its head can't be read: {message}")
        keys = (
            {str(key).lower(): value for key, value in document.value.items()}
            if isinstance(document.value, dict)
            else {}
        )
        text = text[front.end() :]
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
