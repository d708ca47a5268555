"""What an entry says of versions, which ones a reader's text shows, and what follows. The twin is `versions.js`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, TypedDict

from kb.entry import is_between, version_key
from kb.words import ENGLISH, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.entry import Entry, Product

_VERSION: Final = r"[vV]?([0-9]{1,9}(?:\.[0-9]{1,9}){1,5}(?:-?[a-z]{1,9}\.?[0-9]{0,9})?)"
VERSION_FORMS: Final = {
    "offer": rf"(?<![A-Za-z0-9_.@/-])NAME(?: is)? available[:!] {_VERSION} ?(?:->|→)",
    "plain": rf"(?<![A-Za-z0-9_.@/-])NAME(?:[ /@=:\"']{{1,4}}|[ :\"']{{1,3}}version[ :=\"']{{1,3}}){_VERSION}",
    "path": rf"(?<![A-Za-z0-9_.@-])NAME/?{_VERSION}(?=[/\\])",
}
"""How tools print a version, with a dot in it at least, after a tool's NAME: where a newer one is offered (`A new
release of pip is available: 25.0 -> 26.3`), plainly (`npm/10.8.2`, `"node": "v20.1.0"`), in a path (`/python3.11/`).
`@types/node@20.1.0` is no Node.js. Letter case doesn't count."""
SEARCHED_FOR_VERSIONS: Final = 200_000
"""Characters of a text that are searched for versions: more than a reader pastes."""


class Bounds(TypedDict, total=False):
    """From which version on, and before which."""

    tool: str
    since: str
    before: str


class Versions(TypedDict):
    """What an entry says of versions: of the error itself, and of how its message reads.

    `names` has what each tool is called; `wordings` has what is known of a signature, by its text.
    """

    names: dict[str, str]
    ranges: list[Bounds]
    wordings: dict[str, list[Bounds]]


def versions_of(entry: Entry, products: Mapping[str, Product]) -> Versions | None:
    """What an entry says of versions; None if nothing."""
    ranges = [_bounds(one.tool, one.introduced, one.fixed) for one in entry.affects.ranges]
    wordings = {
        signature.text: [
            _bounds(tool, signature.since.get(tool), signature.before.get(tool))
            for tool in dict.fromkeys((*signature.since, *signature.before))
        ]
        for signature in entry.signatures
        if signature.since or signature.before
    }
    tools = dict.fromkeys(one["tool"] for bounds in (ranges, *wordings.values()) for one in bounds)
    names = {tool: products[tool].name if tool in products else tool.rpartition("/")[2] for tool in tools}
    return Versions(names=names, ranges=ranges, wordings=wordings) if tools else None


def versions_shown(text: str, names: Mapping[str, str]) -> dict[str, str]:
    """The versions of tools that a text shows. One that shows several of a tool shows none: nobody knows which is used.

    `names` has what each tool is called; it is found by either.
    """
    found = {}
    for tool, name in names.items():
        called = "|".join(re.escape(word) for word in dict.fromkeys((tool.rpartition("/")[2], name)))
        shown = _shown("offer", called, text) or _shown("plain", called, text) | _shown("path", called, text)
        if len(shown) == 1:
            found[tool] = shown.pop()
    return found


def _shown(form: str, called: str, text: str) -> set[str]:
    pattern = VERSION_FORMS[form].replace("NAME", f"(?:{called})")
    return {found[1] for found in re.finditer(pattern, text[:SEARCHED_FOR_VERSIONS], re.IGNORECASE)}


def version_notes(versions: Versions, signature: str, given: Mapping[str, str], words: Words = ENGLISH) -> list[str]:
    """What follows for a reader from an entry's versions, a sentence each, what was fixed first.

    `signature` is the text of the signature that was met, or nothing; `given` has the reader's versions of tools.
    """
    names = versions["names"]
    notes = [_note(names[tool], ranges, given.get(tool), words) for tool, ranges in _by_tool(versions["ranges"])]
    notes.sort(key=lambda note: not note.is_fix)
    return [note.text for note in notes] + wording_notes(versions, signature, words)


def wording_notes(versions: Versions, signature: str, words: Words = ENGLISH) -> list[str]:
    """What it says of the version that a message reads like a signature: `Worded so from pip 26.0 on.`"""
    return [_wording_note(versions["names"], bounds, words) for bounds in versions["wordings"].get(signature, [])]


def read_versions(read: object) -> Versions | None:
    """What a site's file says of versions, without what isn't as a build writes it; None if nothing is left."""
    if not isinstance(read, dict):
        return None
    names = {tool: name for tool, name in _items(read.get("names")) if isinstance(name, str)}
    ranges = _read_bounds(read.get("ranges"), names)
    wordings = {text: _read_bounds(bounds, names) for text, bounds in _items(read.get("wordings"))}
    return Versions(names=names, ranges=ranges, wordings=wordings) if names else None


def _read_bounds(read: object, names: Mapping[str, str]) -> list[Bounds]:
    """The bounds in a list whose tool has a name, and that bound something."""
    return [
        _bounds(tool, *(value if isinstance(value, str) else None for value in (one.get("since"), one.get("before"))))
        for one in (read if isinstance(read, list) else ())
        if isinstance(one, dict) and isinstance(tool := one.get("tool"), str) and tool in names
    ]


def _items(read: object) -> Iterable[tuple[str, object]]:
    return read.items() if isinstance(read, dict) else ()


def _wording_note(names: Mapping[str, str], bounds: Bounds, words: Words) -> str:
    name, since, before = names[bounds["tool"]], bounds.get("since"), bounds.get("before")
    values = {"name": name, "since": since, "before": before}
    if since and before:
        return words.gettext("Worded so from %(name)s %(since)s to before %(before)s.") % values
    if since:
        return words.gettext("Worded so from %(name)s %(since)s on.") % values
    return words.gettext("Worded so before %(name)s %(before)s.") % values


class _Note(NamedTuple):
    """A sentence, and whether it says in which version the error is fixed."""

    text: str
    is_fix: bool = False


def _note(name: str, ranges: list[Bounds], version: str | None, words: Words) -> _Note:
    newest = max(ranges, key=lambda one: (not one.get("before"), version_key(one.get("before", "0"))))
    fixed, say = newest.get("before"), words.gettext
    if version is None:
        if fixed:
            before = sorted((one["before"] for one in ranges if "before" in one), key=version_key)
            values = {"name": name, "every": say(" and ").join(before)}
            return _Note(say("Fixed in %(name)s %(every)s: upgrade if yours is older.") % values, is_fix=True)
        if "since" in newest:
            return _Note(say("Happens from %(name)s %(since)s on.") % {"name": name, "since": newest["since"]})
        return _Note(say("Happens with every %(name)s.") % {"name": name})
    values = {"name": name, "version": version, "fixed": fixed or ""}
    if any(is_between(version, one.get("since"), one.get("before")) for one in ranges):
        own = next(one for one in ranges if is_between(version, one.get("since"), one.get("before")))
        if "before" in own:
            values["before"] = own["before"]
            text = say("Fixed in %(name)s %(before)s, and yours is %(version)s: upgrade.")
            return _Note(text % values, is_fix=True)
        return _Note(say("Happens with your %(name)s %(version)s.") % values)
    if fixed and version_key(version) >= version_key(fixed):
        text = say("Fixed in %(name)s %(fixed)s, and yours is %(version)s: the cause may be another one.")
        return _Note(text % values, is_fix=True)
    return _Note(say("Not known of %(name)s %(version)s: the cause may be another one.") % values)


def _by_tool(ranges: list[Bounds]) -> Iterator[tuple[str, list[Bounds]]]:
    for tool in dict.fromkeys(one["tool"] for one in ranges):
        yield tool, [one for one in ranges if one["tool"] == tool]


def _bounds(tool: str, since: str | None, before: str | None) -> Bounds:
    bounds: Bounds = {"tool": tool}
    if since:
        bounds["since"] = since
    if before:
        bounds["before"] = before
    return bounds
