"""A signature all of whose messages another entry's signature matches too."""

from collections.abc import Iterator

from kb.checks.overlap import Claim, crowd_of, normal_form
from kb.checks.rule import Family, Finding, Inspection, Located, Rule


def _check(inspection: Inspection) -> Iterator[Located]:
    crowd = inspection.made(crowd_of)
    for claim, others in crowd.shadows.items():
        for other in others:
            if _are_told_apart(claim, other) or normal_form(claim.signature) == normal_form(other.signature):
                continue  # equal ones are KB402's
            # Of two that match each other's messages, the later one is to be changed.
            if claim in crowd.shadows.get(other, ()) and claim.source.id < other.source.id:
                continue
            message = f"all messages of signature {claim.number + 1} match {other.name} too"
            hint = (
                f"Join the entries, make that signature narrower, or, if this is a special case of it, "
                f"name {other.source.id} under `related`."
            )
            position = claim.source.key_position("signatures", claim.number, "text")
            yield Located(claim.source, Finding(position, message, hint))
            break


def _are_told_apart(claim: Claim, other: Claim) -> bool:
    """Whether one of the entries names the other, so that a reader finds both."""
    drafts = claim.source.draft, other.source.draft
    return any(
        draft is not None and there.id in draft.related
        for draft, there in zip(drafts, (other.source, claim.source), strict=True)
    )


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
