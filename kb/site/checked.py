"""The entries of a folder, read and checked: what has not changed since it was last found without a problem is kept."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pydantic import TypeAdapter

from kb.checks import Checking, Claims, Diagnostic, Looked, checking_in
from kb.entry import DATA_FILES, Entries, EntryFile, Folder, open_folder
from kb.links import features_of, related_entries
from kb.process import FolderState, KeptValues, digest_of, map_forked, state_of
from kb.site.urls import RESERVED

if TYPE_CHECKING:
    from pathlib import Path

_KIND: Final = "entries"
_CONCLUDED: Final = "concluded"
_RELATED: Final = "related"


class Checked(NamedTuple):
    """A folder's entries, and what is wrong with them."""

    entries: Entries
    problems: list[Diagnostic]
    state: FolderState | None
    """What they were read from; None where that can't be told, or changed meanwhile."""
    features: str = ""
    """A digest of all by which entries resemble others; none where it is not known."""

    def digests(self) -> dict[str, str]:
        """Entry id -> a digest of all that the entry says itself."""
        entries = self.entries.entries
        if self.state is None:
            return {entry.id: digest_of(entry.model_dump_json()) for entry in entries}
        return {entry.id: digest_of(entry.source, self.state.files[entry.source]) for entry in entries}


class _Kept(NamedTuple):
    """A file in which nothing was wrong on a day. No rule finds more as days pass."""

    file: EntryFile
    claims: Claims
    claimed: str
    """A digest of the claims."""
    features: str
    """A digest of what it has in common with others."""
    day: date


Known = dict[str, _Kept]
"""What the last load of this process found, by the keys under which it is kept."""


def entries_state(root: Path) -> FolderState | None:
    """The state of an entries folder and of this program; None where the folder holds what is not simply a file."""
    return state_of(root, DATA_FILES)


def load_checked(root: Path, state: FolderState | None, known: Known) -> Checked:
    """The entries in a folder and every problem of it, read and checked by all processors.

    `state` is that of the folder as it was a moment ago: what was kept of files in it is not read again, and what is
    in `known` is not even recalled. What was found is in there afterwards.
    """
    today = build_day()
    folder = open_folder(root)
    checking = checking_in(folder, today, RESERVED)
    kept = _recalled(state, today, known)
    missing = [name for name in checking.names if name not in kept]
    new = dict(zip(missing, map_forked(checking.read_and_look, missing, instead=checking.read_dead), strict=True))
    # Of what was written meanwhile nobody knows which was read.
    lasting = state if state == entries_state(root) else None
    if lasting is None or any(not _is_clean(*each) for each in new.values()):
        return _concluded(folder, checking, {name: (each.file, _looked(each)) for name, each in kept.items()} | new)
    added = {name: _kept(file, looked.claims, today) for name, (file, looked) in new.items()}
    KeptValues(_KIND).write(
        {_key(lasting, name): _values().dump_json(each, by_alias=True) for name, each in added.items()}
    )
    kept |= added
    known.clear()
    known.update({_key(lasting, name): each for name, each in kept.items()})
    features = digest_of(*(f"{name} {kept[name].features}" for name in checking.names))
    # What follows from the claims of all is known where nothing followed from the same ones.
    claimed = (f"{name} {kept[name].claimed}" for name in checking.names)
    key = digest_of(lasting.base, *claimed, "", *folder.pictures)
    if not folder.strays and KeptValues(_CONCLUDED).has([key]):
        entries = folder.gathered(kept[name].file for name in checking.names)
        return Checked(entries, [], lasting, features)
    checked = _concluded(folder, checking, {name: (each.file, _looked(each)) for name, each in kept.items()})
    if not checked.problems:
        KeptValues(_CONCLUDED).write({key: b""})
    return checked._replace(state=lasting, features=features)


def _concluded(folder: Folder, checking: Checking, read: Mapping[str, tuple[EntryFile, Looked]]) -> Checked:
    """All that was read, with every problem."""
    found = [read[name] for name in checking.names]
    problems = checking.conclude([looked for _, looked in found])
    return Checked(folder.gathered(file for file, _ in found), problems, None)


def related_of(checked: Checked) -> Mapping[str, tuple[str, ...]]:
    """Entry id -> related entries. They follow from what entries have in common, and are kept under its digest."""
    kept = KeptValues(_RELATED)
    value = kept.read([checked.features]).get(checked.features) if checked.features else None
    if value is not None:
        with suppress(ValueError, RecursionError):
            return _related_values().validate_json(value)
    related = related_entries(checked.entries)
    if checked.features:
        kept.write({checked.features: _related_values().dump_json(related)})
    return related


def _recalled(state: FolderState | None, today: date, known: Known) -> dict[str, _Kept]:
    """What is kept of the files that are as they were, by name."""
    keys = {_key(state, name): name for name in state.files} if state else {}
    found = {name: known[key] for key, name in keys.items() if key in known and known[key].day <= today}
    for key, value in KeptValues(_KIND).read(key for key in keys if key not in known).items():
        with suppress(ValueError, RecursionError):
            kept = _values().validate_json(value)
            if kept.day <= today:
                found[keys[key]] = kept
    return found


def _is_clean(file: EntryFile, looked: Looked) -> bool:
    return file.entry is not None and not looked.problems


def _looked(kept: _Kept) -> Looked:
    return Looked((), kept.claims, is_entry=True)


def _kept(file: EntryFile, claims: Claims, today: date) -> _Kept:
    claimed = digest_of(claims.digestible)
    features = sorted(map(repr, features_of(file.entry))) if file.entry else []
    named = file.entry.related if file.entry else ()
    return _Kept(file, claims, claimed, digest_of(*features, "", *named), today)


def _key(state: FolderState, name: str) -> str:
    return digest_of(state.base, state.files[name], name)


@cache
def _related_values() -> TypeAdapter[Mapping[str, tuple[str, ...]]]:
    return TypeAdapter(Mapping[str, tuple[str, ...]])


@cache
def _values() -> TypeAdapter[_Kept]:
    return TypeAdapter(_Kept)


def build_day() -> date:
    """The day of the build, from SOURCE_DATE_EPOCH where that is set (https://reproducible-builds.org/specs/source-date-epoch/)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date()
