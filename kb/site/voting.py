"""What a reader can say of an entry: buttons that a collector counts, links to forms, or the counts alone.

An item is made once for each count, and given the entry's id afterwards: it stands on many a page.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from markupsafe import Markup

from kb.entry import FEEDBACK_SIGNALS, VOTE_SIGNALS, Entry, Signal, vote_title, workaround_keys
from kb.site.forms import form_url
from kb.site.urls import ID_MARK

if TYPE_CHECKING:
    import jinja2

    from kb.site.model import Options

HELPFUL: Final = {"helpful": "true", "unhelpful": "false"}
"""What the two answers to "Did this help?" are called where a collector takes them."""


class Said(NamedTuple):
    """A count, and how much of it a collector counted: the page puts in what that counts by now."""

    shown: int
    taps: int


class Voting:
    """Makes the places for votes on the pages of entries."""

    def __init__(self, options: Options, templates: jinja2.Environment) -> None:
        self.collector = options.votes_url
        """The address of the collector of taps; empty where there is none."""
        self._options = options
        self._templates = templates
        self._items: dict[tuple[Signal, Said], str] = {}

    @property
    def is_taken(self) -> bool:
        """Whether anybody counts votes."""
        return bool(self.collector or self._options.feedback)

    def answers(self, entry: Entry) -> Markup:
        """The two answers to "Did this help?"; nothing where votes aren't taken."""
        return self._of(entry, FEEDBACK_SIGNALS, entry.feedback) if self.is_taken else Markup()

    def questions(self, entry: Entry) -> Markup:
        """The other questions to readers, as items of a list."""
        return self._of(entry, VOTE_SIGNALS, entry.votes)

    def worked(self, entry: Entry, number: int) -> Markup:
        """The button below a workaround, which is counted from 1; nothing without a collector."""
        if not self.collector:
            return Markup()
        key = workaround_keys(entry)[number - 1]
        count = entry.taps.get(f"works@{key}", 0)
        return Markup(self._worked.render(voting=self, entry=entry, key=key, count=count))  # noqa: S704 - autoescaped

    def _of(self, entry: Entry, signals: tuple[Signal, ...], accounts: object) -> Markup:
        items = (self._item(signal, _said(entry, signal, accounts)) for signal in signals)
        return Markup("".join(items).replace(ID_MARK, entry.id))  # noqa: S704 - autoescaped; an id needs no escaping

    def _item(self, signal: Signal, said: Said) -> str:
        if (signal, said) not in self._items:
            name = "answer.html" if signal in FEEDBACK_SIGNALS else "vote.html"
            values = {"voting": self, "signal": signal, "said": said, "url": self._form(signal), "answers": HELPFUL}
            self._items[signal, said] = self._templates.get_template(name).render(values)
        return self._items[signal, said]

    @cached_property
    def _worked(self) -> jinja2.Template:
        return self._templates.get_template("worked.html")

    def _form(self, signal: Signal) -> str | None:
        """The address of the form that takes a vote, where votes go there."""
        options = self._options
        if self.collector or not options.feedback:
            return None
        form = ("vote", options.vote_form)
        return form_url(options.forge, options.feedback, form, vote_title(signal, ID_MARK), signal=signal.name)


def _said(entry: Entry, signal: Signal, accounts: object) -> Said:
    taps = entry.taps.get(signal.name, 0)
    return Said(getattr(accounts, signal.name) + taps, taps)
