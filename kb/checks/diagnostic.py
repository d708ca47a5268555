"""A diagnostic: one thing that is wrong, said to the person who can mend it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.checks.cut import More, told
from kb.checks.edit import Edit
from kb.checks.level import Level
from kb.checks.registry import all_rules
from kb.checks.shown import visible
from kb.entry import Position


@dataclass(frozen=True, order=True, slots=True)
class Diagnostic:
    """Where (file, line and column from 1), which rule, what is wrong, the source line, what to do."""

    path: Path
    position: Position
    code: str
    message: str
    source_line: str = ""
    hint: str = ""
    fix: tuple[Edit, ...] = ()
    """Changes of the file that mend it; none where a person has to."""
    level: Level = Level.ERROR

    def __str__(self) -> str:
        line, column = self.position
        what = self.code if self.level is Level.ERROR else f"{self.code} {self.level}:"
        return f"{visible(str(self.path))}:{line}:{column}: {what} {visible(self.message)}"


def to_text(diagnostic: Diagnostic, width: int = 110) -> str:
    """A diagnostic as lines for a terminal: the fact, the source line with a caret, the hint."""
    lines = [str(diagnostic)]
    if diagnostic.source_line.strip():
        number = str(diagnostic.position.line)
        excerpt, offset = _excerpt(diagnostic.source_line, diagnostic.position.column - 1, width)
        lines += [f"  {number} | {excerpt}", f"  {' ' * len(number)} | {' ' * offset}^"]
    if diagnostic.hint:
        lines.append(f"  hint: {visible(diagnostic.hint)}")
    return "\n".join(lines)


def to_report(diagnostics: Iterable[Diagnostic]) -> str:
    """Diagnostics as text, with the reason where a rule is broken for the first time, and a line that counts.

    Of a file the first hundred are told, and how many more there are.
    """
    found = list(diagnostics)
    rules = all_rules()
    explained: set[str] = set()
    parts: list[str] = []
    problems, left_out = told(found)
    more = list(left_out.values())
    for diagnostic in problems:
        if more and more[0].path < diagnostic.path:
            parts.append(_left_out(more.pop(0)))
        text = to_text(diagnostic)
        if diagnostic.code in rules and diagnostic.code not in explained:
            explained.add(diagnostic.code)
            text += f"\n  why: {rules[diagnostic.code].why}"
        parts.append(text)
    parts += map(_left_out, more)
    return "\n\n".join([*parts, f"{summary(found)} `kb rule CODE` explains a code."])


def _left_out(more: More) -> str:
    return f"{visible(str(more.path))}: {more}"


def summary(found: Sequence[Diagnostic]) -> str:
    """A sentence that counts diagnostics, and those that `--fix` mends."""
    files = len({diagnostic.path for diagnostic in found})
    warnings = sum(diagnostic.level is Level.WARNING for diagnostic in found)
    problems = len(found) - warnings
    counts = [_counted(problems, "problem")] * bool(problems or not warnings)
    counts += [_counted(warnings, "warning")] * bool(warnings)
    text = f"{' and '.join(counts)} in {_counted(files, 'file')}"
    mendable = sum(bool(diagnostic.fix) for diagnostic in found)
    return f"{text}; `kb check --fix` mends {mendable}." if mendable else f"{text}."


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _excerpt(line: str, column: int, width: int) -> tuple[str, int]:
    """The part of a long line around a column, and where the column stands in it."""
    line = line.replace("\t", " ")
    start = max(0, min(column - width // 2, len(line) - width))
    before, part = ("…" if start else ""), visible(line[start : start + width])
    after = "…" if start + width < len(line) else ""
    return f"{before}{part}{after}", len(before) + len(visible(line[start:column]))
