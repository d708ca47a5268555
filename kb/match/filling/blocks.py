r"""Code with placeholders: where each stands, and the code with a reader's values in it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.entry import PLACEHOLDER_IN_PROSE
from kb.match.filling.languages import ANALYSES
from kb.match.filling.programs import HOLE
from kb.match.filling.values import ANY, NEVER, Place, unfilled, written

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kb.match.filling.values import Types

MAX_CODE: Final = 20_000
"""Characters of code in which places are looked for; in a longer block nothing is filled in."""


class Hole(NamedTuple):
    """A placeholder in code or prose."""

    name: str
    place: Place

    @property
    def unfilled(self) -> str:
        """What stands there without a value."""
        return unfilled(self.name, self.place.context)

    def filled(self, values: Mapping[str, str], types: Types) -> str:
        """What stands there with a reader's values."""
        value = values.get(self.name)
        text = None if value is None else written(value, types.get(self.name, ()), self.place)
        return self.unfilled if text is None else text


def fill(code: str, language: str, values: Mapping[str, str], types: Types) -> str:
    r"""Put values into a block of code; `\{{` becomes `{{`. Without a value a placeholder is shown as unfilled.

    `types` names the entry's placeholders and their types; braces around any other name stay as they are.
    """
    parts = pieces(code, language, types)
    return "".join(part if isinstance(part, str) else part.filled(values, types) for part in parts)


def pieces(code: str, language: str, names: Collection[str]) -> list[str | Hole]:
    """A block of code as literal text and placeholders."""
    texts, found = _split(code, names)
    places = _places(HOLE.join(texts), language.lower()) if found else ()
    return _joined(texts, found, places)


def inline_pieces(code: str, names: Collection[str]) -> list[str | Hole]:
    """Code inside of a sentence: a command is read as a shell does, a word takes what is plain in any language."""
    texts, found = _split(code, names)
    marked = HOLE.join(texts)
    if any(space in marked for space in " \t\n"):
        places = tuple(_only_plain(place) for place in _places(marked, "sh"))
    else:
        places = (Place("inline", "plain" if _IS_WORD.fullmatch(marked) else NEVER),) * len(found)
    return _joined(texts, found, places)


_IS_WORD: Final = re.compile(r"[\w\x00./:@&\[\]-]+(?:\(\))?")
"""What may stand around a placeholder in a word: nothing that starts a command."""


def prose_pieces(text: str, names: Collection[str]) -> list[str | Hole]:
    """Prose as text and placeholders."""
    texts, found = _split(text, names)
    return _joined(texts, found, (Place("prose", "prose"),) * len(found))


def _split(code: str, names: Collection[str]) -> tuple[list[str], list[str]]:
    """The texts between the placeholders, and the placeholders' names."""
    texts, found, at = [""], [], 0
    for match in PLACEHOLDER_IN_PROSE.finditer(code):
        texts[-1] += code[at : match.start()]
        at = match.end()
        if match[1] is None:
            texts[-1] += "{{"
        elif match[1] not in names:
            texts[-1] += match[0]
        else:
            found.append(match[1])
            texts.append("")
    texts[-1] += code[at:]
    return texts, found


def _joined(texts: list[str], names: list[str], places: tuple[Place, ...]) -> list[str | Hole]:
    parts: list[str | Hole] = [texts[0]]
    for name, place, text in zip(names, places, texts[1:], strict=True):
        parts += (Hole(name, place), text)
    return [part for part in parts if part]


@lru_cache(maxsize=512)
def _places(marked: str, language: str) -> tuple[Place, ...]:
    """The places in code that has a `HOLE` for each placeholder."""
    analysis = ANALYSES.get(language)
    count = marked.count(HOLE)
    if analysis is None or len(marked) > MAX_CODE:
        return (Place("code", NEVER),) * count
    places = tuple(analysis(marked))
    return places if len(places) == count else (Place("code", NEVER),) * count


def _only_plain(place: Place) -> Place:
    return Place(place.context, "plain") if place.grammar == ANY else place
