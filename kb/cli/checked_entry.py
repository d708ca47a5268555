"""A new entry among the others: checked, mended as far as that goes, and written."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from kb.checks import Diagnostic, check, mend, to_report, visible
from kb.cli.entry_draft import Draft, DraftError, fields_of
from kb.entry import Collection, Source, new_entry_text, parse_source, schema_address, write_whole
from kb.site.urls import RESERVED

MOST_ROUNDS: Final = 5
"""Mending a problem can show another one; more rounds than this mean that two rules disagree."""


def write_entry(draft: Draft, collection: Collection, *, is_strict: bool = False, as_code: bool = False) -> Path:
    """Write the entry, mended as `kb check --fix` would. Raises DraftError; with `is_strict`, for any problem left."""
    name = f"{draft.id}.md"
    path = collection.root / name
    if any(source.id == draft.id for source in collection.sources):
        raise DraftError(f"there is an entry {draft.id} already. Choose another --slug.")
    try:
        fields = fields_of(draft, datetime.now(UTC).date(), as_code=as_code)
        text = new_entry_text(fields, schema_address(collection.sources))
    except ValueError as problem:
        raise DraftError(f"{visible(draft.id)} can't be written: {_first_line(problem)}") from None
    source, around = placed(parse_source(path, name, text), collection)
    problems = problems_of(source, around)
    for _ in range(MOST_ROUNDS):
        own = [problem for problem in problems if problem.path == path]
        mended = next(iter(mend(around, own)), None)
        if mended is None:
            break
        source, around = placed(parse_source(path, name, mended.text), collection)
        problems = problems_of(source, around)
    if source.entry is None or source.id != draft.id or (is_strict and problems):
        raise DraftError(f"the entry would not pass the checks:\n{to_report(problems)}")
    try:
        path.parent.mkdir(exist_ok=True)
        write_whole(path, source.text, new=True)
    except FileExistsError:
        raise DraftError(f"{path} is there already. Choose another --slug.") from None
    except OSError as error:
        raise DraftError(f"{path} can't be written: {error.strerror}.") from None
    say_problems(problems)
    return path


def placed(source: Source, collection: Collection) -> tuple[Source, Collection]:
    """A source, and the collection with it in its place."""
    others = (other for other in collection.sources if other.name != source.name)
    return source, replace(collection, sources=tuple(sorted([*others, source], key=lambda each: each.name)))


def problems_of(source: Source, collection: Collection) -> list[Diagnostic]:
    """What the checks say of one file among the others, and of others because of it."""
    today = datetime.now(UTC).date()
    found = check(collection, today, RESERVED)
    if all(problem.path == source.path for problem in found):
        return found
    others = tuple(other for other in collection.sources if other.name != source.name)
    before = {
        (each.path, each.code, each.message) for each in check(replace(collection, sources=others), today, RESERVED)
    }
    return [each for each in found if each.path == source.path or (each.path, each.code, each.message) not in before]


def say_problems(problems: list[Diagnostic]) -> None:
    """Print problems beside what the command answers."""
    if problems:
        click.echo(to_report(problems), err=True)


def _first_line(problem: ValueError) -> str:
    errors = getattr(problem, "errors", None)
    if errors is None:
        return str(problem).splitlines()[0]
    first = errors(include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
