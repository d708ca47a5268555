"""The verb `upgrade`: a base that `kb init` started goes to the generator that runs, and the keeper's edits stay."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from kb import __version__
from kb.checks import visible
from kb.cli.diffs import diff_of
from kb.review import GitError, uncommitted
from kb.site.urls import RESERVED
from kb.starting import (
    ORIGIN,
    Former,
    InstallError,
    MergeError,
    Step,
    Upgrade,
    generator_from,
    generator_in,
    is_version,
    released_generator,
    run_generator,
    running_generator,
    upgrade_of,
)

_FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)
_MOST_NAMED: Final = 10


@click.command("upgrade")
@click.argument("folder", metavar="[DIR]", type=_FOLDER, default=Path())
@click.option(
    "--to",
    metavar="SPEC",
    help="The release, or generator as for kb init, to upgrade to. Default: the one that runs.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would change.")
@click.option("--diff", is_flag=True, help="Write nothing; print what would change, line by line.")
@click.option("--force", is_flag=True, help="Write where changes are not committed, and outside of a repository, too.")
def upgrade_command(*, folder: Path, to: str | None, dry_run: bool, diff: bool, force: bool) -> None:
    """Bring a knowledge base that `kb init` started (default: the one here) to the generator that runs.

    Workflows, forms, scripts, README and mkdocs.yml get what has changed since; your edits stay. The generator and what
    it needs are pinned anew. Entries are not touched. Exits with 1 where you and the generator changed the same lines:
    both stand between marks there.
    """
    try:
        if to is not None:
            _hand_over(folder, to, dry_run=dry_run, diff=diff, force=force)
        upgrade = upgrade_of(folder, RESERVED, datetime.now(UTC).date())
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    except MergeError as error:
        raise click.ClickException(f"nothing was changed: {error}") from None
    if not upgrade.writes:
        click.echo(
            f"Nothing to do: this is what kb {__version__} writes, and what you made of it.\n"
            "To go to another release: kb upgrade --to VERSION"
        )
        return
    if not (dry_run or diff or force):
        _check_committed(upgrade)
    for line in _report(upgrade, diff=diff):
        click.echo(line)
    conflicts = [step for step in upgrade.steps if step.kind == "conflict"]
    if dry_run or diff:
        click.echo("\nNothing was written.", err=True)
    else:
        try:
            upgrade.carry_out()
        except OSError as error:
            raise click.ClickException(
                f"{error.filename}: can't be written: {error.strerror}. Some files are renewed already; mend that, and "
                "run `kb upgrade --force`."
            ) from None
        click.echo(_next(conflicts))
    sys.exit(1 if conflicts else 0)


def _hand_over(folder: Path, to: str, *, dry_run: bool, diff: bool, force: bool) -> None:
    """Let another generator do the upgrade, and end as it does; return where it is the one that runs."""
    requirements = folder / "requirements.txt"
    present = generator_in(requirements.read_text("utf-8")) if requirements.is_file() else None
    wanted = released_generator(to, present) if is_version(to) else generator_from(to)
    if wanted == running_generator():
        return
    flags = [name for name, given in (("--dry-run", dry_run), ("--diff", diff), ("--force", force)) if given]
    click.echo(f"Installing {visible(wanted)} for this run", err=True)
    try:
        sys.exit(run_generator(wanted, ["upgrade", str(folder.resolve()), *flags]))
    except (InstallError, OSError) as error:
        raise click.ClickException(f"{visible(wanted)} can't be installed:\n\n{error}") from None


def _check_committed(upgrade: Upgrade) -> None:
    """Raises click.UsageError where an upgrade would change what no commit has."""
    try:
        found = uncommitted(upgrade.folder, upgrade.writes)
    except GitError as error:
        raise click.UsageError(
            f"{error}. In a repository of git, with all committed, an upgrade can be taken back; --force does without."
        ) from None
    if found:
        names = "\n".join(f"  {visible(name)}" for name in found[:_MOST_NAMED])
        more = f"\n  and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
        raise click.UsageError(
            f"not committed yet, and the upgrade would change it:\n{names}{more}\nCommit it first, or --force."
        )


def _report(upgrade: Upgrade, *, diff: bool) -> Iterator[str]:
    """What an upgrade does, for a person to read."""
    former = upgrade.former
    if isinstance(former, Former):
        yield (
            f"This base has no {ORIGIN}. By its files it was started by a kb of {former.day}: {former.equal} of them "
            "are as a start wrote them."
        )
        yield f"To kb {__version__}:"
    else:
        yield f"From kb {former.version} to kb {__version__}:"
    if upgrade.changes:
        yield "\nWhat changed for you:"
        yield from (f"  - {line}" for line in upgrade.changes)
    yield ""
    yield from map(_line, upgrade.steps)
    if not upgrade.steps:
        yield f"  {ORIGIN} alone changes"
    if diff:
        for step in upgrade.steps:
            if step.writes:
                before = upgrade.present.get(step.former or step.path, "")
                yield "\n" + diff_of(Path(step.path), before, step.text or "").rstrip("\n")


def _line(step: Step) -> str:
    places = ", ".join(f"{visible(step.path)}:{line}" for line in step.lines)
    said = f"  ({visible(step.said)})" if step.said else ""
    return f"  {step.kind:<9} {places or visible(step.path)}{said}"


def _next(conflicts: list[Step]) -> str:
    """What to do after an upgrade."""
    if conflicts:
        first = f"{visible(conflicts[0].path)}:{conflicts[0].lines[0]}"
        return f"\nNext: choose yours or the new one where marks stand, first in {first}; then python3 scripts/test.py."
    return "\nNext: python3 scripts/test.py (it sets .venv up anew), look at `git diff`, commit."
