"""How much of a statement's wording stands in the sources that it names: telling words, by their beginnings."""

import re
from collections.abc import Iterable
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:[._+-][^\W_]+)*")
_JOINT: Final = re.compile(r"[._+-]")
_SHORT: Final = 4
_START: Final = 5
"""Letters by which two forms of a word are one: `specify`, `specifies`, `specifying`."""
_COMMON_WORDS: Final = """
a about after all also an and any are as at be because been before both but by can cannot could do does each for from
had has have how if in into is it its may might more must no nor not of on once one only or other out over same should
so some such than that the their them then there these they this those to too under until up use used uses using was
were what when where which while who why will with without would you your
"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())


def telling_words(text: str) -> list[str]:
    """The words of a text that tell something, in lower case, each once."""
    words = (found[0].lower() for found in _WORD.finditer(text))
    return list(dict.fromkeys(word for word in words if word not in _COMMON and len(word) > 1))


def share_in(text: str, sources: Iterable[str]) -> float:
    """The share of a text's telling words that sources have, 0 to 1; 1 where it has none."""
    words = telling_words(text)
    told = [word for source in sources for word in telling_words(source)]
    held = {_stem(part) for word in told for part in (word, *_JOINT.split(word))}
    short, starts = {stem for stem in held if len(stem) == _SHORT}, {stem[:_SHORT] for stem in held}

    def is_held(word: str) -> bool:
        stem = _stem(word)
        return stem in held or stem[:_SHORT] in short or (len(stem) == _SHORT and stem in starts)

    return sum(map(is_held, words)) / len(words) if words else 1.0


def _stem(word: str) -> str:
    """What forms of a word have in common."""
    return word[:_START] if len(word) > _START else word.rstrip("s")
