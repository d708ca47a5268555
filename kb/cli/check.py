"""The verb `check`: what is wrong with entries."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from kb.checking import Result, checked, loaded, mended, problems_of
from kb.checks import (
    Diagnostic,
    Levels,
    Published,
    errors_of,
    mended_text,
    to_github,
    to_json,
    to_report,
    to_sarif,
    visible,
)
from kb.cli.settings import rule_levels
from kb.entry import Collection
from kb.site.urls import RESERVED

if TYPE_CHECKING:
    from kb.checks.web import LinkAnswer

DEFAULT_FOLDER: Final = Path("entries")

FORMATS: Final[dict[str, Callable[[Sequence[Diagnostic]], str]]] = {
    "text": to_report,
    "json": to_json,
    "github": to_github,
    "sarif": to_sarif,
}


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[FOLDER] [PATHS]...", type=click.Path(exists=True, path_type=Path))
@click.option("--fix", "is_fixing", is_flag=True, help="Mend what needs no thinking, and say what was mended.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    help="How problems are printed: for people, as data, or as annotations of a pull request.",
)
@click.option("--online", is_flag=True, help="Look whether links to other sites still lead somewhere.")
@click.option(
    "--against",
    metavar="REF",
    help="Look whether what was published at a commit, branch or tag still stands: addresses, votes, facts of GitHub.",
)
@click.option("--facts-may-change", is_flag=True, help="With --against: votes and facts of GitHub may differ.")
@click.option("--strict", "is_strict", is_flag=True, help="Exit with 1 for warnings, too.")
@click.option("--no-cache", is_flag=True, help="Check anew, even if the very same files were checked today.")
def check_command(
    paths: tuple[Path, ...],
    form: str,
    *,
    is_fixing: bool,
    online: bool,
    against: str | None,
    facts_may_change: bool,
    is_strict: bool,
    no_cache: bool,
) -> None:
    """Check all entries in FOLDER (default: entries), or only those at PATHS in it.

    Prints every problem with its place, why it matters and what to do, and exits with 1 if there is one. Which rules
    only warn, or are off, stands in `mkdocs.yml`, under `rules` of the plugin `kb`.
    """
    folder, chosen = _folder_and_chosen(paths)
    levels = rule_levels(folder)
    wanted = _Wanted(chosen, datetime.now(UTC).date(), online, against, facts_may_change, levels)
    if is_fixing:
        result = _result_of(*_fix(loaded(folder), wanted))
    elif online or against is not None:
        # What others answer, and what git knows, may be another thing the next minute: nothing is kept of it.
        collection = loaded(folder)
        result = _result_of(collection, _problems_of(collection, wanted))
    else:
        whole = checked(folder, wanted.today, RESERVED, is_kept=not no_cache)
        result = whole._replace(problems=_asked_for(whole.problems, wanted))
    if result.problems or form != "text":
        click.echo(FORMATS[form](result.problems))
    else:
        entries = "1 entry" if result.entries == 1 else f"{result.entries} entries"
        products = "1 product" if result.products == 1 else f"{result.products} products"
        click.echo(f"{entries} for {products}, no problems.")
    if result.problems if is_strict else errors_of(result.problems):
        sys.exit(1)


class _Wanted(NamedTuple):
    """Which problems are asked for, and what is asked for them."""

    chosen: list[str]
    """Absolute paths; those of all files where there are none."""
    today: date
    online: bool
    against: str | None
    facts_may_change: bool
    levels: Levels


def _problems_of(collection: Collection, wanted: _Wanted) -> list[Diagnostic]:
    answers = _answers(collection) if wanted.online else None
    published = _published(collection, wanted) if wanted.against is not None else None
    problems = problems_of(collection, wanted.today, RESERVED, answers, published)
    return _asked_for(problems, wanted)


def _asked_for(problems: list[Diagnostic], wanted: _Wanted) -> list[Diagnostic]:
    """The problems of the files that are asked for, with the levels of their rules."""
    return wanted.levels.applied(problem for problem in problems if _is_chosen(problem.path, wanted.chosen))


def _answers(collection: Collection) -> dict[str, LinkAnswer]:
    # Imported here: without --online no other site is asked, and what asks has libraries of its own.
    from kb.checking import NothingReachedError, link_answers  # noqa: PLC0415

    def tell(asked: int, all_of_them: int) -> None:
        click.echo(f"Asking for {asked} of {all_of_them} addresses on other sites …", err=True)

    try:
        return link_answers(collection, tell)
    except NothingReachedError as error:
        raise click.ClickException(f"no other site can be reached ({error}).") from None


def _result_of(collection: Collection, problems: list[Diagnostic]) -> Result:
    return Result(problems, len(collection.entries), len({entry.product for entry in collection.entries}))


def _published(collection: Collection, wanted: _Wanted) -> Published:
    # Imported here: without --against nothing asks git.
    from kb.review import GitError, published_at  # noqa: PLC0415

    ref = wanted.against or ""
    try:
        return published_at(collection, ref, facts_may_change=wanted.facts_may_change)
    except GitError as error:
        raise click.UsageError(f"--against {visible(ref)}: {error}") from None


def _folder_and_chosen(paths: Sequence[Path]) -> tuple[Path, list[str]]:
    """The entries folder, and the absolute paths of what is to be looked at in it: all of it, where there are none."""
    folder = DEFAULT_FOLDER
    if paths and paths[0].is_dir() and not _is_chosen(paths[0], [_absolute(folder)], is_itself=False):
        folder, *paths = paths
    if not folder.is_dir():
        raise click.UsageError(f"there is no folder {str(folder)!r} here. Name yours: `kb check FOLDER`.")
    root = [_absolute(folder)]
    for path in paths:
        if not _is_chosen(path, root):
            raise click.BadParameter(f"{visible(str(path))} does not lie in {visible(str(folder))}", param_hint="PATHS")
    return folder, [_absolute(path) for path in paths]


def _is_chosen(path: Path, chosen: Sequence[str], *, is_itself: bool = True) -> bool:
    """Whether a path is, or lies in, one of those that were chosen; any does where none was."""
    absolute = _absolute(path)
    return not chosen or any(
        (is_itself and absolute == each) or absolute.startswith(each.rstrip(os.sep) + os.sep) for each in chosen
    )


def _absolute(path: Path) -> str:
    # A link is the place where it lies, not the one that it leads to.
    return os.path.abspath(path)  # noqa: PTH100


def _fix(collection: Collection, wanted: _Wanted) -> tuple[Collection, list[Diagnostic]]:
    """Mend files until nothing more can be mended. Returns the collection as it is then, and what is left."""
    try:
        collection, problems, changes = mended(collection, lambda each: _problems_of(each, wanted))
    except OSError as error:
        raise click.ClickException(f"{visible(str(error.filename))} can't be written: {error.strerror}") from None
    if changes:
        click.echo(mended_text(changes), err=True)
    return collection, problems
