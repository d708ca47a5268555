"""Code to HTML with Pygments' lexers and class names, a good deal faster than Pygments itself does it.

A lexer of Pygments is a list of regular expressions for each state, tried one after the other, in Python, at every
token. Here a state is one expression with an alternative for each rule, tried at the speed of `re`: Python takes the
first alternative that matches, so the tokens are the same. Pygments' formatter works line by line; joining spans
gives the same text in half the time.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any, Final, NamedTuple

from pygments.lexer import Lexer, RegexLexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, Error, Whitespace
from pygments.util import ClassNotFound

_PLAIN: Final = frozenset({"text", "txt", "console-output", "output", "plain"})

_FLAGS: Final = (("i", re.IGNORECASE), ("m", re.MULTILINE), ("s", re.DOTALL), ("x", re.VERBOSE))
_GLOBAL_FLAGS: Final = re.compile(r"\A\(\?[imsxu]+\)")
_REFERENCE: Final = re.compile(r"\\(?:([1-9]\d?)|.)", re.DOTALL)
_BY_NAME: Final = re.compile(r"\(\?P|\(\?\(")
"""Groups with names, of which two rules could have the same."""

_SPECIAL: Final = re.compile("[&<>]")

Rule = tuple[Any, Any, Any]
"""A rule as Pygments keeps it: a compiled expression's `match`, a token type or callback, and the change of state."""


class _State(NamedTuple):
    """A lexer's state as one expression; `rules` by the number of the group that says which of them matched."""

    pattern: re.Pattern[str]
    rules: dict[int | None, Rule]


class _States(dict[str, _State]):
    """A lexer's states, each made when it is first entered: most code needs few of them, and expressions take long."""

    def __init__(self, rules: dict[str, list[Rule]]) -> None:
        self._rules = rules

    def __missing__(self, name: str) -> _State:
        self[name] = state = _merged(self._rules[name])
        return state


@lru_cache(maxsize=4096)
def highlighted(language: str, code: str) -> str:
    """Code as HTML: spans with Pygments' classes; plain text where it knows no such language."""
    lexer = _lexer(language)
    if lexer is None:
        return escape(code, quote=False)
    escaped = _escaped if _SPECIAL.search(code) else str
    parts: list[str] = []
    for token, text in tokens(lexer, code):
        span = _span(token)
        parts += (span, escaped(text), "</span>") if span else (escaped(text),)
    return "".join(parts)


def tokens(lexer: Lexer, code: str) -> list[tuple[Any, str]]:
    """Token types and texts, as the lexer's own `get_tokens_unprocessed` gives them."""
    states = _states(type(lexer))
    if states is not None:
        try:
            return _tokens(lexer, states, code)
        except re.error:
            pass  # a state whose rules can't be one expression
    return [(token, text) for _, token, text in lexer.get_tokens_unprocessed(code)]


def _tokens(lexer: Lexer, states: _States, code: str) -> list[tuple[Any, str]]:
    found: list[tuple[Any, str]] = []
    stack = ["root"]
    pattern, rules = states["root"]
    at, end = 0, len(code)
    while True:
        match = pattern.match(code, at)
        if match is None:
            if at >= end:
                return found
            # A line's end that no rule takes ends all states; any other character is an error, as in Pygments.
            if code[at] == "\n":
                stack = ["root"]
                pattern, rules = states["root"]
                found.append((Whitespace, "\n"))
            else:
                found.append((Error, code[at]))
            at += 1
            continue
        own_match, action, change = rules[match.lastindex]
        if type(action) is _TOKEN_TYPE:
            found.append((action, match[0]))
        elif action is not None:
            found += ((token, text) for _, token, text in action(lexer, own_match(code, at)))
        at = match.end()
        if change is not None:
            _change(stack, change)
            pattern, rules = states[stack[-1]]


_TOKEN_TYPE: Final = type(Error)


def _change(stack: list[str], change: int | str | tuple[str, ...]) -> None:
    """Change the stack of states as a rule says; the last one stays."""
    if isinstance(change, int):
        del stack[max(1, len(stack) - abs(change)) :]
    elif change == "#push":
        stack.append(stack[-1])
    else:
        for name in change:
            if name == "#push":
                stack.append(stack[-1])
            elif name != "#pop":
                stack.append(name)
            elif len(stack) > 1:
                stack.pop()


@lru_cache(maxsize=256)
def _states(lexer_class: type[Lexer]) -> _States | None:
    """The states of a lexer that works by rules alone; None for others."""
    if not issubclass(lexer_class, RegexLexer):
        return None
    if lexer_class.get_tokens_unprocessed is not RegexLexer.get_tokens_unprocessed:
        return None
    return _States(vars(lexer_class)["_tokens"])


def _merged(rules: Iterable[Rule]) -> _State:
    """The rules of a state as one expression. Raises re.error where they can't be."""
    alternatives: list[str] = []
    by_group: dict[int | None, Rule] = {}
    group = 0
    for rule in rules:
        pattern: re.Pattern[str] = rule[0].__self__
        if _BY_NAME.search(pattern.pattern):
            raise re.error("groups with names")
        flags = "".join(letter for letter, flag in _FLAGS if pattern.flags & flag)
        source = _shifted(_GLOBAL_FLAGS.sub("", pattern.pattern), group)
        # The mark comes last: `re` skips an alternative by its first character only if that stands first.
        alternatives.append(f"(?{flags}:{source}\n)()" if "x" in flags else f"(?{flags}:{source})()")
        by_group[group := group + pattern.groups + 1] = rule
    return _State(re.compile("|".join(alternatives) or "(?!)"), by_group)


def _shifted(pattern: str, by: int) -> str:
    """An expression with references to groups as they have to be after `by` other groups."""
    return _REFERENCE.sub(lambda found: f"(?:\\{int(found[1]) + by})" if found[1] else found[0], pattern)


@lru_cache(maxsize=256)
def _span(token: Any) -> str:
    """The start of a span with the class by which stylesheets for Pygments know a token type; none for white space."""
    while token not in STANDARD_TYPES:
        token = token.parent
    name = STANDARD_TYPES[token]
    return "" if name in ("", "w") else f'<span class="{name}">'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(maxsize=256)
def _lexer(language: str) -> Lexer | None:
    if language in _PLAIN:
        return None
    try:
        return get_lexer_by_name(language)
    except ClassNotFound:
        return None
