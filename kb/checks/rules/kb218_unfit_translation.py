"""A file that is called like a translation and can't be one."""

from collections.abc import Iterator

from kb.checks.rule import UNBUILDABLE, Family, Finding, Inspection, Located, Rule
from kb.entry import PROSE_HEADINGS, START, Entry, Source, Translation, translated_name


def _in_source(source: Source, _: Inspection) -> Iterator[Finding]:
    translation, entry = source.translation, source.original
    if translation is None:
        return
    if translation.lang and translation.lang != translation.language:
        message = f"`lang` is {translation.lang!r}, but the file's name says {translation.language!r}"
        yield Finding(source.key_position("lang"), message, "Rename the file, or take the key out.")
    if entry is not None:
        yield from _compared(source, translation, entry)


def _compared(source: Source, translation: Translation, entry: Entry) -> Iterator[Finding]:
    if entry.lang is None:
        hint = "Add its own language there: `lang: en`."
        yield Finding(START, f"{entry.source} does not say in which language it is", hint)
    if entry.lang == translation.language:
        hint = "A translation is in another language. Put what it says into the entry itself."
        yield Finding(START, f"{entry.source} is in the same language, {entry.lang!r}", hint)
    steps, own = len(entry.workarounds), len(translation.workarounds)
    if own and own != steps:
        message = f"it has {own} workarounds, and {entry.source} {steps}"
        hint = "Translate all of them in the same order, or none: votes and proofs belong to their numbers."
        yield Finding(source.key_position("workarounds"), message, hint)
    there = {heading.field for heading in entry.headings}
    for name in sorted(translation.sections - there, key=list(PROSE_HEADINGS).index):
        message = f"{entry.source} has no section `## {PROSE_HEADINGS[name]}`"
        yield Finding(source.key_position(name), message, "Write it there first, or take it out here.")


def _in_collection(inspection: Inspection) -> Iterator[Located]:
    first: dict[tuple[str, str], str] = {}
    for name in inspection.translations:
        place = translated_name(name) or ("", "")
        entry_id, language = place
        if entry_id not in inspection.ids:
            message = f"there is no entry {entry_id}.md of which this is a translation into {language!r}"
            hint = "Rename it like its entry. A file that is no translation has no dot in its name but the last."
            yield Located(inspection.read(name), Finding(START, message, hint))
        elif place in first:
            message = f"{first[place]} is a translation into {language!r} already"
            yield Located(inspection.read(name), Finding(START, message, "Join the two files."))
        first.setdefault(place, name)


RULE = Rule(
    code="KB218",
    name="unfit-translation",
    family=Family.CONTENT,
    summary="A translation has no entry, or its entry has no language of its own, or other workarounds or sections.",
    why=(
        "A translation is no entry of its own: message, proofs and votes are its entry's, and belong to workarounds "
        "by their numbers. Browsers and search engines are told the language of each page."
    ),
    fix=(
        "Call it like its entry, with the language before the ending, let the entry say its own (`lang: en`), and "
        "translate all workarounds in their order."
    ),
    bad="entries/git/index-lock.md has two workarounds, entries/git/index-lock.de.md has one",
    good="entries/git/index-lock.de.md has both of them, in the same order",
    in_source=_in_source,
    in_collection=_in_collection,
    firm=UNBUILDABLE,
)
