"""Answers in words: what a client shows to a model that looks at text alone. Ours outside, strangers' in the fence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.checks import fenced
from kb.mcp.commands import marks_in
from kb.mcp.reading import commands_of, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.mcp.commands import Command
    from kb.mcp.marks import Mark
    from kb.mcp.models import DraftAnswer, FixAnswer, KnownFix, MatchAnswer, SearchAnswer
    from kb.mcp.pages import Page

_MARKS: Final = {
    "destroys": "destroys or overwrites something",
    "runs-what-it-fetches": "runs what it fetches, unseen",
    "switches-a-safeguard-off": "switches a safeguard off",
}
_DRAFTED: Final = "A model drafted it, and nobody has reviewed it."
_WHY: Final = {
    "not-in-the-error": "the error does not say it",
    "no-value-is-safe-here": "no value is safe in this place",
    "value-may-not-stand-here": "the error's value is not safe in this place",
    "choose-it-yourself": "to be chosen",
}


def match_words(answer: MatchAnswer) -> str:
    """A match: how sure, which entry, what is proven, what its commands are, then the entry's words."""
    if not answer.known:
        return "Nothing is known of this yet. search_fixes finds entries by words of your own."
    lines: list[str] = []
    for number, fix in enumerate(answer.fixes, 1):
        lines += _fix(number, fix)
    return _with_data(lines, answer.data, "get_fix has the rest: cause, other workarounds, what was cut off here.")


def search_words(answer: SearchAnswer) -> str:
    """A search: the entries it found."""
    if not answer.results:
        return "Nothing is found."
    head = (
        f"{answer.total} found." if answer.known else "Nothing is known of this yet. By its words these come nearest:"
    )
    listed = (
        f"{number}. {result.entry}"
        + (f", proven {result.proven}" if result.proven else "")
        + (f". {_DRAFTED}" if result.unreviewed else "")
        for number, result in enumerate(answer.results, 1)
    )
    return _with_data((head, *listed), answer.data)


def fix_words(answer: FixAnswer) -> str:
    """An entry, or a section of it."""
    proven = [f"workaround {way.number} ({way.proven})" for way in answer.workarounds if way.proven]
    lines = [
        f"{answer.entry}: {_state(answer)}." + (f" {answer.page}" if answer.page else ""),
        f"Proven by a machine: {', '.join(proven) or 'none'}.",
        f"Sections: {', '.join(answer.sections)}.",
        *_commands(answer.commands),
    ]
    return _with_data(lines, answer.data, "It was too long; the page has the rest." if answer.shortened else "")


def _state(answer: FixAnswer) -> str:
    if answer.status is None:
        return "the site has its first workaround alone as data, and the page has the rest"
    return f"{answer.status.value}, changed {answer.updated}"


def whole_words(page: Page) -> str:
    """An entry whole: before it, which of its commands a person has to be asked about first."""
    parts = {**page.sections, **{f"workaround {way.number}": way.body for way in page.ways}}
    lines = [
        f"{name.capitalize()}, block {command.block}. {_asking(command.marks)}"
        for name, text in parts.items()
        for command in commands_of(text, page)
        if command.marks
    ]
    return _with_data(lines, fenced(whole(page)))


def draft_words(answer: DraftAnswer) -> str:
    """A draft that was written."""
    lines = ["A draft is written, for a person to read."]
    if answer.known_already:
        lines.append(f"Known already: {', '.join(answer.known_already)}.")
    lines.append(f"{answer.to_mend} to mend by hand." if answer.to_mend else "It passes all checks.")
    return _with_data(lines, answer.data)


def _fix(number: int, fix: KnownFix) -> Iterator[str]:
    sure = {"exact": "exact", "likely": f"likely, {fix.score:.0%}", "words": f"by words, {fix.score:.0%}"}[fix.sure]
    proven = f" Proven by a machine on {fix.proven}." if fix.proven else ""
    elsewhere = " It is known of another platform." if fix.other_platform else ""
    drafted = f" {_DRAFTED}" if fix.unreviewed else ""
    yield f"{number}. {fix.entry}: {sure}.{proven}{drafted}{elsewhere}" + (f" {fix.page}" if fix.page else "")
    yield from _commands(fix.commands)
    unlisted = [mark for mark in fix.marks if mark not in marks_in(fix.commands)]
    if unlisted:
        yield f"   A block that is not listed: {_asking(unlisted)}"


def _commands(commands: Iterable[Command]) -> Iterator[str]:
    for command in commands:
        said = [_asking(command.marks)] if command.marks else []
        if command.gaps:
            said += (f"`{gap.name or '?'}` is missing: {_WHY[gap.why]}." for gap in command.gaps)
        elif command.runs_as_it_stands:
            said.append("Its values are filled in and quoted.")
        yield f"   Block {command.block} ({command.language or 'text'}). {' '.join(said)}".rstrip()


def _asking(marks: Iterable[Mark]) -> str:
    return " ".join(f"It {_MARKS[mark]}: ask the person first." for mark in marks)


def _with_data(lines: Iterable[str], data: str, more: str = "") -> str:
    return "\n".join((*lines, *((data,) if data else ()), *((more,) if more else ())))
