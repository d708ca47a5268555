"""From a model's answer about an issue to an analysis of it: statements with their sources, and what was dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kb.drafts.model.answer import SECTIONS
from kb.drafts.model.sources import SourceText
from kb.drafts.model.taking import Dropped, Said, Taken

if TYPE_CHECKING:
    from datetime import date

    from kb.drafts.model.answer import Answer
    from kb.drafts.model.guards import Guards
    from kb.match import Fix

ANALYSED: Final = tuple(section for section in SECTIONS if section != "workarounds")
"""The sections of an analysis: what is to be done stands in entries, where it is tried and reviewed."""


@dataclass(frozen=True)
class Analysis:
    """What a model says of an issue, statement by statement, and what of it was dropped."""

    model: str
    day: date
    said: tuple[Said, ...]
    dropped: tuple[Dropped, ...]

    @property
    def sections(self) -> dict[str, list[Said]]:
        """Section -> its statements, in the order of a page."""
        found = {section: [said for said in self.said if said.section == section] for section in ANALYSED}
        return {section: said for section, said in found.items() if said}

    @property
    def mark(self) -> str:
        """What is said of it wherever it is shown."""
        return (
            f"Drafted by a model, {self.model}, on {self.day}. Nobody has reviewed it. "
            "Behind each statement stand in brackets the texts that it rests on."
        )


def analysis_of(model: str, day: date, answer: Answer, guards: Guards) -> Analysis:
    """What may stand of a model's answer about an issue."""
    taken = Taken(guards)
    for section in SECTIONS:
        if section in ANALYSED:
            taken.text(section, getattr(answer, section))
        else:
            taken.leave(section, answer)
    return Analysis(model, day, tuple(taken.said), tuple(taken.dropped))


def source_of_fix(fix: Fix) -> SourceText | None:
    """What the knowledge base knows of an error like an issue's, as a source; None for a draft, which is none."""
    if fix["drafted"]:
        return None
    text = f"Title: {fix['title']}\n\n{fix['summary']}\n\nWorkaround: {fix['step']}\n{fix['markdown']}"
    return SourceText(f"entry {fix['id']}", text, is_ours=True)
