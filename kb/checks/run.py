"""Running the rules over a collection. All problems of all files come out of one run."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from kb.checks.diagnostic import Diagnostic
from kb.checks.registry import all_rules
from kb.checks.rule import Finding, Inspection, Rule
from kb.entry import Catalog, Collection, DefectKind, Source


def check(collection: Collection, today: date, reserved: Iterable[str] = ()) -> list[Diagnostic]:
    """Every problem of the collection, ordered by file, line and column.

    `today` is the day that no date may lie after; `reserved` are first parts of addresses that belong
    to the site's own pages.
    """
    inspection = Inspection(collection, today, frozenset(reserved))
    rules = all_rules().values()
    return sorted(
        {
            *_from_defects(collection, rules),
            *_from_sources(inspection, rules),
            *_from_collection(inspection, rules),
        }
    )


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
            finding = Finding(defect.position, defect.message, defect.hint)
            yield _diagnostic(rule_of[defect.kind], file, finding)


def _from_sources(inspection: Inspection, rules: Iterable[Rule]) -> Iterator[Diagnostic]:
    for rule in rules:
        if rule.in_source:
            for source in inspection.collection.sources:
                for finding in rule.in_source(source, inspection):
                    yield _diagnostic(rule, source, finding)


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
    return Diagnostic(file.path, finding.position, rule.code, finding.message, line, finding.hint)
