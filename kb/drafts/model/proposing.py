"""From a model's answer to an entry's file with drafted sections, their provenance, and what was dropped on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Collection as Names
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kb.checks import Diagnostic, errors_of
from kb.drafts.checked_entry import Checking, placed, problems_of
from kb.drafts.model.answer import SECTIONS
from kb.drafts.model.taking import Dropped, Said, Taken
from kb.drafts.model.unwritten import is_unwritten
from kb.entry import (
    Collection,
    EditError,
    Entry,
    SectionText,
    Source,
    digest_of_draft,
    edit_front_matter,
    parse_source,
    with_sections,
)

if TYPE_CHECKING:
    from kb.drafts.model.answer import Answer
    from kb.drafts.model.guards import Guards


class Outcome(NamedTuple):
    """What came of running a drafted workaround."""

    title: str
    is_proven: bool
    said: str
    """For a person: `proven (python 3.13)`, `not: …`, `can't be run here: …`."""


Prove = Callable[[Entry], tuple[Outcome, ...]]
"""Runs the workarounds of an entry as it would be, and says of each what came of it, in their order."""


@dataclass(frozen=True)
class Proposal:
    """An entry as it would be with what a model drafted, and how it came about."""

    source: Source
    said: tuple[Said, ...]
    dropped: tuple[Dropped, ...]
    sections: tuple[str, ...]
    """The sections that were drafted."""
    problems: tuple[Diagnostic, ...]
    """What the rules say of the entry now, and did not say before."""
    outcomes: tuple[Outcome, ...] = ()
    """What came of the drafted workarounds, where they were run, in their order in the file."""

    @property
    def passes(self) -> bool:
        """Whether the file may be written: drafted sections bring no error into it."""
        return self.source.entry is not None and not errors_of(self.problems)


def text_of_section(entry: Entry, section: str) -> str:
    """A section's text, as a draft's digest is of it."""
    if section == "workarounds":
        return "\n\n".join(f"{step.title}\n\n{step.body}" for step in entry.workarounds)
    return getattr(entry, section) or ""


def open_sections(entry: Entry, *, replace: bool) -> tuple[str, ...]:
    """The sections that may be drafted: empty ones, and those that a draft wrote and no person has touched since.

    With `replace` all of them.
    """
    return tuple(
        section
        for section in SECTIONS
        if replace or is_unwritten(entry, section) or _is_untouched_draft(entry, section)
    )


def _is_untouched_draft(entry: Entry, section: str) -> bool:
    drafted = entry.provenance.sections.get(section)
    if drafted is None or drafted.reviewed:
        return False
    return drafted.text == digest_of_draft(text_of_section(entry, section))


@dataclass(frozen=True)
class Proposing:
    """Makes proposals: with which model, for which of the entries, checked by what."""

    model: str
    collection: Collection
    checking: Checking
    prove: Prove | None = None

    def propose(self, source: Source, answer: Answer, guards: Guards, sections: Names[str]) -> Proposal:
        """The entry of a source with what may stand of an answer. Raises EditError where its file can't be edited."""
        assert source.entry is not None  # noqa: S101 - an entry that can't be read is not drafted
        taken = Taken(guards)
        texts: dict[str, SectionText] = {}
        steps: list[dict[str, str]] = []
        for section in SECTIONS:
            if section not in sections:
                taken.leave(section, answer)
            elif section == "workarounds":
                steps = taken.steps(answer.workarounds)
                if steps:
                    texts[section] = steps
            elif text := taken.text(section, getattr(answer, section)):
                texts[section] = text
        after, problems = self._looked_at(source, texts, taken)
        if errors_of(problems):
            for section in tuple(texts):
                found = errors_of(self._looked_at(source, {section: texts[section]}, taken)[1])
                if found:
                    del texts[section]
                    taken.leave_out(section, f"{found[0].code}, {found[0].message}")
            after, problems = self._looked_at(source, texts, taken)
        outcomes: tuple[Outcome, ...] = ()
        if self.prove and after.entry and "workarounds" in texts and not errors_of(problems):
            outcomes = tuple(sorted(self.prove(after.entry), key=lambda outcome: not outcome.is_proven))
            proven = [outcome.title for outcome in outcomes if outcome.is_proven]
            steps = sorted(steps, key=lambda step: step["title"] not in proven)
            after, problems = self._looked_at(source, texts | {"workarounds": steps}, taken, len(proven))
        return Proposal(after, tuple(taken.said), tuple(taken.dropped), tuple(texts), tuple(problems), outcomes)

    def _looked_at(
        self, source: Source, texts: Mapping[str, SectionText], taken: Taken, proven: int = 0
    ) -> tuple[Source, list[Diagnostic]]:
        """The source with these sections, and what the rules say of it that they don't say now.

        So many of its first workarounds are proven.
        """
        if not texts:
            return source, []
        after, around = placed(self._written(source, texts, taken, proven), self.collection)
        before = {(each.code, each.message) for each in problems_of(source, self.collection, self.checking)}
        found = problems_of(after, around, self.checking)
        return after, [each for each in found if (each.code, each.message) not in before]

    def _written(self, source: Source, texts: Mapping[str, SectionText], taken: Taken, proven: int) -> Source:
        drafted = parse_source(source.path, source.name, with_sections(source.text, source.name, texts))
        if drafted.entry is None:
            raise EditError("the drafted sections can't be written into it")
        text = drafted.text
        for section in texts:
            provenance = {
                "model": self.model,
                "day": self.checking.today,
                "sources": taken.sources_of(section),
                "text": digest_of_draft(text_of_section(drafted.entry, section)),
            }
            text = edit_front_matter(text, source.name, {f"provenance.{section}": provenance})
        recipe = drafted.entry.proof
        if proven and recipe and not recipe.fixes and drafted.entry.proved is None:
            # So that `kb prove --record` tries what was found to help.
            fixes = [{"workaround": number, "run": True} for number in range(1, proven + 1)]
            text = edit_front_matter(text, source.name, {"proof.fixes": fixes})
        return parse_source(source.path, source.name, text)
