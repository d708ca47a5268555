"""A placeholder in prose that no signature captures."""

from collections.abc import Iterator
from difflib import get_close_matches

from kb.checks.parsed import signature_of
from kb.checks.places import place_of
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import Placeholder, Source, prose_parts
from kb.match import Signature


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    draft = source.draft
    if draft is None or "{{" not in draft.body or not draft.signatures:
        return
    parsed = [signature_of(signature.text) for signature in draft.signatures]
    known = {name for signature in parsed if isinstance(signature, Signature) for name in signature.placeholders}
    at = 0
    for part in prose_parts(draft.body):
        place, at = at, at + len(str(part))
        if not isinstance(part, Placeholder) or part.name in known:
            continue
        close = get_close_matches(part.name, known, n=1)
        guess = f"Did you mean {{{{{close[0]}}}}}?" if close else "Name a placeholder of a signature;"
        hint = f"{guess} write \\{{{{ for the characters themselves."
        position = source.body_position(place_of(draft.body, place))
        yield Finding(position, f"no signature has a placeholder {part}", hint)


RULE = Rule(
    code="KB404",
    name="unknown-placeholder",
    family=Family.SIGNATURES,
    summary="Prose uses a placeholder that none of the entry's signatures has.",
    why="The page fills in what was captured from the reader's message. A name that nothing captures stays a hole.",
    fix="Use a name from a signature of the same entry, or escape the braces with a backslash.",
    bad="signature: 'port {{port:int}} is taken', command: kill {{pid}}",
    good="signature: 'port {{port:int}} is taken', command: lsof -i :{{port}}",
    in_source=_check,
)
