"""What cuts a message off in a text: the text's end, a line's end, a value that isn't there, or the middle of a word.

At its end a line inside of a text tells less: what a program prints there is mostly whole, and another message that
begins alike. The twin is `edges.js`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kb.match.values import PATTERNS
from kb.match.words import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.entry import Placeholder
    from kb.match.plan import Word
    from kb.match.reading import Reading
    from kb.match.shards import Known

BESIDE = 1
"""Words of the text beyond a part with which it still counts as cut off there, if that one was cut itself."""
BESIDE_VALUE = 8
"""The same where a placeholder's value may stand."""
STOPS = (".", ":", ";", "!", "?", ",", "(", ")")
"""Marks after which a message may stop at the end of a line that isn't the last one."""
QUOTES = "\"'`"
"""Marks that who types a message leaves out, or takes others for."""
CLOSED_BY = (*QUOTES, ")", "]")
"""Marks that close a value."""
OPENED_BY = f"{QUOTES} :=(["
"""Marks that stand before a value."""
PARTED_BY = "".join((*STOPS, *QUOTES, "[", "]"))
"""Marks that may stand behind one."""


class Edge(NamedTuple):
    """Where a part was cut off: whether the text itself ends there, and the weight of a word that was cut in two.

    `is_at_stop` says whether a sentence of the signature ends there, too, or a line.
    """

    is_by_text: bool
    torn: int
    is_at_stop: bool = False


WHOLE: Final = Edge(is_by_text=True, torn=0)
"""Where nothing is missing."""


def start_of(known: Known, reading: Reading, word: int, own: int) -> Edge | None:
    """What cuts off a part before a word of the text, which is this word of the signature."""
    missing, first = known.plan.words[own - 1], known.plan.words[own]
    is_value = missing.piece != first.piece
    beside, torn = BESIDE_VALUE if is_value else 0, 0
    if word and missing.text.endswith(reading.words[word - 1]) and reading.starts_line(word, BESIDE):
        torn = known.weights[own - 1] * len(reading.words[word - 1]) // len(missing.text)
        beside = max(beside, BESIDE)
    if not reading.starts_line(word, beside):
        return None
    if is_value and not _may_follow_value(known, reading, word, first):
        return None
    return Edge(word <= beside, torn)


def end_of(known: Known, reading: Reading, word: int, own: int) -> Edge | None:
    """What cuts off a part after a word of the text, which is this word of the signature."""
    words, text = known.plan.words, reading.words
    last = words[own]
    missing = words[own + 1] if own < len(words) - 1 else None
    is_value = missing is None or missing.piece != last.piece
    beside, torn = BESIDE_VALUE if is_value else 0, 0
    is_torn = False
    if missing and word + 1 < len(text) and missing.text.startswith(text[word + 1]) and reading.ends_line(word, BESIDE):
        torn = known.weights[own + 1] * len(text[word + 1]) // len(missing.text)
        beside, is_torn = max(beside, BESIDE), True
    if not reading.ends_line(word, beside):
        return None
    is_elided = reading.is_elided_after(word)
    if is_value and not is_elided and not may_be_cut_in_value(known, reading, word, own):
        return None
    is_by_text = is_elided or word + beside >= len(text) - 1
    may_stop = missing is None or _marks_after(known, last).startswith(STOPS)
    if not (is_by_text or is_torn or may_stop):
        return None
    is_at_stop = missing is not None and not is_value and (may_stop or missing.line != last.line)
    return Edge(is_by_text, torn, is_at_stop)


def _may_follow_value(known: Known, reading: Reading, word: int, first: Word) -> bool:
    """Whether what stands before a word on its line may be the end of a value, with the marks between them."""
    marks, there = _marks_before(known, first), reading.marks_before(word)
    return there.endswith(marks) or (reading.starts_line(word, 0) and marks.endswith(there))


def may_be_cut_in_value(known: Known, reading: Reading, word: int, own: int) -> bool:
    """Whether what follows a word on its line may be the start of a value, with what goes before and after it."""
    words = known.plan.words
    last = words[own]
    # Who types a message leaves out its quotes, or takes others.
    marks, there = _without_quotes(_marks_after(known, last)), _without_quotes(reading.marks_after(word))
    is_at_end = reading.ends_line(word, 0)
    if not (there.startswith(marks) or (is_at_end and marks.startswith(there))):
        return False
    if is_at_end or own == len(words) - 1 or last.piece + 1 >= len(known.plan.pieces):
        return True
    # Where the value may end, the message goes on as it does here, or it is another one.
    following, slot = known.plan.pieces[last.piece + 1].text, known.plan.slots[last.piece + 1]
    ends = list(_ends_of_value(slot, following, reading.line_after(word).lstrip(OPENED_BY)))
    # A value takes marks behind it that are the message's own.
    goes_on = following.lstrip(PARTED_BY)
    found = [end.replace(" ", "").lstrip(PARTED_BY) for end in ends]
    return not found or any(end.startswith(goes_on) or goes_on.startswith(end) for end in found)


def _ends_of_value(slot: Placeholder | None, following: str, line: str) -> Iterator[str]:
    """What may follow the value that a line begins with; nothing where that may go on to the line's end.

    A value in quotes or brackets ends at their like, one of a type at what the type has not.
    """
    closing = next((mark for mark in CLOSED_BY if following.startswith(mark)), None)
    pattern = PATTERNS.get(slot.type) if slot else None
    value = pattern.match(line) if pattern else None
    if closing:
        yield from (line[at:] for at, mark in enumerate(line) if mark == closing)
    elif value and " " in line[value.end() :].rstrip(" "):
        yield line[value.end() :]


def _marks_before(known: Known, word: Word) -> str:
    """The marks between a word of a signature and the word, or the placeholder, before it."""
    return WORD.split(known.plan.pieces[word.piece].text[: word.offset])[-1]


def _marks_after(known: Known, word: Word) -> str:
    """The marks between a word of a signature and the word, or the placeholder, after it."""
    return WORD.split(known.plan.pieces[word.piece].text[word.offset + len(word.text) :])[0]


def _without_quotes(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, QUOTES)))
