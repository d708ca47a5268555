"""Random signatures stay exact through noise, with their values: a property over signatures, values and noise."""

import os

import pytest

from kb.match import Matcher

from .random_messages import NOISE, messages

COUNT = int(os.environ.get("KB_MESSAGES", "60"))
"""Messages for each noise; `KB_MESSAGES=3000` for a long look."""
NOT_KNOWN = {"wrapped at 60"}
"""Noise after which a value at a message's end may be cut: nothing tells how wide the lines of one message are."""


@pytest.fixture(scope="module")
def cases():
    listed = list(messages(COUNT, seed=20261128))
    matchers = [Matcher.from_signatures([("x/it", one.signature), ("x/other", "nothing else")]) for one in listed]
    return list(zip(listed, matchers, strict=True))


@pytest.mark.parametrize("name", NOISE)
def test_a_random_message_is_exact_with_its_values(cases, name):
    missed = []
    for message, matcher in cases:
        noisy = NOISE[name](message.text)
        text = noisy if "JSON" in name else f"INFO starting up\n{noisy}\nINFO done\n"
        found = matcher.match(text, 1)
        values = found[0].captures if found and found[0].tier == "exact" else None
        if values is None or (values != message.values and name not in NOT_KNOWN):
            missed.append((message.signature, text, found))
    assert missed == []
