"""What `kb draft` says of a draft: what is kept and from where, what is dropped and why, tokens, the diff."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import click

from kb.checks import to_report, visible
from kb.cli.asking import counted
from kb.cli.diffs import diff_of
from kb.entry import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.drafts.model import Analysis, Asked, Proposal
    from kb.entry import Source

_LONGEST: Final = 100
"""Characters of a statement that are shown."""
_LONGEST_OUTCOME: Final = 400
MOST_SHOWN: Final = 20
"""Statements that are dropped and shown."""


def show(source: Source, proposal: Proposal, asked: Asked, removed: Sequence[str]) -> None:
    """Print the diff, and say on standard error how it came about."""
    sections = ", ".join(proposal.sections) or "nothing"
    show_statements(f"{source.id}: drafted {sections}", proposal, asked, removed)
    for outcome in proposal.outcomes:
        _say(f"  workaround {one_line(outcome.title, _LONGEST)!r}: {one_line(outcome.said, _LONGEST_OUTCOME)}.")
    if proposal.problems:
        click.echo(to_report(list(proposal.problems)), err=True)
    if not proposal.passes:
        _say("  It would not pass the checks, and is not written.")
    click.echo(diff_of(source.path, source.text, proposal.source.text), nl=False)


def show_statements(what: str, taken: Proposal | Analysis, asked: Asked, removed: Sequence[str]) -> None:
    """Say what is kept of an answer and from where, what is dropped and why, and the tokens that it took."""
    kept, dropped = len(taken.said), len(taken.dropped)
    _say(f"{what}; {counted(kept, 'statement')} kept, {dropped:,} dropped.")
    for said in taken.said:
        _say(f"  {said.section} [{'] ['.join(said.sources)}]: {one_line(said.text, _LONGEST)}")
    for one in taken.dropped[:MOST_SHOWN]:
        _say(f"  dropped from {one.section}: {one.why}: {one_line(one.text, _LONGEST)}")
    if dropped > MOST_SHOWN:
        _say(f"  and {dropped - MOST_SHOWN:,} more.")
    for found, count in Counter(removed).items():
        _say(f"  taken out of statements: {found}" + (f", {count:,} times" if count > 1 else ""))
    if asked.asked_tokens or asked.answered_tokens:
        _say(f"  {asked.asked_tokens:,} tokens asked, {asked.answered_tokens:,} answered.")
    else:
        _say("  The server does not say how many tokens it took.")


def show_failure(what: str, error: Exception | str) -> None:
    """Say why an entry was not drafted, or an issue not analysed."""
    _say(f"{what}: {error}.")


def _say(line: str) -> None:
    click.echo(visible(line), err=True)
