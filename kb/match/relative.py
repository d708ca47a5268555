r"""Relative Windows paths, whose backslashes are no escapes: `src\new\table.ts` has no line break and no tab.

A run of names and backslashes is taken for one if it ends with a file's extension, has two folders or more, and either
a name after a backslash that no escape begins with, or names that begin with different ones: in text that was escaped,
words are mostly parted by one kind. The twin is `relative.js`.
"""

from __future__ import annotations

import re

PATH_REACH = 200
"""Characters on either side of a backslash that are looked at."""
_IN_RUN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@.\\-"
_NAME = r"(?!\\)(?![nrt]\\)(?:\.\.|[A-Za-z0-9_@-]+)"
PATH = re.compile(
    rf"[A-Za-z0-9_@.-]+(\\{{1,8}}){_NAME}(?:\1{_NAME})*\1(?!\\)[A-Za-z0-9_@.-]+\.[A-Za-z][A-Za-z0-9]{{0,4}}"
)
_FULL_STOPS = re.compile(r"\.{1,9}\Z")
_FIRST_LETTERS = re.compile(r"\\([^\\])")


class RelativePaths:
    """The relative paths of one text, asked for by places in it, in order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._end = 0
        self._is_path = False

    def holds(self, at: int) -> bool:
        """Whether the backslash at a place is one of a path."""
        if at >= self._end:
            before = self._text[max(self._end, at - PATH_REACH) : at]
            start = at - len(before) + len(before.rstrip(_IN_RUN))
            after = self._text[at : at + PATH_REACH]
            self._end = at + len(after) - len(after.lstrip(_IN_RUN))
            self._is_path = _is_path(_FULL_STOPS.sub("", self._text[start : self._end]))
        return self._is_path


def _is_path(run: str) -> bool:
    if not PATH.fullmatch(run):
        return False
    letters = set(_FIRST_LETTERS.findall(run))
    return len(letters) > 1 or not letters & {"n", "r", "t"}
