"""A signature that the signature language does not allow."""

from collections.abc import Iterator

from kb.checks.parsed import signature_of
from kb.checks.rule import UNBUILDABLE, Family, Finding, Inspection, Rule
from kb.entry import SignatureError, Source


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    for number, signature in enumerate(source.draft.signatures if source.draft else ()):
        parsed = signature_of(signature.text)
        if isinstance(parsed, SignatureError):
            around = signature.text[max(0, parsed.column - 10) : parsed.column + 30].replace("\n", " ")
            message = f"signature {number + 1}: {parsed} (near {around!r})"
            hint = "A placeholder is {{name}} or {{name:type}}; write \\{{ for the characters themselves."
            yield Finding(source.key_position("signatures", number, "text"), message, hint)


RULE = Rule(
    code="KB403",
    name="bad-signature",
    family=Family.SIGNATURES,
    summary="A signature's placeholders are malformed, or it has no words of its own.",
    why="Nothing can be found by a signature that can't be read, and one without words would match everything.",
    fix="Write `{{name}}` or `{{name:type}}`, and keep the words that make the message unmistakable.",
    bad="text: 'port {{Port No}} is taken'",
    good="text: 'port {{port:int}} is taken'",
    in_source=_check,
    firm=UNBUILDABLE,
)
