"""What changes in a collection between a commit and the files at hand: entries, matches, addresses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, TypeVar

from kb.entry import Collection, Entry, EntryText, SignatureError, first_step, is_entry_id, translated_name
from kb.links import addresses, moves
from kb.match import Matcher, parse_signature, signatures_of
from kb.review.git import Difference, contents, difference, resolve
from kb.review.published import names_of_entries, sources_at
from kb.review.report import (
    MAX_ITEMS,
    Changed,
    Known,
    Moved,
    New,
    Redirect,
    Removed,
    Renamed,
    Report,
    Translated,
    Waived,
)

LEAST_SCORE: Final = 0.5
"""Share of a signature's wording that an example must have before the other entry is named."""
MOST_KNOWN: Final = 5

Entries = Mapping[str, Entry]
"""Entries by id."""

_Item = TypeVar("_Item")


def compare(collection: Collection, base: str, reserved: frozenset[str] = frozenset()) -> Report:
    """What differs between the commit that `base` names and the collection's files. Raises GitError.

    `reserved` are first parts of addresses that belong to the site's own pages.
    """
    commit = resolve(collection.root, base)
    found = difference(collection.root, commit)
    names = names_of_entries(found.touched)
    before = {source.id: source.entry for source in sources_at(collection.root, commit, names) if source.entry}
    sources = {source.name: source for source in collection.sources}
    touched = [source for name in names if (source := sources.get(name))]
    after = {source.id: source.entry for source in touched if source.entry}
    broken = {source.id for source in touched if source.entry is None}
    gone = {key: entry for key, entry in before.items() if key not in after and key not in broken}
    fresh = {key: entry for key, entry in after.items() if key not in before}
    moved = _renames(gone, fresh, found)
    new = [entry for key, entry in fresh.items() if key not in moved.values()]
    return _report(
        collection,
        new=list(_with_known(new, collection)),
        changed=[change for key in after.keys() & before.keys() if (change := _change(before[key], after[key]))],
        renamed=[_rename(former, after[key]) for former, key in moved.items()],
        removed=[entry for key, entry in gone.items() if key not in moved],
        before=before,
        after=after,
        broken=broken,
        reserved=reserved,
        translations=list(_translations(collection, commit, found.touched, after)),
    )


def _translations(collection: Collection, commit: str, touched: Iterable[str], after: Entries) -> Iterator[Translated]:
    """Translations whose files are not what they were, and older ones of entries that are not."""
    names = {name for name in touched if translated_name(name)}
    before = contents(collection.root, commit, names)
    sources = {source.name: source for source in collection.translated}
    older = {
        name
        for name, source in sources.items()
        if source.translation and source.original and not source.translation.is_of(source.original)
    }
    kept = {name for name in older if (sources[name].home.rpartition(".")[0]) in after}
    for name in sorted((names & (before.keys() | sources.keys())) | kept):
        entry_id, language = translated_name(name) or ("", "")
        change: Literal["new", "changed", "removed", "kept"] = "changed" if name in names else "kept"
        if name not in sources:
            change = "removed"
        elif name in names and name not in before:
            change = "new"
        if is_entry_id(entry_id):
            yield Translated(id=entry_id, language=language, change=change, is_older=name in older)


def _report(
    collection: Collection,
    *,
    new: list[New],
    changed: list[Changed],
    renamed: list[Renamed],
    removed: list[Entry],
    before: Entries,
    after: Entries,
    broken: set[str],
    reserved: frozenset[str],
    translations: list[Translated],
) -> Report:
    """All of it in order, each kind bounded."""
    targets = {alias: entry.id for entry in collection.entries for alias in entry.aliases}
    untouched = [entry for entry in collection.entries if entry.id not in after and entry.id not in before]
    published = sorted((*untouched, *before.values()), key=lambda entry: entry.id)
    found = moves(addresses(published, reserved), addresses(collection.entries, reserved))
    lost = [move for move in found if move.was.entry not in broken]
    vanished = [move.was.path.rstrip("/") for move in lost if move.now is None]
    moved = [
        Moved(address=move.was.path.rstrip("/"), former_id=move.heir or move.was.entry, id=move.now.entry)
        for move in lost
        if move.now
    ]
    told = {one.address for one in moved}
    led = {alias: entry.id for entry in before.values() for alias in entry.aliases}
    redirects = [
        Redirect(address=alias, id=entry.id)
        for entry in after.values()
        for alias in entry.aliases
        if led.get(alias) != entry.id and alias not in told
    ]
    left_out = 0

    def bounded(items: Iterable[_Item]) -> tuple[_Item, ...]:
        nonlocal left_out
        ordered = list(items)
        left_out += max(0, len(ordered) - MAX_ITEMS)
        return tuple(ordered[:MAX_ITEMS])

    return Report(
        new=bounded(sorted(new, key=lambda one: one.id)),
        changed=bounded(sorted(changed, key=lambda one: one.id)),
        renamed=bounded(sorted(renamed, key=lambda one: one.id)),
        removed=bounded(
            Removed(id=entry.id, title=entry.title, leads_to=targets.get(entry.id))
            for entry in sorted(removed, key=lambda one: one.id)
        ),
        vanished=bounded(sorted(vanished)),
        moved=bounded(sorted(moved, key=lambda one: one.address)),
        redirects=bounded(sorted(redirects, key=lambda one: one.address)),
        waived=bounded(sorted(_waived(before, after, renamed), key=lambda one: (one.id, one.code))),
        translations=bounded(translations),
        unreadable=len(broken),
        left_out=left_out,
    )


