"""Annotations on the lines of a pull request, as a workflow prints them for GitHub."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal

from kb.checks.shown import visible
from kb.entry import Position

_DATA: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY: Final = _DATA | {":": "%3A", ",": "%2C"}
"""What has a meaning in a workflow command, and how the runner wants it written."""


def annotation(
    level: Literal["error", "warning", "notice"], path: Path, position: Position, title: str, lines: Iterable[str]
) -> str:
    """The workflow command that annotates a place; see "Workflow commands for GitHub Actions"."""
    file, title = (_escaped(visible(text), _PROPERTY) for text in (file_told(path), title))
    place = f"file={file},line={position.line},col={position.column},title={title}"
    return f"::{level} {place}::{_escaped(chr(10).join(map(visible, lines)), _DATA)}"


def file_told(path: Path) -> str:
    """A path as it is from the working folder, with `/`; as it was given where it lies elsewhere."""
    here = Path.cwd()
    inside = path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path
    return inside.as_posix()


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)
