"""Moving old pages in, as `kb import --csv` and the like do: what is read, how far it is, what became of each."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from kb.checks import visible
from kb.cli.asking import FAILED, asking, counted, echo_safely
from kb.cli.progress import progress
from kb.cli.settings import rule_levels
from kb.drafts import Checking
from kb.drafts.moving import (
    KINDS,
    ExportError,
    Found,
    HeadingError,
    LedgerError,
    Moved,
    Mover,
    Wishes,
    own_headings,
    pages_of_discussions,
    pages_of_folder,
    questions_in,
    table_of,
)
from kb.entry import NAME, OWNER, load_collection
from kb.github import Client
from kb.site.urls import RESERVED

EXTRA: Final = 'HTML is read with libraries of an extra: pip install "known-fixes[import]"'
_REPOSITORY: Final = re.compile(f"{OWNER}/{NAME}")
_MOST_TOLD: Final = 12
"""Headings, and names of products, that are told at the end."""


@dataclass(frozen=True, slots=True)
class Old:
    """Where old pages are, and how to read them; one of the first five is given."""

    csv: Path | None
    markdown: Path | None
    confluence: Path | None
    stackoverflow: Path | None
    discussions: str | None
    category: str
    mapping: tuple[str, ...]
    headings: tuple[str, ...]
    delimiter: str
    encoding: str
    address: str

    @property
    def sources(self) -> int:
        """How many sources are named."""
        named = (self.csv, self.markdown, self.confluence, self.stackoverflow, self.discussions)
        return sum(source is not None for source in named)


@dataclass(frozen=True, slots=True)
class Into:
    """Where pages go."""

    product: str | None
    drafts: Path | None
    is_trial: bool
    """Nothing is written."""


def move(old: Old, folder: Path, into: Into, cache: Path | None, patience: float) -> int:
    """Move pages in, telling what becomes of each. The exit code."""
    collection = load_collection(folder)
    if into.product and into.product not in collection.products:
        raise click.BadParameter(
            f"there is no product {into.product!r} in {folder}/products.yml", param_hint="--product"
        )
    checking = Checking(datetime.now(UTC).date(), RESERVED, rule_levels(folder))
    try:
        headings = own_headings(old.headings)
        wishes = Wishes(into.product, headings, into.drafts or folder.parent / "drafts", is_trial=into.is_trial)
        if wishes.drafts.resolve().is_relative_to(folder.resolve()):
            raise click.BadParameter("drafts lie outside of the entries", param_hint="--drafts")
        mover = Mover(collection, checking, wishes)
        if old.discussions is None:
            total, pages = _pages(old, headings)
            return _run(mover, total, pages)
        if not _REPOSITORY.fullmatch(old.discussions):
            raise click.BadParameter(
                f"{old.discussions!r} is no repository; write OWNER/NAME", param_hint="--discussions"
            )
        with asking(cache, patience) as client:
            if not isinstance(client, Client):
                raise click.UsageError("Only GitHub has discussions: unset GITLAB_API_URL for --discussions.")
            total, found = client.discussions(old.discussions, old.category)
            return _run(mover, total, pages_of_discussions(found, old.discussions))
    except HeadingError as error:
        raise click.BadParameter(visible(str(error)), param_hint="--headings") from None
    except (ExportError, LedgerError) as error:
        raise click.UsageError(visible(str(error))) from None
    except ImportError as error:
        if error.name and error.name.partition(".")[0] in ("bs4", "markdownify"):
            raise click.ClickException(EXTRA) from None
        raise


def _pages(old: Old, headings: dict[str, str]) -> tuple[int, Iterator[Found]]:
    """The pages of what lies on this machine, and how many there are."""
    if old.csv:
        table = table_of(old.csv, old.mapping, delimiter=old.delimiter, encoding=old.encoding)
        shown = ", ".join(f"{field}={column}" for column, field in table.columns.items())
        read = f"kb: read as {table.encoding}; columns: {shown}"
        click.echo(
            visible(read + ("" if table.encoding != "cp1252" else "; another one is said with --encoding")), err=True
        )
        return len(table.rows), iter(table.rows)
    if old.markdown:
        return pages_of_folder(old.markdown, old.address)
    if old.stackoverflow:
        return questions_in(old.stackoverflow, old.address)
    from kb.drafts.moving.confluence import pages_of_space  # noqa: PLC0415 - an extra's library

    assert old.confluence is not None  # noqa: S101 - one of them is given
    return pages_of_space(old.confluence, headings, old.address)


def _run(mover: Mover, total: int, pages: Iterator[Found]) -> int:
    kinds: Counter[str] = Counter()

    def tell(moved: Moved) -> None:
        kinds[moved.kind] += 1
        if moved.kind != "known" or moved.told:
            echo_safely(_line(moved))

    try:
        with progress("Reading", total) as (step, _):
            for page in pages:
                for moved in mover.take(page):
                    tell(moved)
                step()
        for moved in mover.finish():
            tell(moved)
    finally:
        _say_unknown(mover)
        told = ", ".join(f"{kinds[kind]:,} {kind}" for kind in KINDS if kinds[kind])
        click.echo(told or "nothing found", err=True)
    return FAILED if kinds["failed"] or kinds["refused"] else 0


def _line(moved: Moved) -> str:
    entry = f" {moved.entry}" if moved.entry else ""
    end = f": {'; '.join(moved.told)}" if moved.told else ""
    return f"{moved.kind:<8} {moved.where}{entry}{end}"


def _say_unknown(mover: Mover) -> None:
    """Say which headings no section has, and which products are not there: what one more option or line would mend."""
    headings = Counter(mover.unknown_headings).most_common(_MOST_TOLD)
    often = [(heading, number) for heading, number in headings if number > 1]
    if often:
        shown = ", ".join(f"{heading!r} ({number:,})" for heading, number in often)
        echo_safely(f"kb: headings that stand for no section, and went under Notes: {shown}", err=True)
        echo_safely("kb: what one stands for is said with --headings HEADING=PART; then import again", err=True)
    for name, number in Counter(mover.unknown_products).most_common(_MOST_TOLD):
        shown = repr(name) if name else "no name of a product"
        echo_safely(f"kb: {counted(number, 'page')} with {shown}; products.yml says which products there are", err=True)
