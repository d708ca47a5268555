"""A signature that stands in messages of other errors, or in ordinary prose and logs."""

from collections.abc import Iterator

from kb.checks.claims import Claim
from kb.checks.ordinary import ordinary_line
from kb.checks.overlap import crowd_of, wide_ones
from kb.checks.parsed import find_signature
from kb.checks.rule import Family, Finding, Inspection, Located, Rule
from kb.match import is_ruled_out


def _check(inspection: Inspection) -> Iterator[Located]:
    for claim in inspection.made(crowd_of).claims:
        line = ordinary_line(claim)
        if line:
            yield _located(claim, inspection, f"matches ordinary text: {line!r}")
    for claim, ids in inspection.made(wide_ones).items():
        special = f"If those are special cases of this, name {claim.entry} under `related` of each."
        yield _located(claim, inspection, f"matches all messages of {_first_of(ids)}", special)
    yield from _in_examples(inspection)


def _in_examples(inspection: Inspection) -> Iterator[Located]:
    """Signatures that take the very words of another entry's example which that entry's own signature takes."""
    found: dict[Claim, list[str]] = {}
    crowd = inspection.made(crowd_of)
    for own in crowd.claims:
        for example in own.examples:
            for claim in crowd.standing_in(example, own.entry):
                # A log may hold both errors, one after the other: then each is told from the other.
                if not _share_a_place(own, claim, example) or claim in crowd.shadows.get(own, ()):
                    continue
                if not is_ruled_out(example, claim.unless):
                    found.setdefault(claim, []).append(own.entry)
    for claim, ids in found.items():
        yield _located(claim, inspection, f"matches an example of {_first_of(ids)}")


def _first_of(ids: list[str]) -> str:
    others = list(dict.fromkeys(ids))
    return f"{others[0]} and {len(others) - 1} more" if len(others) > 1 else others[0]


def _share_a_place(own: Claim, other: Claim, example: str) -> bool:
    here, there = find_signature(own.text, example), find_signature(other.text, example)
    return bool(here and there and here.start < there.end and there.start < here.end)


def _located(claim: Claim, inspection: Inspection, what: str, besides: str = "") -> Located:
    hint = "Add the words that stand in this error only: those before or after, or the code that is printed with it."
    source = inspection.read(claim.name)
    position = source.key_position("signatures", claim.number, "text")
    return Located(source, Finding(position, f"signature {claim.number + 1} {what}", f"{hint} {besides}".rstrip()))


RULE = Rule(
    code="KB405",
    name="too-general",
    family=Family.SIGNATURES,
    summary="A signature also matches other entries' examples, or ordinary prose and logs.",
    why="Readers with another error, or with none, would be sent to this page, and the right page be one of several.",
    fix="Add words of the message that stand in this error only, or narrow a placeholder: `{{port:int}}`.",
    bad="text: 'Connection refused'",
    good="text: 'connection to server at \"{{host}}\", port {{port:int}} failed: Connection refused'",
    in_collection=_check,
)
