"""The entries of a folder, read and checked: what has not changed since it was last found without a problem is kept."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pydantic import TypeAdapter

from kb.checks import Claims, Diagnostic, Looked, checking_in
from kb.entry import DATA_FILES, Entries, EntryFile, open_folder
from kb.process import FolderState, KeptValues, digest_of, map_forked, state_of
from kb.site.urls import RESERVED

if TYPE_CHECKING:
    from pathlib import Path

_KIND: Final = "entries"


class Checked(NamedTuple):
    """A folder's entries, and what is wrong with them."""

    entries: Entries
    problems: list[Diagnostic]
    state: FolderState | None
    """What they were read from; None where that can't be told, or changed meanwhile."""


class _Kept(NamedTuple):
    """A file in which nothing was wrong on a day. None of a rule's findings goes away as days pass."""

    file: EntryFile
    claims: Claims
    day: date


def entries_state(root: Path) -> FolderState | None:
    """The state of an entries folder and of this program; None where the folder holds what is not simply a file."""
    return state_of(root, DATA_FILES)


def load_checked(root: Path, state: FolderState | None) -> Checked:
    """The entries in a folder and every problem of it, read and checked by all processors.

    `state` is that of the folder as it was a moment ago: what was kept of files in it is not read again.
    """
    today = build_day()
    folder = open_folder(root)
    checking = checking_in(folder, today, RESERVED)
    read = _recalled(state, today)
    missing = [name for name in checking.names if name not in read]
    new = dict(zip(missing, map_forked(checking.read_and_look, missing, instead=checking.read_dead), strict=True))
    # Of what was written meanwhile nobody knows which was read.
    lasting = state if state == entries_state(root) else None
    if lasting:
        _keep(lasting, new, today)
    read |= new
    found = [read[name] for name in checking.names]
    problems = checking.conclude([looked for _, looked in found])
    return Checked(folder.gathered(file for file, _ in found), problems, lasting)


def _recalled(state: FolderState | None, today: date) -> dict[str, tuple[EntryFile, Looked]]:
    """What is kept of the files that are as they were, by name."""
    keys = {_key(state, name): name for name in state.files} if state else {}
    found: dict[str, tuple[EntryFile, Looked]] = {}
    for key, value in KeptValues(_KIND).read(keys).items():
        with suppress(ValueError, RecursionError):
            kept = _values().validate_json(value)
            if kept.day <= today:
                found[keys[key]] = kept.file, Looked((), kept.claims, is_entry=True)
    return found


def _keep(state: FolderState, new: Mapping[str, tuple[EntryFile, Looked]], today: date) -> None:
    """Keep those in which nothing is wrong."""
    KeptValues(_KIND).write(
        {
            _key(state, name): _values().dump_json(_Kept(file, looked.claims, today), by_alias=True)
            for name, (file, looked) in new.items()
            if file.entry and not looked.problems and name in state.files
        }
    )


def _key(state: FolderState, name: str) -> str:
    return digest_of(state.base, state.files[name], name)


@cache
def _values() -> TypeAdapter[_Kept]:
    return TypeAdapter(_Kept)


def build_day() -> date:
    """The day of the build, from SOURCE_DATE_EPOCH where that is set (https://reproducible-builds.org/specs/source-date-epoch/)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date()
