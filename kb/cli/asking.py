"""Asking a host of issues from a verb: where, as whom, how patiently, and how it ends when it gives no more."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click

from kb.checks import visible
from kb.github import AnswerStore, GitHubError, RateLimited, Tracker, tracker_from
from kb.process import cache_folder

LATER: Final = 75
"""Exit code where the same command should be run again later (EX_TEMPFAIL of sysexits.h)."""
FAILED: Final = 1

Command = Callable[..., None]


def options(command: Command) -> Command:
    """Add the options that all verbs have that ask GitHub or GitLab."""
    patience = click.option(
        "--patience",
        type=click.FloatRange(0),
        default=120,
        show_default=True,
        metavar="SECONDS",
        help="Wait so long for a rate limit at most; stop and say when to go on where it lasts longer.",
    )
    cache = click.option(
        "--cache",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Where its answers are kept, so that what didn't change isn't sent again. Default: the user's cache.",
    )
    return cache(patience(command))


@contextmanager
def asking(cache: Path | None, patience: float, failed: int = FAILED) -> Iterator[Tracker]:
    """A client for GITHUB_API_URL with GITHUB_TOKEN, or for GITLAB_API_URL with GITLAB_TOKEN.

    Ends the program with a message where it doesn't answer: with `failed`, or `LATER` for a rate limit.
    """
    try:
        with AnswerStore(cache or cache_folder() / "github.db") as store:
            try:
                client = tracker_from(os.environ, patience=patience, store=store, on_wait=_tell_wait)
            except GitHubError as error:
                raise click.UsageError(str(error)) from None
            with client:
                yield client
    except RateLimited as error:
        click.echo(f"kb: {error}", err=True)
        sys.exit(LATER)
    except GitHubError as error:
        click.echo(f"kb: {visible(str(error))}", err=True)
        sys.exit(failed)
    except OSError as error:
        click.echo(f"kb: {visible(str(error))}", err=True)
        sys.exit(failed)


def _tell_wait(seconds: float, cause: str) -> None:
    if seconds >= 1:
        click.echo(f"kb: {cause}: waiting {seconds:.0f} s", err=True)


def counted(number: int, one: str, several: str = "") -> str:
    """A number with its noun: `1 entry`, `2 entries`."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def echo_safely(text: str, **kwargs: Any) -> None:
    """Print a line in which names of strangers may stand."""
    click.echo(visible(text), **kwargs)
