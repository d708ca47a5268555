"""Code to HTML with Pygments' lexers and class names: a program, `python -m kb.site.lexing`, that a build can end.

Lexers are other people's regular expressions. Some take quadratic time, some never end, some fail: none of that may
happen in the process that builds. Each line of standard input is a request, a JSON list of `[language, code]`; each
of its blocks is answered by a line, the HTML as JSON or `null` for what can't be highlighted.
"""

import json
import re
import signal
import sys
from functools import lru_cache, partial
from html import escape
from typing import Any, Final

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES

_SPECIAL: Final = re.compile("[&<>]")

MOST_TOKENS: Final = 4
"""Tokens for each character from which on a lexer is taken for one that does not end."""


def lexed(language: str, code: str) -> str | None:
    """Code as HTML: spans with Pygments' classes. None where no lexer knows the language, or its lexer fails."""
    lexer = _lexer(language)
    if lexer is None:
        return None
    parts: list[str] = []
    texts: list[str] = []
    escaped = partial(escape, quote=False) if _SPECIAL.search(code) else str
    try:
        for _, token, text in lexer.get_tokens_unprocessed(code):
            span = _span(token)
            texts.append(text)
            shown = escaped(text)
            parts += (span, shown, "</span>") if span else (shown,)
            if len(texts) > MOST_TOKENS * len(code):
                return None
    except Exception:  # whatever a lexer stumbles on: many of Pygments' do on some text
        return None
    return "".join(parts) if "".join(texts) == code else None


@lru_cache(maxsize=1024)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language)
    except Exception:  # no such language, or a plugin of Pygments that can't be imported
        return None


@lru_cache(maxsize=256)
def _span(token: Any) -> str:
    """The start of a span with the class by which stylesheets for Pygments know a token type; none for white space."""
    while token not in STANDARD_TYPES:
        token = token.parent
    name = STANDARD_TYPES[token]
    return "" if name in ("", "w") else f'<span class="{name}">'


def main() -> None:
    """Answer requests until there are no more; the argument is the processor time for each, in seconds.

    Where the system has such a timer, it ends this process itself, also when nobody waits for it any more. Processor
    time is what counts, so that a busy machine gives the same answers; making a lexer, once, does not.
    """
    seconds = float(sys.argv[1])
    for line in sys.stdin:
        blocks = json.loads(line)
        for language, _ in blocks:
            _lexer(language)
        _set_timer(seconds)
        print(json.dumps([lexed(*block) for block in blocks]), flush=True)  # noqa: T201
        _set_timer(0)


def _set_timer(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


if __name__ == "__main__":
    main()
