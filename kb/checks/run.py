"""Running the rules over a collection. All problems of all files come out of one run.

Most of it is done source by source, in as many processes as there are processors, and nothing of a source is left but
its problems and its claims. What concerns several entries then follows from all claims.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from kb.checks.claims import Claims, claims_of
from kb.checks.diagnostic import Diagnostic
from kb.checks.published import Gone, Published
from kb.checks.registry import all_rules
from kb.checks.rule import MOST_OF_A_KIND, Family, Finding, Inspection, Rule
from kb.checks.rules import kb216_idle_waiver
from kb.checks.waivers import can_be_waived, unused, without_waived
from kb.checks.web.answer import LinkAnswer
from kb.entry import Catalog, Collection, DefectKind, EntryFile, Folder, Source, died


class Looked(NamedTuple):
    """What came of a look at one source by itself."""

    problems: tuple[Diagnostic, ...]
    claims: Claims
    is_entry: bool
    """Whether it could be read as an entry."""


@dataclass(frozen=True)
class Checking:
    """A check, step by step: `look` at each of the names, in whatever process, then `conclude` from all looks."""

    inspection: Inspection
    strays: tuple[Source, ...]
    read: Callable[[str], Source]
    """Gives the source of a name, and does not keep it."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all sources, those of entries in the order of their ids, then those of translations."""
        return self.inspection.names + self.inspection.translations

    def look(self, name: str) -> Looked:
        """Look at one source by itself."""
        return _look(self.read(name), self.inspection)

    def read_and_look(self, name: str) -> tuple[EntryFile, Looked]:
        """The same, with what was read, as far as others need it: it takes little to be sent to another process."""
        source = self.read(name)
        return EntryFile.of(source), _look(source, self.inspection)

    def pass_over(self, name: str) -> Looked:
        """What others need of a source that was found in order before: its claims, and no problem of its own."""
        source = self.read(name)
        return Looked((), claims_of(source), source.entry is not None)

    def look_at_dead(self, name: str, how: str) -> Looked:
        """What stands for the look at a source of which a process died; `how` says in words what ended that."""
        return _look(self._dead(name, how), self.inspection)

    def read_dead(self, name: str, how: str) -> tuple[EntryFile, Looked]:
        """The same, with what stands for the file."""
        source = self._dead(name, how)
        return EntryFile.of(source), _look(source, self.inspection)

    def conclude(self, looked: Sequence[Looked]) -> list[Diagnostic]:
        """Every problem, ordered by file, line and column, from the looks at all names in their order."""
        return _concluded(self.inspection, self.strays, looked)

    def _dead(self, name: str, how: str) -> Source:
        return died(self.inspection.root / name, name, how)


def checking_of(
    collection: Collection,
    today: date,
    reserved: Iterable[str] = (),
    *,
    answers: Mapping[str, LinkAnswer] | None = None,
    published: Published | None = None,
) -> Checking:
    """The check of a collection. Parameters as those of `check`."""
    by_name = {source.name: source for source in (*collection.sources, *collection.translated)}
    inspection = Inspection(
        collection.root,
        tuple(source.name for source in collection.sources),
        by_name.__getitem__,
        collection.product_catalog,
        collection.tool_catalog,
        collection.synonym_catalog,
        collection.coverage_catalog,
        today,
        frozenset(reserved),
        answers,
        published,
        collection.pictures,
        tuple(source.name for source in collection.translated),
    )
    all_rules()  # loaded once here, and not by each process
    return Checking(inspection, collection.strays, inspection.read)


def checking_in(folder: Folder, today: date, reserved: Iterable[str] = ()) -> Checking:
    """The check of a folder, whose entries are read and then forgotten. Parameters as those of `check`."""
    inspection = Inspection(
        folder.root,
        folder.names,
        cache(folder.read),
        folder.product_catalog,
        folder.tool_catalog,
        folder.synonym_catalog,
        folder.coverage_catalog,
        today,
        frozenset(reserved),
        pictures=folder.pictures,
        translations=folder.translations,
    )
    all_rules()
    return Checking(inspection, folder.strays, folder.read)


