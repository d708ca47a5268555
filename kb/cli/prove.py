"""The verb `prove`: recipes run in a sandbox, and what came of it beside what is recorded."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kb.checks import visible
from kb.cli.progress import progress
from kb.cli.proof_output import FORMATS, Told, line_of
from kb.cli.proof_runs import results_of
from kb.entry import EditError, Entry, load_collection, read_source, recipe_digest, write_whole
from kb.match import Known, SourceError, from_entries
from kb.process import Once, cache_folder
from kb.proofs import (
    Counter,
    Finished,
    Result,
    Sandbox,
    SandboxError,
    State,
    Trial,
    Trying,
    Unguarded,
    choose_sandbox,
    jobs_of,
    record_of,
    this_platform,
    with_record,
)
from kb.review import GitError, published_at

if TYPE_CHECKING:
    from kb.entry import Collection

_FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE: Final = click.Path(dir_okay=False, writable=True, path_type=Path)
DIFFERS: Final = 1
NOTHING_TRIED: Final = 3
_NAMED: Final = 10


@click.command("prove")
@click.argument("names", nargs=-1, metavar="[ENTRY]...")
@click.option("--with", "chosen", multiple=True, metavar="TOOL=VERSION", help="Try this version of a tool; repeatable.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Try so many at once. Default: as many as processors.")
@click.option("--record", is_flag=True, help="Write what came out into the entries, under `proved`.")
@click.option("--draft", is_flag=True, help="Propose signatures for what no entry matches yet, as a diff.")
@click.option("--write", is_flag=True, help="With --draft: write them into the entries, too.")
@click.option("--again", is_flag=True, help="Try also what is recorded and has not changed.")
@click.option("--changed-since", metavar="REF", help="Only entries that differ from a commit, branch or tag.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How results are printed.")
@click.option("--report", type=_FILE, metavar="FILE", help="Write the results as JSON into a file, too.")
@click.option("--without-sandbox", is_flag=True, help="Run recipes as your own programs. Read them first.")
@click.option("--folder", type=_FOLDER, default="entries", show_default=True, help="The entries folder.")
def prove_command(
    *,
    names: tuple[str, ...],
    chosen: tuple[str, ...],
    jobs: int | None,
    changed_since: str | None,
    form: str,
    report: Path | None,
    folder: Path,
    record: bool,
    draft: bool,
    write: bool,
    again: bool,
    without_sandbox: bool,
) -> None:
    """Run the recipes of entries in a sandbox: does the error happen, do the workarounds help?

    ENTRY is an id, such as pip/resolution-impossible, or a file; without one, all that have a recipe. What is recorded
    and has not changed is not run again. Exits with 0 if all is as recorded, or as the recipe wants it where nothing
    is; 1 if something differs; 3 if nothing could be tried. What runs out of time is tried once more, alone and with
    more time; if it does so again, --record leaves what stands there of the same versions.

    With --draft all is run, and for each combination that fails with a message which no entry matches yet a signature
    and an example are proposed, with the placeholders of the entry's own; exits with 1 if none may stand there.
    """
    if (write and not draft) or (draft and record) or (draft and form != "text"):
        raise click.UsageError("--draft goes with neither --record nor --format, and --write with --draft alone.")
    collection = load_collection(folder)
    entries = _entries(collection, names, changed_since)
    if names:
        _say_untried(entries, _versions(chosen))
    else:
        _say_unreadable(collection)
    todo = list(jobs_of(entries, _versions(chosen), again=again or draft, platform=this_platform()))
    results: list[Result] = []
    recorded: set[str] = set()
    sandbox = SandboxWhenNeeded(lambda: _sandbox(without_sandbox=without_sandbox))
    if not all(job.is_kept or job.combination.skipped or job.refused for job in todo):
        _choose(sandbox)
    trying, counter = _means(folder, sandbox)
    counter.ask(dict.fromkeys(tool for job in todo for tool in job.combination.installed))
    try:
        with progress("Trying", len(todo)) as (step, _):
            for of_entry in results_of(todo, trying, counter, jobs or os.cpu_count() or 1, step):
                if record and _write(collection, of_entry):
                    recorded.add(of_entry[0].job.entry.id)
                if form == "text":
                    _say(of_entry, recorded, err=draft)
                results += of_entry
    except (SandboxError, OSError) as error:
        click.echo(f"kb prove: {visible(str(error))}", err=True)
        sys.exit(NOTHING_TRIED)
    places = {source.id: (source.path, source.key_position("proof")) for source in collection.sources}
    told = Told(results, sandbox.name, recorded, places)
    click.echo(FORMATS[form](told), err=draft)
    if report is not None:
        _keep(report, FORMATS["json"](told))
    if draft:
        from kb.cli.rewording import propose  # noqa: PLC0415 - what drafts entries is of no use to other runs

        is_tried = any(result.tried for result in results)
        is_all = propose(results, collection, is_written=write)
        sys.exit(NOTHING_TRIED if results and not is_tried else 0 if is_all else DIFFERS)
    is_lost = record and any(result.job.entry.id not in recorded for result in results)
    sys.exit(DIFFERS if is_lost else _code(results, is_asked=bool(names)))


def _keep(report: Path, text: str) -> None:
    """Write the results into a file. Raises click's errors."""
    try:
        report.write_text(f"{text}\n", "utf-8")
    except OSError as error:
        raise click.BadParameter(f"{report} can't be written: {error.strerror}", param_hint="--report") from None


