"""An example that its own signature does not match."""

from collections.abc import Iterator
from typing import Final

from kb.checks.parsed import signature_of
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import UNTYPED, Placeholder, Source
from kb.match import Signature, fits

_SPANNING: Final = frozenset({"rest", "lines", "quoted"})
"""Types whose values may go on where the next words of the signature stand."""


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    if source.draft is None:
        return
    for number, signature in enumerate(source.draft.signatures):
        parsed = signature_of(signature.text)
        if not isinstance(parsed, Signature):
            continue
        for index, example in enumerate(signature.examples):
            if not _stands_plainly(parsed, example) and parsed.find(example) is None:
                yield Finding(
                    source.key_position("signatures", number, "examples", index),
                    f"example {index + 1} does not contain signature {number + 1}",
                    "Compare them word by word; put {{name}} in the signature where the message varies.",
                )


def _stands_plainly(signature: Signature, example: str) -> bool:
    """Whether the signature stands in the example to the letter, which most do: a cheap answer that is never wrong.

    False says nothing; the matcher then looks, seeing through noise.
    """
    names = [part.name for part in signature.parts if isinstance(part, Placeholder)]
    if len(set(names)) < len(names) or not example.replace("\n", "").isprintable():
        return False
    at, value_from, kind = 0, None, UNTYPED
    for part in signature.parts:
        if isinstance(part, Placeholder):
            value_from, kind = at, part.type
            continue
        found = example.find(part.text, at)
        if found < 0 or (found and at == 0 and value_from is None and _in_word(example[found - 1])):
            return False
        if value_from is not None and not _is_value(example[value_from:found], kind):
            return False
        at, value_from = found + len(part.text), None
    if value_from is not None:
        return _is_value(example[value_from:].partition("\n")[0], kind)
    return not _in_word(example[at : at + 1])


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _is_value(text: str, kind: str) -> bool:
    """Whether a text of one line can be the value of a placeholder of a type; False where that is not plain to see."""
    if "\n" in text or not text.strip() or kind in _SPANNING:
        return False
    return kind == UNTYPED or (text == text.strip() and fits(kind, text))


RULE = Rule(
    code="KB401",
    name="example-mismatch",
    family=Family.SIGNATURES,
    summary="An example does not contain the signature that it stands under.",
    why="Examples are the proof that the signature finds the message as it is really printed.",
    fix="Make the signature the message as printed, with a placeholder where it varies; or move the example.",
    bad="- text: 'port {{port:int}} is taken'\n  examples: ['port http is taken']",
    good="- text: 'port {{port}} is taken'\n  examples: ['port http is taken']",
    in_source=_check,
)
