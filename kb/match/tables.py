r"""Numbers and patterns that the matchers in Python and in JavaScript share: their one source.

`kb/site/bundle.py` writes them to `match/tables.js`. Patterns are text, in what both languages read alike: no named
groups, no `\Z`, classes of ASCII written out.
"""

from __future__ import annotations

from typing import Final

FRAME: Final = "|".join(
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

CARETS: Final = r"[|~^ -]{0,400}\^[|~^ -]{0,400}$"
"""A folded line that marks a place in the line above it."""

MESSAGE: Final = (
    r"(?:npm (?:err!|error|warn|notice)|pnpm:|yarn |error|err|fatal|warning|warn|info|notice|debug|note|help|hint)"
    r"(?:\[[a-z0-9]{1,12}\])?(?:: |:$| err_| code )|(?:info|debug|trace|notice) "
)
"""The start of a folded line that is a message of its own."""

BESIDE_BEFORE: Final = 300
BESIDE_AFTER: Final = 1000
"""Characters before and after a message in which a text rules a signature out."""

PLATFORM_AROUND: Final = 10_000
"""Characters before and after a message in which a platform is looked for."""

PLATFORMS: Final = {
    "linux": "|".join(
        (
            r"(?<![A-Za-z0-9])/(?:home|root|proc|snap|mnt/[a-z])/",
            r"(?<![A-Za-z0-9])/(?:usr/)?lib(?:32|64)?/(?:(?:x86_64|aarch64|i386|arm)-linux|ld-linux|ld-musl)",
            r"[a-z0-9_]{2,20}-(?:unknown-|alpine-|pc-)?linux-(?:gnu|musl)",
            r"\.so\.[0-9]",
            r"(?<![A-Za-z0-9])(?:Ubuntu|Debian|Fedora|CentOS|AlmaLinux|Alpine Linux|Arch Linux|GNU/Linux)(?![A-Za-z])",
            r"(?<![A-Za-z0-9])Linux (?:[a-z0-9.-]{1,60} )?[2-9]\.[0-9]",
            r"(?<![A-Za-z0-9])(?:platform|os|OS|system|Platform|System): ?[Ll]inux",
        )
    ),
    "macos": "|".join(
        (
            r"(?:(?<![A-Za-z0-9:/])|file://)/Users/[A-Za-z0-9._-]",
            r"(?<![A-Za-z0-9])/(?:opt/homebrew|usr/local/Cellar|private/var|Applications/[A-Za-z])",
            r"(?<![A-Za-z0-9:])/Library/(?:Developer|Frameworks|Application)",
            r"[a-z0-9_]{2,20}-apple-darwin",
            r"(?<![A-Za-z0-9])(?:macOS|Mac OS X|OS X|Darwin) [0-9(]",
            r"(?<![A-Za-z0-9])Darwin Kernel",
            r"\.dylib(?![A-Za-z])",
            r"(?<![A-Za-z0-9])(?:platform|os|OS|system|Platform|System): ?(?:darwin|Darwin|macOS)",
        )
    ),
    "windows": "|".join(
        (
            r"(?<![A-Za-z0-9])[A-Za-z]:(?:\\{1,8}|/)(?:Users|Windows|Program Files|ProgramData)(?![A-Za-z])",
            r"(?<![A-Za-z0-9])[A-Za-z]:\\{1,8}[A-Za-z0-9 ._()-]{2,80}\\",
            r"(?<![A-Za-z0-9])(?:PS )?[A-Z]:\\[^\n>]{0,200}> ",
            r"[A-Za-z0-9_-]\.(?:exe|dll|cmd|bat|ps1)(?![A-Za-z0-9.])",
            r"[a-z0-9_]{2,20}-(?:pc|uwp|win7)-windows",
            r"(?<![A-Za-z0-9])(?:Microsoft Windows|Windows[ _]NT|Windows Server|Windows (?:7|8|10|11))(?![0-9])",
            r"(?<![A-Za-z0-9])(?:LNK[0-9]{4}|MSB[0-9]{4}|MSVC|win32-x64|win_amd64|0xC0000[0-9A-Fa-f]{3})(?![A-Za-z0-9])",
            r"(?<![A-Za-z0-9])(?:WinError|WSA[A-Z]{4,20}) ?(?![a-z])",
            r"(?<![A-Za-z0-9])(?:platform|os|OS|system|Platform|System): ?(?:win32|[Ww]indows)",
        )
    ),
}
"""What a text has that shows a platform, as `affects.platforms` names it. Letter case counts."""
