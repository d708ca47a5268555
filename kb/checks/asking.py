"""What a sentence says about the code in it: whether it asks the reader for it, or warns against it.

Both are told by the few words right beside the code, so that a doubt is decided for the rule: what no pattern knows is
neither asked for nor warned against.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from kb.checks.code import Code, code_of
from kb.checks.shape import body_lines

_ASKS: Final = re.compile(
    r"(?:^(?:[-*+>]|\d{1,3}[.)])?[ \t]*|[.:;,(] |\b(?:and|then|or|to|just|simply|can|please) )"
    r"(?:set|use|pass|add|export|put|try|give|define)\b[^.`]{0,40}$",
    re.IGNORECASE,
)
"""An imperative behind which nothing but an object follows."""

_WARNS_BEFORE: Final = re.compile(
    r"\b(?:(?:(?:do|must|should|may|can|need)(?: not|n['’]t)|can(?:not|['’]t)|never|nobody should|no need to)"
    r"(?: ever| blindly| simply| even)?"
    r" (?:run|use|do|try|execute|call|type|enter|set|pass|add|commit|copy|paste|apply|reach for|resort to|fall back on)"
    r"|(?:avoid|instead of|rather than|beware of|refrain from|(?:better|safer|worse) than|without|and not|, not)"
    r"(?: (?:running|using|doing|trying|executing|calling|setting|passing|adding))?)"
    r"(?: (?:a|an|the|any|it|this|that|with|like|such as|command|commands|option|flag|plain)){0,4} ?[\"'(]?$",
    re.IGNORECASE,
)
"""A refusal whose object is what follows."""
_WARNS_AFTER: Final = re.compile(
    r"[\"')]? (?:here )?(?:"
    r"(?:is|are|was|would be|will be)(?: not|n['’]t| never| no| too| a bad| dangerous| unsafe| insecure| risky| harmful"
    r"| wrong| forbidden)"
    r"|(?:do|does|did|will|would|can|could)(?: ?not|n['’]t) (?:even )?(?:help|work|solve|fix|change|mend|cure|repair)"
    r"|(?:must|should)(?: not|n['’]t| never))\b",
    re.IGNORECASE,
)
_WARNS_IN_GERMAN: Final = re.compile(
    r"(?:^\s*(?:bitte )?(?:nicht|niemals|nie|kein|keine|keinen)|\b(?:statt|anstatt|anstelle von|ohne)"
    r"|\b(?:verwenden|benutzen|nutzen|setzen|führen|vermeiden) Sie (?:auf keinen Fall|bitte nicht|nicht|niemals|nie)"
    r"|\bvermeiden Sie)(?: (?:ein|eine|einen|das|die|den|mit|etwa))? ?[\"„'(]?$",
    re.IGNORECASE,
)
"""The same in German, the other European language that pages speak; a warning in an alert is one in any."""
_DENIED: Final = re.compile(
    r"(?:^\s*(?:#|//|--|::|rem\b)|\s#)\s*"
    r"(?:never|not|no|avoid|wrong|bad|do(?: not|n['’]t)|instead of|rather than|nicht|niemals|statt|falsch)\b:?"
    r"(?: (?:ever|run|use|do|try|just|with|a|the))*[ \"'`]+(?:sudo )?([^;&|`$()<>]+);?\s*$",
    re.IGNORECASE,
)
"""A comment in code that denies the command right behind; of nothing that a shell would run in spite of the mark."""
_CONDITION: Final = re.compile(r"\b(?:if|when|where|unless|until|whoever|because|since|although)\b", re.IGNORECASE)
"""A clause that asks for what follows under a condition, however it denies."""
_CLAUSE: Final = re.compile(r"[.;:!?,](?=\s(?!not\b))")
_GOES_ON: Final = re.compile(r"[\s,/]*(?:and|or|nor|&)?\s*")
"""What stands between two pieces of code of which one thing is said."""
_WARNING_PARAGRAPH: Final = re.compile(
    r"[\s>]*(?:(?:[-*+]|\d{1,3}[.)])\s+)?(?:[⚠⛔🚫❌🛑]|(?:\*\*|__|\*|_)?(?:warning|caution|danger)\b[*_]{0,2}[:!*_])",
    re.IGNORECASE,
)
"""How a paragraph begins that warns, without being an alert."""
_ITEM: Final = re.compile(r"[\s>]*(?:[-*+]|\d{1,3}[.)])\s")
"""How an item of a list begins."""

_LONGEST_REQUEST: Final = 100
"""Characters before a span by which it is told what is said of it."""
_LONGEST_COMMENT: Final = 500
"""Characters of a line of code that can be a comment on a command."""
_FAR: Final = 5_000
"""Characters of a line between two spans; beyond them, nothing is known of the second one."""
_MOST_LINES: Final = 20
"""Lines of a paragraph above a span in which its beginning is looked for."""


class Place(NamedTuple):
    """Where a span stands: in which of the lines, counted from 1, and where in it, behind the one before."""

    lines: list[str]
    number: int
    after: int
    """Where the span before it ends, or the line begins."""
    start: int

    @property
    def line(self) -> str:
        return self.lines[self.number - 1]


@dataclass(slots=True)
class Said:
    """A piece of code, and what its sentence says of it; of a block it says nothing.

    It is told when it is asked for: most code does no harm, whatever is said of it.
    """

    code: Code
    place: Place | None = None
    before: Said | None = None
    """The span before it on its line: what is said of that may be said of both."""
    known: bool | None = None
    """Whether it is warned against, once that was told."""

    @property
    def is_asked_for(self) -> bool:
        """Whether a sentence asks for a setting, as in: set `NODE_TLS_REJECT_UNAUTHORIZED=0`."""
        return self.place is not None and "=" in self.code.text and _asks(self.place.line, self.place.start)

    @property
    def is_warned_against(self) -> bool:
        """Whether the sentence tells not to run it, or the paragraph starts as a warning."""
        unknown: list[Said] = []
        said: Said | None = self
        while said is not None and said.known is None:
            unknown.append(said)
            said = said.before
        is_against = said is not None and bool(said.known)
        for each in reversed(unknown):
            is_against = each.is_warned_like(is_against)
            each.known = is_against
        return bool(self.known)

    def is_warned_like(self, is_against: bool) -> bool:
        """The same where it is known of the span before."""
        if self.place is None:
            return False
        lines, number, after, start = self.place
        if is_against and _GOES_ON.fullmatch(self.place.line, after, start):
            return True
        end = start + len(self.code.text) + 1
        return _is_warned_against(lines, number, start, self.place.line[end + 1 : end + _LONGEST_REQUEST])


def code_with_words(body: str) -> Iterator[Said]:
    """All code of a body, with what is said of it. A line is gone through once, however many spans stand on it."""
    lines = body_lines(body)
    number = at = 0
    before: Said | None = None
    for code in code_of(body):
        if code.line != number:
            number, at, before = code.line, 0, None
        start = -1
        if not code.is_block and number <= len(lines):
            start = lines[number - 1].find(f"`{code.text}`", at, at + _FAR + len(code.text))
        if start < 0:
            before = None
            yield Said(code)
            continue
        before = Said(code, Place(lines, number, at + 1, start), before)
        at = start + len(code.text) + 1
        yield before


def is_denied_in_comment(line: str, command: str) -> bool:
    """Whether a line of code only names a command, by its first words, in a comment that tells not to run it."""
    denied = _DENIED.search(line) if len(line) <= _LONGEST_COMMENT else None
    return denied is not None and command != "" and denied[1].lower().startswith(command.lower())


def _asks(line: str, end: int) -> bool:
    """Whether the words of a line before a place ask the reader for what stands there."""
    start = max(0, end - _LONGEST_REQUEST)
    return _ASKS.search(f"{'x' if start else ''}{line[start:end]}") is not None


def _is_warned_against(lines: list[str], number: int, end: int, after: str) -> bool:
    """Whether the words around a place in a line warn against what stands there."""
    line = lines[number - 1]
    before = line[max(0, end - _LONGEST_REQUEST) : end]
    if number > 1 and end < _LONGEST_REQUEST and not lines[number - 2].startswith("#"):
        before = f"{lines[number - 2][-_LONGEST_REQUEST:].strip()} {before.lstrip(' >')}"
    clause = before[max((found.end() for found in _CLAUSE.finditer(before)), default=0) :]
    warns = _WARNS_BEFORE.search(clause) or _WARNS_AFTER.match(after) or _WARNS_IN_GERMAN.search(clause)
    if warns and not _CONDITION.search(clause):
        return True
    return _is_in_warning(lines, number)


def _is_in_warning(lines: list[str], number: int) -> bool:
    """Whether the paragraph that a line belongs to begins as a warning."""
    for above in range(number, max(0, number - _MOST_LINES), -1):
        line = lines[above - 1]
        is_first = above == 1 or not lines[above - 2].strip(" >") or _ITEM.match(line) is not None
        if is_first:
            return _WARNING_PARAGRAPH.match(line) is not None
    return False
