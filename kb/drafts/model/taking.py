"""What of a model's answer is kept, statement by statement, and what is dropped and why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.drafts.model.answer import MOST_STATEMENTS, MOST_WORKAROUNDS
from kb.drafts.model.guards import Refused
from kb.entry import as_section

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kb.drafts.model.answer import Answer, Statement, Step
    from kb.drafts.model.guards import Guards

_LONGEST_TITLE: Final = 120
_MARKUP: Final = re.compile(r"[`*_\[\]<>#]")


class Dropped(NamedTuple):
    """A statement of a model that is not kept."""

    section: str
    text: str
    why: str


class Said(NamedTuple):
    """A statement of a model that is kept, and the names of its sources."""

    section: str
    text: str
    sources: tuple[str, ...]


class Taken:
    """What of an answer is kept so far, and what is dropped."""

    def __init__(self, guards: Guards) -> None:
        self.said: list[Said] = []
        self.dropped: list[Dropped] = []
        self._guards = guards

    def leave(self, section: str, answer: Answer) -> None:
        """Drop what was not asked for."""
        for each in getattr(answer, section):
            statement = each.title if section == "workarounds" else each
            self._drop(section, statement, "the section is not to be drafted")

    def leave_out(self, section: str, why: str) -> None:
        """Drop what was kept of a section."""
        self.dropped += (Dropped(section, said.text, why) for said in self.said if said.section == section)
        self.said = [said for said in self.said if said.section != section]

    def text(self, section: str, statements: Sequence[Statement]) -> str:
        """A section's text: sentences in a row, blocks of code apart."""
        return _as_prose(self._kept(section, statements))

    def steps(self, steps: Sequence[Step]) -> list[dict[str, str]]:
        """The workarounds of which title and something of the steps may stand."""
        found: dict[str, dict[str, str]] = {}
        for step in steps[:MOST_WORKAROUNDS]:
            before = len(self.said)
            titles = self._kept("workarounds", [step.title])
            body = _as_prose(self._kept("workarounds", step.body))
            title = _MARKUP.sub("", " ".join(titles[0].split())) if titles else ""
            if title and len(title) <= _LONGEST_TITLE and body and title not in found:
                found[title] = {"title": title, "body": body}
            else:
                for said in self.said[before:]:
                    self.dropped.append(Dropped("workarounds", said.text, "nothing is left of its workaround"))
                del self.said[before:]
        for step in steps[MOST_WORKAROUNDS:]:
            self._drop("workarounds", step.title, f"there are more than {MOST_WORKAROUNDS} workarounds")
        return list(found.values())

    def sources_of(self, section: str) -> list[str]:
        """The names of all sources that a section rests on."""
        return list(dict.fromkeys(name for said in self.said if said.section == section for name in said.sources))

    def _kept(self, section: str, statements: Sequence[Statement]) -> list[str]:
        found: list[str] = []
        for statement in statements[:MOST_STATEMENTS]:
            try:
                kept = self._guards.kept(statement)
            except Refused as refused:
                self._drop(section, statement, str(refused))
                continue
            if kept.text:
                found.append(kept.text)
                self.said.append(Said(section, kept.text, kept.sources))
        for statement in statements[MOST_STATEMENTS:]:
            self._drop(section, statement, f"there are more than {MOST_STATEMENTS} statements")
        return found

    def _drop(self, section: str, statement: Statement, why: str) -> None:
        self.dropped.append(Dropped(section, statement.text, why))


def _as_prose(texts: Iterable[str]) -> str:
    """Statements as prose under a heading: sentences in one paragraph, blocks of code apart from them."""
    parts: list[str] = []
    for text in texts:
        if parts and "\n" not in text and "\n" not in parts[-1]:
            parts[-1] += f" {text}"
        else:
            parts.append(text)
    return as_section("\n\n".join(parts)) if parts else ""
