"""An entry whose old page has changed: what nobody edited here is renewed, what somebody did stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kb.drafts.moving.ledger import PARTS, digests_of
from kb.entry import (
    PROSE_HEADINGS,
    Entry,
    Source,
    edit_front_matter,
    parse_source,
    with_ordered_sections,
    written_sections,
)

_KEYS: Final = tuple(part for part in PARTS if part not in PROSE_HEADINGS)


@dataclass(frozen=True, slots=True)
class Renewed:
    """A source with what is new, which parts those are, and those that the page says otherwise and that stay."""

    source: Source
    changed: tuple[str, ...]
    kept: tuple[str, ...]


def renewed(now: Source, made: Entry, wrote: Mapping[str, str]) -> Renewed:
    """What an entry is to be. `made` is what the page gives today, `wrote` the digests of what an import wrote last.

    Raises ValueError where the file can't be edited.
    """
    entry = now.entry
    if entry is None:
        raise ValueError("it can't be read as an entry: `kb check` says why")
    mine, theirs = digests_of(entry), digests_of(made)
    moved = [part for part in PARTS if theirs.get(part) not in (wrote.get(part), mine.get(part))]
    changed = tuple(part for part in moved if mine.get(part) == wrote.get(part))
    kept = tuple(part for part in moved if part not in changed)
    if not changed:
        return Renewed(now, (), kept)
    if not now.name.endswith(".md"):
        return Renewed(now, (), tuple(moved))
    text = _with_sections(now, made, changed)
    values = made.model_dump(mode="json", include={*_KEYS})
    dumped: dict[str, object] = {key: values[key] or None for key in _KEYS if key in changed}
    if "signatures" in dumped:
        dumped["signatures"] = [
            {name: value for name, value in one.items() if value not in ([], {}, None)} for one in values["signatures"]
        ]
    text = edit_front_matter(text, now.name, {**dumped, "updated": made.updated})
    return Renewed(parse_source(now.path, now.name, text), changed, kept)


def _with_sections(now: Source, made: Entry, changed: tuple[str, ...]) -> str:
    """The text with new sections in the place of those of a changed field."""
    assert now.entry is not None  # noqa: S101 - the caller looked
    new: dict[str, list[str]] = {}
    for heading, markdown in written_sections(made):
        if heading.field in changed:
            new.setdefault(heading.field, []).append(f"{heading.written}\n\n{markdown}")
    sections: list[str] = []
    for heading, markdown in written_sections(now.entry):
        if heading.field not in changed:
            sections.append(f"{heading.written}\n\n{markdown}")
        else:
            sections += new.pop(heading.field, [])
    sections += [section for added in new.values() for section in added]
    body = "\n\n".join(sections)
    body = with_ordered_sections(body) if any(new.values()) else body
    before = "\n".join(now.text.split("\n")[: now.body_line - 1]).rstrip("\n")
    return f"{before}\n\n{body}\n"
