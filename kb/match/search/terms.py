"""From words as people write them to terms, the forms under which they are looked up. The twin is `terms.js`."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Final, NamedTuple

from kb.match.noise import fold
from kb.match.words import RUN, WORD

LONGEST: Final = 60
"""Characters of a word that is looked up: a longer run of letters is data."""

_PARTS: Final = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
"""The words of a name in a program: `createComment`, `ERR_OSSL_EVP_UNSUPPORTED`."""
_CODE: Final = re.compile(r"[A-Za-z]{1,3}[0-9]{3,}[A-Za-z]?")
"""A code, `TS2322` or `e0382`, is one word: its parts say nothing."""
_MOST_PARTS: Final = 8
_NEGATED: Final = re.compile(r"n['\u2019]t(?![A-Za-z])")
"""`isn't` is one word, `isnt`."""
_ASCII_WORD: Final = re.compile(r"[A-Za-z0-9_]+")
"""The same as `WORD` where a text is ASCII, before it is folded."""

_ENDINGS: Final = (
    ("sses", "ss"), ("ies", "y"), ("ied", "y"), ("ations", "ate"), ("ation", "ate"), ("ically", "ic"),
    ("ments", "ment"), ("ings", ""), ("ing", ""), ("edly", ""), ("ed", ""), ("ers", "er"), ("ly", ""),
    ("ches", "ch"), ("shes", "sh"), ("ses", "s"), ("xes", "x"), ("s", ""),
)  # fmt: skip
"""Ending -> what takes its place: the first that leaves a stem of at least three letters, as Porter's steps 1 and 2 do
(https://tartarus.org/martin/PorterStemmer/def.txt), without those that mix up names of programs."""
_NOT_PLURAL: Final = ("ss", "us", "is")
_SHORT: Final = re.compile(r"[^aeiou][aeiou][^aeiouwxy]")
"""A stem that had an `e` before its ending: `mov` of `moved`."""

_SAYING_NOTHING: Final = """
a about after again all also always am an and any anyone anything are arent as at be because been before being
but by can come comes could couldnt did didnt do does doesnt doing dont each else error errors even every
everything for from get gets getting give gives go goes going got had happen happens has hasnt have havent
having he help her here him his how i if im in instead into is isnt issue it its itself ive just keep keeping
keeps let lets like look looks made make makes many may me message might more most much must my myself need
needs never no not now of off on one only or other our out own please problem really said same say saying says
she should shouldnt show shows since so some somebody somehow someone something still such tell tells than that
the their them then there these they thing things think thinks this those though through to told too tried try
trying two very want wants was wasnt way we were werent what when where whether which while who whose why will
with without wont work working works would wouldnt yet you your
"""
STOP_WORDS: Final = frozenset(_SAYING_NOTHING.split())
"""Words that say nothing of which error is meant."""


class Word(NamedTuple):
    """A word of a text, folded, and its terms, the word's own first, then those of the parts of a name."""

    text: str
    terms: tuple[str, ...]
    run: int = 0
    """Number of what stands between white space: `README.md` is two words, and one run."""


def words_in(text: str) -> list[Word]:
    """The words of a text in order, those without weight too."""
    text = _NEGATED.sub("nt", text)
    found = []
    for number, run in enumerate(RUN.finditer(fold(text))):
        for each in WORD.finditer(run[0]):
            written = text[run.start() + each.start() : run.start() + each.end()]
            if len(written) <= LONGEST:
                found.append(_word(written)._replace(run=number))
    return found


@lru_cache(maxsize=100_000)
def _word(written: str) -> Word:
    folded = fold(written)
    parts = [] if _CODE.fullmatch(written) else _PARTS.findall(written)[:_MOST_PARTS]
    terms = [stem(folded)]
    if len(parts) > 1:
        terms += [stem(part.lower()) for part in parts if len(part) > 1]
    return Word(folded, tuple(dict.fromkeys(terms)))


def terms_of(text: str) -> dict[str, int]:
    """The terms of all words of a text, and how often each stands there. For an index, so it has to be fast."""
    text = _NEGATED.sub("nt", text)
    if text.isascii():
        found = Counter(_ASCII_WORD.findall(text))
    else:
        found = Counter(text[each.start() : each.end()] for each in WORD.finditer(fold(text)))
    counts: dict[str, int] = {}
    for written, times in found.items():
        if len(written) <= LONGEST:
            for term in _word(written).terms:
                counts[term] = counts.get(term, 0) + times
    return counts


def stem(word: str) -> str:
    """What the forms of a word have in common, roughly: `borrowed`, `borrowing` and `borrows` give `borrow`."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    ending, instead = next((each for each in _ENDINGS if _ends_in(word, each[0])), ("", ""))
    found = word[: len(word) - len(ending)] + instead
    if ending in ("ed", "ing") and _SHORT.fullmatch(found):
        return f"{found}e"
    if len(found) > 3 and found[-1] == found[-2] and found[-1] not in "lsz":
        found = found[:-1]
    return found.removesuffix("e") if len(found) > 4 else found


def _ends_in(word: str, ending: str) -> bool:
    if not word.endswith(ending) or len(word) - len(ending) < 3:
        return False
    return ending != "s" or not word.endswith(_NOT_PLURAL)
