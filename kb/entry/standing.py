"""What a record of proofs stands for: digests that tell one that is true from one that was edited or is out of date."""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from kb.entry.model import Entry
from kb.entry.recipe import ProvedRun, RecipeFix, Record

_LENGTH: Final = 20
"""Hexadecimal digits of a digest: 80 bits, far more than chance needs; a person is not kept out, but told of."""


def number_of_workaround(entry: Entry, fix: RecipeFix) -> int | None:
    """The number, from 1, of the workaround that a fix of the recipe is about; None where the entry has none such."""
    if isinstance(fix.workaround, int):
        return fix.workaround if fix.workaround <= len(entry.workarounds) else None
    titles = [step.title for step in entry.workarounds]
    return titles.index(fix.workaround) + 1 if fix.workaround in titles else None


def recipe_digest(entry: Entry) -> str:
    """The digest of all that a record is about: the recipe, the signatures, and the workarounds that it tries."""
    recipe = entry.proof
    numbers = [number_of_workaround(entry, fix) for fix in recipe.fixes] if recipe else []
    return _digest(
        [
            recipe.model_dump(mode="json", by_alias=True, exclude_defaults=True) if recipe else None,
            [[signature.text, *signature.unless] for signature in entry.signatures],
            [entry.workarounds[number - 1].body for number in numbers if number],
        ]
    )


def sealed(entry: Entry, runs: Iterable[ProvedRun]) -> Record:
    """The record of an entry with these runs."""
    record = Record(recipe=recipe_digest(entry), seal="-", runs=tuple(runs))
    return record.model_copy(update={"seal": _seal_of(entry, record)})


def is_sealed(entry: Entry, record: Record) -> bool:
    """Whether a record is as the command wrote it."""
    return record.seal == _seal_of(entry, record)


def standing_record(entry: Entry) -> Record | None:
    """The record that an entry stands by: None where there is none, it was edited, or it is out of date."""
    record = entry.proved
    if record and entry.proof and record.recipe == recipe_digest(entry) and is_sealed(entry, record):
        return record
    return None


def _seal_of(entry: Entry, record: Record) -> str:
    written = record.model_dump(mode="json", by_alias=True, exclude={"seal"}, exclude_defaults=True)
    return _digest(["kb prove --record", written, [signature.text for signature in entry.signatures]])


def _digest(value: object) -> str:
    return sha256(json.dumps(value, sort_keys=True, ensure_ascii=True).encode()).hexdigest()[:_LENGTH]
