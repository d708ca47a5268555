"""Translations: a file `<slug>.<language>.md` beside an entry's own has its title and prose in another language.

Everything else is the entry's: signatures, tags, proofs, votes. What a translation lacks is shown from there.
"""

import json
import re
from hashlib import sha256
from typing import Annotated, Final

from pydantic import Field

from kb.entry.bounds import MAX_WORKAROUNDS
from kb.entry.model import Entry, FrontMatter, ProseHeading, Workaround
from kb.entry.prose import PROSE_HEADINGS
from kb.entry.values import LanguageTag, Line, Text, Value

_NAME: Final = re.compile(
    r"(?P<id>[^.]+)\.(?P<language>[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?)\.(?:md|yml|yaml)"
)
"""The language as in `kb.entry.values.LanguageTag`."""
_ID: Final = re.compile(r"[a-z0-9-]{1,80}/[a-z0-9-]{1,80}")
_LENGTH: Final = 20
"""Hexadecimal digits of a digest."""


class TranslationText(Value):
    """What a translation's file may hold."""

    title: Annotated[Line, Field(max_length=120)]
    lang: LanguageTag | None = None
    """Its language, which the file's name says, too."""
    translates: Line | None = None
    """The digest of the text that it is a translation of. Written by `kb translated`."""
    summary: Text | None = None
    cause: Text | None = None
    workarounds: Annotated[tuple[Workaround, ...], Field(max_length=MAX_WORKAROUNDS)] = ()
    guidance: Text | None = None
    example: Text | None = None
    notes: Text | None = None
    recommendation: Text | None = None


class Translation(TranslationText):
    """A translation with its place: the entry that it is one of, its file, and its prose as it stands there."""

    id: str
    """The id of the entry."""
    language: str
    source: str
    """The file, relative to the entries folder, with `/`."""
    body: str
    headings: tuple[ProseHeading, ...] = ()

    @property
    def sections(self) -> frozenset[str]:
        """The fields of prose that it has."""
        return frozenset(heading.field for heading in self.headings)

    def is_of(self, entry: Entry) -> bool:
        """Whether it is a translation of what an entry says now."""
        return self.translates == text_digest(entry)


ENTRY_ONLY: Final = FrontMatter.model_fields.keys() - TranslationText.model_fields.keys()
"""Keys of front matter that a translation has from its entry."""


def is_entry_id(name: str) -> bool:
    """Whether a name can be that of an entry: `product/slug`."""
    return _ID.fullmatch(name) is not None


def translated_name(name: str) -> tuple[str, str] | None:
    """Id of the entry and language, of the name of a translation's file; None of another file's."""
    found = _NAME.fullmatch(name)
    return (found["id"], found["language"]) if found else None


def text_digest(entry: Entry) -> str:
    """The digest of what there is to translate in an entry: its title and prose, however their lines are broken."""
    steps = [[step.title, step.body] for step in entry.workarounds]
    prose = [getattr(entry, name) for name in PROSE_HEADINGS if name != "workarounds"]
    texts = json.dumps([entry.title, steps, prose], ensure_ascii=True).replace("\\n", " ")
    return sha256(" ".join(texts.split()).encode()).hexdigest()[:_LENGTH]


def draft_of_translation(translation: Translation, entry: Entry | None) -> Entry:
    """A translation as rules look at it: what it says itself, and of its entry the names of placeholders."""
    said = {name: getattr(translation, name) or "" for name in PROSE_HEADINGS if name != "workarounds"}
    texts = [{"text": signature.text} for signature in entry.signatures] if entry else [{"text": "x"}]
    draft = Entry.model_validate(_STAND_INS | {"signatures": texts, "title": translation.title})
    own = {"body": translation.body, "headings": translation.headings, "workarounds": translation.workarounds}
    place = {"source": translation.source, "lang": translation.language}
    return draft.model_copy(update={**said, **own, **place, "signatures": draft.signatures if entry else ()})


_STAND_INS: Final[dict[str, object]] = {
    "id": "x/x",
    "source": "",
    "body": "",
    "updated": "2000-01-01",
    "summary": "x",
    "cause": "x",
    "workarounds": [{"title": "x", "body": "x"}],
}
"""What lets an entry pass."""
