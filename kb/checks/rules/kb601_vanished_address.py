"""An address that was published and would lead nowhere, or to another entry without its own letting go of it."""

from collections.abc import Iterable, Iterator

from kb.checks.edit import edits_of_keys
from kb.checks.published import Gone, Published, successor
from kb.checks.rule import Family, Finding, Inspection, Located, Rule
from kb.entry import START, Entry, IssueRef, KeyPath, Source
from kb.links import Move, addresses, moves


def _check(inspection: Inspection) -> Iterator[Located]:
    published = inspection.published
    if published is None:
        return
    new = [source for source in inspection.sources if source.id not in published.by_id]
    kept = {alias for source in inspection.sources if source.draft for alias in source.draft.aliases}
    kept |= inspection.ids
    heirs: dict[str, Source | None] = {source.id: source for source in inspection.sources}
    for source in published.sources:
        if source.id not in kept:
            heirs[source.id] = successor(source, new) or successor(source, _with_a_signature_of(source, inspection))
            yield _removed(source, heirs[source.id], inspection)
    for alias, entry_id in published.aliases.items():
        if alias not in kept:
            yield _lost_alias(alias, entry_id, published, new, inspection)
    yield from _issues(inspection, published, heirs)


def _issues(inspection: Inspection, published: Published, heirs: dict[str, Source | None]) -> Iterator[Located]:
    """What is wrong with addresses that are named after issues; `heirs` are entries, and what removed ones became."""
    now = addresses(_drafts(inspection.sources), inspection.reserved)
    lost: dict[str, list[tuple[Move, IssueRef]]] = {}
    for move in moves(addresses(_drafts(published.sources), inspection.reserved), now):
        heir, ref = heirs.get(move.heir or move.was.entry), move.was.ref
        if ref is None or heir is None or heir.draft is None:
            continue  # an id or alias, one whose entry is gone, or an entry that can't be read: all said elsewhere
        if move.now is None:
            lost.setdefault(heir.id, []).append((move, ref))
        elif ref.key in _claimed(heir.draft):
            yield _taken(move.was.path, ref, heir, inspection.read(_name_of(move.now.entry, inspection)))
    for heir_id, found in lost.items():
        if heir := heirs[heir_id]:
            yield from _lost_issues(heir, found, published)


def _drafts(sources: Iterable[Source]) -> Iterator[Entry]:
    return (source.draft for source in sources if source.draft and source.draft.id == source.id)


def _claimed(entry: Entry) -> dict[IssueRef, KeyPath]:
    """Key of each issue and pull request that an entry names -> the place of it, the one that counts most."""
    places: dict[IssueRef, KeyPath] = {pull.ref.key: ("pulls", at, "ref") for at, pull in enumerate(entry.pulls)}
    places |= {ref.key: ("reports", at) for at, ref in enumerate(entry.reports)}
    return places | ({entry.issue.ref.key: ("issue", "ref")} if entry.issue else {})


def _name_of(entry_id: str, inspection: Inspection) -> str:
    return inspection.made(_names_by_id)[entry_id]


def _names_by_id(inspection: Inspection) -> dict[str, str]:
    return {name.rpartition(".")[0]: name for name in inspection.names}


def _taken(path: str, ref: IssueRef, owner: Source, taker: Source) -> Located:
    place = _claimed(taker.draft)[ref.key] if taker.draft else ()
    message = f"/{path} leads to {owner.id}, which has {ref} still, and would lead here"
    hint = f"Remove {ref} here. If it is this entry's and not that one's, remove it in {owner.name}: its address moves."
    return Located(taker, Finding(taker.key_position(*place), message, hint))


