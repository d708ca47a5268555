"""Versions of Python that are on this machine: pyenv's, those that uv knows, and those on PATH."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from packaging.version import Version

from kb.entry import INSTALLED, LATEST, has_version
from kb.proofs.tools.tool import Kit, NotTriedError, Supply

_ASK: Final = "import sys; print('.'.join(map(str, sys.version_info[:3])), sys.base_prefix, sep='\\n')"
_VERSION_FOLDER: Final = re.compile(r"(?:cpython-)?(\d+\.\d+\.\d+)(?:-.*)?")


@dataclass(frozen=True)
class Pythons:
    """The versions of Python that were found, each looked for once."""

    @cached_property
    def _found(self) -> dict[Version, Path]:
        """Version -> interpreter. Of two of one version, the first."""
        found: dict[Version, Path] = {}
        for folder in _folders():
            named = _VERSION_FOLDER.fullmatch(folder.name)
            program = folder / "bin" / ("python2" if folder.name.startswith("2.") else "python3")
            if named and os.access(program, os.X_OK):
                found.setdefault(Version(named[1]), program)
        return found

    def supply(self, name: str, version: str, kit: Kit) -> Supply:
        """The newest Python that is of a version, such as `3.8` or `3.8.18`."""
        if version in (LATEST, INSTALLED):
            fitting = [*self._found]
        else:
            fitting = [one for one in self._found if has_version(version, str(one))]
        if fitting:
            best = max(fitting)
            return _supply(str(best), self._found[best])
        return _on_path(version)


def _folders() -> Iterator[Path]:
    roots = [Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"]
    roots.append(Path(os.environ.get("UV_PYTHON_INSTALL_DIR", Path.home() / ".local/share/uv/python")))
    for root in roots:
        with suppress(OSError):  # not there, or another user's
            yield from sorted(root.iterdir())


def _on_path(version: str) -> Supply:
    """A Python that is called by its version, such as `python3.12`."""
    short = ".".join(version.split(".")[:2]) if version not in (LATEST, INSTALLED) else "3"
    program = shutil.which(f"python{short}", path=os.environ.get("PATH", os.defpath))
    if program and "shims" not in Path(program).parts:
        asked = subprocess.run([program, "-c", _ASK], capture_output=True, text=True, check=False)  # noqa: S603
        found, _, prefix = asked.stdout.strip().partition("\n")
        if prefix and (version in (LATEST, INSTALLED) or has_version(version, found)):
            return _supply(found, Path(prefix) / "bin" / f"python{short}")
    raise NotTriedError(f"no Python {version} was found, neither pyenv's nor uv's nor on PATH")


def _supply(version: str, program: Path) -> Supply:
    prefix = program.parent.parent
    readable = () if prefix == Path("/usr") else (prefix,)
    return Supply(version, readable, (str(program.parent),), program=program)
