"""A placeholder in code at a place where no value is ever put in."""

from collections.abc import Collection, Iterator
from typing import Final

from kb.checks.code import Code, code_of
from kb.checks.places import place_of
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import Source
from kb.match import NEVER, Hole, holes_of, inline_pieces, pieces, types_of

_HINTS: Final = {
    "code": "No quoting is known for this language; write an example instead, such as `host.example`.",
    "inline": "Let it be a word of its own.",
}
_HINT: Final = "Let it be an argument of a plain command, or write an example instead, such as `host.example`."


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    draft = source.draft
    if draft is None or "{{" not in draft.body:
        return
    types = types_of(signature.text for signature in draft.signatures)
    if "<code" not in draft.body and not any(_has_never_filled(code, types) for code in code_of(draft.body)):
        return  # to tell where each stands, the body has to be rendered once more
    for at, hole in holes_of(draft.body, types):
        if hole.place.grammar == NEVER:
            position = source.body_position(place_of(draft.body, at))
            message = f"no value is ever put in for {{{{{hole.name}}}}} here"
            yield Finding(position, message, _HINTS.get(hole.place.context, _HINT))


def _has_never_filled(code: Code, names: Collection[str]) -> bool:
    """Whether there is a placeholder in a piece of code that no value is ever put in."""
    if "{{" not in code.text:
        return False
    parts = pieces(code.text, code.language, names) if code.is_block else inline_pieces(code.text, names)
    return any(isinstance(part, Hole) and part.place.grammar == NEVER for part in parts)


RULE = Rule(
    code="KB410",
    name="never-filled",
    family=Family.SIGNATURES,
    summary="A placeholder stands in code at a place where a value could become a command.",
    why=(
        "A value comes from whoever wrote the message. It goes in only where it is sure to stay data: as an argument "
        "of a program that runs none of its arguments, or in a string of a language whose quotes are known. Code "
        "within code (`sh -c`, `eval`, `awk`), here-documents, patterns and the place of a program's name are none."
    ),
    fix="Put the placeholder where it is a plain argument, or write an example in its place.",
    bad="sh -c 'kill {{pid}}'",
    good="kill {{pid}}",
    in_source=_check,
)