def _entries(collection: Collection, names: tuple[str, ...], changed_since: str | None) -> list[Entry]:
    """The entries that are meant, those that can be read. Raises click's errors."""
    found = list(collection.entries)
    if names:
        by_name = {source.name: source.id for source in collection.sources}
        wanted = [_id_of(name, collection, by_name) for name in names]
        found = [collection.by_id[one] for one in dict.fromkeys(wanted)]
    if changed_since is not None:
        try:
            before = published_at(collection, changed_since).by_id
        except GitError as error:
            raise click.BadParameter(str(error), param_hint="--changed-since") from None
        texts = {source.id: source.text for source in collection.sources}
        found = [entry for entry in found if entry.id not in before or before[entry.id].text != texts[entry.id]]
    return found


def _say_untried(entries: Iterable[Entry], chosen: Mapping[str, tuple[str, ...]]) -> None:
    """Say of entries that somebody names why there is nothing to try."""
    for entry in entries:
        recipe = entry.proof
        if recipe is None:
            why = "it has no recipe"
        elif recipe.unprovable is not None:
            why = f"no machine can try it: {recipe.unprovable}"
        elif recipe.provoke is None:
            why = "its recipe has no command that provokes the error"
        elif missing := [tool for tool in chosen if tool not in recipe.with_]:
            why = f"its recipe has no {' and no '.join(missing)}"
        else:
            continue
        click.echo(f"kb prove: {visible(f'{entry.id} is not tried: {why}.')}", err=True)


def _say_unreadable(collection: Collection) -> None:
    ids = [source.id for source in collection.sources if source.entry is None]
    if ids:
        these = ", ".join(ids[:_NAMED]) + (", …" if len(ids) > _NAMED else "")
        told = f"{len(ids):,} {'entry' if len(ids) == 1 else 'entries'} can't be read, and "
        told += f"{'is' if len(ids) == 1 else 'are'} not tried: {these}; `kb check` says what is wrong."
        click.echo(f"kb prove: {visible(told)}", err=True)


def _id_of(name: str, collection: Collection, by_name: dict[str, str]) -> str:
    path = Path(name)
    if path.suffix and path.exists():
        root = collection.root.resolve()
        name = by_name.get(path.resolve().relative_to(root).as_posix(), name) if _is_in(path, root) else name
    if name not in collection.by_id:
        broken = name in by_name.values()
        hint = "; `kb check` says what is wrong with it" if broken else ""
        raise click.UsageError(f"There is no entry {name[:100]!a} in {collection.root} that can be read{hint}.")
    return name


