"""A page that may become an entry: its file as it would be, mended as far as that goes, and what is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from kb.checks import MOST_ROUNDS, Diagnostic, Looked, checking_of, errors_of, mend, visible
from kb.drafts.checked_entry import Checking
from kb.drafts.moving.drafting import Drafted
from kb.drafts.moving.page import Page
from kb.entry import Collection, Source, new_entry_text, parse_source, unfinished_entry_text

MOST_TOLD: Final = 6
"""Problems of a draft that are told."""


@dataclass
class Candidate:
    """A page on its way to an entry."""

    page: Page
    key: str
    read: str
    id: str
    drafted: Drafted
    source: Source | None = None
    """The file as it would be; None where none that can be read can be made."""
    looked: Looked | None = None
    problems: list[str] = field(default_factory=list)
    """What keeps it from being an entry."""
    variants: Iterator[dict[str, object]] = field(default_factory=lambda: iter(()))

    @property
    def is_entry(self) -> bool:
        return self.source is not None and self.source.entry is not None and not self.problems


@dataclass(frozen=True, slots=True)
class Trying:
    """What a candidate is tried against: the knowledge base as it is, its rules and levels, and the schema to name."""

    around: Collection
    checking: Checking
    schema: str

    def next_variant(self, candidate: Candidate) -> bool:
        """Try a candidate's next variant that can be written. Whether there was one that nothing is wrong with."""
        first: list[str] = []
        for fields in candidate.variants:
            try:
                text = new_entry_text(fields, self.schema)
            except ValueError as error:
                first = first or [_first_line(error)]
                continue
            candidate.source, candidate.looked, candidate.problems = self.mended(candidate.id, text)
            if candidate.is_entry:
                return True
            first = first or candidate.problems
        candidate.problems = first or candidate.problems
        return False

    def mended(self, entry_id: str, text: str) -> tuple[Source, Looked, list[str]]:
        """A file with all mended that needs no thinking, and what else is wrong with it by itself."""
        name = f"{entry_id}.md"
        source = parse_source(self.around.root / name, name, text)
        looked = self._look(source)
        for _ in range(MOST_ROUNDS):
            alone = replace(self.around, sources=(source,), strays=(), pictures=())
            mended = next(iter(mend(alone, looked.problems)), None)
            if mended is None:
                break
            source = parse_source(source.path, name, mended.text)
            looked = self._look(source)
        return source, looked, told(self.errors(looked.problems))

    def unfinished(self, candidate: Candidate, today: date) -> str:
        """The file of what is no entry yet, with what it lacks at its head."""
        drafted = candidate.drafted
        first = next(drafted.variants(), drafted.fields) if drafted.errors else {"title": ""} | drafted.fields
        remarks = [f"Moved from {candidate.page.key}. It is no entry yet:"]
        remarks += [f"- {lack}" for lack in (*drafted.missing, *candidate.problems)]
        text = unfinished_entry_text({**first, "updated": drafted.fields.get("updated", today)}, remarks, self.schema)
        return self.mended(candidate.id, text)[0].text

    def errors(self, problems: tuple[Diagnostic, ...] | list[Diagnostic]) -> list[Diagnostic]:
        """Those of problems that stop a build, by the levels of this knowledge base."""
        return errors_of(self.checking.levels.applied(problems))

    def _look(self, source: Source) -> Looked:
        alone = replace(self.around, sources=(source,), strays=(), pictures=())
        return checking_of(alone, self.checking.today, self.checking.reserved).look(source.name)


def told(problems: list[Diagnostic]) -> list[str]:
    """Problems as a keeper is told of them: what is wrong, and of many the first."""
    said = list(dict.fromkeys(f"{one.code} {visible(one.message)}" for one in problems))
    more = [f"and {len(said) - MOST_TOLD} more"] if len(said) > MOST_TOLD else []
    return said[:MOST_TOLD] + more


def path_of(folder: Path, entry_id: str) -> Path:
    """Where a file of an entry or a draft lies."""
    return folder / f"{entry_id}.md"


def known_products(names: tuple[str, ...], by_name: Mapping[str, str]) -> str | None:
    """The product that one of some names means, the first that does."""
    return next((by_name[key] for name in names if (key := " ".join(name.split()).casefold()) in by_name), None)


def _first_line(error: ValueError) -> str:
    errors = getattr(error, "errors", None)
    if errors is None:
        return visible(str(error).splitlines()[0])
    first = errors(include_url=False)[0]
    return visible(f"{'.'.join(map(str, first['loc']))}: {first['msg']}")
