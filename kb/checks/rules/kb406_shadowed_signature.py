"""A signature all of whose messages another entry's signature matches too."""

from collections.abc import Iterator

from kb.checks.overlap import are_told_apart, crowd_of, wide_ones
from kb.checks.rule import Family, Finding, Inspection, Located, Rule


def _check(inspection: Inspection) -> Iterator[Located]:
    crowd = inspection.made(crowd_of)
    wide = inspection.made(wide_ones)
    for claim, others in crowd.shadows.items():
        for other in others:
            if other in wide or are_told_apart(claim, other, inspection) or claim.form == other.form:
                continue  # one that hides many is KB405's, and equal ones are KB402's
            # Of two that match each other's messages, the later one is to be changed.
            if claim in crowd.shadows.get(other, ()) and claim.entry < other.entry:
                continue
            message = f"all messages of signature {claim.number + 1} match {other.title} too"
            hint = (
                f"Join the entries, make that signature narrower, or, if this is a special case of it, "
                f"name {other.entry} under `related`."
            )
            source = inspection.read(claim.name)
            position = source.key_position("signatures", claim.number, "text")
            yield Located(source, Finding(position, message, hint))
            break


RULE = Rule(
    code="KB406",
    name="shadowed-signature",
    family=Family.SIGNATURES,
    summary="Every message that the signature matches is matched by another entry's signature as well.",
    why="One message then has two answers. Readers do not know which of them is theirs, and votes are split.",
    fix="Join the entries, narrow the wider signature, or name the general entry under `related` of the special one.",
    bad="a.md: 'port {{port:int}} is taken'\nb.md: 'port {{port:int}} is taken by {{process}}'",
    good="a.md: 'port {{port:int}} is taken'\nb.md: the same, and `related: [product/a]`",
    in_collection=_check,
)
