"""The site's own CSS, JavaScript and images, under a folder whose name changes when they do."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from rjsmin import jsmin

from kb.github.report.shared import report_tables
from kb.match import shared_tables
from kb.site.theme import with_theme

_ASSETS: Final = Path(__file__).parent / "assets"


@cache
def asset_files(palette: str = "") -> dict[str, bytes]:
    """Path relative to the asset folder -> content. The stylesheets, one a component, come as one file.

    `palette` is CSS with a knowledge base's own colors; it takes its place behind the design's.
    """
    tokens, *components = (path.read_text("utf-8") for path in sorted((_ASSETS / "css").glob("*.css")))
    files = {"kb.css": with_theme("".join((tokens, palette, *components))).encode()}
    for path in _files():
        content = path.read_bytes()
        # Comments and indentation are a third of what a reader would have to load.
        files[path.relative_to(_ASSETS).as_posix()] = jsmin(content) if path.suffix == ".js" else content
    return dict(sorted(files.items()))


def tables_modules() -> dict[str, str]:
    """`js/match/tables.js` and `js/report/tables.js`: what Python and JavaScript share, from Python's modules."""
    return {
        "js/match/tables.js": _module("kb/match/shared.py", shared_tables()),
        "js/report/tables.js": _module("kb/github/report/shared.py", report_tables()),
    }


def _module(source: str, tables: Mapping[str, object]) -> str:
    lines = [f"/** What Python and JavaScript share, written from `{source}`, not by hand. */", ""]
    lines += (f"export const {name} = {json.dumps(value)};" for name, value in tables.items())
    return "\n".join([*lines, ""])


@cache
def asset_folder(palette: str = "") -> str:
    """The folder of the assets in the site, with a slash: `assets/kb-<hash of the contents>/`."""
    digest = hashlib.sha256()
    for name, content in asset_files(palette).items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return f"assets/kb-{digest.hexdigest()[:10]}/"


def card() -> bytes:
    """The picture that stands beside a link to any page, as PNG: icon.svg with room around it."""
    return (_ASSETS / "card.png").read_bytes()


def _files() -> Iterator[Path]:
    yield from sorted(path for path in _ASSETS.rglob("*") if path.is_file() and path.suffix in (".js", ".svg"))
