"""Taking issues in: each becomes a draft entry, or one more report of an entry that knows its error."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from kb.drafts.book import EntriesBook
from kb.drafts.from_issue import DraftedError, errors_in, fields_of, slug_of
from kb.entry import IssueRef, plain
from kb.github import (
    TIMELINE_PAGES,
    Facts,
    GitHubError,
    Issue,
    Missing,
    Tracker,
    ends_a_run,
    facts_of,
    is_pull,
    ref_of,
)

MOST_FORMER: Final = 5
"""Reports of other repositories that are asked for, before one more is added to an entry."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an issue."""

    ref: IssueRef
    kind: Literal["new", "report", "known", "refused", "failed"]
    entry: str = ""
    """The entry it stands in now."""
    reason: str = ""
    """Why it was refused, or what GitHub failed in."""
    is_partial: bool = False
    """Whether its timeline was too long to be read whole."""


@dataclass(frozen=True, slots=True)
class Importer:
    """Takes issues from their host into the knowledge base."""

    client: Tracker
    book: EntriesBook
    now: Callable[[], datetime]

    def take_all(self, found: Iterable[IssueRef | Issue]) -> Iterator[Outcome]:
        """Take issues in one after the other, given by name or as a search gave them; each is done when it comes out.

        Doing it again changes nothing, so an import that was stopped is gone on with by starting it again. What GitHub
        fails in with one issue stops no other; failures in a row do. Raises GitHubError, with all outcomes before.
        """
        failures = 0
        for one in found:
            ref = one if isinstance(one, IssueRef) else ref_of(one)
            if ref is None:
                continue  # a search gives nothing without an address
            try:
                outcome = self.take(one, ref)
                failures = 0
            except ValueError as error:
                outcome = Outcome(ref, "refused", reason=str(error))
                failures = 0
            except GitHubError as error:
                failures += 1
                if ends_a_run(error, failures):
                    raise
                outcome = Outcome(ref, "failed", reason=str(error))
            yield outcome

    def take(self, one: IssueRef | Issue, ref: IssueRef) -> Outcome:
        """Take one issue in, which was asked for as `ref`. Raises ValueError with the reason why it can't be."""
        if entry := self.book.covering(ref):
            return Outcome(ref, "known", entry)
        if ref.host != self.client.host:
            raise _Untaken(f"it is not on {self.client.host}, the server that is asked")
        self.book.product_of(ref.place)
        issue = self.client.issue(one) if isinstance(one, IssueRef) else one
        if isinstance(issue, Missing):
            raise _Untaken(str(issue).removeprefix(f"{ref}: "))
        if is_pull(issue):
            raise _Untaken("a pull request; name the issue that it deals with")
        asked, ref = ref, ref_of(issue) or ref
        if ref.key != asked.key and (entry := self.book.covering(ref)):
            return Outcome(ref, "known", entry)
        if entry := self.book.knowing(f"{plain(issue['title'])}\n\n{plain(issue.get('body'))}"):
            if self._is_there_under_another_name(entry, ref):
                return Outcome(ref, "known", entry)
            self.book.add_report(entry, ref)
            return Outcome(ref, "report", entry)
        return self._drafted(issue, ref)

    def _is_there_under_another_name(self, entry: str, ref: IssueRef) -> bool:
        """Whether an entry has an issue by a former name: that of the repository it was transferred from."""
        former = [one for one in self.book.elsewhere(entry, ref) if one.host == self.client.host][:MOST_FORMER]
        now = (self.client.issue(one) for one in former)
        return any(not isinstance(one, Missing) and (name := ref_of(one)) and name.key == ref.key for one in now)

    def _drafted(self, issue: Issue, ref: IssueRef) -> Outcome:
        product, name = self.book.product_of(ref.place)
        errors = errors_in(issue)
        if not errors:
            raise _Untaken("no error message found in its text; write the entry with `kb new`")
        timeline = self.client.timeline(ref, TIMELINE_PAGES)
        if isinstance(timeline, Missing):
            raise _Untaken(str(timeline).removeprefix(f"{ref}: "))
        facts = _of_this_entry(facts_of(issue, timeline, self.now()), self.book)
        refusal = ""
        for drafted in _less_and_less(errors):
            try:
                entry = self.book.add(product, slug_of(issue), fields_of(issue, facts, drafted, name))
            except ValueError as error:
                refusal = refusal or str(error)
            else:
                return Outcome(ref, "new", entry, is_partial=not timeline.complete)
        raise _Untaken(refusal)


class _Untaken(ValueError):  # noqa: N818 - an outcome, not an error of the program
    """An issue that is not taken in, and why."""


def _less_and_less(errors: tuple[DraftedError, ...]) -> Iterable[tuple[DraftedError, ...]]:
    """All that was found, and less of it, for where checks refuse a part."""
    bare = tuple(DraftedError(error.text, "") for error in errors)
    return dict.fromkeys((errors, errors[:1], bare, bare[:1]))


def _of_this_entry(facts: Facts, book: EntriesBook) -> Facts:
    """Facts without the reports that stand in another entry already: an issue leads to one."""
    return replace(facts, reports=tuple(ref for ref in facts.reports if not book.covering(ref)))
