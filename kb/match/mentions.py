"""Whether a message stands where somebody mentions it: in search output, source code, a list of changes, a test's name.

A line of it tells by how it starts. The twin is `mentions.js`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kb.match.values import MAX_VALUE

if TYPE_CHECKING:
    from kb.match.reading import Reading

_CHANGES: Final = (
    "Add|Adds|Added|Bugfix|Document|Documented|Fix|Fixes|Fixed|Handle|Handles|Improve|Improved|Mend|Prevent"
    "|Remove|Removed|Resolve|Resolves|Resolved"
)
_OPENS: Final = "[\"'`]"

_MENTIONS: Final = {
    # Compilers and tracebacks have one space after the line's number, a column, or `in`; loggers have a level.
    "search": (
        r"(?:[A-Za-z]:)?[A-Za-z0-9_./\\@-]{1,200}\.[A-Za-z][A-Za-z0-9]{0,7}:[0-9]{1,7}:"
        r"(?! [^ ]|[0-9]|in [`'\"]|[A-Z]{4,8}[^A-Za-z]|[A-Z][A-Za-z.]{0,40}(?:Error|Exception|Warning):)"
    ),
    "change": rf"(?:[-*+•]|[0-9]{{1,3}}[.)]) (?:\*\*|`|\[[^\]]{{1,40}}\] ?)?(?:{_CHANGES})[^A-Za-z]",
    "commit": (
        r"(?:[0-9a-f]{7,40} )?(?:(?:chore|feat|fix|perf|refactor|revert|style)(?:\([A-Za-z0-9_./ -]{1,40}\))?"
        r"|(?:build|ci|docs|test)\([A-Za-z0-9_./ -]{1,40}\))!?: "
    ),
    "history": rf"(?:commit )?[0-9a-f]{{7,40}}:? (?:\([^)]{{1,80}}\) )?(?:{_CHANGES}) ",
    "merge": r"(?:Merge (?:pull request|branch|remote-tracking branch) |Subject: \[PATCH|Revert \")",
    "release": (
        r"(?:\*\*|## )?\[?[vV]?[0-9]{1,9}\.[0-9]{1,9}(?:\.[0-9]{1,9})?\]? "
        r"(?:\(|- )[0-9]{4}-[0-9]{2}-[0-9]{2}[): -]"
    ),
    "task": r"[-*+] \[[ xX]\] ",
    "asked": r"(?:[$%>] )?(?:git )?(?:[ef]?grep|rg|ag|ack|findstr|Select-String) ",
    "passed": r"(?:✓|✔|√|PASS(?:ED)?|ok [0-9]{1,6})[: -]",
    "test": (
        rf"(?:(?:it|test|describe|specify|scenario)(?:\.[a-z]{{1,10}})?\({_OPENS}|def test_|func Test[A-Z]"
        r"|[A-Za-z0-9_./\\-]{1,200}\.py::[A-Za-z0-9_:]{1,200}\[)"
    ),
    "code": (
        rf"(?:raise [A-Za-z_][A-Za-z0-9_.]{{0,80}}\(|throw (?:new )?[A-Za-z_][A-Za-z0-9_.:]{{0,80}}\("
        rf"|(?:console|log|logger|logging|fmt|errors|assert)\.[A-Za-z]{{1,20}}\([frbu]?{_OPENS}"
        rf"|(?:print|printf|println!|panic!|expect|assert|assertEqual|eprintln!)\([frbu]?{_OPENS}|// |/\* "
        rf"|expect\([^()\n]{{0,50}}\)\.[A-Za-z.]{{1,30}}\({_OPENS}"
        rf"|assert [^\"'`\n]{{1,40}} (?:==|in) [frbu]?{_OPENS})"
    ),
}
"""How a line starts, after white space and a diff's sign, in which a message is only mentioned."""

MENTION: Final = re.compile(rf"[ \t]*(?:[-+](?![-+])[ \t]*)?(?:{'|'.join(_MENTIONS.values())})")


SEEN_AFTER: Final = 60
"""Characters of the message that are looked at, too."""


def is_mention(reading: Reading, start: int) -> bool:
    """Whether what starts at a place of the pasted text is only mentioned there."""
    pasted = reading.pasted
    line = max(pasted.rfind("\n", max(0, start - MAX_VALUE), start) + 1, start - MAX_VALUE)
    found = MENTION.match(pasted, line, start + SEEN_AFTER)
    return found is not None and found.end() <= start
