"""A waiver that waives nothing, or a rule that none can waive."""

from collections.abc import Iterator
from typing import Final

from kb.checks.edit import edits_of_keys
from kb.checks.registry import all_rules
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.waivers import can_be_waived
from kb.entry import Source

_TAKE_OUT: Final = "Take it out, so that the rule is heard when it finds something."


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    for code in source.draft.waive if source.draft else ():
        if can_be_waived(code):
            continue  # whether it serves is known when all rules have looked
        rule = all_rules().get(code)
        position = source.key_position("waive", code)
        if rule is None:
            yield Finding(position, f"there is no rule {code} to waive", "`kb rule` lists all rules.")
        else:
            yield Finding(position, f"{code} ({rule.name}) can't be waived: {rule.firm}", "Mend what it finds.")


def idle(source: Source, code: str) -> Finding:
    """What is said of a waiver that served nothing."""
    rest = {key: reason for key, reason in (source.draft.waive if source.draft else {}).items() if key != code}
    edits = edits_of_keys(source, {"waive": rest or None})
    return Finding(source.key_position("waive", code), f"{code} is waived, and finds nothing here", _TAKE_OUT, edits)


RULE = Rule(
    code="KB216",
    name="idle-waiver",
    family=Family.CONTENT,
    summary="An entry waives a rule that finds nothing in it, that there isn't, or that stays an error.",
    why="A waiver that is left behind hides the next mistake of its kind, for which nobody has given a reason.",
    fix="Take it out of `waive`. A secret, and what keeps a file from being an entry, can't be waived at all.",
    mended="Takes out what waives nothing.",
    bad='waive: {KB507: "the folder is one that the reader has just made"}\n\nNo command of the entry deletes.',
    good='waive: {KB507: "the folder is one that the reader has just made"}\n\n`rm -rf /tmp/demo` stands in the entry.',
    in_source=_check,
)
