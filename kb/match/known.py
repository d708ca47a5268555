"""An answer with what is known of its entry: what commands print, and what replies and reports are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kb.match.platforms import platforms_shown
from kb.match.stream import match_stream
from kb.match.versions import version_notes, versions_shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kb.match.fixes import Fix
    from kb.match.matcher import Answer, Matcher, Tier
    from kb.match.search import Found, SearchIndex

_AT_ONCE: Final = 100_000
"""Characters that are matched in one go: more than GitHub takes for an issue. A log is matched piece by piece."""


class SourceError(Exception):
    """What is known can't be had; the text says from where and why."""


@dataclass(frozen=True, slots=True)
class KnownError:
    """An entry whose error a text shows, how sure that is, the reader's values, and the fix."""

    entry: str
    """The entry's id."""
    tier: Tier
    score: float
    values: Mapping[str, str]
    """What stands in the text for each placeholder."""
    fix: Fix | None
    """None for signatures that come without entries."""
    signature: str
    start: int
    end: int
    """Where it stands, in the pasted text's characters from 0."""

    @property
    def title(self) -> str:
        """What the entry is called: its id, where nothing else is known of it."""
        return self.fix["title"] if self.fix else self.entry

    @property
    def is_draft(self) -> bool:
        """Whether a model drafted the fix, and nobody has reviewed it."""
        return bool(self.fix and self.fix["drafted"])

    @property
    def is_symptom(self) -> bool:
        """Whether the message says only that something else failed."""
        return bool(self.fix and self.fix["symptom"])

    def page(self, site: str) -> str:
        """The address of the entry's page; `site` is where the knowledge base is published."""
        return f"{site.rstrip('/')}/{self.entry}/"

    def version_notes(self, text: str, given: Mapping[str, str]) -> list[str]:
        """What follows for a reader from the entry's versions, a sentence each, what was fixed first.

        `given` has the versions of tools that the reader named; the others are those that the text shows.
        """
        versions = self.fix["versions"] if self.fix else None
        if versions is None:
            return []
        return version_notes(versions, self.signature, {**versions_shown(text, versions["names"]), **given})

    def is_for_another_platform(self, text: str) -> bool:
        """Whether a text shows platforms, and none of those where the entry's error happens."""
        only = self.fix["platforms"] if self.fix else ()
        shown = platforms_shown(text) if only else frozenset()
        return bool(shown) and shown.isdisjoint(only)


@dataclass(frozen=True, slots=True)
class Known:
    """A knowledge base to match with: a matcher, the fixes of its entries, and what was left out, a sentence each."""

    matcher: Matcher
    fix: Callable[[str], Fix | None]
    left_out: tuple[str, ...] = ()
    search_index: Callable[[], SearchIndex | None] = lambda: None
    """Opens, or makes, the index for a search by words; None where there are no entries to search."""

    def find(self, text: str, top: int, *, for_readers: bool = True) -> list[KnownError]:
        """What a text shows, the best first. Raises SourceError where a site can't be read.

        A proof asks not for readers: what a short text shows most of all, reviewed or not, symptom or not.
        """
        try:
            if len(text) <= _AT_ONCE:
                return list(map(self._known, self.matcher.match(text, top, for_readers=for_readers)))
            return self.find_best((text[at : at + _AT_ONCE] for at in range(0, len(text), _AT_ONCE)), top)
        except (OSError, ValueError, KeyError) as error:
            raise SourceError(f"the index of errors can't be read: {error}") from None

    def find_best(self, pieces: Iterable[str], top: int) -> list[KnownError]:
        """The same of a text that comes in pieces."""
        found = map(self._known, match_stream(self.matcher, pieces))
        return sorted(found, key=_for_readers)[:top]

    def find_each(self, pieces: Iterable[str]) -> Iterator[KnownError]:
        """What a text that comes in pieces shows, each entry once, as soon as it is certain."""
        return map(self._known, match_stream(self.matcher, pieces))

    def by_words(self, query: str, top: int, only: Mapping[str, str] | None = None) -> Found:
        """What a reader's words find; `only` names what all results have. Raises SourceError without an index."""
        from kb.match.search import search  # noqa: PLC0415 - needed where nothing was matched
        from kb.match.site_files import CONTRADICTIONS  # noqa: PLC0415

        try:
            index = self.search_index()
            if index is None:
                raise SourceError("there are no entries to search")
            return search(query, index, top, only=only)
        except (OSError, ValueError) as error:
            raise SourceError(f"the index for a search can't be read: {error}") from None
        except CONTRADICTIONS:
            raise SourceError("the index for a search can't be read: its files contradict each other") from None

    def _known(self, answer: Answer) -> KnownError:
        return KnownError(
            entry=answer.id,
            tier=answer.tier,
            score=answer.score,
            values=answer.captures,
            fix=self.fix(answer.id),
            signature=answer.signature,
            start=answer.start,
            end=answer.end,
        )


def _for_readers(known: KnownError) -> tuple[bool, bool, bool, float]:
    """What comes first of a text that was read in pieces, as in one that is matched at once."""
    return known.tier != "exact", known.is_draft, known.is_symptom, -known.score
