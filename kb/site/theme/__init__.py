"""The theme `kb`: Material's templates with a frame of our own. All that depends on Material is in this folder.

MkDocs imports this package when it loads the theme, and Material's after it, because `mkdocs_theme.yml` extends
that. So this is the one moment to tell Material's notice about other software to stay out of a build's output.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kb.words import marked

if TYPE_CHECKING:
    from mkdocs.theme import Theme

    from kb.words import Language

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

_ASSETS: Final = {
    "theme_css": "assets/stylesheets/main.*.min.css",
    "theme_js": "assets/javascripts/bundle.*.min.js",
}
"""Template variable -> Material's file, whose name changes with each of its releases."""

_SCHEMES: Final = {
    '[data-kb-scheme="light"]': '[data-md-color-scheme="default"]',
    '[data-kb-scheme="dark"]': '[data-md-color-scheme="slate"]',
    "[data-kb-scheme]": "[data-md-color-scheme]",
}
"""A color scheme in the design's stylesheets -> what Material's script sets on a page."""


def with_theme(css: str) -> str:
    """The design's stylesheet as it holds on pages of this theme, with what the theme's own parts take after it."""
    css += (Path(__file__).parent / "css/material.css").read_text("utf-8")
    for ours, theirs in _SCHEMES.items():
        css = css.replace(ours, theirs)
    return css


def theme_files(theme_dirs: list[str]) -> Mapping[str, str]:
    """Template variable -> address of the theme's file under the site's root. Raises FileNotFoundError."""
    found = {}
    for name, pattern in _ASSETS.items():
        for folder in map(Path, theme_dirs):
            match = next(iter(sorted(folder.glob(pattern))), None)
            if match:
                found[name] = match.relative_to(folder).as_posix()
                break
        else:
            raise FileNotFoundError(f"the theme has no {pattern}: is mkdocs-material installed?")
    return found


def is_needed(name: str) -> bool:
    """Whether a file of Material is one that pages load: not its own search, nor what only debuggers read."""
    return not name.startswith(_OF_ITS_SEARCH) and not name.endswith(".map")


_OF_ITS_SEARCH: Final = ("assets/javascripts/lunr/", "assets/javascripts/workers/")


_SCHEME_NAMES: Final = (
    marked("Colors: as the system. Switch to light"),
    marked("Colors: light. Switch to dark"),
    marked("Colors: dark. Switch to the system's"),
)
"""What the switch of color schemes is called in `mkdocs_theme.yml`."""


def name_schemes(theme: Theme, language: Language) -> None:
    """Let the switch of color schemes speak a language, where it is called as the theme calls it."""
    palette = theme.get("palette")
    for scheme in palette if isinstance(palette, list) else ():
        toggle = scheme.get("toggle") or {}
        if (called := toggle.get("name")) in _SCHEME_NAMES:
            scheme["toggle"] = {**toggle, "name": language.words.gettext(called)}