def _lost_issues(heir: Source, lost: list[tuple[Move, IssueRef]], published: Published) -> Iterator[Located]:
    """A finding for each issue, with one edit that puts all of them back where they were."""
    draft = heir.draft
    if draft is None:
        return
    pulls = [pull.model_dump(exclude_none=True) for pull in draft.pulls]
    reports = [str(ref) for ref in draft.reports]
    told: list[tuple[Move, IssueRef, str]] = []
    for move, ref in lost:
        former = published.by_id[move.was.entry].draft
        place = _claimed(former).get(ref.key, ()) if former else ()
        if former and place[:1] == ("pulls",):
            pulls += [pull.model_dump(exclude_none=True) for pull in former.pulls if pull.ref.key == ref.key]
            told.append((move, ref, "pulls"))
        else:
            reports.append(str(ref))
            told.append((move, ref, "reports"))
    edits = edits_of_keys(heir, {key: value for key, value in (("reports", reports), ("pulls", pulls)) if value})
    for move, ref, key in told:
        message = f"/{move.was.path} was published, led to {move.was.entry} and would be gone"
        hint = f"Add {ref} to `{key}` of this file, or of the entry that it belongs to."
        yield Located(heir, Finding(heir.key_position(key), message, hint, edits))


def _removed(removed: Source, heir: Source | None, inspection: Inspection) -> Located:
    if heir is None:
        message = f"/{removed.id}/ was published and would be gone"
        hint = f"Keep the file, or add `aliases: [{removed.id}]` to the entry that takes its place."
        return Located(Gone(inspection.root / removed.name), Finding(START, message, hint))
    message = f"/{removed.id}/ was published, and this entry has taken its place"
    return _alias_for(heir, removed.id, message)


def _with_a_signature_of(removed: Source, inspection: Inspection) -> list[Source]:
    """Entries that were there before and have a signature of the removed one: those that it may have been joined to."""
    texts = {signature.text for signature in removed.draft.signatures} if removed.draft else set()
    return [
        source
        for source in inspection.sources
        if source.draft and any(signature.text in texts for signature in source.draft.signatures)
    ]


def _lost_alias(alias: str, entry_id: str, published: Published, new: list[Source], inspection: Inspection) -> Located:
    owner = next((source for source in inspection.sources if source.id == entry_id), None)
    owner = owner or successor(published.by_id[entry_id], new)
    message = f"/{alias}/ was published as an alias of {entry_id} and would be gone"
    if owner is None:
        removed = published.by_id[entry_id]
        hint = f"Add `aliases: [{alias}]` to the entry that takes its place."
        return Located(Gone(inspection.root / removed.name), Finding(START, message, hint))
    return _alias_for(owner, alias, message)


def _alias_for(source: Source, alias: str, message: str) -> Located:
    """A finding that an alias is missing in a file, and the edit that adds it."""
    aliases = list(source.draft.aliases) if source.draft else []
    edits = edits_of_keys(source, {"aliases": [*aliases, alias]})
    hint = f"Add it to the file's front matter: `aliases: [{', '.join([*aliases, alias])}]`."
    return Located(source, Finding(source.key_position("aliases"), message, hint, edits))


RULE = Rule(
    code="KB601",
    name="vanished-address",
    family=Family.PERMANENCE,
    summary="A published address would lead nowhere, or to another entry although its own has it still.",
    why=(
        "People link entries in issues, chats and commits that nobody will ever edit. A file may be renamed, joined "
        "with another or removed; its address may not."
    ),
    fix=(
        "Add a former id to `aliases` of the entry that takes its place, and an issue or pull request to `reports` or "
        "`pulls`. To give an issue to another entry, list it there and remove it here. Only `kb check --against REF` "
        "looks at it."
    ),
    bad="git mv entries/git/index-lock.md entries/git/index-is-locked.md",
    good="git mv entries/git/index-lock.md entries/git/index-is-locked.md  # and in it: aliases: [git/index-lock]",
    mended=(
        "Adds the alias to the entry that has the signatures, or most of the lines, of the one that is gone; puts "
        "issues and pull requests back."
    ),
    in_collection=_check,
    runs=lambda inspection: inspection.published is not None,
)
