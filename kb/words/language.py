"""The language of a site: its words from a catalogue (GNU gettext's `.po`), its days and numbers from the CLDR.

A catalogue is read as it is written, so that no compiled copy of it can be out of date: that takes a build 0.1 s, and
one in English nothing.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from gettext import GNUTranslations
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple, Self

from kb.words.english import ENGLISH, Words

_FOLDER: Final = Path(__file__).parent
_CODE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_PLURAL: Final = re.compile(r"nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([n0-9\s()!=<>%&|?:+*/-]+?)\s*;?\s*")
"""The header `Plural-Forms`. The expression is C, and as such JavaScript, too: nothing else may stand in it."""


class LanguageError(ValueError):
    """There are no words in a language. The message says what to do."""


class Plurals(NamedTuple):
    """How many forms a counted word has in a language, and which one a number `n` takes."""

    forms: int
    expression: str


def shipped_languages() -> tuple[str, ...]:
    """The languages that a site can speak, by their codes (BCP 47), English first."""
    return ("en", *sorted(path.stem for path in _FOLDER.glob("*.po")))


@dataclass(frozen=True)
class Language:
    """A language that a site speaks."""

    code: str = "en"
    digest: str = ""
    """A digest of the catalogue; empty for English."""
    catalogue: Path | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, code: str, catalogue: Path | None = None) -> Self:
        """A language by its code, with a catalogue of one's own or the shipped one. Raises LanguageError."""
        if not _CODE.fullmatch(code):
            raise LanguageError(f"{code!r} is no language as BCP 47 names them, such as `de` or `pt-BR`")
        if catalogue is None:
            if code == "en":
                return cls()
            catalogue = _FOLDER / f"{code}.po"
            if not catalogue.exists():
                known = ", ".join(shipped_languages())
                raise LanguageError(
                    f"there are no words in {code!r} (there are {known}); name a catalogue of your own with the "
                    "plugin's option `words`, made from kb/words/kb.pot"
                )
        try:
            digest = sha256(catalogue.read_bytes()).hexdigest()[:16]
        except OSError as error:
            raise LanguageError(f"{catalogue}: {error.strerror}") from None
        language = cls(code, digest, catalogue)
        _ = language.words, language.plurals  # what is wrong with it is told now
        return language

    @cached_property
    def words(self) -> Words:
        """The messages of the site."""
        if self.catalogue is None:
            return ENGLISH
        # Babel takes 0.1 s to load, which no site in English and no command has to wait for.
        from babel.core import UnknownLocaleError  # noqa: PLC0415
        from babel.messages.mofile import write_mo  # noqa: PLC0415
        from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

        compiled = io.BytesIO()
        try:
            with self.catalogue.open("rb") as file:
                write_mo(compiled, read_po(file, abort_invalid=True))
        except (PoFileError, UnknownLocaleError, UnicodeDecodeError) as error:
            raise LanguageError(f"{self.catalogue}: {error}") from None
        compiled.seek(0)
        return GNUTranslations(compiled)

    @cached_property
    def plurals(self) -> Plurals:
        """The forms of counted words. Raises LanguageError."""
        if self.catalogue is None:
            return Plurals(2, "n != 1")
        found = _PLURAL.fullmatch(self.words.info().get("plural-forms", ""))
        if not found:
            raise LanguageError(f"{self.catalogue}: its header lacks `Plural-Forms`, such as `nplurals=1; plural=0;`")
        return Plurals(int(found[1]), found[2])

    def day(self, day: date | str) -> str:
        """A day as people write it. In English it is `2026-11-28`, which nobody takes for another day."""
        return str(day) if self.code == "en" else _day(self.code, str(day))

    def number(self, number: int) -> str:
        """A number with its digits in groups."""
        if self.code == "en":
            return f"{number:,}"
        from babel.numbers import format_decimal  # noqa: PLC0415

        return format_decimal(number, locale=self.code.replace("-", "_"))


ENGLISH_LANGUAGE: Final = Language()


@lru_cache(maxsize=256)
def language_name(code: str, within: str = "") -> str:
    """What a language is called, in itself or in another one; the code of one of which the CLDR has no name.

    `Deutsch`, and within English `German`.
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    try:
        locale = Locale.parse(code, sep="-")
        name = locale.get_display_name((within or code).replace("-", "_")) or code
    except (UnknownLocaleError, ValueError):
        return code
    return name if within else name[:1].upper() + name[1:]


@lru_cache(maxsize=4096)
def _day(code: str, day: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415

    return format_date(date.fromisoformat(day), "medium", locale=code.replace("-", "_"))
