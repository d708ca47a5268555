"""Words that nobody knows: slips of the keys, and beginnings of longer words. The twin is `spelling.js`."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from kb.match.search.index import letter_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.match.search.reading import SearchIndex

SHORTEST: Final = 5
"""Letters of a word in which a slip is looked for: of a shorter one too many others are one letter away."""
TWO_SLIPS: Final = 7
"""Letters from which on two slips are allowed."""
MOST: Final = 4
"""Words that are taken for what was meant."""


def nearest(term: str, index: SearchIndex) -> list[tuple[str, int]]:
    """Terms that differ by a slip or two from an unknown one, with the number of slips: the fewest there are.

    Few get the first letter wrong, but for swapping it with the next: `vtable` is no slip for `table`.
    """
    if len(term) < SHORTEST or not (term.isascii() and term.isalpha()):
        return []
    most = 1 if len(term) < TWO_SLIPS else 2
    found = sorted(
        (slips, -count, word)
        for letter in dict.fromkeys((letter_of(term), letter_of(term[1:])))
        for word, count in index.words(letter)
        if abs(len(word) - len(term)) <= most and word.isascii() and word.isalpha()
        if word[0] == term[0] or word[1::-1] == term[:2]
        if (slips := distance(term, word, most)) <= most
    )
    return [(word, slips) for slips, _, word in found if slips == found[0][0]][:MOST]


def completions(start: str, index: SearchIndex) -> Iterator[tuple[str, int]]:
    """The terms that begin with some letters, in order, and how many entries have each."""
    words = index.words(letter_of(start))
    for word, count in words[bisect_left(words, (start, 0)) :]:
        if not word.startswith(start):
            return
        yield word, count


def distance(one: str, other: str, most: int) -> int:
    """Letters that were left out, put in, exchanged or swapped with the next; `most` + 1 where they are more.

    The restricted Damerau-Levenshtein distance: https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        above, row = row, [at]
        for place, its in enumerate(other, 1):
            cost = min(above[place] + 1, row[place - 1] + 1, above[place - 1] + (letter != its))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == its:
                cost = min(cost, before[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before = above
    return row[-1]
