"""An example that its own signature does not match."""

from collections.abc import Iterator

from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import Source
from kb.match import Signature


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    if source.entry is None:
        return
    for number, signature in enumerate(source.entry.signatures):
        parsed = inspection.signature(signature.text)
        if not isinstance(parsed, Signature):
            continue
        for index, example in enumerate(signature.examples):
            if parsed.find(example) is None:
                yield Finding(
                    source.key_position("signatures", number, "examples", index),
                    f"example {index + 1} does not contain signature {number + 1}",
                    "Compare them word by word; put {{name}} in the signature where the message varies.",
                )


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
