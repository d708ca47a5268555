"""What the sources say, which is English: the words of a site that speaks no other language."""

from gettext import NullTranslations
from typing import Final, TypeAlias

Words: TypeAlias = NullTranslations
"""Gives messages in a language: `gettext(message)`, `ngettext(one, more, count)`. Values are put in with `%`."""

ENGLISH: Final = NullTranslations()


def marked(message: str) -> str:
    """A message that stands in a table, so that it gets into the catalogue. It is translated where it is shown."""
    return message
