"""The wording of an error without values: whatever may be one is left out, so that it can be told to others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.match import without_values


@pytest.mark.parametrize(
    ("message", "wording"),
    [
        ("OSError: [Errno 98] Address already in use: port 8000", "* Errno * Address already in use port *"),
        ("TS2322: Type 'string' is not assignable to type 'number'.", "TS2322 Type * is not assignable to type *"),
        ("ModuleNotFoundError: No module named 'billing'", "ModuleNotFoundError No module named *"),
        ("can't open file /home/joe/plans.py", "can't open file *"),
        ("Permission denied (publickey).", "Permission denied publickey"),
    ],
)
def test_the_words_of_a_message_stay(message, wording):
    assert without_values(message) == wording


SECRETS = [
    *("joe@corp.example", "10.1.2.3", "build-7.corp.example", "/home/joe/.ssh/id_rsa", r"C:\Users\Joe", "0xdeadbeef"),
    *("AKIAIOSFODNN7EXAMPLE", "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "c2VjcmV0", "hunter2", "4111111111111111"),
    *("2026-01-02", "https://joe:pw@corp.example/x?token=abc", "fd00::1", "550e8400-e29b-41d4-a716-446655440000"),
    *(
        "password=correct-horse",
        "'my secret'",
        '"my secret"',
        "`my secret`",
        "“my secret”",
        "José",
        "naïve.txt",
        "秘密",
    ),
]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    "message", ["cannot use {} here", "{}", "failed: {}", "({})", "a={} b", "error in {}: no such thing"]
)
def test_no_value_is_told(message, secret):
    told = without_values(message.format(secret))
    bare = secret.strip("'\"`“”")
    assert [word for word in (bare, *bare.split()) if word in told] == []


@pytest.mark.parametrize(
    "message", ["user {} is unknown", "role {} does not exist", "table {} has no column", "host {}"]
)
def test_a_name_that_is_a_plain_word_is_not_told_where_names_stand(message):
    assert "alice" not in without_values(message.format("alice"))


@given(st.text(st.characters(codec="utf-8"), max_size=200) | st.text("aA1 '\"`./:-_*\n", max_size=80))
def test_what_is_told_has_nothing_left_to_take_away(text):
    once = without_values(text)
    assert without_values(once) == once
