"""The entries of a folder, read and checked: what has not changed since it was last found without a problem is kept."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from pydantic import TypeAdapter

from kb.checks import Checking, Claims, Diagnostic, Levels, Looked, checking_in, errors_of
from kb.entry import DATA_FILES, Entries, EntryFile, Folder, open_folder
from kb.links import features_of, related_entries
from kb.process import FolderState, KeptValues, digest_of, map_forked, state_of
from kb.site.urls import RESERVED

if TYPE_CHECKING:
    from pathlib import Path

_KIND: Final = "entries"
_CONCLUDED: Final = "concluded"
_RELATED: Final = "related"
_ALL_ERRORS: Final = Levels()
_OWN: Final = {"cause", "guidance", "example", "notes", "recommendation", "body"}
"""What of an entry no page shows but its own, and those of its translations."""


class Checked(NamedTuple):
    """A folder's entries, and what is wrong with them."""

    entries: Entries
    problems: list[Diagnostic]
    state: FolderState | None
    """What they were read from; None where that can't be told, or changed meanwhile."""
    features: str = ""
    """A digest of all by which entries resemble others; none where it is not known."""
    shown: str = ""
    """A digest of all that entries show elsewhere than on their own pages; none where it is not known."""

    def digests(self) -> dict[str, str]:
        """Entry id -> a digest of all that the entry says itself."""
        entries = self.entries.entries
        if self.state is None:
            return {entry.id: digest_of(entry.model_dump_json()) for entry in entries}
        return {entry.id: digest_of(entry.source, self.state.files[entry.source]) for entry in entries}


class _Kept(NamedTuple):
    """A file in which there was no error on a day. No rule finds more as days pass."""

    file: EntryFile
    claims: Claims
    problems: tuple[Diagnostic, ...]
    """What was found on that day and was no error, whatever level it has now."""
    claimed: str
    """A digest of the claims."""
    features: str
    """A digest of what it has in common with others."""
    shown: str
    """A digest of what it shows elsewhere than on its own page."""
    day: date


Known = dict[str, _Kept]
"""What the last load of this process found, by the keys under which it is kept."""


def entries_state(root: Path, known: Mapping[str, str] = MappingProxyType({})) -> FolderState | None:
    """The state of an entries folder and of this program; None where the folder holds what is not simply a file.

    Files in `known` have the digests that stand there.
    """
    return state_of(root, DATA_FILES, known=known)


def load_checked(root: Path, state: FolderState | None, known: Known, levels: Levels = _ALL_ERRORS) -> Checked:
    """The entries in a folder and every problem of it that is not off, read and checked by all processors.

    `state` is that of the folder as it was a moment ago: what was kept of files in it is not read again, and what is
    in `known` is not even recalled. What was found is in there afterwards.
    """
    checked = _loaded(root, state, known, levels)
    return checked._replace(problems=levels.applied(checked.problems))


def _loaded(root: Path, state: FolderState | None, known: Known, levels: Levels) -> Checked:
    """The same, with every problem. A file in which there is an error is read again the next time."""
    today = build_day()
    folder = open_folder(root)
    checking = checking_in(folder, today, RESERVED)
    kept = _recalled(state, today, known)
    missing = [name for name in checking.names if name not in kept]
    new = dict(zip(missing, map_forked(checking.read_and_look, missing, instead=checking.read_dead), strict=True))
    # Of what was written meanwhile nobody knows which was read. What was recalled was not.
    recalled = {name: state.files[name] for name in kept} if state else {}
    lasting = state if state == entries_state(root, recalled) else None
    if lasting is None or any(not _is_sound(*each, levels) for each in new.values()):
        read = {name: (each.file, _looked(each)) for name, each in kept.items()} | new
        return _concluded(folder, checking, read)
    added = {name: _kept(file, looked, today) for name, (file, looked) in new.items()}
    KeptValues(_KIND).write(
        {_key(lasting, name): _values().dump_json(each, by_alias=True) for name, each in added.items()}
    )
    kept |= added
    known.clear()
    known.update({_key(lasting, name): each for name, each in kept.items()})
    features = digest_of(*(f"{name} {kept[name].features}" for name in checking.names))
    shown = digest_of(lasting.base, *(f"{name} {kept[name].shown}" for name in checking.names))
    # What follows from the claims of all is known where nothing followed from the same ones.
    claimed = (f"{name} {kept[name].claimed}" for name in checking.names)
    key = digest_of(lasting.base, *claimed, "", *folder.pictures)
    has_problems = any(each.problems for each in kept.values())
    if not folder.strays and not has_problems and KeptValues(_CONCLUDED).has([key]):
        entries = folder.gathered(kept[name].file for name in checking.names)
        return Checked(entries, [], lasting, features, shown)
    read = {name: (each.file, _looked(each)) for name, each in kept.items()}
    checked = _concluded(folder, checking, read)
    if not checked.problems:
        KeptValues(_CONCLUDED).write({key: b""})
    return checked._replace(state=lasting, features=features, shown=shown)


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
    found = {name: known[key] for key, name in keys.items() if key in known and _is_good(known[key], today)}
    for key, value in KeptValues(_KIND).read(key for key in keys if key not in known).items():
        with suppress(ValueError, RecursionError):
            kept = _values().validate_json(value)
            if _is_good(kept, today):
                found[keys[key]] = kept
    return found


def _is_good(kept: _Kept, today: date) -> bool:
    """Whether what was kept would be found today: what was wrong on another day may be so no more."""
    return kept.day == today or (kept.day < today and not kept.problems)


def _is_sound(file: EntryFile, looked: Looked, levels: Levels) -> bool:
    """Whether a file is an entry or a translation, and nothing that was found in it is an error."""
    return (file.entry is not None or file.translation is not None) and not errors_of(levels.applied(looked.problems))


def _looked(kept: _Kept) -> Looked:
    return Looked(kept.problems, kept.claims, is_entry=kept.file.entry is not None)


def _kept(file: EntryFile, looked: Looked, today: date) -> _Kept:
    claims = looked.claims
    claimed = digest_of(claims.digestible)
    features = sorted(map(repr, features_of(file.entry))) if file.entry else []
    named = file.entry.related if file.entry else ()
    is_draft = str(bool(file.entry and file.entry.is_draft))
    features_digest = digest_of(*features, is_draft, *named)
    return _Kept(file, claims, looked.problems, claimed, features_digest, _shown(file), today)


def _shown(file: EntryFile) -> str:
    """A digest of what a file shows elsewhere than on its entry's page, to which its prose may lead as well."""
    leading = digest_of(*(link.target for link in file.links), "", *file.issues)
    if file.entry is None:
        return digest_of(leading, file.translation.model_dump_json() if file.translation else "")
    return digest_of(leading, file.entry.model_dump_json(exclude=_OWN))


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
