"""The tool `propose_fix`: a checked draft of an entry in a folder of the keeper's choice, for a person to read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Final

from kb.checks import fenced, guarded, to_report
from kb.drafts import (
    Checking,
    DraftError,
    draft_entry,
    find_product,
    knowing_entries,
    telling_error,
    write_entry,
)
from kb.entry import plain
from kb.mcp.models import DraftAnswer
from kb.mcp.shortened import shortened

if TYPE_CHECKING:
    from pathlib import Path

    from kb.drafts import Draft
    from kb.entry import Collection

MOST_DRAFTS: Final = 200
"""Drafts that may wait in the folder: a person reads them, and nobody reads a thousand."""

MOST_TEXT: Final = 20_000
"""Characters of each part of a draft."""

_REPORT_BYTES: Final = 2_500

_FIRST_WORD: Final = re.compile(r"^[^a-z\n]{0,20}([a-z][a-z0-9-]*)(?=[:\s\[])", re.MULTILINE)


class Drafts:
    """A folder of drafts, beside the entries and never in them."""

    def __init__(self, folder: Path, entries: Path, reserved: frozenset[str]) -> None:
        """`reserved` are the first parts of addresses that no product may have. Raises ValueError for the entries."""
        own, theirs = folder.resolve(), entries.resolve()
        if own == theirs or own.is_relative_to(theirs) or theirs.is_relative_to(own):
            raise ValueError(f"{folder} can't take drafts: the entries are in it, or it is in {entries}.")
        self._folder = own
        self._reserved = reserved

    def propose(self, product: str, error: str, fix: str, cause: str, collection: Collection) -> DraftAnswer:
        """Write a draft. Raises DraftError and LookupError, with what to do."""
        if sum(1 for _ in self._folder.glob("*/*.md")) >= MOST_DRAFTS:
            raise DraftError(f"{MOST_DRAFTS} drafts are waiting already. A person has to read some first.")
        error, fix, cause = (_without_secrets(plain(text, MOST_TEXT)) for text in (error, fix, cause))
        if not error.strip() or not fix.strip():
            raise DraftError("a draft takes the error as it was printed, and what got past it.")
        telling = telling_error(error)
        of = find_product(product, collection) if product.strip() else _product_of(telling, collection)
        draft = draft_entry(of, telling, fix, cause, collection)
        self._folder.mkdir(parents=True, exist_ok=True)
        checking = Checking(datetime.now(UTC).date(), self._reserved)
        written = write_entry(self._with_free_slug(draft), collection, checking, into=self._folder)
        name = f"File: {self._name(written.path)}"  # which has words of the error
        if written.path != (waiting := self._path(draft, draft.slug)):
            name += f"\nA draft that may be of the same error waits already: {self._name(waiting)}"
        report = to_report(written.problems) if written.problems else ""
        return DraftAnswer(
            to_mend=len(written.problems),
            known_already=tuple(entry.id for entry in knowing_entries(telling, collection)),
            data=fenced(shortened(f"{name}\n\n{report}".rstrip(), _REPORT_BYTES)[0]),
        )

    def _with_free_slug(self, draft: Draft) -> Draft:
        slugs = (draft.slug if number == 1 else f"{draft.slug}-{number}" for number in count(1))
        return replace(draft, slug=next(slug for slug in slugs if not self._path(draft, slug).exists()))

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    def _path(self, draft: Draft, slug: str) -> Path:
        return self._folder / draft.product / f"{slug}.md"


def _product_of(error: str, collection: Collection) -> str:
    """The product that begins a line of it, as in `npm error code`, or whose entry knows it. Raises DraftError."""
    begin = {found[1] for found in _FIRST_WORD.finditer(error.lower())} & collection.products.keys()
    known = [entry.product for entry in knowing_entries(error, collection)[:1]]
    if len(begin) != 1 and not known:
        raise DraftError("nothing in the error says whose it is: name with `product` the software that prints it.")
    return begin.pop() if len(begin) == 1 else known[0]


def _without_secrets(text: str) -> str:
    """The text without what would give somebody away. Raises DraftError where a person has to look at it."""
    safe = guarded(text) if text.strip() else text
    if safe is None:
        raise DraftError("it holds what looks like a secret or somebody's name. Take it out, and propose it again.")
    return safe
