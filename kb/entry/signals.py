"""What readers can say of an entry, in words: those on a page, and those in the title of the issue that says it."""

from typing import Final, NamedTuple

from kb.words import marked


class Signal(NamedTuple):
    """One thing to say. `name` is its key in front matter, `label` what a button shows, `question` what it answers."""

    name: str
    label: str
    question: str
    topic: str = ""
    """What stands before the label where that alone says too little."""

    @property
    def words(self) -> str:
        """The label as it is understood anywhere."""
        return f"{self.topic}: {self.label}" if self.topic else self.label


VOTE_SIGNALS: Final = (
    Signal("works", marked("Works"), marked("Did the solution work?")),
    Signal("easy_fix", marked("Easy fix"), marked("Was it quick?")),
    Signal("time_saver", marked("Time saver"), marked("Did it save you time?")),
    Signal("blocking", marked("Blocking"), marked("Was it severe?")),
    Signal("common_issue", marked("Common issue"), marked("Are others hitting it?")),
    Signal("flaky", marked("Flaky / intermittent"), marked("Does it come and go?")),
    Signal("verified", marked("Verified / reproducible"), marked("Can you reproduce it?")),
)
"""The keys of `votes`, in their order."""
FEEDBACK_SIGNALS: Final = (
    Signal("helpful", marked("Yes"), marked("Did this page help?"), "Helpful"),
    Signal("unhelpful", marked("No"), marked("Did it not?"), "Helpful"),
)
"""The keys of `feedback`: the quick answer, which is counted as votes are."""

_TITLE: Final = "Vote:"
_BY_WORDS: Final = {
    words.lower(): signal
    for signal in (*VOTE_SIGNALS, *FEEDBACK_SIGNALS)
    for words in (signal.name, signal.name.replace("_", " "), signal.words)
}


def signal_of(words: str) -> Signal | None:
    """The signal that somebody means: by its name or its words, in upper or lower case."""
    return _BY_WORDS.get(" ".join(words.split()).lower())


def vote_title(signal: Signal, entry: str) -> str:
    """The title of the issue that says a signal of an entry: `Vote: Easy fix git/a`."""
    return f"{_TITLE} {signal.words} {entry}"


def read_vote_title(title: str) -> tuple[str, str] | None:
    """The words for a signal, and the entry, of a vote's title; None for any other title.

    Both are empty in the title that the form itself has.
    """
    prefix, said = title[: len(_TITLE)], title[len(_TITLE) :].split()
    if prefix.lower() != _TITLE.lower():
        return None
    return " ".join(said[:-1]), said[-1] if said else ""
