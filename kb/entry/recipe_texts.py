"""What the texts in a recipe say: the combinations that it skips, the names of its files."""

import re
from pathlib import PurePosixPath
from typing import Final

_PAIR: Final = re.compile(r"\s*(\S+)\s+(\S+)\s*")


def skipped_versions(text: str) -> dict[str, str]:
    """The versions by tool that a key of `skip` names: `python 3.13, pip 20.3.4`. Raises ValueError for none such."""
    found: dict[str, str] = {}
    for part in text.split(","):
        pair = _PAIR.fullmatch(part)
        if not pair:
            raise ValueError(f"{part.strip()!r} is not a tool and a version")
        found[pair[1]] = pair[2]
    return found


def stays_inside(name: str) -> bool:
    """Whether a file's name, relative to a folder, is that of a file in it."""
    path = PurePosixPath(name)
    return not (path.is_absolute() or ".." in path.parts or not path.parts or "\0" in name or "\\" in name)


def has_version(asked: str, version: str) -> bool:
    """Whether a version is the one that was asked for, or of that line: `3.8` is any 3.8.x."""
    return f"{version}.".startswith(f"{asked}.")
