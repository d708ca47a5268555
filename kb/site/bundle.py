"""The site's own CSS, JavaScript and images, under a folder whose name changes when they do."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from rjsmin import jsmin

from kb.github.report.shared import report_tables
from kb.match import shared_tables
from kb.site.theme import with_theme
from kb.words import ENGLISH_LANGUAGE, Language, spoken_script

_ASSETS: Final = Path(__file__).parent / "assets"


_ONLY_FOR_TESTS: Final = "js/words.js"


@cache
def asset_files(palette: str = "", language: Language = ENGLISH_LANGUAGE) -> dict[str, bytes]:
    """Path relative to the asset folder -> content. The stylesheets, one a component, come as one file.

    `palette` is CSS with a knowledge base's own colors; it takes its place behind the design's. Scripts speak a
    `language`.
    """
    tokens, *components = (path.read_text("utf-8") for path in sorted((_ASSETS / "css").glob("*.css")))
    files = {"kb.css": with_theme("".join((tokens, _room_for_words(language), palette, *components))).encode()}
    files |= {path.relative_to(_ASSETS).as_posix(): path.read_bytes() for path in sorted(_ASSETS.rglob("*.svg"))}
    # Comments and indentation are a third of what a reader would have to load.
    files |= {name: jsmin(source).encode() for name, source in script_sources(language).items()}
    return dict(sorted(files.items()))


def _room_for_words(language: Language) -> str:
    """CSS that keeps code out from under its button, whose word is longer in some languages: by its columns."""
    if language == ENGLISH_LANGUAGE:
        return ""
    word = language.words.gettext("Copy")
    columns = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in word)
    return f":root {{ --kb-copy-width: {max(3.75, 1.375 + 0.53 * columns):g}rem; }}\n"


def script_sources(language: Language = ENGLISH_LANGUAGE) -> dict[str, str]:
    """Path relative to the asset folder -> source of each script, with the words of a language."""
    paths = ((path.relative_to(_ASSETS).as_posix(), path) for path in sorted(_ASSETS.rglob("*.js")))
    return {name: spoken_script(path.read_text("utf-8"), language) for name, path in paths if name != _ONLY_FOR_TESTS}


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
def asset_folder(palette: str = "", language: Language = ENGLISH_LANGUAGE) -> str:
    """The folder of the assets in the site, with a slash: `assets/kb-<hash of the contents>/`."""
    digest = hashlib.sha256()
    for name, content in asset_files(palette, language).items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return f"assets/kb-{digest.hexdigest()[:10]}/"


def card() -> bytes:
    """The picture that stands beside a link to any page, as PNG: icon.svg with room around it."""
    return (_ASSETS / "card.png").read_bytes()
