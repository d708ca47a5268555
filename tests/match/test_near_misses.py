"""A message is found exactly after thousands of lines that are nearly the same message."""

import pytest

from kb.match import Matcher

MATCHER = Matcher.from_signatures(
    [
        ("x/port", "cannot bind {{host:word}} to port {{port:int}}: address is taken"),
        ("x/module", "module '{{module}}' has no exported member called {{member:word}} in this scope"),
        ("x/file", "could not decode {{file:path}} at offset {{offset:hex}} because of {{reason}} (giving up)"),
        ("x/request", "request {{id:hex}} failed with status {{code:int}}"),
        ("x/quoted", "no provider for\n{{name:quoted}} in {{file:path}}"),
    ]
)
NEAR_MISSES = {
    "a value of another type": (
        "cannot bind host to port p%d: address is taken",
        "cannot bind a to port 80: address is taken",
    ),
    "another ending": ("cannot bind host to port %d: address is free", "cannot bind a to port 80: address is taken"),
    "a value of two words": (
        "module 'm' has no exported member called %d or so in this scope",
        "module 'm' has no exported member called b in this scope",
    ),
    "a number with a letter": (
        "could not decode /a at offset %dq because of x (giving up)",
        "could not decode /a at offset 0x1 because of x (giving up)",
    ),
    "a value at the end": ("request %d failed with status unknown", "request ff failed with status 500"),
    "a message of two lines": ("no provider for\nlogger%d in /a/b.ts", "no provider for\n'logger' in /a/b.ts"),
}


@pytest.mark.parametrize("before", ["", "2026-01-02T03:04:05Z ", "web-1  | "])
@pytest.mark.parametrize(("near_miss", "message"), NEAR_MISSES.values(), ids=NEAR_MISSES)
def test_near_misses_do_not_hide_a_message(near_miss, message, before):
    lines = [line for number in range(2000) for line in (near_miss % number).split("\n")]
    text = "\n".join(before + line for line in [*lines, *message.split("\n"), *lines[:500]])
    assert [answer.tier for answer in MATCHER.match(text, 1)] == ["exact"]
