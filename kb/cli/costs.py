"""What asking a model for several entries may cost: told before it is spent, and held."""

import sys
from dataclasses import dataclass
from typing import Final

import click

from kb.cli.asking import counted

OVERSPENT: Final = "not drafted: the entries before it took more tokens than were told"


@dataclass
class Budget:
    """The tokens that a run may take at most, as they were told, and those that it took."""

    most: int
    spent: int = 0

    @property
    def is_spent(self) -> bool:
        """Whether the servers count more than was told, so that nothing more is asked."""
        return self.spent > self.most

    def take(self, tokens: int) -> None:
        """Count what an answer took."""
        self.spent += tokens


def agreed(entries: int, tokens: int, *, is_agreed: bool) -> Budget:
    """Say what several drafts may cost, and ask. Ends the program where nobody can answer, or says no."""
    if entries > 1:
        click.echo(f"{counted(entries, 'entry', 'entries')}: about {tokens:,} tokens at most.", err=True)
        if not is_agreed:
            if not sys.stdin.isatty():
                raise click.UsageError("--yes drafts several entries where nobody can be asked.")
            click.confirm("Go on?", abort=True, err=True)
    return Budget(tokens)
