"""No text makes matching slow: hostile ones take about as long for a character as prose does."""

import random
import time

import pytest

from kb.match import Matcher

SIZE = 200_000
SIGNATURES = [
    ("x/stars", "foo {{a}} bar {{b}} baz {{c:int}} qux"),
    ("x/repeated", "a a a a a {{x}} b"),
    ("x/lines", "{{file:path}}: error {{lines:lines}} end of it {{rest:rest}}"),
    ("x/quoted", "'{{q:quoted}}' is 'wrong' {{z}}"),
]
HOSTILE = {
    "one letter": "a",
    "one quote": '"',
    "backslashes": "\\",
    "escapes": "\\n",
    "control sequences": "\x1b]",
    "entities": "&amp;",
    "gutters": "\n|",
    "paths": "C:\\",
    "words of a signature": "a ",
    "placeholders without an end": "foo bar ",
    "placeholders that don't fit": "foo bar baz ",
    "nearly a match": "foo bar baz 1 ",
    "lines without an end": ": error end of it\n",
    "quotes without an end": "' is 'wrong' ",
    "short lines": "a\n",
    "JSON that never closes": '{"a":"',
    "tags": "<a>",
}
FACTOR = 5
"""Slower than prose by so much at most; small texts on a busy machine vary."""


def seconds(matcher, text):
    started = time.process_time()
    matcher.match(text)
    return time.process_time() - started


@pytest.fixture(scope="module")
def prose():
    words = [
        "the",
        "quick",
        "brown",
        "fox",
        "jumps",
        "over",
        "lazy",
        "errors",
        "while",
        "it",
        "logs",
        "to",
        "a",
        "file",
    ]
    return " ".join(random.Random(1).choices(words, k=SIZE // 4))[:SIZE]


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_as_fast_as_prose(unit, prose):
    text = (unit * SIZE)[:SIZE]
    matcher = Matcher.from_signatures(SIGNATURES)
    # In turns, so that a busy machine slows down both.
    times = [(seconds(matcher, text), seconds(matcher, prose)) for _ in range(3)]
    hostile_time, prose_time = map(min, zip(*times, strict=True))
    assert hostile_time < FACTOR * prose_time + 0.05


def test_the_time_grows_with_the_text_and_no_faster():
    matcher = Matcher.from_signatures(SIGNATURES)
    unit = "foo bar baz 1 "
    small = min(seconds(matcher, unit * 10_000) for _ in range(2))
    large = min(seconds(matcher, unit * 40_000) for _ in range(2))
    assert large < 8 * small + 0.05


def test_a_signature_that_repeats_a_word_takes_no_multiple_of_the_time_for_each_repetition():
    text = ("eel " * 40 + "end of ") * 10
    few, many = (Matcher.from_signatures([("x/repeated", f"{'eel ' * count}end of it")]) for count in (20, 80))
    assert seconds(many, text) <= 4 * seconds(few, text) + 0.05
