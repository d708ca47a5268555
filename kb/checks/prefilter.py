"""Prefilters: what stands in every text in which a rule finds something, so that most texts are let go at once.

Most entries are clean, so most of what a rule does is to find nothing. A prefilter may let pass what is fine, and never
holds back what its rule objects to: `tests/checks/test_prefilters.py` runs every rule with and without them.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

import re2

MEMORY: Final = 64 << 20
"""Bytes for the automaton, of which it takes a few hundred thousand; with too few, RE2 would answer nothing."""

_patterns: list[str] = []


class Prefilter:
    """A pattern that stands in all texts a rule objects to, looked for in one pass with those of all other rules.

    The pass takes time linear in the text, whoever wrote it. With it all rules take 0.21 s for the 92 shipped entries,
    without it 0.53 s; as each entry is looked at by itself, it is the same share of 1,000 and of 10,000.
    """

    def __init__(self, pattern: str) -> None:
        """`pattern` is in the syntax of RE2: https://github.com/google/re2/wiki/Syntax.

        Called where a module is loaded, so that the patterns of all rules are known by the first look.
        """
        _patterns.append(pattern)
        self._number = len(_patterns) - 1

    def lets_pass(self, text: str) -> bool:
        """Whether a rule may find something in a text."""
        return self._number in _in(text, len(_patterns))


class CodePrefilter:
    """The patterns and the programs that a rule looks for in commands, in one pattern made of them.

    Of 2,954 lines of code without a warning in the shipped entries, 28 to 318 are left for a rule to take apart: all
    rules take 0.21 s with it, 0.53 s without it, and the same share of more entries. It reads a line, or many at once.
    """

    def __init__(self, patterns: Iterable[re.Pattern[str]], programs: Iterable[str] = ()) -> None:
        """`patterns` are those of the rule itself: ASCII, in what RE2 and `re` both read. `programs` are names.

        Raises `re2.error` where RE2 can't read a pattern.
        """
        # In many lines, `^` and `$` stand at the ends of each.
        parts = [f"(?m{_flags(pattern)}:{pattern.pattern})" for pattern in patterns]
        # A program's name is a word, or the end of a path: what stands around it is no letter of a name.
        parts += [rf"(?i:\b{re2.escape(program)}\b)" for program in programs]
        options = re2.Options()
        options.never_capture = True
        self._expression = re2.compile("|".join(parts), options)

    def lines(self, code: str) -> set[int]:
        """In which lines of code, counted from 0, a rule may find something, as they are or without their quotes."""
        found = self._lines(code)
        if '"' in code or "'" in code:
            found |= self._lines(code.replace('"', "").replace("'", ""))
        return found

    def lets_pass(self, line: str) -> bool:
        """Whether a rule may find something in a line of code."""
        return bool(self.lines(line))

    def _lines(self, code: str) -> set[int]:
        text = code.encode(errors="replace")
        found: set[int] = set()
        line = at = 0
        for match in self._expression.finditer(text):
            start, end = match.span()
            line += text.count(b"\n", at, start)
            # Where it goes over several lines, another one may lie in it, which is not told of by itself.
            last = line + text.count(b"\n", start, end)
            found.update(range(line, last + 1))
            line, at = last, end
        return found


_FLAGS: Final = {"i": re.IGNORECASE, "s": re.DOTALL}


def _flags(pattern: re.Pattern[str]) -> str:
    """The flags of a pattern, but for `m`, as RE2 writes them.

    Raises ValueError where a letter of the pattern may be one beyond ASCII.
    """
    if not pattern.flags & re.ASCII:
        raise ValueError(f"{pattern.pattern[:40]!r} means more with `re` than with RE2: give it re.ASCII")
    return "".join(letter for letter, flag in _FLAGS.items() if pattern.flags & flag)


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
