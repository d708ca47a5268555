"""Traces: the little that every text has in which a rule finds something, looked for by all rules in one pass.

Most entries are clean, so most of what a rule does is to find nothing. A trace is a pattern that misses no text the
rule objects to; RE2 looks for all of them at once, in time linear in the text, whoever wrote it.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final, NewType

import re2

Trace = NewType("Trace", int)
"""A pattern that is looked for, by its number."""

MEMORY: Final = 64 << 20
"""Bytes for the automaton, of which it takes a few hundred thousand; with too few, RE2 would answer nothing."""

_patterns: list[str] = []


def trace(pattern: str) -> Trace:
    """Have a pattern looked for, in the syntax of RE2: https://github.com/google/re2/wiki/Syntax.

    Called where a module is loaded, so that the patterns of all rules are known by the first look.
    """
    _patterns.append(pattern)
    return Trace(len(_patterns) - 1)


def any_of(parts: Iterable[str]) -> str:
    """A pattern for texts that have one of some parts, in upper or lower case."""
    return f"(?i:{'|'.join(map(re2.escape, parts))})"


def has(text: str, wanted: Trace) -> bool:
    """Whether a text has a trace. All traces are looked for at the first question about a text."""
    return wanted in _in(text, len(_patterns))


@lru_cache(maxsize=2)
def _in(text: str, count: int) -> frozenset[int]:
    # RE2 answers None where it finds nothing.
    return frozenset(_automaton(count).Match(text.encode(errors="replace")) or ())


@cache
def _automaton(count: int) -> re2.Set:
    """The first `count` patterns as one."""
    options = re2.Options()
    options.max_mem = MEMORY
    options.log_errors = False
    automaton = re2.Set.SearchSet(options)
    for pattern in _patterns[:count]:
        automaton.Add(pattern)
    automaton.Compile()
    return automaton
