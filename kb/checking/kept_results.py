"""What `kb check` found, kept for the next run: over the very same files nothing is parsed again, else what changed.

A result stands under the digest of all that it depends on (`kb.process.folder_state`). It is JSON in the user's own
cache folder, and not beside the entries: what comes with somebody's branch is never believed. A file that can't be read
as one of ours counts as none, and each is written whole, so that runs at the same time don't disturb each other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from functools import cache as cache_in_memory
from pathlib import Path
from typing import Any, Final, NamedTuple

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from kb.checks import Diagnostic, Edit, Level, Looked
from kb.entry import Position, write_whole
from kb.process import FolderState, cache_folder, keep_newest

KEPT: Final = 32
"""Results that are kept: a few branches of a few knowledge bases."""
KEPT_LOOKS: Final = 4
"""Folders of which what was found in each file is kept: about 1 KB an entry."""
LONGEST_LINES: Final = 100_000
"""Characters of lines with problems that are kept of a file: each problem has its line, which may be a megabyte."""


class Result(NamedTuple):
    """What a run found, and how much it looked at."""

    problems: list[Diagnostic]
    entries: int
    products: int


def recall(key: str) -> Result | None:
    """The result that was kept under a key, if there is one."""
    path = _results() / f"{key}.json"
    try:
        kept = json.loads(path.read_bytes())
        problems = [_diagnostic(values, kept["lines"]) for values in kept["problems"]]
        return Result(problems, int(kept["entries"]), int(kept["products"]))
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return None


def remember(key: str, result: Result) -> None:
    """Keep a result, and drop the oldest. Where the cache folder can't be written, nothing is kept."""
    folder = _results()
    # A line is kept once, however many problems it has.
    lines = {line: number for number, line in enumerate(dict.fromkeys(each.source_line for each in result.problems))}
    problems = [
        (
            str(each.path),
            each.position,
            each.code,
            each.message,
            lines[each.source_line],
            each.hint,
            each.fix,
            each.level,
        )
        for each in result.problems
    ]
    with suppress(OSError, UnicodeEncodeError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept = {"problems": problems, "lines": list(lines), "entries": result.entries, "products": result.products}
        write_whole(folder / f"{key}.json", json.dumps(kept))
        keep_newest(folder, "*.json", KEPT)


class _Kept(NamedTuple):
    """What a look at a file found, and the digest that the file had."""

    digest: str
    looked: Looked


@cache_in_memory
def _looks() -> TypeAdapter[dict[str, _Kept]]:
    return TypeAdapter(dict[str, _Kept])


def recall_looks(state: FolderState) -> dict[str, Looked]:
    """What was found in each of the files that are as they were, by name."""
    try:
        kept = _looks().validate_json(_looks_path(state).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return {name: each.looked for name, each in kept.items() if state.files.get(name) == each.digest}


def remember_looks(state: FolderState, looked: Iterable[Looked]) -> None:
    """Keep what was found in each file. Where the cache folder can't be written, nothing is kept."""
    kept = {
        each.claims.name: _Kept(state.files[each.claims.name], each)
        for each in looked
        if each.claims.name in state.files and sum(len(one.source_line) for one in each.problems) <= LONGEST_LINES
    }
    path = _looks_path(state)
    with suppress(OSError, UnicodeEncodeError, PydanticSerializationError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, _looks().dump_json(kept).decode())
        keep_newest(path.parent, "*.json", KEPT_LOOKS)


def _looks_path(state: FolderState) -> Path:
    return cache_folder() / "check-files" / f"{state.base}.json"


def _diagnostic(values: list[Any], lines: list[str]) -> Diagnostic:
    """The problem that `remember` wrote. Raises TypeError, ValueError or LookupError for anything else."""
    path, position, code, message, line, hint, fix, level = values
    edits = tuple(Edit(_position(start), _position(end), str(text)) for start, end, text in fix)
    place = Path(path), _position(position)
    return Diagnostic(*place, str(code), str(message), lines[line], str(hint), edits, Level(level))


def _position(value: object) -> Position:
    if not isinstance(value, list):
        raise TypeError("no position")
    line, column = value
    return Position(int(line), int(column))


def _results() -> Path:
    return cache_folder() / "check"
