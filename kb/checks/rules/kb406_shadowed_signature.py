"""A signature all of whose messages another entry's signature matches too."""

from collections.abc import Iterator

from kb.checks.claims import Claim
from kb.checks.overlap import crowd_of
from kb.checks.rule import Family, Finding, Inspection, Located, Rule


def _check(inspection: Inspection) -> Iterator[Located]:
    crowd = inspection.made(crowd_of)
    for claim, others in crowd.shadows.items():
        for other in others:
            if _are_told_apart(claim, other, inspection) or claim.form == other.form:
                continue  # equal ones are KB402's
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


def _are_told_apart(claim: Claim, other: Claim, inspection: Inspection) -> bool:
    """Whether one of the entries names the other, so that a reader finds both."""
    claims = inspection.claims_by_name
    return other.entry in claims[claim.name].related or claim.entry in claims[other.name].related


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