def _is_in(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(root)


def _versions(chosen: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for text in chosen:
        tool, sign, version = text.partition("=")
        if not (tool and sign and version):
            raise click.BadParameter(f"{text[:80]!a} is not TOOL=VERSION, as in pip=26.3", param_hint="--with")
        found[tool] = (*found.get(tool, ()), version)
    return found


class SandboxWhenNeeded:
    """A sandbox that is chosen when the first trial runs: where nothing has changed, none is needed."""

    def __init__(self, choose: Callable[[], Sandbox]) -> None:
        self.choose = Once(choose)

    @property
    def name(self) -> str:
        """What it is called; empty where nothing has run."""
        return self.choose.made.name if self.choose.made else ""

    def run(self, trial: Trial) -> Finished:
        """Run a trial in it."""
        return self.choose().run(trial)


def _sandbox(*, without_sandbox: bool) -> Sandbox:
    """The sandbox, which is told. Raises SandboxError where there is none and nobody said to do without."""
    sandbox = Unguarded() if without_sandbox else choose_sandbox()
    click.echo(f"Sandbox: {sandbox.name}", err=True)
    return sandbox


def _choose(sandbox: SandboxWhenNeeded) -> None:
    """Choose the sandbox; ends the program where there is none."""
    try:
        sandbox.choose()
    except SandboxError as error:
        click.echo(
            f"kb prove: no sandbox works here, so nothing is run.\n{error}\n"
            "Install bubblewrap or podman, or type --without-sandbox for recipes that you have read.",
            err=True,
        )
        sys.exit(NOTHING_TRIED)


def _means(folder: Path, sandbox: Sandbox) -> tuple[Trying, Counter]:
    """What jobs are done with."""

    def known_errors() -> Known:
        try:
            return from_entries(folder)
        except SourceError as error:
            raise click.ClickException(str(error)) from None

    known = Once(known_errors)
    day = datetime.now(UTC).date()
    trying = Trying(sandbox, lambda text: known().find(text, 3, for_readers=False), this_platform(), day)
    return trying, Counter(cache_folder() / "proofs", sandbox)


def _say(results: list[Result], recorded: set[str], *, err: bool) -> None:
    click.echo(results[0].job.entry.id, err=err)
    for result in results:
        click.echo(f"  {line_of(result, recorded)}", err=err)


def _write(collection: Collection, results: list[Result]) -> bool:
    """Write the record of an entry, whole or not at all; whether it stands there now.

    What somebody wrote into the file while it was tried stays; where that is what was tried, nothing is written.
    """
    if all(result.state is State.KEPT for result in results):
        return True
    if any(result.job.refused for result in results):
        return False
    entry, recipe = results[0].job.entry, results[0].job.recipe
    tried = next(source for source in collection.sources if source.id == entry.id)
    source = read_source(tried.path, collection.root)
    if source.entry is None or recipe_digest(source.entry) != recipe_digest(entry):
        shown = visible(str(tried.path))
        click.echo(f"kb prove: {shown} was changed while it was tried. Nothing is recorded: run it again.", err=True)
        return False
    told = (result.run for result in results if result.state is not State.KEPT and not result.leaves_record)
    record = record_of(source.entry, recipe, told)
    try:
        text = with_record(source.text, source.name, record)
        if text != source.text:
            write_whole(source.path, text)
    except (EditError, OSError) as error:
        why = f"it can't be written: {error.strerror}" if isinstance(error, OSError) else error
        click.echo(f"kb prove: {visible(str(tried.path))}: {why}. Nothing is recorded there.", err=True)
        return False
    return True


def _code(results: Iterable[Result], *, is_asked: bool) -> int:
    states = {result.state for result in results}
    if State.DIFFERS in states:
        return DIFFERS
    tried = states - {State.NOT_TRIED, State.SKIPPED}
    return 0 if tried or not (states or is_asked) else NOTHING_TRIED
