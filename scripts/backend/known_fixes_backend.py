"""What builds the package: flit's own backend, which puts the entries beside the code, as `kb/bundled`.

So `kb mcp` of an installed package has a knowledge base to answer from, wherever it is started. An editable install has
no copy. Interface: https://peps.python.org/pep-0517/
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from flit_core.buildapi import (
    build_editable,
    build_sdist,
    get_requires_for_build_editable,
    get_requires_for_build_sdist,
    get_requires_for_build_wheel,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)
from flit_core.wheel import WheelBuilder

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]

BUNDLED: Final = Path("kb/bundled")


class _WithEntries(WheelBuilder):  # type: ignore[misc]  # flit has no types
    """Flit's wheel, and the entries, with the configuration that says where their pages are."""

    def copy_module(self) -> None:
        super().copy_module()
        root = Path(self.directory)
        files = sorted(path for path in (root / "entries").rglob("*") if path.is_file())
        for path in (root / "mkdocs.yml", *files):
            self._add_file(path, BUNDLED / path.relative_to(root))


def build_wheel(wheel_directory: str, _settings: Any = None, _metadata: str | None = None) -> str:
    """Build the wheel in a folder, and return its file's name. The current folder has the source, as PEP 517 has it."""
    with TemporaryDirectory(dir=wheel_directory) as folder:
        file = Path(folder, "wheel")
        with file.open("w+b") as opened:
            builder = _WithEntries.from_ini_path(Path("pyproject.toml").absolute(), opened)
            builder.build()
        file.replace(Path(wheel_directory, builder.wheel_filename))
    return str(builder.wheel_filename)
