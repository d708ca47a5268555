"""A new entry among the others: checked, mended as far as that goes, and written."""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kb.checks import MOST_ROUNDS, Diagnostic, Levels, check, errors_of, mend, to_report, visible
from kb.drafts.draft import Draft, DraftError, fields_of
from kb.entry import Collection, Source, new_entry_text, parse_source, schema_address, write_whole


@dataclass(frozen=True, slots=True)
class Checking:
    """What a check goes by: the day that no date may lie after, the site's own first parts of addresses, levels."""

    today: date
    reserved: frozenset[str]
    levels: Levels = field(default_factory=Levels)

    def problems(self, collection: Collection) -> list[Diagnostic]:
        """What the checks say of a collection."""
        return self.levels.applied(check(collection, self.today, self.reserved))


@dataclass(frozen=True, slots=True)
class Written:
    """A new entry's file, and what is still to be mended in it by hand."""

    path: Path
    problems: tuple[Diagnostic, ...]


def write_entry(
    draft: Draft,
    collection: Collection,
    checking: Checking,
    *,
    is_strict: bool = False,
    as_code: bool = False,
    into: Path | None = None,
) -> Written:
    """Write the entry, mended as `kb check --fix` would. Raises DraftError; with `is_strict`, for any error left.

    `into` is a folder to write it into instead of the entries' own.
    """
    name = f"{draft.id}.md"
    path = (into or collection.root) / name
    if any(source.id == draft.id for source in collection.sources):
        raise DraftError(f"there is an entry {draft.id} already. Choose another --slug.")
    try:
        fields = fields_of(draft, checking.today, as_code=as_code)
        text = new_entry_text(fields, schema_address(collection.sources))
    except ValueError as problem:
        raise DraftError(f"{visible(draft.id)} can't be written: {_first_line(problem)}") from None
    source, around = placed(parse_source(path, name, text), collection)
    problems = problems_of(source, around, checking)
    for _ in range(MOST_ROUNDS):
        own = [problem for problem in problems if problem.path == path]
        mended = next(iter(mend(around, own)), None)
        if mended is None:
            break
        source, around = placed(parse_source(path, name, mended.text), collection)
        problems = problems_of(source, around, checking)
    if source.entry is None or source.id != draft.id or (is_strict and errors_of(problems)):
        raise DraftError(f"the entry would not pass the checks:\n{to_report(problems)}")
    try:
        path.parent.mkdir(exist_ok=True)
        write_whole(path, source.text, new=True)
    except FileExistsError:
        raise DraftError(f"{path} is there already. Choose another --slug.") from None
    except OSError as error:
        raise DraftError(f"{path} can't be written: {error.strerror}.") from None
    return Written(path, tuple(problems))


def placed(source: Source, collection: Collection) -> tuple[Source, Collection]:
    """A source, and the collection with it in its place."""
    others = (other for other in collection.sources if other.name != source.name)
    return source, replace(collection, sources=tuple(sorted([*others, source], key=lambda each: each.name)))


def problems_of(source: Source, collection: Collection, checking: Checking) -> list[Diagnostic]:
    """What the checks say of one file among the others, and of others because of it."""
    found = checking.problems(collection)
    if all(problem.path == source.path for problem in found):
        return found
    others = tuple(other for other in collection.sources if other.name != source.name)
    before = {_said(each) for each in checking.problems(replace(collection, sources=others))}
    return [each for each in found if each.path == source.path or _said(each) not in before]


def _said(problem: Diagnostic) -> tuple[Path, str, str]:
    return problem.path, problem.code, problem.message


def _first_line(problem: ValueError) -> str:
    errors = getattr(problem, "errors", None)
    if errors is None:
        return str(problem).splitlines()[0]
    first = errors(include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
