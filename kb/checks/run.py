"""Running the rules over a collection. All problems of all files come out of one run."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Final

from kb.checks.diagnostic import Diagnostic
from kb.checks.permanence import Published
from kb.checks.registry import all_rules
from kb.checks.rule import Finding, Inspection, Rule
from kb.checks.web.answer import LinkAnswer
from kb.entry import Catalog, Collection, DefectKind, Source, start_map

MOST_OF_A_KIND: Final = 1000
"""Problems that one rule reports in one file: a file of 1 MB has room for 100,000, which nobody reads one by one."""


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
    inspection = Inspection(collection, today, frozenset(reserved), answers, published)
    rules = all_rules().values()
    from_sources = _look_at_sources(inspection, rules, may_fork=may_fork)
    found = {*_from_defects(collection, rules), *_from_collection(inspection, rules)}
    return sorted(found.union(from_sources()))


def _from_defects(collection: Collection, rules: Iterable[Rule]) -> Iterator[Diagnostic]:
    # A bad file name is no finding of reading alone: KB108 compares it with its neighbours' names.
    rule_of: dict[DefectKind, Rule] = {kind: rule for rule in rules for kind in rule.defects}
    files: list[Source | Catalog] = [
        *collection.sources,
        *collection.strays,
        collection.product_catalog,
        collection.tool_catalog,
    ]
    for file in files:
        for defect in file.defects:
            if defect.kind is DefectKind.FILE_NAME:
                continue
            rule = rule_of[defect.kind]
            edits = rule.mend(file, defect) if rule.mend else ()
            yield _diagnostic(rule, file, Finding(defect.position, defect.message, defect.hint, edits))


def _look_at_sources(
    inspection: Inspection, rules: Iterable[Rule], *, may_fork: bool
) -> Callable[[], Iterator[Diagnostic]]:
    """Start looking at each source by itself; returns what waits for the problems."""
    # All rules look at one source before the next: what several of them need of it is then made once.
    looking = {rule.code: (rule, rule.in_source) for rule in rules if rule.in_source}

    def found_in(source: Source) -> list[tuple[str, Finding]]:
        return [
            (code, finding)
            for code, (_, look) in looking.items()
            for finding in islice(look(source, inspection), MOST_OF_A_KIND)
        ]

    sources = inspection.collection.sources
    wait = start_map(found_in, sources) if may_fork else lambda: list(map(found_in, sources))

    def diagnostics() -> Iterator[Diagnostic]:
        for source, findings in zip(sources, wait(), strict=True):
            for code, finding in findings:
                yield _diagnostic(looking[code][0], source, finding)

    return diagnostics


def _from_collection(inspection: Inspection, rules: Iterable[Rule]) -> Iterator[Diagnostic]:
    for rule in rules:
        if rule.in_collection:
            for file, finding in rule.in_collection(inspection):
                yield _diagnostic(rule, file, finding)


@lru_cache(maxsize=1)
def _lines(text: str) -> list[str]:
    """The lines of a text, split once for all that is found in it."""
    return text.split("\n")


def _diagnostic(rule: Rule, file: Source | Catalog, finding: Finding) -> Diagnostic:
    lines = _lines(file.text)
    number = finding.position.line
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    return Diagnostic(file.path, finding.position, rule.code, finding.message, line, finding.hint, finding.edits)
