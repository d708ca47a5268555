"""Running the rules over a collection. All problems of all files come out of one run.

Most of it is done source by source, in as many processes as there are processors, and nothing of a source is left but
its problems and its claims. What concerns several entries then follows from all claims.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple, TypeVar

from kb.checks.claims import Claims, claims_of
from kb.checks.diagnostic import Diagnostic
from kb.checks.permanence import Published
from kb.checks.registry import all_rules
from kb.checks.rule import MOST_OF_A_KIND, Finding, Inspection, Rule
from kb.checks.web.answer import LinkAnswer
from kb.entry import Catalog, Collection, DefectKind, Folder, Outline, Source, died, map_forked

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class Looked(NamedTuple):
    """What came of a look at one source by itself."""

    problems: tuple[Diagnostic, ...]
    claims: Claims
    is_entry: bool
    """Whether it could be read as an entry."""


class Checked(NamedTuple):
    """What came of the check of a folder: every problem in order, and what came of the look at each source."""

    problems: list[Diagnostic]
    looked: tuple[Looked, ...]
    is_repeatable: bool = True
    """Whether the same files would give the same again: not where a process died of one."""


def check(
    collection: Collection,
    today: date,
    reserved: Iterable[str] = (),
    *,
    answers: Mapping[str, LinkAnswer] | None = None,
    published: Published | None = None,
    may_fork: bool = False,
) -> list[Diagnostic]:
    """Every problem of the collection, ordered by file, line and column.

    `today` is the day that no date may lie after; `reserved` are first parts of addresses that belong
    to the site's own pages; `answers` are what other sites answered for the addresses that entries link;
    `published` is what was published before, and must not be lost. With `may_fork`, all processors look at sources:
    not for a process with threads.
    """
    by_name = {source.name: source for source in collection.sources}
    inspection = Inspection(
        collection.root,
        tuple(by_name),
        by_name.__getitem__,
        collection.product_catalog,
        collection.tool_catalog,
        today,
        frozenset(reserved),
        answers,
        published,
    )

    def look(source: Source) -> Looked:
        return _look(source, inspection)

    looked = _mapped(look, collection.sources, lambda source, how: look(died(source.path, source.name, how)), may_fork)
    return _concluded(inspection, collection.strays, looked)


def check_folder(
    folder: Folder,
    today: date,
    reserved: Iterable[str] = (),
    *,
    known: Mapping[str, Looked] | None = None,
    may_fork: bool = False,
) -> Checked:
    """Every problem of a folder, whose entries are read and then forgotten.

    `known` is what came of an earlier look at sources that have not changed since, by name. Other parameters are as
    those of `check`.
    """
    inspection = _inspection_of(folder, today, reserved)
    looked = dict(known or {})
    names = [name for name in folder.names if name not in looked]

    def look(name: str) -> Looked:
        return _look(folder.read(name), inspection)

    deaths: list[str] = []

    def died_of(name: str, how: str) -> Looked:
        deaths.append(name)
        return _look(died(folder.root / name, name, how), inspection)

    new = _mapped(look, names, died_of, may_fork)
    looked.update(zip(names, new, strict=True))
    in_order = tuple(looked[name] for name in folder.names)
    return Checked(_concluded(inspection, folder.strays, in_order), in_order, not deaths)


def load_checked(
    folder: Folder, today: date, reserved: Iterable[str] = (), *, may_fork: bool = False
) -> tuple[Collection, list[Diagnostic]]:
    """The collection in a folder, and every problem of it. Parameters as those of `check`.

    Its sources have their entries and links, and no text or positions: those were for saying what is wrong.
    """
    inspection = _inspection_of(folder, today, reserved)

    def read_and_look(name: str) -> tuple[Source, Looked]:
        source = folder.read(name)
        return _without_text(source), _look(source, inspection)

    def died_of(name: str, how: str) -> tuple[Source, Looked]:
        source = died(folder.root / name, name, how)
        return source, _look(source, inspection)

    read = _mapped(read_and_look, folder.names, died_of, may_fork)
    problems = _concluded(inspection, folder.strays, [looked for _, looked in read])
    return folder.collection(source for source, _ in read), problems


def _without_text(source: Source) -> Source:
    """A source that takes little to be sent to another process."""
    outline = Outline("", (), source.outline.links)
    return Source(source.path, source.name, outline=outline, entry=source.entry, draft=source.draft)


def _inspection_of(folder: Folder, today: date, reserved: Iterable[str]) -> Inspection:
    return Inspection(
        folder.root,
        folder.names,
        cache(folder.read),
        folder.product_catalog,
        folder.tool_catalog,
        today,
        frozenset(reserved),
    )


def _mapped(
    function: Callable[[_Item], _Result],
    items: Sequence[_Item],
    instead: Callable[[_Item, str], _Result],
    may_fork: bool,
) -> list[_Result]:
    if not may_fork:
        return list(map(function, items))
    all_rules()  # loaded once here, and not by each process
    return map_forked(function, items, instead=instead)


def _look(source: Source, inspection: Inspection) -> Looked:
    """Look at a source by itself, with all rules before the next: what several of them need of it is made once."""
    found = (
        _diagnostic(rule, source, finding)
        for rule, look in _looking_at_sources()
        for finding in islice(look(source, inspection), MOST_OF_A_KIND)
    )
    problems = *_from_defects(source), *found
    return Looked(problems, claims_of(source), source.entry is not None)


def _concluded(inspection: Inspection, strays: Iterable[Source], looked: Sequence[Looked]) -> list[Diagnostic]:
    """All problems, with those that follow from the sources' claims together."""
    inspection = replace(inspection, claims=tuple(each.claims for each in looked))
    found = {problem for each in looked for problem in each.problems}
    files: tuple[Source | Catalog, ...] = (*strays, inspection.product_catalog, inspection.tool_catalog)
    for file in files:
        found.update(_from_defects(file))
    for rule in all_rules().values():
        for file, finding in rule.in_collection(inspection) if rule.in_collection else ():
            found.add(_diagnostic(rule, file, finding))
    return sorted(found)


@cache
def _looking_at_sources() -> list[tuple[Rule, Callable[[Source, Inspection], Iterable[Finding]]]]:
    return [(rule, rule.in_source) for rule in all_rules().values() if rule.in_source]


@cache
def _rules_by_defect() -> dict[DefectKind, Rule]:
    return {kind: rule for rule in all_rules().values() for kind in rule.defects}


def _from_defects(file: Source | Catalog) -> Iterator[Diagnostic]:
    for defect in file.defects:
        # A bad file name is no finding of reading alone: KB108 compares it with its neighbours' names.
        if defect.kind is not DefectKind.FILE_NAME:
            rule = _rules_by_defect()[defect.kind]
            edits = rule.mend(file, defect) if rule.mend else ()
            yield _diagnostic(rule, file, Finding(defect.position, defect.message, defect.hint, edits))


@lru_cache(maxsize=1)
def _lines(text: str) -> list[str]:
    """The lines of a text, split once for all that is found in it."""
    return text.split("\n")


def _diagnostic(rule: Rule, file: Source | Catalog, finding: Finding) -> Diagnostic:
    lines = _lines(file.text)
    number = finding.position.line
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    return Diagnostic(file.path, finding.position, rule.code, finding.message, line, finding.hint, finding.edits)
