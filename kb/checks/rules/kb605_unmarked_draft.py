"""A text that a model drafted, and that is not marked as what it is."""

from collections.abc import Iterator

from kb.checks.edit import edits_of_keys
from kb.checks.published import successor
from kb.checks.rule import Family, Finding, Inspection, Located, Rule
from kb.entry import Drafted, Entry, Source

_BOT = "[bot]"


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    entry = source.entry
    if entry is None:
        return
    for section, drafted in entry.provenance.sections.items():
        if not _has(entry, section):
            position = source.key_position("provenance", section)
            edits = edits_of_keys(source, {f"provenance.{section}": None})
            yield Finding(position, f"{section} is said to be drafted, and is not there", "Take the key out.", edits)
        elif message := _wrong_review(drafted, inspection):
            position = source.key_position("provenance", section, "reviewed")
            yield Finding(position, message, "A person who has read it writes `reviewed: {by: name, day: …}`.")


def _wrong_review(drafted: Drafted, inspection: Inspection) -> str:
    """What is wrong with a review; empty where nothing is, or there is none."""
    review = drafted.reviewed
    if review is None:
        return ""
    if review.by.casefold() == drafted.model.casefold() or review.by.casefold().endswith(_BOT):
        return f"{review.by} is no person who could have reviewed it"
    if review.day < drafted.day:
        return f"reviewed on {review.day}, before it was drafted on {drafted.day}"
    return f"reviewed on {review.day}, which is still to come" if review.day > inspection.today else ""


def _has(entry: Entry, section: str) -> bool:
    return bool(getattr(entry, section))


def _since(inspection: Inspection) -> Iterator[Located]:
    """What is wrong with marks and reviews by what was published."""
    yield from _lost(inspection)
    by_program = inspection.published.reviews_of_programs if inspection.published else {}
    for source in inspection.sources if by_program else ():
        for section in source.entry.provenance.sections if source.entry else ():
            if author := by_program.get((source.name, section)):
                message = f"the review of {section} stands in a commit of a program, {author}"
                position = source.key_position("provenance", section, "reviewed")
                yield Located(source, Finding(position, message, "A person who has read it commits `reviewed`."))


def _lost(inspection: Inspection) -> Iterator[Located]:
    """Marks that were published, and that a change takes away although the text is still there."""
    published = inspection.published
    if published is None:
        return
    marked = [each for each in published.sources if each.entry and each.entry.unreviewed]
    if not marked:
        return
    ids = inspection.ids
    removed = [each for each in marked if each.id not in ids]
    before_by_id = {each.id: each for each in marked}
    for source in inspection.sources:
        before = before_by_id.get(source.id) or successor(source, removed)
        if before is None or before.entry is None or source.entry is None:
            continue
        held = source.entry.provenance.sections
        for section in sorted(before.entry.unreviewed - held.keys()):
            if _has(source.entry, section):
                message = f"{section} was drafted by a model, and its mark was taken away without a review"
                hint = "Put the key back; whoever has read the text adds `reviewed: {by: name, day: …}` to it."
                yield Located(source, Finding(source.key_position("provenance"), message, hint))


RULE = Rule(
    code="KB605",
    name="unmarked-draft",
    family=Family.PERMANENCE,
    summary="A text that a model drafted is not marked as what it is, or its review can't be one.",
    why=(
        "Readers, and programs that post fixes, take what is not marked for what a person stands by. A draft stays one "
        "until somebody has compared it with its sources, also where it was edited since."
    ),
    fix=(
        "Leave `provenance` as `kb draft` wrote it, and add `reviewed` with your name and the day when you have read "
        "the text and stand by it. That a mark is gone, or that a program committed a review, is seen with "
        "`kb check --against REF` only."
    ),
    bad="provenance: {cause: {…, day: 2026-11-30, reviewed: {by: some-model, day: 2026-11-29}}}",
    good="provenance: {cause: {…, day: 2026-11-30, reviewed: {by: rosa, day: 2026-12-02}}}",
    mended="Takes the mark of a section that is not there out of the file.",
    in_source=_check,
    in_collection=_since,
)
