"""What a rule is: one thing that can be wrong with entries, its code, and its explanation.

A rule is one module in `kb.checks.rules` that holds a `RULE`. The registry, `kb rule CODE` and the rule
pages of the site all come from there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple, TypeVar, cast

from kb.checks.claims import Claims
from kb.checks.edit import Edit
from kb.checks.level import Level
from kb.checks.published import Gone, Published
from kb.checks.web.answer import LinkAnswer
from kb.entry import (
    Catalog,
    CoverageCatalog,
    Defect,
    DefectKind,
    Position,
    ProductCatalog,
    Source,
    SynonymCatalog,
    ToolCatalog,
    anchors_of,
)

_Made = TypeVar("_Made")

MOST_OF_A_KIND: Final = 1000
"""Problems that one rule reports in one file: a file of 1 MB has room for 100,000, which nobody reads one by one."""

NEIGHBOURS: Final = 8
"""How many names before and after a misspelt one it is compared with."""


class Family(StrEnum):
    """What a rule is about; the first digit of its code."""

    FORMAT = "format"
    CONTENT = "content"
    LINKS = "links"
    SIGNATURES = "signatures"
    SAFETY = "safety"
    PERMANENCE = "permanence"


class Finding(NamedTuple):
    """What a rule found in a file; `edits` mend it, where that takes no thinking."""

    position: Position
    message: str
    hint: str = ""
    edits: tuple[Edit, ...] = ()


class Located(NamedTuple):
    """A finding and the file it is about, for rules that look at more than one file."""

    file: Source | Catalog | Gone
    finding: Finding


@dataclass(frozen=True)
class Inspection:
    """What rules look at besides a source: the other entries, the data files, the day, and what several rules need."""

    root: Path
    """The entries folder."""
    names: tuple[str, ...]
    """File names of all entries relative to the folder, also of those that can't be read, in the order of their ids."""
    read: Callable[[str], Source]
    """Gives the source of a name."""
    product_catalog: ProductCatalog
    tool_catalog: ToolCatalog
    synonym_catalog: SynonymCatalog
    coverage_catalog: CoverageCatalog
    today: date
    reserved: frozenset[str] = frozenset()
    """First parts of addresses that the site's own pages take."""
    answers: Mapping[str, LinkAnswer] | None = None
    """What other sites answered for the addresses that entries link; None where nobody asked."""
    published: Published | None = None
    """What was published before; None where nobody asked."""
    pictures: tuple[str, ...] = ()
    """File names of all pictures relative to the folder."""
    translations: tuple[str, ...] = ()
    """File names of all translations relative to the folder."""
    claims: tuple[Claims, ...] = ()
    """What entries say that concerns others, in their order. A rule that looks at a source has none yet."""
    translated: tuple[Claims, ...] = ()
    """The same of translations: links, and headings to which links lead."""

    @property
    def catalogs(self) -> tuple[Catalog, ...]:
        """The data files."""
        return self.product_catalog, self.tool_catalog, self.synonym_catalog, self.coverage_catalog

    @cached_property
    def known_names(self) -> frozenset[str]:
        """All files that a link can lead to."""
        return frozenset((*self.names, *self.translations))

    @cached_property
    def known_translations(self) -> frozenset[str]:
        return frozenset(self.translations)

    @cached_property
    def sorted_names(self) -> list[str]:
        return sorted(self.names)

    @cached_property
    def ids(self) -> frozenset[str]:
        """Ids of all entries there are, also of those that could not be read."""
        return frozenset(name.rpartition(".")[0] for name in self.names)

    @cached_property
    def sorted_ids(self) -> list[str]:
        return sorted(self.ids)

    @cached_property
    def sources(self) -> list[Source]:
        """All entries as they were read, for rules that can't do with their claims."""
        return list(map(self.read, self.names))

    @cached_property
    def claims_by_name(self) -> dict[str, Claims]:
        return {claims.name: claims for claims in (*self.claims, *self.translated)}

    def anchors(self, name: str) -> list[str]:
        """The anchors of an entry's sections, found once."""
        if name not in self._anchors:
            self._anchors[name] = anchors_of(self.claims_by_name[name].headings)
        return self._anchors[name]

    def made(self, make: Callable[[Inspection], _Made]) -> _Made:
        """What a function makes of the inspection, made once for all rules."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast(_Made, self._made[make])

    @cached_property
    def _made(self) -> dict[Callable[[Inspection], object], object]:
        return {}

    @cached_property
    def _anchors(self) -> dict[str, list[str]]:
        return {}


def closest(name: str, known: list[str]) -> str | None:
    """The name most like `name` among its neighbours in a sorted list.

    A slip is rarely in the first letters. Comparing with all names would take the square of their number
    where every entry has a link that leads nowhere.
    """
    at = bisect_left(known, name)
    return next(iter(get_close_matches(name, known[max(0, at - NEIGHBOURS) : at + NEIGHBOURS], n=1)), None)


UNREADABLE: Final = "what breaks it is no entry, or one of which a part is lost"
"""Why a rule about what can be read is firm."""
UNBUILDABLE: Final = "no site can be built of what breaks it"
"""Why a rule is firm on which later stages rely."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the registry. `defects`, `in_source` and `in_collection` say how it is found; one of them at least."""

    code: str
    name: str
    family: Family
    summary: str
    why: str
    fix: str
    bad: str
    good: str
    mended: str = ""
    """What `--fix` does about it, in a sentence; empty where it can do nothing."""
    defects: frozenset[DefectKind] = field(default_factory=frozenset)
    """Kinds of defects of reading that this rule reports."""
    mend: Callable[[Source | Catalog, Defect], tuple[Edit, ...]] | None = None
    """What mends such a defect; no edits where a person has to look."""
    in_source: Callable[[Source, Inspection], Iterable[Finding]] | None = None
    """What it finds in a source. The other entries it does not know: it runs in several processes at once."""
    in_collection: Callable[[Inspection], Iterable[Located]] | None = None
    """What it finds in all claims together. A source is read for what is found, and only then."""
    runs: Callable[[Inspection], bool] | None = None
    """Whether it looks at all, where it needs what is not always asked for."""
    level: Level = Level.ERROR
    """How much it counts where a keeper says nothing of it."""
    firm: str = ""
    """Why it is an error in every knowledge base; empty where a keeper, or an entry, may say otherwise."""
