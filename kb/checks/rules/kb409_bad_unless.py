"""A text under `unless` that rules out the signature's own messages, or none at all."""

from collections.abc import Iterator

from kb.checks.parsed import signature_of
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import Literal, Source
from kb.match import Signature, is_ruled_out


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    for number, signature in enumerate(source.draft.signatures if source.draft else ()):
        parsed = signature_of(signature.text) if signature.unless else None
        if not isinstance(parsed, Signature):
            continue
        for index, text in enumerate(signature.unless):
            fault = _fault(parsed, text, signature.examples)
            if fault:
                position = source.key_position("signatures", number, "unless", index)
                yield Finding(position, f"`unless` text {index + 1} of signature {number + 1} {fault[0]}", fault[1])


def _fault(signature: Signature, text: str, examples: tuple[str, ...]) -> tuple[str, str] | None:
    """What is wrong with a text, and what to do; None if nothing is."""
    if "{{" in text:
        return "has a placeholder", "It is looked for as it stands: write a text without `{{`."
    if not any(character.isalnum() for character in text):
        return "has no letter or digit", "Such a text can't be told from noise: name a word of the other message."
    if any(is_ruled_out(part.text, (text,)) for part in signature.parts if isinstance(part, Literal)):
        return "stands in the signature itself", "It rules out all of its messages: take a text of the other error."
    for number, example in enumerate(examples, 1):
        if is_ruled_out(example, (text,)):
            return f"rules out example {number}", "Take a text that this error never prints, or drop the example."
    return None


RULE = Rule(
    code="KB409",
    name="bad-unless",
    family=Family.SIGNATURES,
    summary="A text under `unless` rules out the signature's own messages, or can't occur in any.",
    why="Readers of this very error would not be led to the page, or the text would keep nobody away.",
    fix="Name what only the other error prints: its program, its file, the words of its cause.",
    bad="text: 'error: linker `{{linker}}` not found'\nunless: [linker]",
    good="text: 'error: linker `{{linker}}` not found'\nunless: [link.exe]",
    in_source=_check,
)
