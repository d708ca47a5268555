"""The verb `draft`: sections of entries, drafted by a model from facts that each statement names."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from kb.checks import visible
from kb.cli.analysing import tell_wait
from kb.cli.asking import LATER, asking, options
from kb.cli.collecting import collected, told_of
from kb.cli.costs import OVERSPENT, Budget, agreed
from kb.cli.draft_output import show, show_failure
from kb.cli.draft_proofs import DraftProver
from kb.cli.matching import BAD_USE, fail, known_entries
from kb.cli.settings import rule_levels
from kb.drafts import Checking
from kb.drafts.model import (
    SECTIONS,
    Guards,
    ModelBusyError,
    ModelClient,
    ModelError,
    Proposing,
    SettingsError,
    SourceText,
    ask,
    guards_of,
    messages_for,
    model_settings,
    open_sections,
    source_of,
    tokens_at_most,
    within_bounds,
)
from kb.entry import EditError, load_collection, read_source, write_whole
from kb.github import GitHubError, RefError, parse_ref
from kb.github.report import Bounds, text_to_match
from kb.match import SourceError
from kb.process import cache_folder
from kb.site.urls import RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kb.entry import Collection, Entry, Source
    from kb.github import Tracker
    from kb.github.report import Snapshot
    from kb.match import Known

_FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)
NEIGHBOURS: Final = 3
"""Other entries that a model is shown."""
CHANGED: Final = "not written: its file was changed while the model wrote; draft it again"
REVIEW: Final = (
    "Who has compared a section with its sources adds `reviewed: {by: name, day: …}` to the section's key under "
    "`provenance`."
)
"""What is to be done with a draft that is written."""
NOTHING: Final = 1
"""Exit code where nothing was drafted, or not everything."""


@click.command("draft")
@click.argument("targets", nargs=-1, required=True, metavar="ENTRY|REF...")
@click.option("--section", "sections", multiple=True, type=click.Choice(SECTIONS), help="Only this one. Repeatable.")
@click.option("--replace", is_flag=True, help="Draft sections, too, in which a person has written something.")
@click.option("--write", "is_written", is_flag=True, help="Write the drafts into their entries, too.")
@click.option("--most", type=click.IntRange(1, 200), default=10, show_default=True, help="Entries at most.")
@click.option("--yes", is_flag=True, help="Ask nothing before several entries are drafted.")
@click.option(
    "--timeout", type=click.FloatRange(0.1, 3600), default=180, show_default=True, help="Seconds for an answer."
)
@click.option("--folder", type=_FOLDER, default="entries", help="The entries folder.", show_default=True)
@options
def draft_command(
    *,
    targets: tuple[str, ...],
    sections: tuple[str, ...],
    replace: bool,
    is_written: bool,
    most: int,
    yes: bool,
    timeout: float,
    folder: Path,
    patience: float,
    cache: Path | None,
) -> None:
    """Draft sections of entries with a model, each named as product/slug or by an issue that an entry has.

    Statements without a source are dropped, and so is what the named sources don't have: versions, commands, addresses,
    files, issues, codes. Workarounds are run in the sandbox of `kb prove`, where the entry has a recipe: it says what
    came out, and puts proven ones first. The whole is a diff; --write writes it, too, marked as a draft until a person
    adds `reviewed`. The model is set by KB_AI_BASE_URL, KB_AI_MODEL and KB_AI_KEY. Exits with 1 where not
    everything could be drafted, 2 for bad use, 75 if a rate limit wants a pause.
    """
    try:
        settings = model_settings(os.environ)
        collection = load_collection(folder)
        named = list(dict.fromkeys(_named(target, collection) for target in targets))
        if len(named) > most:
            raise click.UsageError(f"{len(named):,} entries are more than --most {most}.")
        jobs = list(_jobs(named, collection, folder, _Wishes(sections or SECTIONS, replace, patience, cache)))
    except (SettingsError, RefError, GitHubError, SourceError) as error:
        fail(error)
    budget = agreed(len(jobs), sum(tokens_at_most(job.messages) for job in jobs), is_agreed=yes)
    client = ModelClient(settings, timeout, patience, on_wait=tell_wait)
    today = datetime.now(UTC).date()
    prove = DraftProver(lambda: known_entries(folder), cache_folder() / "proofs", today)
    proposing = Proposing(settings.model, collection, Checking(today, RESERVED, rule_levels(folder)), prove)
    drafted = [_drafted(job, client, proposing, budget, is_written=is_written) for job in jobs]
    sys.exit(0 if drafted and all(drafted) and len(jobs) == len(named) else NOTHING)


class _Wishes(NamedTuple):
    """Which sections are wanted, and how GitHub is asked."""

    sections: tuple[str, ...]
    replace: bool
    patience: float
    cache: Path | None


class _Job(NamedTuple):
    """An entry to draft, and what the model is given."""

    source: Source
    sections: tuple[str, ...]
    sources: tuple[SourceText, ...]
    guards: Guards

    @property
    def messages(self) -> list[dict[str, str]]:
        assert self.source.entry is not None  # noqa: S101 - `_named` took it for that
        return messages_for(self.source.entry.title, self.sources, self.sections)


def _named(target: str, collection: Collection) -> str:
    """The id of the entry that is meant. Raises click.UsageError, RefError."""
    if target in collection.by_id:
        return target
    if "#" not in target and "://" not in target:
        raise click.UsageError(f"there is no entry {visible(target)} that can be read.")
    ref = parse_ref(target)
    found = next((entry.id for entry in collection.entries if ref.key in {one.key for one in entry.refs}), None)
    if found is None:
        raise click.UsageError(f"no entry has {ref}. `kb import {ref}` makes one.")
    return found


def _jobs(named: Sequence[str], collection: Collection, folder: Path, wishes: _Wishes) -> Iterator[_Job]:
    """What is to be asked for each entry that has something to draft. Raises GitHubError, SourceError."""
    by_id = {source.id: source for source in collection.sources}
    known = known_entries(folder)
    for entry_id in named:
        entry, source = collection.by_id[entry_id], by_id[entry_id]
        sections = tuple(each for each in open_sections(entry, replace=wishes.replace) if each in wishes.sections)
        if not sections:
            click.echo(f"{entry_id}: a person has written all of it; --replace drafts it all the same.", err=True)
            continue
        snapshot, told = None, []
        if entry.refs:
            with asking(wishes.cache, wishes.patience, BAD_USE) as tracker:
                snapshot = _snapshot(tracker, entry)
                told = told_of(tracker, snapshot) if snapshot else []
        sources = within_bounds(
            (
                source_of(entry),
                *(SourceText(*text) for text in told),
                *map(source_of, _neighbours(entry, snapshot, known, collection)),
            )
        )
        yield _Job(source, sections, sources, guards_of(entry, collection.products.get(entry.product), sources))


def _snapshot(tracker: Tracker, entry: Entry) -> Snapshot | None:
    """The first of an entry's issues that is on the host that is asked, with what is around it."""
    ref = next((ref for ref in entry.refs if ref.host == tracker.host), None)
    return collected(tracker, str(ref), Bounds(1, 40, 60)) if ref else None


