"""Fixes: what an answer shows of its entry. Published in shards beside the index, so that few bytes are fetched.

A shard is a JSON object from entry id to fix; an id's shard follows from a hash of the id (FNV-1a, 32 bits,
http://www.isthe.com/chongo/tech/comp/fnv/), and `root.json` says how many shards there are.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypedDict, TypeGuard

from kb.match.versions import read_versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kb.match.filling import Types
    from kb.match.versions import Versions

PER_SHARD: Final = 6
"""Entries in a shard, on average: about 10 KB."""
MOST_STEPS: Final = 1_000
"""Workarounds of an entry, and more than it may have: a number of another site that is higher is none."""


class FixProof(TypedDict):
    """A workaround that a machine has proven. Its number is its place in the entry's file."""

    workaround: int
    versions: str
    """With what, as people write it: `Python 3.13.0, pip 26.1`."""
    day: str
    """As `2026-11-28`."""


class Fix(TypedDict):
    """What an answer shows: names as text, the first workaround as Markdown and as safe HTML.

    `number` is that workaround's place in the entry's file; a site built before there was one has none (0).
    `types` has the types of each placeholder; a site built before there was one has none, and then nothing is filled.
    `platforms` are the only ones where the error happens; none if it happens everywhere, or nobody can tell.
    `proven` has all workarounds of the entry that are proven.
    `versions` is what is known of versions; None if nothing.
    `drafted` says that a model drafted summary, cause or workarounds, and nobody has reviewed them; None if not so.
    `symptom` says that the message only tells of another failure; None if not so.
    """

    id: str
    title: str
    product: str
    summary: str
    number: int
    step: str
    markdown: str
    html: str
    types: Types
    platforms: tuple[str, ...]
    proven: tuple[FixProof, ...]
    versions: Versions | None
    drafted: bool | None
    symptom: bool | None


_TEXTS: Final = ("id", "title", "product", "summary", "step", "markdown", "html")


def fix_files(fixes: Iterable[Fix]) -> dict[str, bytes]:
    """File name -> content of all shards, and of `root.json`."""
    by_id = {fix["id"]: fix for fix in fixes}
    return {name: fix_file(len(by_id), map(by_id.__getitem__, ids)) for name, ids in fix_names(by_id).items()}


def fix_names(ids: Iterable[str]) -> dict[str, list[str]]:
    """File name -> the ids of the entries whose fixes it holds: none are in `root.json`."""
    ids = list(ids)
    shards: dict[int, list[str]] = {}
    for entry_id in ids:
        shards.setdefault(shard_of(entry_id, _shards(len(ids))), []).append(entry_id)
    return {"root.json": [], **{f"{number}.json": shards[number] for number in sorted(shards)}}


def fix_file(count: int, fixes: Iterable[Fix]) -> bytes:
    """The content of a file with these fixes, out of `count` ones; without any, that of `root.json`."""
    held = {fix["id"]: {name: value for name, value in fix.items() if value is not None} for fix in fixes}
    return _json(held or {"version": 1, "shards": _shards(count)})


def _shards(count: int) -> int:
    return max(1, -(-count // PER_SHARD))


def read_fix(entry_id: str, read: Callable[[str], bytes]) -> Fix | None:
    """The fix of an entry from the files that `read` gives; None if they have no sound one. Raises what it raises."""
    root = _parsed(read("root.json"))
    count = root.get("shards") if isinstance(root, dict) else None
    if not isinstance(count, int) or count < 1:
        return None
    shard = _parsed(read(f"{shard_of(entry_id, count)}.json"))
    fix = shard.get(entry_id) if isinstance(shard, dict) else None
    if (
        not isinstance(fix, dict)
        or fix.get("id") != entry_id
        or not all(isinstance(fix.get(name), str) for name in _TEXTS)
    ):
        return None
    return Fix(
        id=entry_id,
        title=fix["title"],
        product=fix["product"],
        summary=fix["summary"],
        number=number if _is_number(number := fix.get("number")) else 0,
        step=fix["step"],
        markdown=fix["markdown"],
        html=fix["html"],
        types=_types(fix.get("types")),
        platforms=_names(fix.get("platforms")),
        proven=_proofs(fix.get("proven")),
        versions=read_versions(fix.get("versions")),
        drafted=fix.get("drafted") is True or None,
        symptom=fix.get("symptom") is True or None,
    )


def _types(read: object) -> Types:
    """Types as a site has them: a list of words for each name."""
    if not isinstance(read, dict):
        return {}
    return {name: tuple(map(str, kinds)) for name, kinds in read.items() if isinstance(kinds, list)}


def _names(read: object) -> tuple[str, ...]:
    return tuple(name for name in read if isinstance(name, str)) if isinstance(read, list) else ()


def _proofs(read: object) -> tuple[FixProof, ...]:
    """The proofs that a site has, those that are ones: the day goes by the calendar, and all is on one line."""
    return tuple(filter(None, map(_proof, read))) if isinstance(read, list) else ()


def _proof(read: object) -> FixProof | None:
    if not isinstance(read, dict):
        return None
    number, versions, day = read.get("workaround"), read.get("versions"), read.get("day")
    if not _is_number(number) or not isinstance(versions, str) or not isinstance(day, str) or not _is_day(day):
        return None
    return FixProof(workaround=number, versions=" ".join(versions.split()), day=day)


def _is_number(read: object) -> TypeGuard[int]:
    return type(read) is int and 0 < read < MOST_STEPS


def _is_day(read: str) -> bool:
    try:
        return date.fromisoformat(read).isoformat() == read
    except ValueError:
        return False


def _parsed(content: bytes) -> object:
    """What a file says; None where it is no JSON."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def shard_of(name: str, count: int) -> int:
    """The number of the shard, of so many, that holds what has this name: its FNV-1a hash, as `shards.js` has it."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value % count


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
