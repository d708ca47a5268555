"""What `kb prove --draft` proposes: signatures and examples for what recipes printed and no entry matches yet."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from kb.checks import visible
from kb.cli.diffs import diff_of
from kb.cli.proof_output import line_of
from kb.cli.settings import rule_levels
from kb.drafts import Checking, RefusedError, reworded
from kb.entry import ErrorOutcome, write_whole
from kb.match import parse_signature
from kb.proofs import fit_to_show
from kb.site.urls import RESERVED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.entry import Collection
    from kb.proofs import Result


def propose(results: Sequence[Result], collection: Collection, *, is_written: bool) -> bool:
    """Print a diff of each entry that gets a signature, or write it; whether every wording that was found got one."""
    checking = Checking(datetime.now(UTC).date(), RESERVED, rule_levels(collection.root))
    by_entry: defaultdict[str, list[Result]] = defaultdict(list)
    for result in results:
        by_entry[result.job.entry.id].append(result)
    is_all = True
    for entry_id, own in by_entry.items():
        before = next(source for source in collection.sources if source.id == entry_id)
        collection, is_whole = _proposed(own, collection, checking)
        is_all &= is_whole
        after = next(source for source in collection.sources if source.id == entry_id)
        if after.text == before.text:
            continue
        click.echo(diff_of(before.path, before.text, after.text), nl=False)
        if is_written:
            write_whole(before.path, after.text)
            click.echo(f"Wrote {visible(str(before.path))}. `kb prove --record {entry_id}` records it.", err=True)
    return is_all


def _matches(signature: str, output: str) -> bool:
    return parse_signature(signature).find(output) is not None


def _proposed(results: Sequence[Result], collection: Collection, checking: Checking) -> tuple[Collection, bool]:
    """The collection with what one entry's results add to it, and whether nothing was refused."""
    entry_id = results[0].job.entry.id
    values: dict[str, str] = {}
    for result in results:
        values = {**(result.tried.values if result.tried else {}), **values}
    is_all = True
    drafted: list[str] = []
    for result in results:
        tried = result.tried
        if tried is None or result.run.error is not ErrorOutcome.OTHER:
            continue
        said = f"{entry_id}, {result.job.combination}"
        if not tried.is_unknown:
            click.echo(
                f"{visible(line_of(result))}\n  There is no wording in this to draft a signature from.", err=True
            )
            is_all = False
            continue
        source = next(source for source in collection.sources if source.id == entry_id)
        if any(_matches(text, tried.output) for text in drafted):
            continue
        fit = partial(fit_to_show, places=tried.places)
        try:
            found = reworded(source, collection, checking, tried.output, values=values, fit=fit)
        except RefusedError as error:
            click.echo(f"{visible(said)}: no signature is proposed: {error}.", err=True)
            is_all = False
            continue
        collection = found.collection
        drafted.append(found.signature)
        click.echo(f"{visible(said)}: {visible(found.example)}", err=True)
    return collection, is_all
