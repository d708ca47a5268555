"""A translation of a text that its entry has no more."""

from collections.abc import Iterator
from typing import Final

from kb.checks.level import Level
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import Source

_NOTE: Final = "Then note it: `kb translated`, with the name of this file."


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    translation, entry = source.translation, source.original
    if translation is None or entry is None or translation.is_of(entry):
        return
    if translation.translates is None:
        message = "it does not say of which text it is a translation"
        yield Finding(source.key_position("title"), message, f"Compare it with {entry.source}. {_NOTE}")
    else:
        message = f"{entry.source} has changed since this was translated"
        position = source.key_position("translates")
        yield Finding(position, message, f"Bring over what is new there. {_NOTE}")


RULE = Rule(
    code="KB217",
    name="old-translation",
    family=Family.CONTENT,
    summary="A translation is older than the title or prose of its entry, or does not say of which text it is one.",
    why="Its readers follow steps that others know to be wrong. The page tells them, and links the newer text.",
    fix="Compare the two, translate what is new, and note it: `kb translated entries/git/index-lock.de.md`.",
    bad="git/index-lock.md got another workaround; git/index-lock.de.md still says `translates: 59c2f0…`",
    good="The workaround stands in git/index-lock.de.md, too, and `kb translated` wrote the new digest.",
    in_source=_check,
    level=Level.WARNING,
)
