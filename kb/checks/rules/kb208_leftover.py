"""Text that waits to be written: a note to oneself, or what a template said."""

import re
from collections.abc import Iterator
from typing import Final

from kb.checks.prefilter import Prefilter
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.shape import body_of, prose_lines
from kb.entry import Position, Source

_NOTE: Final = "(?:TODO|FIXME|TBD|XXX)"
_LEFTOVER: Final = re.compile(
    # No part of a path or a file's name, and not between two words, where a sentence only speaks of such notes.
    rf"(?<![\w./\\~-])(?:(?<!\w ){_NOTE}|{_NOTE}(?! \w))(?![./\\-]?\w)"
    r"|(?i:\blorem ipsum\b|\bfill (?:this|me) in\b)"
    r"|(?i:\b(?:describe|explain|write|put|insert) [\w ]{0,40}\bhere\b(?=[.:…]|$))"
    r"|^(?:<{7}|>{7}|\|{7}) [^\n]{1,60}"
    r"|(?i:[<\[(](?:your|insert|describe|explain|replace|add|fill)\b[^<>\[\]()]{2,80}[>\])](?!\())"
)


_PREFILTER: Final = Prefilter(
    r"TODO|FIXME|TBD|XXX|(?i:lorem ipsum|fill (?:this|me) in| here(?:[.:…\n]|$))|<{7} |>{7} |\|{7} "
    r"|[<\[(](?i:your|insert|describe|explain|replace|add|fill)\b"
)


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    hint = "Write what is to stand there, or remove it."
    draft = source.draft
    if draft is None:
        return
    if found := _LEFTOVER.search(draft.title):
        yield Finding(source.key_position("title"), f"a leftover: {found[0]!r}", hint)
    body = body_of(source)
    if not _PREFILTER.lets_pass(body):
        return
    for number, line in prose_lines(source):
        for found in _LEFTOVER.finditer(line):
            position = source.body_position(Position(number, found.start() + 1))
            yield Finding(position, f"a leftover: {found[0]!r}", hint)


RULE = Rule(
    code="KB208",
    name="leftover",
    family=Family.CONTENT,
    summary="The text holds a note to oneself (`TODO`, `FIXME`), text of a template, or marks of a merge conflict.",
    why="A reader finds a gap where the answer should be, and trusts the rest less.",
    fix="Write what is missing, or leave the part out: only Summary, Cause and a Workaround have to be there.",
    bad="""\
## Cause
TODO
""",
    good="""\
## Cause
The lock is left behind by a crash.
""",
    in_source=_check,
)
