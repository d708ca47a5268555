"""Two signatures that say the same."""

from collections.abc import Iterator

from kb.checks.claims import Claim, all_signatures
from kb.checks.rule import Family, Finding, Inspection, Located, Rule


def _check(inspection: Inspection) -> Iterator[Located]:
    first: dict[str, Claim] = {}
    for claim in all_signatures(inspection.claims):
        earlier = first.setdefault(claim.form, claim)
        if earlier is claim:
            continue
        where = "this entry" if earlier.name == claim.name else earlier.name
        source = inspection.read(claim.name)
        position = source.key_position("signatures", claim.number, "text")
        message = f"signature {claim.number + 1} is the same as signature {earlier.number + 1} of {where}"
        yield Located(source, Finding(position, message, "Join the entries, or make one signature more specific."))


RULE = Rule(
    code="KB402",
    name="same-signature",
    family=Family.SIGNATURES,
    summary="Two signatures are the same but for case, white space and names.",
    why="A pasted error would have two answers of the same rank, and readers would have to guess.",
    fix="Join the two entries, or add the words that tell the two errors apart.",
    bad="a.md: 'port {{port}} is taken'\nb.md: 'Port {{p}} is taken'",
    good="a.md: 'port {{port}} is taken'\nb.md: 'port {{port}} is taken by {{process}}'",
    in_collection=_check,
)
