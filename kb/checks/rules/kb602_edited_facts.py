"""Votes, or facts of GitHub, that somebody changed by hand."""

from collections.abc import Iterator
from typing import Final

from kb.checks.edit import edits_of_keys
from kb.checks.published import successor
from kb.checks.rule import Family, Finding, Inspection, Located, Rule
from kb.entry import Entry, Source

_COUNTED: Final = {
    "votes": ("votes were changed by hand", "a new entry has votes that nobody can have cast"),
    "taps": ("taps were changed by hand", "a new entry has taps that nobody can have sent"),
    "feedback": ("feedback was changed by hand", "a new entry has feedback that nobody can have given"),
}
"""What is counted from what readers send -> what is wrong with an entry, and with a new one."""


def _check(inspection: Inspection) -> Iterator[Located]:
    published = inspection.published
    if published is None or published.facts_may_change:
        return
    ids = inspection.ids
    removed = [source for source in published.sources if source.id not in ids]
    for source in inspection.sources:
        if source.entry is None:
            continue
        before = published.by_id.get(source.id) or successor(source, removed)
        if before is None:
            facts = _facts_of(source.entry)
            yield from (_restored(source, key, message, None) for key, (_, message) in _COUNTED.items() if facts[key])
        elif before.entry and before.text != source.text:
            written = before.document.value if isinstance(before.document.value, dict) else {}
            yield from _changed(source, _facts_of(before.entry), _facts_of(source.entry), written)


def _changed(
    source: Source, before: dict[str, object], now: dict[str, object], written: dict[str, object]
) -> Iterator[Located]:
    """What differs, with what was `written` to be put back, zeros too.

    An issue or pull request that was not there before is no fact that was changed.
    """
    for key, (message, _) in _COUNTED.items():
        if before[key] != now[key]:
            yield _restored(source, key, message, written.get(key))
    was, issue = before.get("issue"), now.get("issue")
    if isinstance(was, dict) and isinstance(issue, dict) and was["ref"] == issue["ref"] and was != issue:
        yield _restored(
            source, "issue", f"what GitHub says of {issue['ref']} was changed by hand", written.get("issue")
        )
    pulls = before.get("pulls")
    former = {pull["ref"]: pull for pull in pulls} if isinstance(pulls, list) else {}
    current = now.get("pulls")
    for number, pull in enumerate(current if isinstance(current, list) else []):
        if former.get(pull["ref"], pull) != pull:
            message = f"what GitHub says of {pull['ref']} was changed by hand"
            key = f"pulls.{number}"
            yield _restored(source, key, message, former[pull["ref"]], ("pulls", number))


def _restored(
    source: Source, key: str, message: str, value: object | None, path: tuple[str | int, ...] | None = None
) -> Located:
    """A finding about a fact, and the edit that puts the published one back."""
    edits = edits_of_keys(source, {key: value or None}) if path is None else ()
    hint = "Put it back: scheduled workflows count votes and fetch facts, and do so again."
    return Located(source, Finding(source.key_position(*(path or (key,))), message, hint, edits))


def _facts_of(entry: Entry) -> dict[str, object]:
    """What commands and workflows write into an entry, and no person does: key path -> value as the file has it."""
    facts: dict[str, object] = {
        "votes": entry.votes.model_dump(exclude_defaults=True),
        "feedback": entry.feedback.model_dump(exclude_defaults=True),
        "taps": dict(entry.taps),
    }
    if entry.pulls:
        facts["pulls"] = [pull.model_dump(exclude_none=True) for pull in entry.pulls]
    if entry.issue:
        facts["issue"] = entry.issue.model_dump(exclude_defaults=True)
    return facts


RULE = Rule(
    code="KB602",
    name="edited-facts",
    family=Family.PERMANENCE,
    summary="Votes, or the facts of an issue or pull request on GitHub, were changed by hand.",
    why=(
        "Readers trust the counts because nobody types them: votes are counted from what readers sent, comments and "
        "reactions are fetched from GitHub. A typed number looks the same as a true one."
    ),
    fix=(
        "Put the published values back. Looked at with `kb check --against REF` only; the workflows that count and "
        "fetch add `--facts-may-change`. Votes that should not count are taken back with `kb votes void`, by deleting "
        "their issues, or by the list of blocked voters; then counting again gives the true number."
    ),
    bad="votes: {works: 40, verified: 12}  # published: {works: 3}",
    good="votes: {works: 3}",
    mended="Puts the published values back.",
    in_collection=_check,
    firm="what readers, GitHub or a machine said is not for a hand to write",
)
