"""Target `paste`: what people paste, in any noise. Answers lie in the text, and noise changes none of them."""

import html
import itertools
import json
from collections.abc import Iterable
from functools import cache

import click
import corpus
from expectations import OBEYED
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import mutants

from kb.cli.answers import to_data, to_text
from kb.drafts import draft_signature, error_blocks
from kb.entry import SignatureError
from kb.match import Answer, Known, KnownError, Matcher, from_entries, match_stream

MARKS = st.sampled_from(
    ("\n", "\r\n", "\r", " ", "\t", "\x1b[31m", "\x1b[0m", "\x1b]0;t\x07", "\x1b", "^[[1m", "\u2502 ", "> ", "| ",
     "* ", "...", "\u2026", "\\n", "\\u001b[0m", "\\\\", "&quot;", "&#10;", "<br>", "'\\''", "\u00a0", "\u200b",
     "\u202e", "\ufeff", "\u2028", "\x00", "\U0001f600", "e\u0301", "\ud800", "`", "'", '"', "\u2019", "{{x}}",
     "2026-01-02T03:04:05Z ", "[12:30:01] INFO ", "web-1  | ", "C:\\new\\test", "/srv/a b/c",
     "    at f (node:net:1:2)", "0x1f", "9" * 50, "a" * 400, "error: ", "Error: ", "fatal: ")
)  # fmt: skip
PIECES = MARKS | st.sampled_from(corpus.pastes()) | st.sampled_from(corpus.payloads()) | st.text(max_size=6)

GUTTERS = ("", "> ", "\u2502 ", "2026-01-02T03:04:05Z ", "2026-01-02 03:04:05,678 ", "[12:30:01] ", "web-1  | ")
NOISE = st.sampled_from(
    (
        lambda text: f"\x1b[31m{text}\x1b[0m",
        lambda text: text.replace(" ", " \x1b[1m"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: json.dumps({"level": "error", "message": text}),
        html.escape,
        lambda text: f"Hi, I get this:\n\n```\n{text}\n```\n\nAny idea?",
        *(lambda text, before=before: "".join(f"{before}{line}\n" for line in text.split("\n")) for before in GUTTERS),
    )
)
"""What README says that the matcher sees through: each alone."""


@cache
def known() -> Known:
    return from_entries(corpus.ROOT / "entries")


def matcher() -> Matcher:
    return known().matcher


@settings(max_examples=30)
@given(
    text=mutants(corpus.pastes(), PIECES),
    cuts=st.lists(st.integers(0, 4000), max_size=4),
    example=st.sampled_from(corpus.examples()),
    noise=NOISE,
)
def test_answers_lie_in_what_was_pasted_and_known_noise_changes_none(text, cuts, example, noise):
    answers = matcher().match(text)
    assert answers == matcher().match(text)
    assert matcher().match(text, 1) == answers[:1]
    assert len({answer.id for answer in answers}) == len(answers)
    for answer in answers:
        assert 0 <= answer.start < answer.end <= len(text)
        assert 0 < answer.score <= 1
    # Halves of a pair, which a text in memory may have and no file: no signature can be written with one.
    for block in error_blocks(text.encode("utf-8", "replace").decode()):
        drafted(block)
    # However it comes, what stands there as a whole is found.
    for known_error in known().find(text, 5):
        told(known_error)
    places = [0, *sorted(cut for cut in cuts if cut < len(text)), len(text)]
    pieces = [text[start:end] for start, end in itertools.pairwise(places)]
    assert exact(match_stream(matcher(), pieces)) >= exact(answers)
    assert exact(matcher().match(noise(example))) >= exact(matcher().match(example))


def exact(answers: Iterable[Answer]) -> set[str]:
    """The entries whose whole signature is there."""
    return {answer.id for answer in answers if answer.tier == "exact"}


def drafted(block: str) -> None:
    """A signature that is drafted of an error finds it, or there is none."""
    try:
        signature = draft_signature(block)
    except SignatureError:
        return
    assert exact(Matcher.from_signatures([("a/a", signature)]).match(block)) == {"a/a"}, signature


def told(known_error: KnownError) -> None:
    """An answer is shown on a terminal as nothing that it obeys, and is JSON."""
    assert json.loads(json.dumps(to_data(known_error)))["id"] == known_error.entry
    shown = click.unstyle(to_text(known_error, None))
    assert not [letter for letter in shown if letter in OBEYED]
