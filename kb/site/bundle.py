"""The site's own CSS, JavaScript and images, under a folder whose name changes when they do."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

_ASSETS: Final = Path(__file__).parent / "assets"


@cache
def asset_files() -> dict[str, bytes]:
    """Path relative to the asset folder -> content. The stylesheets, one a component, come as one file."""
    files = {"kb.css": b"".join(path.read_bytes() for path in sorted((_ASSETS / "css").glob("*.css")))}
    for path in _files():
        files[path.relative_to(_ASSETS).as_posix()] = path.read_bytes()
    return dict(sorted(files.items()))


@cache
def asset_folder() -> str:
    """The folder of the assets in the site, with a slash: `assets/kb-<hash of the contents>/`."""
    digest = hashlib.sha256()
    for name, content in asset_files().items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return f"assets/kb-{digest.hexdigest()[:10]}/"


def _files() -> Iterator[Path]:
    yield from sorted(path for path in _ASSETS.rglob("*") if path.is_file() and path.suffix in (".js", ".svg"))
