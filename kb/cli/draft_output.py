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

    from kb.drafts.model import Proposal
    from kb.drafts.model.asking import Asked
    from kb.entry import Source

_LONGEST: Final = 100
"""Characters of a statement that are shown."""
MOST_SHOWN: Final = 20
"""Statements that are dropped and shown."""


def show(source: Source, proposal: Proposal, asked: Asked, removed: Sequence[str]) -> None:
    """Print the diff, and say on standard error how it came about."""
    sections = ", ".join(proposal.sections) or "nothing"
    kept, dropped = len(proposal.said), len(proposal.dropped)
    _say(f"{source.id}: drafted {sections}; {counted(kept, 'statement')} kept, {dropped:,} dropped.")
    for said in proposal.said:
        _say(f"  {said.section} [{'] ['.join(said.sources)}]: {one_line(said.text, _LONGEST)}")
    for one in proposal.dropped[:MOST_SHOWN]:
        _say(f"  dropped from {one.section}: {one.why}: {one_line(one.text, _LONGEST)}")
    if dropped > MOST_SHOWN:
        _say(f"  and {dropped - MOST_SHOWN:,} more.")
    for what, count in Counter(removed).items():
        _say(f"  taken out of statements: {what}" + (f", {count:,} times" if count > 1 else ""))
    if asked.asked_tokens or asked.answered_tokens:
        _say(f"  {asked.asked_tokens:,} tokens asked, {asked.answered_tokens:,} answered.")
    else:
        _say("  The server does not say how many tokens it took.")
    if proposal.problems:
        click.echo(to_report(list(proposal.problems)), err=True)
    if not proposal.passes:
        _say("  It would not pass the checks, and is not written.")
    click.echo(diff_of(source.path, source.text, proposal.source.text), nl=False)


def show_failure(source: Source, error: Exception) -> None:
    """Say why an entry was not drafted."""
    _say(f"{source.id}: {error}.")


def _say(line: str) -> None:
    click.echo(visible(line), err=True)
