"""The tool `match_error`: what is known of a pasted error, in few words."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from kb.match import SourceError, fill_prose, is_pasted, telling_line
from kb.mcp.base import ID
from kb.mcp.commands import commands_in
from kb.mcp.fence import fenced, shortened
from kb.mcp.models import KnownFix, MatchAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.match import Known, KnownError, Result
    from kb.mcp.base import Base

MOST_FIXES: Final = 3

FIRST_BYTES: Final = 1_900
OTHER_BYTES: Final = 350
"""Bytes of an answer's text, of the best one and of each other. With all that stands around them, an answer stays below
4,500 bytes; a model's token has three at the least in nearly all text, so these are 1,500 tokens."""

LOOKED_AT: Final = 20_000
"""Characters at the end of a text that are searched by words where nothing is matched, as `kb match` does."""

LONGEST_VALUE: Final = 120
"""Characters of a value that is shown."""

_GIVEN: Final = re.compile(r"([A-Za-z0-9_.+-]{1,60})[ =]v?([0-9][0-9A-Za-z.+-]{0,40})")


def match_error(base: Base, text: str, version: str, platform: str) -> MatchAnswer:
    """Which entries a text shows. Raises SourceError.

    `version` names tools as `pip=26.0`, or is the version of whatever product an answer is about; `platform` is one of
    those that entries name (linux, macos, windows).
    """
    known = base.known()
    found = known.find(text, MOST_FIXES)
    if not found:
        return _by_words(base, known, text)
    given = dict(_GIVEN.findall(version))
    texts, fixes = [], []
    is_short = False
    for number, one in enumerate(found, 1):
        named = given or ({one.entry.partition("/")[0]: version} if version else {})
        shown, was_cut = shortened(
            _text_of(one, one.version_notes(text, named)), FIRST_BYTES if number == 1 else OTHER_BYTES
        )
        texts.append(f"[{number}] {shown}")
        fixes.append(_facts_of(base, one, text, platform))
        is_short |= was_cut
    return MatchAnswer(known=True, fixes=tuple(fixes), shortened=is_short, data=fenced("\n\n".join(texts)))


def _facts_of(base: Base, one: KnownError, text: str, platform: str) -> KnownFix:
    fix = one.fix
    only = fix["platforms"] if fix else ()
    elsewhere = bool(only) and platform not in only if platform else one.is_for_another_platform(text)
    number = fix["number"] if fix else 0
    days = {proof["workaround"]: date.fromisoformat(proof["day"]) for proof in (fix["proven"] if fix else ())}
    return KnownFix(
        entry=one.entry,
        page=base.address(one.entry),
        sure="likely" if elsewhere and one.tier == "exact" else one.tier,
        score=round(one.score, 3),
        other_platform=elsewhere,
        workaround=number or None,
        proven=days.get(number),
        commands=commands_in(fix["markdown"], one.values, fix["types"]) if fix else (),
    )


def _text_of(one: KnownError, notes: list[str]) -> str:
    """The entry's words, the first workaround filled with the reader's values."""
    fix = one.fix
    if fix is None:
        return one.entry
    return "\n".join(
        (
            fix["title"],
            fix["summary"],
            *notes,
            *_values(one.values),
            f"Workaround: {fix['step']}",
            "",
            fill_prose(fix["markdown"], one.values, fix["types"]),
        )
    )


def _values(values: Mapping[str, str]) -> list[str]:
    return [f"{name} = {' '.join(value.split())[:LONGEST_VALUE]}" for name, value in values.items()]


def _by_words(base: Base, known: Known, text: str) -> MatchAnswer:
    """What a text's words find in which no message was recognised."""
    try:
        found = known.by_words(telling_line(text[-LOOKED_AT:]), MOST_FIXES)
    except SourceError:
        found = None  # a site that an older generator built
    if found is None or not found.is_known or is_pasted(text):
        return MatchAnswer(known=False, fixes=(), shortened=False, data="")
    results = [result for result in found.results if ID.fullmatch(result.shown["id"])]
    texts = (shortened(f"{one.shown['title']}\nWorkaround: {one.shown['step']}", OTHER_BYTES)[0] for one in results)
    data = "\n\n".join(f"[{number}] {each}" for number, each in enumerate(texts, 1))
    return MatchAnswer(known=True, fixes=tuple(_found(base, one) for one in results), shortened=True, data=fenced(data))


def _found(base: Base, result: Result) -> KnownFix:
    return KnownFix(
        entry=result.shown["id"],
        page=base.address(result.shown["id"]),
        sure="words",
        score=round(result.share, 3),
        other_platform=False,
        workaround=None,
        proven=None,
        commands=(),
    )
