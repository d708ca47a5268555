"""A record of proofs, `proved:`, that was edited by hand, or is about something else than what stands there now."""

from collections.abc import Iterator

from kb.checks.edit import edits_of_keys
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import Source, is_sealed, recipe_digest


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    entry = source.entry
    if entry is None or entry.proved is None:
        return
    hint = "Run `kb prove --record`, which writes it, or take it away."
    if entry.proof is None:
        message = "there is a record of proofs, and no recipe"
    elif not is_sealed(entry, entry.proved):
        message = "the record of proofs was edited: what it says is not what was found"
    elif entry.proved.recipe != recipe_digest(entry):
        message = "the record of proofs is out of date: recipe, signatures or workarounds have changed since"
    else:
        return
    yield Finding(source.key_position("proved"), message, hint, edits_of_keys(source, {"proved": None}))


RULE = Rule(
    code="KB603",
    name="untrue-record",
    family=Family.PERMANENCE,
    summary="The record of proofs was edited by hand, or recipe, signatures or workarounds have changed since.",
    why=(
        "A page says that an error happens and a workaround helps because a machine has seen both. A record that a "
        "hand wrote, or that is about another text, says so of something that nobody has seen; no page shows it."
    ),
    fix="Let `kb prove ENTRY --record` write it anew.",
    bad="proved: {…, runs: [{…, error: provoked}]}  # by hand",
    good="proved: {…}  # as `kb prove --record` wrote it",
    mended="Takes the record away; `kb prove --record` writes the next one.",
    in_source=_check,
    firm="what readers, GitHub or a machine said is not for a hand to write",
)
