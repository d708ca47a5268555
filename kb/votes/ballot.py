"""A vote: one issue that was made with the vote form, and whether it stands.

The form is opened by a link that fills in its fields and the title, so the two say the same. Where they differ somebody
changed one of them, or GitHub filled in only a part: what was meant is not known, and nothing counts.

A vote stands while its issue is open, and after the workflow closed it: that closes as completed, and puts the label
`counted` on it, which nobody can do without rights in the repository. Any other closing withdraws the vote: its
author's, whatever the reason they choose, and a keeper's (as "not planned" even with the label). To withdraw what was
counted already, a person sends the form once more and closes that issue: of one person's votes on the same question of
the same entry, the latest counts.
"""

import re
from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from kb.entry import Feedback, Votes, one_line, plain, read_vote_title, signal_of
from kb.github import Issue, is_program

VOTE: Final = "vote"
"""The label that the vote form puts on its issues."""
COUNTED: Final = "counted"
"""The label of a vote that the workflow closed."""
SIGNALS: Final = (*Votes.model_fields, *Feedback.model_fields)
_QUESTIONS: Final = {"unhelpful": "helpful"}
"""Signals that answer another one's question: of two answers to one question the latest counts."""
_ANSWER: Final = re.compile(r"^### +(Entry|Signal)[ \t]*\n\s*(\S[^\n]*)", re.MULTILINE)
_GHOST: Final = "ghost"
"""The account that GitHub shows in place of those that were deleted."""
_FORM_LENGTH: Final = 5_000
"""Characters in which entry and signal stand; what follows is the reader's own text."""


class Vote(NamedTuple):
    """What a person said of an entry. `number` is the issue's; `at` when it was sent, as the API writes time."""

    number: int
    person: str
    entry: str
    signal: str
    at: str
    stands: bool

    @property
    def question(self) -> str:
        """What was asked; a person has one answer to it."""
        return _QUESTIONS.get(self.signal, self.signal)


class Spoilt(NamedTuple):
    """A vote issue that counts for nothing, and why."""

    number: int
    reason: str
    is_told: bool
    """Whether keepers should look at it: a program's vote and a blocked person's are left out in silence."""


def ballot(issue: Issue, entries: Mapping[str, str], blocked: Collection[str]) -> Vote | Spoilt:
    """Read a vote issue. `entries`: ids and former ids -> ids; `blocked`: accounts in lower case."""
    number, user = issue["number"], issue.get("user")
    if user is None or user["login"] == _GHOST:
        return Spoilt(number, "its author's account is gone", is_told=False)
    person = user["login"].lower()
    if is_program(user) or person in blocked:
        return Spoilt(number, f"{person} has no vote", is_told=False)
    stands = _stands(issue)
    named, said = _answers(issue)
    if not (named and said):
        return Spoilt(number, "not filled in as the vote form does it", is_told=stands)
    entry, signal = _entry(named, entries), signal_of(said)
    if entry is None:
        return Spoilt(number, f"no entry {one_line(named, 80)!r}", is_told=stands)
    if signal is None:
        return Spoilt(number, f"no signal {one_line(said, 40)!r}", is_told=stands)
    title = one_line(issue["title"], 400)
    read = read_vote_title(title)
    # Whoever opened the form without a link has the form's own title, which says nothing else than the fields.
    if read != ("", "") and (read is None or signal_of(read[0]) != signal or _entry(read[1], entries) != entry):
        return Spoilt(number, f"its title {one_line(title, 120)!r} says something else than its form", is_told=stands)
    return Vote(number, person, entry, signal.name, issue["created_at"], stands)


def _entry(named: str, entries: Mapping[str, str]) -> str | None:
    return entries.get(named.strip("/ `"))


def _answers(issue: Issue) -> tuple[str, str]:
    """What stands in the form for entry and signal; empty where it doesn't. Only the first answers are the form's."""
    answers: dict[str, str] = {}
    for name, value in _ANSWER.findall(plain((issue.get("body") or "")[:_FORM_LENGTH])):
        answers.setdefault(name, value.strip())
    return answers.get("Entry", ""), answers.get("Signal", "")


def _stands(issue: Issue) -> bool:
    if issue["state"] == "open":
        return True
    is_counted = any(label.get("name") == COUNTED for label in issue.get("labels") or ())
    return is_counted and issue.get("state_reason") in (None, "completed")
