"""How far a run over many issues is: a bar, where there is a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

SEARCH_LIMIT: Final = 1000

Step = Callable[[], None]


@contextmanager
def progress(what: str, total: int | None) -> Iterator[tuple[Step, Callable[[int, bool], None]]]:
    """A bar on a terminal's standard error: functions that count one more, and that say how many there are."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    is_shown = console.is_terminal and (total is None or total > 1)
    # Lines that go into a pipe or file go there, and not above the bar.
    above = sys.stdout.isatty()
    with Progress(*columns, console=console, transient=True, disable=not is_shown, redirect_stdout=above) as bar:
        task = bar.add_task(what, total=total)

        def say_total(found: int, is_complete: bool) -> None:
            bar.update(task, total=min(found, SEARCH_LIMIT))
            if told:
                return
            told.append(found)
            if not is_complete:
                click.echo("kb: GitHub's search was too slow to look through everything; run it again later.", err=True)
            if found > SEARCH_LIMIT:
                click.echo(
                    f"kb: the search finds {found:,} issues, and GitHub gives {SEARCH_LIMIT:,} of them. "
                    "Import the rest by narrower searches, such as created:>2026-01-01.",
                    err=True,
                )

        told: list[int] = []
        yield lambda: bar.advance(task), say_total
