"""A message of several lines in a log that puts something before each line is still the whole message."""

import pytest

from kb.match import Matcher

MARGINS = (
    *("", "> ", "│ ", "2026-01-02T03:04:05Z ", "2026-01-02 03:04:05,678 ", "[12:30:01] ", "web-1  | "),
    # GitLab's runner, Azure's, Heroku's router, pm2, concurrently, a journal in another language.
    *("2026-01-02T03:04:05.678901Z 01E ", "2026-01-02T03:04:05.678901Z 01O+", "2026-01-02T03:04:05.6789012Z ##[error]"),
    *("2026-01-02T03:04:05.678901+00:00 app[web.1]: ", "0|server  | ", "[1] ", "nov. 02 03:04:05 host app[123]: "),
)

IN_LINES = "Lock file is stale\nRebuild it from {{file}}\nor remove the cache"
"""Its telling pairs of words stand in other messages too; what no other has are those over a line's end."""
NEIGHBOURS = [
    (f"neighbour/{number}", f"{text} {number}x")
    for number, text in enumerate(
        [
            "Lock file is stale at",
            "the lock file is",
            "is stale since",
            "Rebuild it from scratch",
            "it from version",
            "or remove the link",
            "remove the cache of",
            "the cache is in",
        ]
    )
]
FOLDED = IN_LINES.replace("\n", " ")
"""The same, where the signature says nothing of lines."""
IN_ONE_LINE = (
    "npm error Could not resolve dependency: npm error peer {{peer}}@{{range:quoted}} from {{package}}@{{version:word}}"
)
"""Its tool prints a line's end after the colon, and the signature doesn't say so."""


@pytest.mark.parametrize("margin", MARGINS)
@pytest.mark.parametrize(
    ("signature", "printed"),
    [
        (IN_LINES, ("Lock file is stale", "  Rebuild it from web.lock", "", "  or remove the cache")),
        (FOLDED, ("Lock file is stale", "  Rebuild it from web.lock", "  or remove the cache")),
        (IN_ONE_LINE, ("npm error Could not resolve dependency:", 'npm error peer left@"^16" from right@13.1.1')),
    ],
)
def test_a_margin_before_each_line_hides_no_message(signature, printed, margin):
    matcher = Matcher.from_signatures([("own/message", signature), *NEIGHBOURS])
    log = "".join(f"{margin}{line}\n" for line in ("starting", *printed, "stopped"))
    assert [(answer.id, answer.tier) for answer in matcher.match(log)][:1] == [("own/message", "exact")]
