"""A language that nobody speaks: every message in full-width letters, so that what is no message is seen."""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.catalog import Catalog

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
from words import template, written

_KEPT = re.compile(r"<[^>]*>|&\w+;|%\(\w+\)s|%%")
_LETTER = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[A-Za-z]{2,}")
_SKIPPED = {"script", "style", "pre", "code", "kbd", "var", "svg"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_TOLD = ("title", "aria-label", "placeholder", "alt", "data-column")


def pseudo(message: str) -> str:
    """A message in full-width letters, its markup and its values as they are."""
    parts, at = [], 0
    for kept in _KEPT.finditer(message):
        parts += [_wide(message[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join((*parts, _wide(message[at:])))


def _wide(text: str) -> str:
    return _LETTER.sub(lambda letter: chr(ord(letter[0]) + 0xFEE0), text)


def write_pseudo_catalogue(path: Path) -> None:
    """A catalogue in Greek's name, since Material speaks that without a Latin letter."""
    made = Catalog(locale="el", charset="utf-8", fuzzy=False)
    for message in template():
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            found = tuple(map(pseudo, ids))
            made.add(message.id, found if len(found) > 1 else found[0], flags=message.flags)
    path.write_bytes(written(made))


class Latin(HTMLParser):
    """Finds the Latin words that a page shows or tells, but for code and for parts in a language of their own."""

    def __init__(self, content: set[str]) -> None:
        super().__init__()
        self.found: list[str] = []
        self._content = content
        self._skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        is_foreign = tag != "html" and "lang" in told
        if (self._skipped or tag in _SKIPPED or is_foreign) and tag not in _VOID:
            self._skipped.append(tag)
        if self._skipped:
            return
        for name in _TOLD:
            self._look(told.get(name) or "")
        if tag == "meta" and (told.get("name") == "description" or "alt" in (told.get("property") or "")):
            self._look(told.get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped and self._skipped[-1] == tag:
            self._skipped.pop()

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._look(data)

    def _look(self, text: str) -> None:
        self.found += latin_words(text, self._content)


def latin_words(text: str, content: set[str]) -> list[str]:
    """The Latin words of a text that are none of its content."""
    rest = re.sub(r"\S+#\d+|https?://\S+", " ", text)
    return [f"{word}: {text.strip()!r}" for word in _WORD.findall(rest) if word not in content]
