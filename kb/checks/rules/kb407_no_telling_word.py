"""A signature whose words stand in all kinds of messages."""

from collections.abc import Iterator
from typing import Final

from kb.checks.ordinary import ordinary_line, ordinary_words
from kb.checks.overlap import crowd_of
from kb.checks.rule import Family, Finding, Inspection, Located, Rule

_ENOUGH: Final = 3
"""Ordinary words that tell an error from others, where they stand side by side."""
_SHORTEST: Final = 4
"""Letters and digits that a word, or several together, need to tell anything: `hi` stands in every third text."""


def _check(inspection: Inspection) -> Iterator[Located]:
    for claim in inspection.made(crowd_of).claims:
        words = {word for word in claim.words if len(word) > 1 and not word.isdecimal()}
        # A sign that nobody else prints, such as a cross before the message, tells as well as a word.
        if claim.length >= _ENOUGH or not claim.text.isascii():
            continue
        if not words <= ordinary_words() and sum(map(len, claim.words)) >= _SHORTEST:
            continue
        if ordinary_line(claim):  # which is KB405's
            continue
        shown = ", ".join(sorted(words)) or "numbers and single letters"
        message = f"signature {claim.number + 1} has no word of its own, only {shown}"
        hint = "Take in more of the message: what names the program, the code, or the thing that failed."
        source = inspection.read(claim.name)
        position = source.key_position("signatures", claim.number, "text")
        yield Located(source, Finding(position, message, hint))


RULE = Rule(
    code="KB407",
    name="no-telling-word",
    family=Family.SIGNATURES,
    summary="A signature consists of placeholders and a few words that stand in all kinds of messages.",
    why="What stands in every log can't say which error this is. The signature would be found everywhere, or never.",
    fix="Take more of the message into the signature, with the words that only this error prints.",
    bad="text: 'Error: {{message}} failed'",
    good="text: 'error: src refspec {{branch:word}} does not match any'",
    in_collection=_check,
)
