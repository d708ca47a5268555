"""The vote issues of a repository as votes: which entries they can be about, and whose vote counts."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

from kb.entry import Collection as Entries
from kb.github import Issue, Tracker, is_pull
from kb.votes.ballot import VOTE, Spoilt, Vote, ballot


class Cast(NamedTuple):
    """All votes of a repository, and the vote issues that are none."""

    votes: tuple[Vote, ...]
    spoilt: tuple[Spoilt, ...]


@dataclass(frozen=True)
class Box:
    """What it takes to read vote issues: the entries' names, former ones too, and who has no vote, in lower case."""

    ids: Mapping[str, str]
    blocked: Collection[str]

    @classmethod
    def of(cls, entries: Entries, blocked: Collection[str]) -> Self:
        ids = {alias: entry.id for entry in entries.entries for alias in entry.aliases}
        return cls(ids | {entry.id: entry.id for entry in entries.entries}, blocked)

    def ballot(self, issue: Issue) -> Vote | Spoilt:
        return ballot(issue, self.ids, self.blocked)

    def read(self, client: Tracker, repository: str) -> Cast:
        """Every vote issue there is. Keeps of each what counts, so that many fit in memory. Raises GitHubError."""
        found = [self.ballot(issue) for issue in client.made_by_form(repository, VOTE) if not is_pull(issue)]
        votes = tuple(one for one in found if isinstance(one, Vote))
        return Cast(votes, tuple(one for one in found if isinstance(one, Spoilt)))


def blocked_names(text: str) -> Iterator[str]:
    """The accounts of a block list, in lower case: one a line; `#` starts a comment."""
    for line in text.splitlines():
        name = line.partition("#")[0].strip().lower().removeprefix("@")
        if name:
            yield name
