"""An address that was published and would lead nowhere."""

from collections.abc import Iterator

from kb.checks.permanence import Published, edits_for, successor
from kb.checks.rule import Family, Finding, Inspection, Located, Rule
from kb.entry import START, Source


def _check(inspection: Inspection) -> Iterator[Located]:
    published = inspection.published
    if published is None:
        return
    kept = {alias for source in inspection.sources if source.draft for alias in source.draft.aliases}
    kept |= inspection.ids
    new = [source for source in inspection.sources if source.id not in published.by_id]
    for source in published.sources:
        if source.id not in kept:
            yield _removed(source, new, inspection)
    for alias, entry_id in published.aliases.items():
        if alias not in kept:
            yield _lost_alias(alias, entry_id, published, new, inspection)


def _removed(removed: Source, new: list[Source], inspection: Inspection) -> Located:
    heir = successor(removed, new) or successor(removed, _with_a_signature_of(removed, inspection))
    if heir is None:
        message = f"/{removed.id}/ was published and would be gone"
        hint = f"Keep the file, or add `aliases: [{removed.id}]` to the entry that takes its place."
        return Located(Source(inspection.root / removed.name, removed.name), Finding(START, message, hint))
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
        return Located(Source(inspection.root / removed.name, removed.name), Finding(START, message, hint))
    return _alias_for(owner, alias, message)


def _alias_for(source: Source, alias: str, message: str) -> Located:
    """A finding that an alias is missing in a file, and the edit that adds it."""
    aliases = list(source.draft.aliases) if source.draft else []
    edits = edits_for(source, {"aliases": [*aliases, alias]})
    hint = f"Add it to the file's front matter: `aliases: [{', '.join([*aliases, alias])}]`."
    return Located(source, Finding(source.key_position("aliases"), message, hint, edits))


RULE = Rule(
    code="KB601",
    name="vanished-address",
    family=Family.PERMANENCE,
    summary="A published address would lead nowhere: its entry or alias is gone, and no alias takes its place.",
    why=(
        "People link entries in issues, chats and commits that nobody will ever edit. A file may be renamed, joined "
        "with another or removed; its address may not."
    ),
    fix="Add the former id to `aliases` of the entry that takes its place. Only `kb check --against REF` looks at it.",
    bad="git mv entries/git/index-lock.md entries/git/index-is-locked.md",
    good="git mv entries/git/index-lock.md entries/git/index-is-locked.md  # and in it: aliases: [git/index-lock]",
    mended="Adds the alias to the entry that has the signatures, or most of the lines, of the one that is gone.",
    in_collection=_check,
)
