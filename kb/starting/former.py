"""Bases that say not from what they were made: of which former start they are, found by comparing.

Such are all that were started before `kb init` wrote `.kb-base.json`. What starters were until then stands in
`former.json`; no more are to come.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple, TypedDict, cast

from kb.starting.files import filled_file, former_starts
from kb.starting.origin import Texts
from kb.starting.pins import PINS

_LEAST: Final = 3
"""Files that have to be as a former start wrote them, before a folder counts as made by one."""


class Former(NamedTuple):
    """The former start that a base is most like."""

    day: str
    """Of the change that gave the starter this shape."""
    equal: int
    """Files that are as one of the former starts wrote them."""
    texts: Texts
    """What the base's files were written as, of those that start had."""


class _Shape(TypedDict):
    day: str
    commit: str
    files: dict[str, str]


class _Starts(TypedDict):
    shapes: list[_Shape]
    texts: dict[str, list[str]]


def former_start(present: Texts, blanks: Mapping[str, str]) -> Former | None:
    """Which start a base is of, by the texts of its files; None where it is of none.

    A file may have been copied from a later start by hand. So each counts as written by the start whose text is the
    most like it; that one it shares the most files with says which files there were. Pins are those of an environment
    that is gone: what stands in the base counts as written, and who upgrades it looks closer.
    """
    shapes = list(_filled(blanks))
    found: dict[str, str] = {}
    for path in {path for _, texts in shapes for path in texts} & present.keys():
        versions = list(dict.fromkeys(texts[path] for _, texts in reversed(shapes) if path in texts))
        found[path] = present[path] if path in PINS else _closest(present[path], versions)
    equal = {path for path, text in found.items() if path not in PINS and text == present[path]}
    if len(equal) < _LEAST:
        return None

    def likeness(shape: tuple[str, dict[str, str]]) -> tuple[int, int]:
        texts = shape[1]
        return sum(texts.get(path) == present[path] for path in equal), -len(texts.keys() - present.keys())

    day, texts = max(reversed(shapes), key=likeness)
    pins = {path: present.get(path, "") for path in PINS if path in texts}
    return Former(day, len(equal), texts | pins | found)


def former_shapes(blanks: Mapping[str, str]) -> list[Texts]:
    """The renewable files of each former start, oldest first."""
    return [texts for _, texts in _filled(blanks)]


def _filled(blanks: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Day and files of each former start, oldest first."""
    starts = cast("_Starts", former_starts())
    contents = {key: "\n".join(lines).encode() for key, lines in starts["texts"].items()}
    for shape in starts["shapes"]:
        files = (filled_file(name, contents[key], blanks) for name, key in shape["files"].items())
        yield shape["day"], {path: content.decode() for path, content in files}


def _closest(text: str, versions: list[str]) -> str:
    """The version that a text was made from by the fewest edits."""
    if text in versions:
        return text
    compared = difflib.SequenceMatcher(autojunk=False)
    compared.set_seq2(text.split("\n"))

    def likeness(version: str) -> float:
        compared.set_seq1(version.split("\n"))
        return compared.ratio()

    return max(versions, key=likeness)
