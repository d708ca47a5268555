"""A summary that only says the title again."""

import re
from collections.abc import Iterator
from typing import Final

from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.words import words
from kb.entry import Source

_WORD: Final = re.compile(r"[^\W_]+")
_SMALL: Final = words("""
    a an and are as at be by can cannot for from has have if in into is it its of on or that the then there this to
    was when which while will with you your error errors fails failed message says said shown printed
""")
"""Words that say nothing new."""
_NEW: Final = 2
"""So many words beside the title's are no answer yet."""


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    draft = source.draft
    if draft is None or not draft.summary or not draft.title or len(draft.summary) > 2 * len(draft.title) + 40:
        return
    title = set(_WORD.findall(draft.title.lower())) - _SMALL
    summary = set(_WORD.findall(draft.summary.lower())) - _SMALL
    new = summary - title
    if len(new) <= _NEW and len(new) < len(summary & title):
        hint = "Say in a sentence or two what happened and what to do."
        yield Finding(source.key_position("summary"), "the summary only repeats the title", hint)


RULE = Rule(
    code="KB202",
    name="summary-is-title",
    family=Family.CONTENT,
    summary="The summary only repeats the title.",
    why="It stands right below the title, and in search results. A reader learns nothing from the same words again.",
    fix="Say what happened and what to do about it, in a sentence or two.",
    bad="""\
title: The index is locked by another process

## Summary
The index is locked by another process.
""",
    good="""\
## Summary
A Git command crashed and left `.git/index.lock` behind. Remove the file once no Git runs any more.
""",
    in_source=_check,
)
