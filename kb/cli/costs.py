"""What asking a model for several entries may cost, told before it is spent."""

import sys

import click

from kb.cli.asking import counted


def confirm(entries: int, tokens: int) -> None:
    """Say what several drafts may cost, and ask. Ends the program where nobody can answer, or says no."""
    click.echo(f"{counted(entries, 'entry', 'entries')}: about {tokens:,} tokens at most.", err=True)
    if not sys.stdin.isatty():
        raise click.UsageError("--yes drafts several entries where nobody can be asked.")
    click.confirm("Go on?", abort=True, err=True)
