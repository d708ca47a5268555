"""For any values and any noise: a signature filled and wrapped is found, and its values come back."""

import html
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.match import Matcher

MATCHER = Matcher.from_signatures(
    [
        ("x/port", "cannot bind {{host:word}} to port {{port:int}}: address is taken"),
        ("x/module", "module '{{module}}' has no exported member called {{member:word}} in this scope"),
        ("x/file", "could not decode {{file:path}} at offset {{offset:hex}} because of {{reason}} (giving up)"),
    ]
)
WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789_-", min_size=1, max_size=12).filter(
    lambda word: word[0].isalpha()
)
PHRASES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
MESSAGES = st.one_of(
    st.builds(
        lambda host, port: (
            "x/port",
            f"cannot bind {host} to port {port}: address is taken",
            {"host": host, "port": str(port)},
        ),
        WORDS,
        st.integers(0, 65535),
    ),
    st.builds(
        lambda module, member: (
            "x/module",
            f"module '{module}' has no exported member called {member} in this scope",
            {"module": module, "member": member},
        ),
        PHRASES,
        WORDS,
    ),
    st.builds(
        lambda parts, offset, reason: (
            "x/file",
            f"could not decode /{'/'.join(parts)} at offset {offset:#x} because of {reason} (giving up)",
            {"file": f"/{'/'.join(parts)}", "offset": f"{offset:#x}", "reason": reason},
        ),
        st.lists(WORDS, min_size=1, max_size=5),
        st.integers(0, 2**32),
        PHRASES,
    ),
)
ESCAPES = st.sampled_from(
    [
        lambda text: text,
        lambda text: json.dumps({"level": "error", "message": text}),
        lambda text: json.dumps(json.dumps({"message": text})),
        html.escape,
        lambda text: text.replace("'", "’"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", " \x1b[1m"),
        lambda text: "\x1b[31m" + text + "\x1b[0m",
    ]
)
AROUND = st.sampled_from(["", "> ", "│ ", "2026-01-02T03:04:05Z ", "[12:30:01] INFO ", "web-1  | ", "  ⎿  "])


@settings(max_examples=300, deadline=None)
@given(MESSAGES, ESCAPES, AROUND, PHRASES)
def test_a_filled_signature_is_found_through_noise_with_its_values(message, escape, before, other):
    name, text, captures = message
    answers = MATCHER.match(f"{before}{other}\n{before}{escape(text)}\n{before}{other}\n")
    assert [(answer.id, answer.tier) for answer in answers[:1]] == [(name, "exact")]
    assert answers[0].captures == captures


@settings(max_examples=300, deadline=None)
@given(MESSAGES, st.integers(30, 120), st.sampled_from(["", "│ ", "> ", "| "]))
def test_a_message_cut_at_any_column_is_found(message, columns, gutter):
    name, text, _ = message
    wrapped = "\n".join(gutter + text[start : start + columns] for start in range(0, len(text), columns))
    answers = MATCHER.match(wrapped)
    assert [answer.id for answer in answers[:1]] == [name]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_answered_with_places_inside_it(text):
    for answer in MATCHER.match(text):
        assert 0 <= answer.start <= answer.end <= len(text)
