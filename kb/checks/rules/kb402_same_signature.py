"""Two signatures that say the same."""

from collections.abc import Iterator

from kb.checks.overlap import normal_form
from kb.checks.rule import Family, Finding, Inspection, Located, Rule
from kb.entry import Source
from kb.match import Signature


def _check(inspection: Inspection) -> Iterator[Located]:
    first: dict[str, tuple[Source, int]] = {}
    for source in inspection.collection.sources:
        # A file whose name is wrong may be another's twin but for case: that is KB108's to say.
        draft = source.draft if source.draft and source.draft.id == source.id else None
        for number, signature in enumerate(draft.signatures if draft else ()):
            parsed = inspection.signature(signature.text)
            if not isinstance(parsed, Signature):
                continue
            owner, earlier = first.setdefault(normal_form(parsed), (source, number))
            if (owner, earlier) == (source, number):
                continue
            where = "this entry" if owner is source else owner.name
            position = source.key_position("signatures", number, "text")
            message = f"signature {number + 1} is the same as signature {earlier + 1} of {where}"
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
