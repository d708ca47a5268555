"""What `kb check` found, kept for the next run over the very same files: nothing is parsed again.

The key is a digest of all that the result depends on: every byte and name in the folder, this program's own files, the
versions of Python and of the libraries that read entries, and the day. The result is JSON in the user's own cache
folder, and not beside the entries: what comes with somebody's branch is never believed. A file that can't be read as
one of ours counts as none, and each is written whole, so that runs at the same time don't disturb each other.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final, NamedTuple

from platformdirs import user_cache_path

import kb
from kb.checks import Diagnostic, Edit
from kb.entry import Position, write_whole

KEPT: Final = 32
"""Results that are kept: a few branches of a few knowledge bases."""

MAX_BYTES: Final = 1_000_000
"""Largest file that is read, as in `kb.entry`; a folder with a larger one is checked anew each time."""

_LIBRARIES: Final = ("comrak", "pydantic", "pydantic-core", "pyyaml", "detect-secrets", "confusable-homoglyphs")
_SHAPE: Final = 1
"""Changes with what is kept."""


class Result(NamedTuple):
    """What a run found, and how much it looked at."""

    problems: list[Diagnostic]
    entries: int
    products: int


def key_of(folder: Path, today: date) -> str | None:
    """The key of the result for a folder as it is now; None where it holds something that is not simply a file."""
    digest = blake2b(digest_size=20)
    digest.update(f"{_SHAPE} {sys.version} {today} {folder} {_versions()}".encode("utf-8", "surrogateescape"))
    package = Path(kb.__file__).parent
    for path, status in _files(os.fspath(package)):
        if not path.endswith(".pyc"):
            digest.update(f"{path}\0{status.st_size} {status.st_mtime_ns}\0".encode("utf-8", "surrogateescape"))
    try:
        for path, status in _files(os.fspath(folder)):
            if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
                return None
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - twice as fast, ten thousand times
                content = file.read()
            digest.update(f"{path}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
            digest.update(content)
    except OSError:
        return None
    return digest.hexdigest()


def recall(key: str, cache: Path | None = None) -> Result | None:
    """The result that was kept under a key, if there is one."""
    path = _folder(cache) / f"{key}.json"
    try:
        kept = json.loads(path.read_bytes())
        problems = [_diagnostic(values, kept["lines"]) for values in kept["problems"]]
        return Result(problems, int(kept["entries"]), int(kept["products"]))
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return None


def remember(key: str, result: Result, cache: Path | None = None) -> None:
    """Keep a result, and drop the oldest. Where the cache folder can't be written, nothing is kept."""
    folder = _folder(cache)
    # A line is kept once, however many problems it has.
    lines = {line: number for number, line in enumerate(dict.fromkeys(each.source_line for each in result.problems))}
    problems = [
        (str(each.path), each.position, each.code, each.message, lines[each.source_line], each.hint, each.fix)
        for each in result.problems
    ]
    with suppress(OSError, UnicodeEncodeError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept = {"problems": problems, "lines": list(lines), "entries": result.entries, "products": result.products}
        write_whole(folder / f"{key}.json", json.dumps(kept))
        for path in sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)[:-KEPT]:
            path.unlink(missing_ok=True)


def _diagnostic(values: list[Any], lines: list[str]) -> Diagnostic:
    """The problem that `remember` wrote. Raises TypeError, ValueError or LookupError for anything else."""
    path, position, code, message, line, hint, fix = values
    edits = tuple(Edit(_position(start), _position(end), str(text)) for start, end, text in fix)
    return Diagnostic(Path(path), _position(position), str(code), str(message), lines[line], str(hint), edits)


def _position(value: object) -> Position:
    if not isinstance(value, list):
        raise TypeError("no position")
    line, column = value
    return Position(int(line), int(column))


def _folder(cache: Path | None) -> Path:
    return cache or user_cache_path("known-fixes") / "check"


def _versions() -> str:
    found = []
    for library in _LIBRARIES:
        with suppress(PackageNotFoundError):
            found.append(f"{library} {version(library)}")
    return " ".join(found)


def _files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Everything in a folder that is not a folder itself, in the order of names; links are not followed."""
    with os.scandir(folder) as listing:
        found = sorted(listing, key=lambda each: each.name)
    for each in found:
        if each.is_dir(follow_symlinks=False):
            if each.name != "__pycache__":
                yield from _files(each.path)
        else:
            yield each.path, each.stat(follow_symlinks=False)
