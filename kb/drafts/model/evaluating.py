"""How well a model drafts: of what it says of entries that persons wrote, the share that has a right source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.drafts.model.answer import SECTIONS
from kb.drafts.model.guards import Guards, Refused
from kb.drafts.model.hosts import hosts_of
from kb.drafts.model.sources import SourceText, source_of
from kb.drafts.model.support import share_in
from kb.entry import PROSE_HEADINGS, placeholders_of, readable_parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.drafts.model.answer import Answer, Statement
    from kb.entry import Entry, Product

RIGHT: Final = 0.75
"""The share of a statement's telling words that the sources that it names must have, for them to be right ones.

More than the guards ask for, who must let a model choose its words.
"""


class Judged(NamedTuple):
    """A statement: whether the guards keep it, and whether the sources that it names say so."""

    section: str
    statement: Statement
    is_kept: bool
    is_right: bool


@dataclass(frozen=True, slots=True)
class DraftEvaluation:
    """Statements of several drafts, counted."""

    entries: int
    statements: int
    right: int
    """Those whose sources say so."""
    kept: int
    """Those that the guards let through."""
    kept_right: int

    @property
    def shares(self) -> dict[str, float]:
        """What goals may name: of all statements, and of those that are kept, the share with a right source."""
        return {"right": self.right / max(self.statements, 1), "kept_right": self.kept_right / max(self.kept, 1)}

    def below(self, goals: Mapping[str, float]) -> list[str]:
        """What falls short of goals, measure -> the least share: a sentence each. Raises ValueError for others."""
        shares = self.shares
        if strange := [name for name in goals if name not in shares]:
            raise ValueError(f"there is no measure {strange[0]!r}; there are {', '.join(shares)}")
        return [
            f"{name} is {shares[name]:.3f}, and has to be {goal:g}"
            for name, goal in goals.items()
            if shares[name] < goal
        ]


def facts_of_entry(entry: Entry) -> tuple[SourceText, ...]:
    """What this knowledge base itself has of an error, as sources apart: facts of its issue, its message, its sections.

    The text of an issue is in no entry: facts are what `kb import` kept of it, and `raw`.
    """
    found = [SourceText(f"entry {entry.id} message", _message(entry), is_ours=True)]
    if entry.issue:
        found.insert(0, SourceText(str(entry.issue.ref), _facts(entry)))
    for field in PROSE_HEADINGS:
        if field == "workarounds":
            for number, step in enumerate(entry.workarounds, 1):
                name = f"entry {entry.id} workaround {number}"
                found.append(SourceText(name, f"{step.title}\n\n{step.body}", is_ours=True))
        elif text := getattr(entry, field):
            found.append(SourceText(f"entry {entry.id} {field}", text, is_ours=True))
    return tuple(found)


def guards_of(entry: Entry, product: Product | None, sources: Iterable[SourceText]) -> Guards:
    """The guards of a draft of an entry from some sources."""
    names = frozenset(name for each in entry.signatures for name in placeholders_of(readable_parts(each.text)))
    return Guards({each.name: each for each in sources}, hosts_of(entry, product, source_of(entry)), names)


def judged(answer: Answer, guards: Guards) -> list[Judged]:
    """Each statement of an answer, judged by the sources that it names."""
    return [_judged(section, statement, guards) for section, statement in _statements(answer)]


def counted_up(all_judged: Iterable[list[Judged]]) -> DraftEvaluation:
    """The statements of drafts, an entry each."""
    drafts = list(all_judged)
    found = [one for draft in drafts for one in draft]
    kept = [one for one in found if one.is_kept]
    right = sum(one.is_right for one in found)
    return DraftEvaluation(len(drafts), len(found), right, len(kept), sum(one.is_right for one in kept))


def _statements(answer: Answer) -> Iterator[tuple[str, Statement]]:
    for section in SECTIONS:
        if section == "workarounds":
            for step in answer.workarounds:
                yield from ((section, statement) for statement in (step.title, *step.body))
        else:
            yield from ((section, statement) for statement in getattr(answer, section))


def _judged(section: str, statement: Statement, guards: Guards) -> Judged:
    named = guards.named(statement.sources)
    is_right = bool(named) and len(named) == len(set(statement.sources))
    is_right = is_right and share_in(statement.text, [source.shown for source in named]) >= RIGHT
    try:
        is_kept = bool(guards.kept(statement).text)
    except Refused:
        is_kept = False
    return Judged(section, statement, is_kept, is_right)


def _message(entry: Entry) -> str:
    lines = [entry.title, *entry.codes]
    for signature in entry.signatures:
        lines += [signature.text, *(f"```text\n{example}\n```" for example in signature.examples)]
    lines += [f"Version {version}" for version in entry.affects.versions]
    lines += [f"Platform {platform}" for platform in entry.affects.platforms]
    return "\n\n".join(lines)


def _facts(entry: Entry) -> str:
    assert entry.issue is not None  # noqa: S101 - asked before
    issue = entry.issue
    lines = [f"{issue.comments} comments, {issue.participants} participants, {issue.reactions} reactions"]
    lines += [f"{count} times {kind}" for kind, count in issue.timeline.items()]
    lines += [f"Pull request {pull.ref}, {pull.state}: {pull.title or ''}" for pull in entry.pulls]
    lines += [f"Also reported as {ref}" for ref in entry.reports]
    return "\n".join([*lines, "", entry.raw or ""])
