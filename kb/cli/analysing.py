"""`kb report --analyse`: what a model says of an issue that was collected, by the guards of drafts."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import click

from kb.cli.asking import LATER
from kb.cli.draft_output import show_failure, show_statements
from kb.drafts.model import (
    ANALYSED,
    Guards,
    ModelBusyError,
    ModelClient,
    ModelError,
    SourceText,
    analysis_of,
    ask,
    hosts_in,
    messages_for,
    source_of_fix,
    within_bounds,
)
from kb.match import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kb.drafts.model import Analysis, ModelSettings
    from kb.github.report import NamedText, Report
    from kb.match import Fix, Known, KnownError

NEIGHBOURS = 3
"""Entries that a model is shown."""
FAILED = 1
"""Exit code where there is a report, and no analysis."""


class Analysed(NamedTuple):
    """The analysis, where there is one, and the exit code."""

    analysis: Analysis | None
    code: int


def neighbours_of(base: Known, found: Iterable[KnownError], title: str) -> list[Fix]:
    """What the knowledge base has on errors like an issue's: by what it prints, then by the words of its title."""
    ids = [known.entry for known in found]
    with suppress(SourceError):  # an older site may have no index for a search
        ids += [result.shown["id"] for result in base.by_words(title, NEIGHBOURS).results]
    return [fix for each in list(dict.fromkeys(ids))[:NEIGHBOURS] if (fix := base.fix(each))]


def analysed(
    report: Report,
    told: Sequence[NamedText],
    neighbours: Iterable[Fix],
    settings: ModelSettings,
    *,
    timeout: float,
    patience: float,
) -> Analysed:
    """Ask a model about the issue of a report, and say on standard error what came of it."""
    ours = [source for fix in neighbours if (source := source_of_fix(fix))]
    sources = within_bounds([*(SourceText(*text) for text in told), *ours])
    guards = Guards({each.name: each for each in sources}, hosts_in([report["url"]]))
    client = ModelClient(settings, timeout, patience, on_wait=tell_wait)
    try:
        asked = ask(client, messages_for(report["title"], sources, ANALYSED), guards.sources)
    except ModelBusyError as error:
        show_failure(report["ref"], error)
        return Analysed(None, LATER)
    except ModelError as error:
        show_failure(report["ref"], error)
        return Analysed(None, FAILED)
    analysis = analysis_of(settings.model, datetime.now(UTC).date(), asked.answer, guards)
    sections = ", ".join(analysis.sections) or "nothing"
    show_statements(f"{report['ref']}: analysed {sections}", analysis, asked, guards.removed)
    return Analysed(analysis, 0 if analysis.said else FAILED)


def tell_wait(seconds: float, cause: str) -> None:
    """Say that a server wants a pause, where it is a long one."""
    if seconds >= 1:
        click.echo(f"kb: {cause}: waiting {seconds:.0f} s", err=True)
