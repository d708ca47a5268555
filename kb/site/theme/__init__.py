"""The theme `kb`: Material's templates with a frame of our own. All that depends on Material is in this folder.

MkDocs imports this package when it loads the theme, and Material's after it, because `mkdocs_theme.yml` extends
that. So this is the one moment to tell Material's notice about other software to stay out of a build's output.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

MATERIAL_ASSETS: Final = {
    "material_css": "assets/stylesheets/main.*.min.css",
    "material_js": "assets/javascripts/bundle.*.min.js",
}
"""Template variable -> Material's file, whose name changes with each of its releases."""


def material_files(theme_dirs: list[str]) -> Mapping[str, str]:
    """Template variable -> address of Material's file under the site's root. Raises FileNotFoundError."""
    found = {}
    for name, pattern in MATERIAL_ASSETS.items():
        for folder in map(Path, theme_dirs):
            match = next(iter(sorted(folder.glob(pattern))), None)
            if match:
                found[name] = match.relative_to(folder).as_posix()
                break
        else:
            raise FileNotFoundError(f"the theme has no {pattern}: is mkdocs-material installed?")
    return found