def check(
    collection: Collection,
    today: date,
    reserved: Iterable[str] = (),
    *,
    answers: Mapping[str, LinkAnswer] | None = None,
    published: Published | None = None,
) -> list[Diagnostic]:
    """Every problem of the collection, ordered by file, line and column.

    `today` is the day that no date may lie after; `reserved` are first parts of addresses that belong
    to the site's own pages; `answers` are what other sites answered for the addresses that entries link;
    `published` is what was published before, and must not be lost.
    """
    checking = checking_of(collection, today, reserved, answers=answers, published=published)
    return checking.conclude([checking.look(name) for name in checking.names])


def _look(source: Source, inspection: Inspection) -> Looked:
    """Look at a source by itself, with all rules before the next: what several of them need of it is made once."""
    is_translation = source.name in inspection.known_translations
    found = (
        _diagnostic(rule, source, finding)
        for rule, look in (_looking_at_translations() if is_translation else _looking_at_sources())
        for finding in islice(look(source, inspection), MOST_OF_A_KIND)
    )
    problems = *islice(_from_defects(source), MOST_OF_A_KIND), *found
    claims = claims_of(source)
    if is_translation:
        # What its entry waives, it waives; whether that serves is told of the entry alone.
        waived = {code for code in source.original.waive if can_be_waived(code)} if source.original else set()
        return Looked(tuple(each for each in problems if each.code not in waived), claims, is_entry=False)
    standing, claims = without_waived(problems, claims)
    return Looked(standing, claims, source.entry is not None)


def _concluded(inspection: Inspection, strays: Iterable[Source], looked: Sequence[Looked]) -> list[Diagnostic]:
    """All problems, with those that follow from the sources' claims together."""
    claims = [each.claims for each in looked]
    number = len(inspection.names)
    inspection = replace(inspection, claims=tuple(claims[:number]), translated=tuple(claims[number:]))
    found = {problem for each in looked for problem in each.problems}
    files: tuple[Source | Catalog, ...] = (*strays, *inspection.catalogs)
    for file in files:
        found.update(islice(_from_defects(file), MOST_OF_A_KIND))
    for rule in all_rules().values():
        for place, finding in rule.in_collection(inspection) if rule.in_collection else ():
            found.add(_diagnostic(rule, place, finding))
    return sorted(_after_waivers(inspection, found))


def _after_waivers(inspection: Inspection, found: set[Diagnostic]) -> Iterator[Diagnostic]:
    """The problems that no entry waives, and those of waivers that served nothing."""
    by_path = {inspection.root / claims.name: claims for claims in inspection.claims if claims.waivers}
    by_waiving: dict[Path, list[Diagnostic]] = {path: [] for path in by_path}
    for problem in found:
        if problem.path in by_waiving:
            by_waiving[problem.path].append(problem)
        else:
            yield problem
    rule = all_rules()[kb216_idle_waiver.RULE.code]
    ran = {code: each.runs is None or each.runs(inspection) for code, each in all_rules().items()}
    for path, problems in by_waiving.items():
        standing, claims = without_waived(problems, by_path[path])
        yield from standing
        for waiver in unused(claims, ran):
            source = inspection.read(claims.name)
            yield _diagnostic(rule, source, kb216_idle_waiver.idle(source, waiver.code))


@cache
def _looking_at_sources() -> list[tuple[Rule, Callable[[Source, Inspection], Iterable[Finding]]]]:
    return [(rule, rule.in_source) for rule in all_rules().values() if rule.in_source]


@cache
def _looking_at_translations() -> list[tuple[Rule, Callable[[Source, Inspection], Iterable[Finding]]]]:
    """The same without the rules about signatures, which are the entry's; but for those about their placeholders."""
    return [
        (rule, look)
        for rule, look in _looking_at_sources()
        if rule.family is not Family.SIGNATURES or rule.code in _OF_PLACEHOLDERS
    ]


_OF_PLACEHOLDERS: Final = ("KB404", "KB410")


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


def _diagnostic(rule: Rule, file: Source | Catalog | Gone, finding: Finding) -> Diagnostic:
    lines = [] if isinstance(file, Gone) else _lines(file.text)
    number = finding.position.line
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    return Diagnostic(
        file.path, finding.position, rule.code, finding.message, line, finding.hint, finding.edits, rule.level
    )
