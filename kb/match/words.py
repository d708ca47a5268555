"""What counts as a word, and how much a word tells about which error a message is."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, chain, count
from operator import sub
from string import ascii_lowercase, digits

# A run of letters, digits and `_`. Scripts without spaces between words (Chinese, Japanese) count each character.
UNSPACED_LETTERS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
SPACED = (
    "a-z0-9_\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff\u2c00-\u2dff\u3105-\u33ff\ua000-\ud7ff"
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U00010000-\U0001efff"
)
WORD = re.compile(f"[{SPACED}]+|[{UNSPACED_LETTERS}]")
"""A word of a folded text."""
RUN = re.compile(r"[^ \n]+")
"""What stands between white space in a folded text."""

_MARK = "\x01"
"""What no folded text has: an ASCII character, for which translating and splitting are fastest."""
_OF_ASCII = frozenset(ascii_lowercase + digits + "_")
"""The characters of words among the ASCII ones of a folded text."""
_SEPARATORS = {place: " " for place in range(128) if chr(place) != _MARK and chr(place) not in _OF_ASCII}


def is_of_word(character: str) -> bool:
    """Whether a character is one that a word of a folded text may go on with."""
    return character in _OF_ASCII or (not character.isascii() and _beyond_ascii().match(character) is not None)


@cache
def _beyond_ascii() -> re.Pattern[str]:
    return re.compile(f"[{SPACED}]")


def words_of(folded: str) -> list[str]:
    """The words of a folded text, in order."""
    # Several times as fast as the pattern; nearly all logs are ASCII.
    return folded.translate(_SEPARATORS).split() if folded.isascii() else WORD.findall(folded)


def words_and_counts(folded: str, pieces: list[str]) -> tuple[list[str], list[int]]:
    """The words of a folded text, and how many stand before each of its pieces and in all; none is in two pieces."""
    if not folded.isascii():
        found = list(map(words_of, pieces))
        return list(chain.from_iterable(found)), [0, *accumulate(map(len, found))]
    # One split of the whole is much faster than one for each of many short lines.
    tokens = f" {_MARK} ".join(pieces).translate(_SEPARATORS).split()
    marks = [place for place, token in enumerate(tokens) if token == _MARK]
    counts = [0, *map(sub, marks, count()), len(tokens) - len(marks)]
    return [token for token in tokens if token != _MARK], counts


COMMON = frozenset({
    "a", "able", "access", "after", "again", "all", "already", "also", "an", "and", "another", "any", "are",
    "argument", "arguments", "as", "at", "available", "be", "because", "been", "before", "build", "but", "by",
    "call", "called", "can", "cannot", "check", "code", "command", "could", "current", "data", "default", "did",
    "directory", "do", "does", "doesn", "during", "either", "element", "end", "entry", "error", "errors",
    "exception", "exist", "exists", "exit", "expected", "fail", "failed", "failure", "fatal", "file", "files",
    "first", "following", "for", "found", "from", "function", "get", "given", "got", "had", "has", "have", "host",
    "how", "http", "https", "i", "id", "if", "in", "include", "info", "input", "instead", "internal", "into",
    "invalid", "io", "is", "isn", "it", "its", "java", "js", "lib", "line", "list", "load", "local", "log", "main",
    "make", "may", "message", "method", "missing", "module", "more", "most", "name", "need", "new", "no", "node",
    "none", "not", "null", "number", "object", "of", "off", "on", "one", "only", "open", "option", "options", "or",
    "other", "our", "out", "output", "package", "path", "please", "process", "program", "project", "read", "ref",
    "reference", "request", "required", "response", "result", "return", "returned", "run", "running", "s", "see",
    "server", "set", "should", "so", "some", "source", "start", "started", "state", "status", "stop", "string",
    "such", "system", "t", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this",
    "timeout", "to", "too", "true", "try", "trying", "two", "type", "unable", "undefined", "unexpected", "unknown",
    "unsupported", "up", "update", "use", "used", "user", "using", "valid", "value", "variable", "version", "warn",
    "warning", "was", "we", "were", "what", "when", "where", "which", "while", "who", "why", "will", "with",
    "within", "without", "won", "would", "write", "wrong", "you", "your",
})  # fmt: skip
"""Words that stand in all kinds of messages and so tell little."""

FREQUENT = COMMON | frozenset({
    "add", "adding", "address", "allow", "allowed", "always", "attempt", "attribute", "back", "bad", "base",
    "block", "both", "byte", "bytes", "change", "changed", "character", "characters", "child", "close", "closed",
    "complete", "configuration", "connect", "connected", "connection", "contain", "contains", "content", "context",
    "copy", "count", "create", "created", "currently", "defined", "delete", "denied", "detected", "different",
    "disable", "display", "don", "done", "due", "each", "empty", "enable", "enabled", "encountered", "environment",
    "execute", "existing", "failing", "filename", "flag", "force", "format", "full", "help", "here", "ignore",
    "ignored", "ignoring", "index", "information", "key", "known", "last", "left", "length", "level", "like",
    "limit", "logged", "long", "many", "match", "matching", "max", "maximum", "mean", "memory", "messages", "mode",
    "multiple", "must", "named", "names", "never", "next", "non", "nothing", "now", "old", "once", "opening",
    "operand", "operation", "order", "over", "own", "page", "parameter", "parse", "passed", "permission", "port",
    "print", "processing", "range", "reading", "record", "refused", "regular", "remove", "removed", "report",
    "requires", "resolve", "same", "search", "second", "seconds", "select", "send", "setting", "show", "since",
    "size", "skipping", "specified", "specify", "standard", "starting", "support", "supported", "table", "target",
    "time", "timed", "times", "tree", "under", "unrecognized", "usage", "uses", "values", "versions", "want",
    "work", "writing", "yet", "zero",
})  # fmt: skip
"""The same with words that stand in messages of most programs, of which each tells as little."""

_CLASS = re.compile(".(?:error|exception)$")
"""The class of an exception, which is told of thousands of messages: `AttributeError` alone tells which one little."""

MAX_WEIGHT = 35
"""A weight is written as one digit of base 36."""
_COMMON_WEIGHT = 2
_WEIGHT = 6


def weight(word: str, share: float) -> int:
    """How much a word tells, 1 to MAX_WEIGHT, if `share` (0 to 1) of all signatures have it."""
    tells_little = word in FREQUENT or len(word) < 2 or _CLASS.search(word)
    own = _COMMON_WEIGHT if tells_little else _WEIGHT + min(len(word), 16) // 4
    rarity = 0
    while share < 0.5 and rarity < 16:
        share *= 2
        rarity += 1
    return min(own + rarity * own // 8, MAX_WEIGHT)
