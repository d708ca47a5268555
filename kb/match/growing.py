"""A matcher to which signatures are added while it is in use, as an import of many issues does."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.match.indexed import Indexed
from kb.match.matcher import Matcher


@dataclass
class GrowingMatcher:
    """Matches against signatures of which more are added, without indexing them all anew each time.

    Groups of twice as many each, as a binary counter has them: a signature is indexed again log2(n) times at the most.
    """

    _groups: list[tuple[Matcher, list[Indexed]]] = field(default_factory=list)

    def add(self, signatures: list[Indexed]) -> None:
        """Add signatures."""
        group = list(signatures)
        while self._groups and len(self._groups[-1][1]) <= len(group):
            group = self._groups.pop()[1] + group
        if group:
            self._groups.append((Matcher.from_signatures(group), group))

    def knowing(self, text: str) -> str | None:
        """The id of the best signature that stands in a text as a whole."""
        found = [answer for matcher, _ in self._groups for answer in matcher.whole(text)]
        return max(found, key=lambda answer: answer.end - answer.start).id if found else None
