"""A trace misses no text in which its rule would find something: what RE2 is asked for is less than what rules take."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.checks import secrets, traces
from kb.checks.rules import (
    kb208_leftover,
    kb304_bad_reference,
    kb502_mail_address,
    kb503_public_address,
    kb504_home_folder,
)

PAIRS = {
    "secrets": (secrets._CANDIDATE, secrets._CANDIDATE_TRACE, "aA0_-=+~ \n./:'\"ws"),
    "passwords in addresses": (secrets._PASSWORD_IN_ADDRESS, secrets._PASSWORD_TRACE, "a:/@ \né"),
    "leftovers": (kb208_leftover._LEFTOVER, kb208_leftover._TRACE, "TODOhere. <[(yourfil>\n"),
    "references": (kb304_bad_reference._REFERENCE, kb304_bad_reference._TRACE, "issue (#01) é.\n/"),
    "mail addresses": (kb502_mail_address._ADDRESS, kb502_mail_address._TRACE, "aé@%40.-_ B\n"),
    "public addresses": (kb503_public_address._ADDRESS, kb503_public_address._TRACE, "0123.:af \nF"),
    "home folders": (kb504_home_folder._HOME, kb504_home_folder._TRACE, "/home\\Users:C a\n"),
}


@pytest.mark.parametrize(("pattern", "trace", "letters"), PAIRS.values(), ids=PAIRS)
def test_what_a_rule_takes_has_its_trace(pattern: re.Pattern[str], trace: traces.Trace, letters: str):
    @settings(max_examples=300)
    @given(st.from_regex(pattern) | st.text(alphabet=letters, max_size=60))
    def check(text: str) -> None:
        if pattern.search(text):
            assert traces.has(text, trace)

    check()


def test_a_host_whose_names_start_with_digits_has_its_trace():
    assert traces.has("jane.roe@1.2acme-corp.com", kb502_mail_address._TRACE)


def test_a_text_of_other_letters_has_no_trace():
    assert not any(traces.has("Всё хорошо.", trace) for _, trace, _ in PAIRS.values())


def test_a_trace_is_found_beside_half_a_character():
    assert traces.has("\ud800 a@b.example", kb502_mail_address._TRACE)
