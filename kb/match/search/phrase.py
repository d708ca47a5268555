"""How much of a message's own wording a query repeats in order, and which of its words are values in it.

The twin is `phrase.js`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kb.entry import Literal, readable_parts
from kb.match.search.terms import words_in

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kb.match.search.terms import Word

MOST_VALUE: Final = 4
"""Words of a query that may stand for one placeholder between others."""
LEAST: Final = 2
"""Words with weight that a query must repeat, to repeat a message at all."""
VARIES: Final = "*"
"""What stands for a placeholder; no word is like it."""


class Phrase(NamedTuple):
    """Words of a query, by number, that repeat a message, and those that stand where it varies."""

    repeated: tuple[int, ...] = ()
    values: tuple[int, ...] = ()


def phrase_text(signature: str) -> str:
    """The stems of a signature's words with spaces between, `VARIES` where a placeholder stands."""
    words: list[str] = []
    for part in readable_parts(signature):
        if isinstance(part, Literal):
            words += [word.terms[0] for word in words_in(part.text)]
        elif not words or words[-1] != VARIES:
            words.append(VARIES)
    return " ".join(words)


def phrase_of(query: Sequence[Word], phrase: str, stop_stems: Collection[str]) -> Phrase:
    """The longest run of a query's words that stands in a message, over its placeholders.

    `stop_stems` are the stems of words that say nothing: the message may have them where the query leaves them out.
    """
    message = phrase.split(" ")

    def weight(found: Phrase) -> int:
        return sum(query[number].terms[0] not in stop_stems for number in found.repeated)

    best = Phrase()
    for start, asked in enumerate(query):
        for place, word in enumerate(message):
            if word == asked.terms[0]:
                found = _run(query, start, message, place, stop_stems)
                # The message begins with a value: `docker` in `docker: command not found`.
                if start and message[:place] == [VARIES] and query[0].run == query[start - 1].run:
                    found = found._replace(values=(*range(start), *found.values))
                if weight(found) > weight(best):
                    best = found
    return best if weight(best) >= LEAST else Phrase()


def _run(query: Sequence[Word], start: int, message: Sequence[str], place: int, stop_stems: Collection[str]) -> Phrase:
    """What is repeated from two places on: word for word, and some words for a placeholder.

    Those are up to `MOST_VALUE`, or one run where nothing tells where they end.
    """
    repeated: list[int] = []
    values: list[int] = []
    at = start
    while at < len(query) and place < len(message):
        if message[place] != VARIES:
            if message[place] == query[at].terms[0]:
                repeated.append(at)
                at += 1
            elif message[place] not in stop_stems:
                break
            place += 1
            continue
        after = message[place + 1] if place + 1 < len(message) else None
        ends = range(at + 1, min(at + MOST_VALUE, len(query) - 1) + 1)
        end = next((end for end in ends if query[end].terms[0] == after), None)
        if end is None:
            values += [number for number in range(at, len(query)) if query[number].run == query[at].run]
            break
        values += range(at, end)
        at, place = end, place + 1
    return Phrase(tuple(repeated), tuple(values))
