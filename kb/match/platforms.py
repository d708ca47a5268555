"""Which platforms a text shows, by what only they print: paths, targets, programs. The twin is `platforms.js`."""

from __future__ import annotations

import re
from functools import cache

PLATFORMS = {
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

KNOWN = frozenset(PLATFORMS)
"""The platforms that a text can show, named as in `affects.platforms`."""


@cache
def _shown() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in PLATFORMS.items()}


def platforms_shown(text: str) -> frozenset[str]:
    """The platforms that a text shows, as `affects.platforms` names them; none where it shows none."""
    return frozenset(name for name, shown in _shown().items() if shown.search(text))