def _renames(gone: Entries, fresh: Entries, found: Difference) -> dict[str, str]:
    """Former id -> id: where an alias says so, where git does, or where a signature is the same."""
    by_alias = {alias: entry.id for entry in fresh.values() for alias in entry.aliases}
    by_signature = {signature.text: entry.id for entry in fresh.values() for signature in entry.signatures}
    by_file = {former.rpartition(".")[0]: name.rpartition(".")[0] for former, name in found.renamed.items()}
    moved: dict[str, str] = {}
    for former, entry in gone.items():
        same = (by_signature.get(signature.text) for signature in entry.signatures)
        for target in (by_alias.get(former), by_file.get(former), *same):
            if target and target in fresh and target not in moved.values():
                moved[former] = target
                break
    return moved


def _change(before: Entry, after: Entry) -> Changed | None:
    """How an entry differs, or None where only its form does."""
    parts = tuple(name for name in EntryText.model_fields if getattr(before, name) != getattr(after, name))
    if not parts:
        return None
    former = before.title if before.title != after.title else None
    first = first_step(after).workaround.title
    is_first = first != first_step(before).workaround.title
    return Changed(
        id=after.id,
        file=after.source,
        title=after.title,
        former_title=former,
        parts=parts,
        first_step=first if is_first else None,
    )


def _waived(before: Entries, after: Entries, renamed: Iterable[Renamed]) -> Iterator[Waived]:
    """What entries waive now, but for what they waived for the same reason before."""
    former_ids = {one.id: one.former_id for one in renamed}
    for entry in after.values():
        former = before.get(former_ids.get(entry.id, entry.id))
        for rule, reason in entry.waive.items():
            if former is None or former.waive.get(rule) != reason:
                yield Waived(id=entry.id, code=rule, reason=reason)


def _rename(former: str, entry: Entry) -> Renamed:
    return Renamed(
        id=entry.id,
        file=entry.source,
        title=entry.title,
        former_id=former,
        keeps_address=former in entry.aliases,
    )


def _with_known(new: Sequence[Entry], collection: Collection) -> Iterator[New]:
    """Each new entry with the entries that its examples lead to already."""
    if not new:
        return
    fresh = {entry.id for entry in new}
    others = [entry for entry in collection.entries if entry.id not in fresh]
    # Without the new ones: an entry's own signature would cover what others have in common with it.
    matcher = Matcher.from_signatures(
        signature for entry in others for signature in signatures_of(entry) if _is_signature(signature.text)
    )
    for entry in new:
        known: dict[str, Known] = {}
        for signature in entry.signatures:
            for text in signature.examples or (signature.text,):
                for answer in matcher.match(text, MOST_KNOWN):
                    score = known[answer.id].score if answer.id in known else LEAST_SCORE
                    if answer.score >= score:
                        other = collection.by_id[answer.id]
                        known[other.id] = Known(
                            id=other.id, file=other.source, title=other.title, tier=answer.tier, score=answer.score
                        )
        best = sorted(known.values(), key=lambda one: (one.tier != "exact", -one.score, one.id))
        yield New(id=entry.id, file=entry.source, title=entry.title, known=tuple(best[:MOST_KNOWN]))


def _is_signature(text: str) -> bool:
    """Whether a text can be indexed; `kb check` says why not."""
    try:
        parse_signature(text)
    except SignatureError:
        return False
    return True
