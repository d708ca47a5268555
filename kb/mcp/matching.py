"""The tool `match_error`: what is known of a pasted error, in few words."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Final

from kb.checks import fenced
from kb.match import SourceError, fill_prose, is_pasted, telling_line
from kb.mcp.base import ID
from kb.mcp.commands import commands_in, marks_in
from kb.mcp.models import KnownFix, MatchAnswer
from kb.mcp.shortened import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from kb.match import Known, KnownError, Result
    from kb.mcp.base import Base
    from kb.mcp.commands import Command

MOST_FIXES: Final = 3

MOST_BYTES: Final = 4_200
"""Of an answer as JSON, and of one in words. A model's token has three bytes at the least in nearly all text, so these
are less than 1,500 tokens."""

FIRST_BYTES: Final = 2_600
LEAST_BYTES: Final = 300
OTHER_BYTES: Final = 350
"""Bytes of an answer's text: of the best one at most and at the least, and of each other."""

FIRST_COMMANDS: Final = 1_100
OTHER_COMMANDS: Final = 200
"""Bytes of what is said of the commands of the best one, and of each other."""

_AROUND: Final = 360
"""Bytes of the fence, and of what is said once."""

_BYTES_A_MARK: Final = 60
"""By which a mark is longer in words than as data."""

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
    fixes = [_facts_of(base, one, text, platform) for one in found]
    told = [
        _with_commands_within(fix, OTHER_COMMANDS if number else FIRST_COMMANDS) for number, fix in enumerate(fixes)
    ]
    room = MOST_BYTES - _AROUND - sum(map(_size, told)) - OTHER_BYTES * (len(told) - 1)
    most = max(LEAST_BYTES, min(FIRST_BYTES, room))
    texts = []
    is_short = told != fixes
    for number, one in enumerate(found, 1):
        named = given or ({one.entry.partition("/")[0]: version} if version else {})
        shown, was_cut = shortened(_text_of(one, one.version_notes(text, named)), most if number == 1 else OTHER_BYTES)
        texts.append(f"[{number}] {shown}")
        is_short |= was_cut
    return MatchAnswer(known=True, fixes=tuple(told), shortened=is_short, data=fenced("\n\n".join(texts)))


def _with_commands_within(fix: KnownFix, most: int) -> KnownFix:
    """What is said of its first commands, as many as so many bytes hold."""
    taken: list[Command] = []
    for command in fix.commands:
        most -= _size(command) + _BYTES_A_MARK * len(command.marks)
        if most < 0:
            break
        taken.append(command)
    return fix.model_copy(update={"commands": tuple(taken)})


def _size(said: BaseModel) -> int:
    return len(json.dumps(said.model_dump(mode="json"), ensure_ascii=False).encode())


def _facts_of(base: Base, one: KnownError, text: str, platform: str) -> KnownFix:
    fix = one.fix
    only = fix["platforms"] if fix else ()
    elsewhere = bool(only) and platform not in only if platform else one.is_for_another_platform(text)
    number = fix["number"] if fix else 0
    commands = commands_in(fix["markdown"], one.values, fix["types"]) if fix else ()
    days = {proof["workaround"]: date.fromisoformat(proof["day"]) for proof in (fix["proven"] if fix else ())}
    return KnownFix(
        entry=one.entry,
        page=base.address(one.entry),
        sure="likely" if elsewhere and one.tier == "exact" else one.tier,
        score=round(one.score, 3),
        other_platform=elsewhere,
        unreviewed=one.is_draft,
        workaround=number or None,
        proven=days.get(number),
        marks=marks_in(commands),
        commands=commands,
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
        unreviewed=result.is_draft,
        workaround=None,
        proven=None,
        marks=(),
        commands=(),
    )
