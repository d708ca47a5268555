r"""Lines that begin something of their own, and so never go on with the line before. The twin is `anew.js`.

Patterns are in what Python and JavaScript read alike: no named groups, no `\Z`, classes of ASCII written out.
"""

from __future__ import annotations

import re
from functools import cache

FRAME = "|".join(
    (
        # JavaScript, Java, .NET: `at f (file:1:2)`, `at a.B.c(B.java:1)`, `at A.B(String s) in /c.cs:line 1`.
        r"at .{1,400}(?:\)|:[0-9]{1,7}(?::[0-9]{1,7})?|:line [0-9]{1,7})$",
        r"at [a-z0-9_.$<>`/]{1,200}\(",
        # Node, where it names a file of its own, with or without parentheses.
        r"\(?node:[a-z0-9_/]{1,80}:[0-9]{1,7}",
        r"\(node:[0-9]{1,10}\) ",
        r"\.\.\. [0-9]{1,5} (?:more|lines|common frames)",
        r"(?:caused by|suppressed|wrapped by): ",
        r"--- end of ",
        # Python, with its quotes folded.
        r"file '[^']{1,400}', line [0-9]{1,7}",
        r"(?:traceback \(most recent call last\)|stack ?trace|stack backtrace|backtrace|call stack):?$",
        r"(?:during handling of the above exception|the above exception was)",
        # Rust: `12: std::panicking`, `--> src/main.rs:1:2`, `note: run with`.
        r"[0-9]{1,4}: +(?:0x[0-9a-f]{4,16} - )?[a-z0-9_<]{1,80}(?:::|\()",
        r"-{1,2}> ?[^ ]{1,400}:[0-9]{1,7}:[0-9]{1,7}$",
        r"thread '[^']{0,100}' (?:\([0-9]{1,12}\) )?panicked at",
        # Go: `goroutine 1 [running]:`, `main.f(0xc00, ...)`, `/a/b.go:12 +0x1d`, `created by main.f`.
        r"goroutine [0-9]{1,10} \[",
        r"(?:created by |panic: )",
        r"[a-z0-9_.$*/-]{1,200}\((?:0x[0-9a-f]|\.\.\.|\{|\)$)",
        r"[^ ]{1,400}\.go:[0-9]{1,7}(?: \+0x[0-9a-f]{1,16})?$",
        # Ruby: `from a.rb:1:in 'f'`, `a.rb:1:in 'f'`.
        r"(?:[0-9]{1,4}: )?(?:from )?[^ ]{1,400}:[0-9]{1,7}:in ",
        # PHP: `#0 /a.php(12): f()`, `#1 {main}`, `thrown in /a.php on line 12`; gdb: `#0  0x1 in main ()`.
        r"#[0-9]{1,4} (?:/|[a-z]:|\{main\}|\[internal|phar:)",
        r"#[0-9]{1,4} +(?:0x[0-9a-f]{4,16} in |[a-z_][a-z0-9_:]{0,100} \()",
        r"thrown in .{1,400} on line [0-9]{1,7}$",
        # Elixir: `(app 1.0.0) lib/a.ex:1: A.f/1`.
        r"\([a-z0-9_]{1,60} [0-9.]{1,20}\) [^ ]{1,400}:[0-9]{1,7}: ",
    )
)
"""The start of a folded line that is a stack frame or stands around some."""

CARETS = r"[|~^ -]{0,400}\^[|~^ -]{0,400}$"
"""A folded line that marks a place in the line above it."""

MESSAGE = (
    r"(?:npm (?:err!|error|warn|notice)|pnpm:|yarn |error|err|fatal|warning|warn|info|notice|debug|note|help|hint)"
    r"(?:\[[a-z0-9]{1,12}\])?(?:: |:$| err_| code )|(?:info|debug|trace|notice) "
)
"""The start of a folded line that is a message of its own."""

_ANEW = re.compile(rf"(?:{FRAME}|{CARETS}|{MESSAGE})")


@cache
def _in_block() -> re.Pattern[str]:
    return re.compile(rf"(?:{FRAME}|{CARETS})")  # for the few messages with a block of lines


def begins_anew(folded_line: str) -> bool:
    """Whether a line is a stack frame, a marker under code or a message of its own."""
    return _ANEW.match(folded_line.strip(" ")) is not None


def ends_block(folded_line: str) -> bool:
    """Whether a line can't be one of several that a value consists of."""
    return _in_block().match(folded_line.strip(" ")) is not None