def _neighbours(entry: Entry, snapshot: Snapshot | None, known: Known, collection: Collection) -> Iterable[Entry]:
    """Other entries that are about something alike, by what the issue prints and by the entry's title."""
    ids = [found.entry for found in known.find(text_to_match(snapshot), NEIGHBOURS)] if snapshot else []
    ids += [result.shown["id"] for result in known.by_words(entry.title, NEIGHBOURS + 1).results]
    others = [each for each in dict.fromkeys(ids) if each != entry.id and each in collection.by_id]
    return map(collection.by_id.__getitem__, others[:NEIGHBOURS])


def _drafted(job: _Job, client: ModelClient, proposing: Proposing, budget: Budget, *, is_written: bool) -> bool:
    """Draft one entry, and show or write it; whether something was drafted. Ends the program for a rate limit."""
    if budget.is_spent:
        show_failure(job.source.id, OVERSPENT)
        return False
    try:
        asked = ask(client, job.messages, job.guards.sources)
        budget.take(asked.asked_tokens + asked.answered_tokens)
        proposal = proposing.propose(job.source, asked.answer, job.guards, job.sections)
    except ModelBusyError as error:
        show_failure(job.source.id, error)
        sys.exit(LATER)
    except (ModelError, EditError) as error:
        budget.take(getattr(error, "tokens", 0))
        show_failure(job.source.id, error)
        return False
    show(job.source, proposal, asked, job.guards.removed)
    if not proposal.sections or not proposal.passes:
        return False
    if is_written:
        if read_source(job.source.path, proposing.collection.root).text != job.source.text:
            show_failure(job.source.id, CHANGED)
            return False
        try:
            write_whole(job.source.path, proposal.source.text)
        except OSError as error:
            fail(f"{job.source.path}: {error.strerror}")
        click.echo(f"Wrote {visible(str(job.source.path))}. {REVIEW}", err=True)
    return True
