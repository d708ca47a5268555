"""The languages in which there is a page of an entry: its own, and one for each translation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.site.urls import canonical_url
from kb.words import language_name

if TYPE_CHECKING:
    from kb.entry import Entry, Translation
    from kb.site.model import Site


class Tongue(NamedTuple):
    """A language in which there is a page of an entry."""

    code: str
    name: str
    """As its speakers call it: `Deutsch`."""
    url: str
    """The permanent address of the page."""
    folder: str
    """The folder of the page, below that of the entry's own: `de/`; empty for the entry's."""


def tongues_of(site: Site, entry: Entry) -> list[Tongue]:
    """The languages of an entry's pages, its own first; none where it has no translation."""
    languages = [each.language for each in site.translations(entry)]
    if not languages:
        return []
    base, own = site.options.site_url, language_of(site, entry)
    return [
        Tongue(own, language_name(own), canonical_url(base, entry), ""),
        *(Tongue(code, language_name(code), canonical_url(base, entry, code), f"{code}/") for code in languages),
    ]


def language_of(site: Site, entry: Entry) -> str:
    """The language that an entry is written in."""
    return site.collection.by_id[entry.id].lang or site.options.language.code


def age_of(site: Site, translation: Translation) -> str:
    """What is to be said of a translation that may not say what its entry says now; empty otherwise."""
    entry = site.collection.by_id[translation.id]
    if translation.is_of(entry):
        return ""
    say = site.words.gettext
    names = {"language": language_name(language_of(site, entry), site.options.language.code)}
    if translation.translates is None:
        return say("Nobody has noted whether this says what the text in %(language)s says now.") % names
    return say("The text in %(language)s has changed since this was translated.") % names
