"""A quote that was meant as an alert, and is shown as a plain quote."""

import re
from collections.abc import Iterator
from typing import Final

from kb.checks.edit import Edit
from kb.checks.prefilter import Prefilter
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.shape import body_of, prose_lines
from kb.entry import Position, Source, html_to_look_at

_KINDS: Final = {kind: kind for kind in ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")} | {
    "NOTES": "NOTE",
    "INFO": "NOTE",
    "HINT": "TIP",
    "TIPS": "TIP",
    "WARN": "WARNING",
    "WARNINGS": "WARNING",
    "ATTENTION": "WARNING",
    "DANGER": "CAUTION",
}
"""A word that stands for an alert -> the kind that GitHub has for it."""

_NAMES: Final = "|".join(_KINDS)
_QUOTE: Final = r"[ ]{0,3}(?:(?:[-*+]|[0-9]{1,9}[.)])[ ]{1,4}){0,9}(?:>[ \t]{0,9}){1,9}"
_MARK: Final = re.compile(
    rf"(?P<before>{_QUOTE}|[ ]{{0,3}})"
    r"(?P<mark>\\?\[[ \t]{0,4}![ \t]{0,4}(?P<marked>[A-Za-z]{1,20})[ \t]{0,4}\\?\]"
    rf"|\*\*\[!(?P<bold_mark>[A-Za-z]{{1,20}})\]\*\*|\[(?P<bare>(?i:{_NAMES}))\](?![(\[:])"
    r"|(?:\*\*|__)(?P<bold>(?i:note|warning)):?(?:\*\*|__))"
    r"(?P<rest>[^\n]*)"
)
_PREFILTER: Final = Prefilter(
    rf"\[[ \t]*![ \t]*[A-Za-z]|(?i:\[(?:{_NAMES})\])|>[ \t]*(?:\*\*|__)(?i:note|warning):?(?:\*\*|__)"
)
_ALERT: Final = re.compile(r'<div class="markdown-alert [^"]*" data-sourcepos="(\d+):')
_FORM: Final = "`> [!NOTE]`, or TIP, IMPORTANT, WARNING, CAUTION, on a line of its own"


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    body = body_of(source)
    if not _PREFILTER.lets_pass(body):
        return
    alerts = {int(found[1]) for found in _ALERT.finditer(html_to_look_at(body))}
    line_before, number_before = "", 0
    for number, line in prose_lines(source):
        if number > number_before + 1:
            line_before = ""
        found = _MARK.match(line) if number not in alerts else None
        if found and _is_meant(found, line_before):
            yield _finding(source, number, found, line_before)
        line_before, number_before = line, number


def _is_meant(found: re.Match[str], line_before: str) -> bool:
    """Whether a mark stands where an alert's would, and not just in a text about one."""
    is_quote = ">" in found["before"]
    rest = found["rest"].strip()
    if found["bold"] or found["bare"]:
        return is_quote and ">" not in line_before and (bool(found["bold"]) or not rest)
    return is_quote or not rest


def _finding(source: Source, number: int, found: re.Match[str], line_before: str) -> Finding:
    word = (found["marked"] or found["bold_mark"] or found["bare"] or found["bold"]).upper()
    kind, before = _KINDS.get(word), found["before"]
    start = source.body_position(Position(number, 1))
    message = f"`{found['mark']}` here makes no alert: this is shown as plain text"
    if kind is None:
        return Finding(start, f"{message}, as there is no kind {word}", f"Write {_FORM}.")
    if ">" not in before:
        return Finding(start, message, f"Start this line and those of the alert with `> `: {_FORM}.")
    if ">" in line_before:
        return Finding(start, message, "Put a line without `>` before it, so that a quote of its own starts here.")
    hint = f"Write `> [!{kind}]` on a line of its own."
    if source.blocks:
        return Finding(start, message, hint)
    opening = before.rstrip(" \t") + " "
    rest = found["rest"].strip().removeprefix(":").strip()
    # Lists are indented on the lines that follow.
    rest = "\n" + re.sub(r"[^>]", " ", opening[:-1]) + " " + rest if rest else ""
    end = Position(start.line, len(found[0]) + 1)
    return Finding(start, message, hint, (Edit(start, end, f"{opening}[!{kind}]{rest}"),))


RULE = Rule(
    code="KB213",
    name="almost-alert",
    family=Family.CONTENT,
    summary="A quote almost has the form of an alert, and is shown as a plain quote.",
    why=(
        "A warning that looks like any other quote is read over, and it does not count as the warning that a command "
        "needs. GitHub knows five kinds of alerts, in one form."
    ),
    fix="Write `> [!WARNING]`, with one space, on the first line of the quote, and the text on the lines after it.",
    mended="Writes the mark in its form, where the kind is plain and the quote starts with it.",
    bad=">[!WARNING]\n> The database is gone then.",
    good="> [!WARNING]\n> The database is gone then.",
    in_source=_check,
)
