"""What the pages are made from: one value a build, and one view an entry."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from kb.entry import (
    Entries,
    Entry,
    Forge,
    Issue,
    Picture,
    Product,
    Proven,
    Tool,
    Translation,
    is_long_ago,
    ordered_steps,
    text_of,
)
from kb.github.refs import host_of
from kb.github.report.references import web_address
from kb.links import Links, by_need, varied, weighed_votes
from kb.match import Versions, version_notes, versions_of, wording_notes
from kb.site.forms import empty_form_url, form_url
from kb.site.pictures import pictures_of
from kb.site.proofs import Mark, ProofView
from kb.site.prose import RenderedSection
from kb.site.tongues import Tongue, age_of, tongues_of
from kb.site.urls import ID_MARK, canonical_url, page_slug
from kb.words import ENGLISH_LANGUAGE, Language, Words, marked

TOOLS: Final = 6
"""Tools in each of the two lists of an entry's page."""

TRENDING: Final = 5
"""Trending entries on an entry's page."""


PLATFORM_NAMES: Final = {
    name.lower(): name for name in ("Android", "FreeBSD", "iOS", "Linux", "macOS", "OpenBSD", "Windows", "WSL")
}
"""Operating systems as entries name them -> as their makers write them."""

DRAFT_WORDS: Final = marked("Drafted by a model, not reviewed yet")
"""What stands at a section that a model drafted and nobody has reviewed."""

STATUS_LABELS: Final = {
    "open": marked("Not fixed upstream"),
    "workaround": marked("Workaround known"),
    "fixed": marked("Fixed upstream"),
    "wontfix": marked("Won't be fixed"),
    "duplicate": marked("Duplicate"),
}

PULL_STATES: Final = (marked("open"), marked("closed"), marked("merged"))
"""States of pull requests, as GitHub names them."""

_EXPLANATIONS: Final = {
    "cause": marked("Why it happens"),
    "guidance": marked("Guidance"),
    "example": marked("Example"),
    "notes": marked("Notes"),
    "recommendation": marked("Recommendation"),
}
"""Kind of a section -> its heading on the page."""


@dataclass(frozen=True)
class Options:
    """What the configuration says, as pages need it."""

    site_name: str
    site_url: str | None
    site_description: str
    repository: str | None
    """Address of the repository that holds the entries; None where there is none."""
    feedback: str | None
    """Address of the repository whose issue forms take votes, mistakes and new errors; None where there is none."""
    vote_form: str
    report_form: str
    new_form: str
    page_size: int
    github_api: str
    """Address of the API that the issue report page asks."""
    edit_base: str | None
    """The address under which the repository shows a form to edit a file; None where there is none."""
    forge: Forge = Forge.GITHUB
    """What the repository is on."""
    votes_url: str = ""
    """Address of the collector of readers' taps, without a slash at its end; empty where there is none."""
    language: Language = ENGLISH_LANGUAGE
    """The language of its words, and of entries that name none."""
    few_files: bool = False
    """Whether the site goes without entries as JSON and Markdown, and without pages at the addresses of issues."""

    @property
    def root_url(self) -> str:
        """The site's address with a slash at its end; only the slash where it has no address yet."""
        return f"{(self.site_url or '').rstrip('/')}/"

    @property
    def issue_host(self) -> str:
        """The host of the issues that the page of reports can ask for."""
        return host_of(web_address(self.github_api))

    def edit_url(self, source: str) -> str | None:
        """Where to edit a file of the entries folder."""
        return f"{self.edit_base}{source}" if self.edit_base else None


class Card(NamedTuple):
    """What other pages than its own show of an entry."""

    id: str
    title: str
    codes: tuple[str, ...]
    updated: date
    product: str
    """The product's name."""
    proven: Mark | None
    lang: str = ""
    """Its language, where it names one."""
    draft: str = ""
    """That a model drafted it, in words, where nobody has reviewed it."""


@dataclass(frozen=True)
class Site:
    """All that any page may show."""

    collection: Entries
    links: Links
    options: Options

    @property
    def words(self) -> Words:
        """What the site says, in its language."""
        return self.options.language.words

    def product(self, product: str) -> Product | None:
        return self.collection.products.get(product)

    def product_name(self, product: str) -> str:
        """The product's name as its makers write it, or its id."""
        found = self.product(product)
        return found.name if found else product

    def entries(self, ids: Iterable[str]) -> list[Entry]:
        """Entries by their ids, those that could be read."""
        return [self.collection.by_id[entry_id] for entry_id in ids if entry_id in self.collection.by_id]

    def translations(self, entry: Entry) -> tuple[Translation, ...]:
        """The translations of an entry."""
        return self.collection.translations.get(entry.id, ())

    @cached_property
    def pictures(self) -> dict[str, tuple[Picture, ...]]:
        """Entry id -> the pictures that it shows, of those that have any."""
        found = ((file.id, pictures_of(self.collection, file)) for file in self.collection.files)
        return {entry_id: own for entry_id, own in found if own}

    @cached_property
    def as_of(self) -> date:
        """The day by which pages say that something was long ago: that of the newest entry or proof.

        It is not the clock's, so that the same entries give the same pages on any day. A page that is read later tells
        by its reader's clock (`proven.js`).
        """
        entries = self.collection.entries
        proved = (run.day for entry in entries if entry.proved for run in entry.proved.runs)
        return max((*(entry.updated for entry in entries), *proved), default=date.min)

    def proven(self, entry: Entry) -> Proven:
        """What is proven of an entry, which several of its forms show: its record is read once."""
        if entry.id not in self._proven:
            self._proven[entry.id] = Proven(entry)
        return self._proven[entry.id]

    def card(self, entry: Entry) -> Card:
        """What other pages show of an entry."""
        if entry.id not in self._cards:
            day = self.proven(entry).day
            mark = Mark("", day, is_long_ago(day, self.as_of)) if day else None
            product = self.product_name(entry.product)
            draft = self.words.gettext(DRAFT_WORDS) if entry.is_draft else ""
            self._cards[entry.id] = Card(
                entry.id, entry.title, entry.codes, entry.updated, product, mark, entry.lang or "", draft
            )
        return self._cards[entry.id]

    def card_text(self, entry: Entry) -> str:
        """All that other pages show of an entry, for digests. It stands in many lists, so this is made once."""
        if entry.id not in self._card_texts:
            self._card_texts[entry.id] = repr(self.card(entry))
        return self._card_texts[entry.id]

    @cached_property
    def _card_texts(self) -> dict[str, str]:
        return {}

    @cached_property
    def _leading(self) -> dict[str, tuple[Entry, ...]]:
        return {}

    @cached_property
    def _cards(self) -> dict[str, Card]:
        return {}

    def leading(self, product: str) -> tuple[Entry, ...]:
        """The entries of which pages of a product show `TRENDING` beside their own.

        Those that trend most; before any reader has voted, those of the product that people need first.
        """
        key = "" if self.has_votes else product
        if key not in self._leading:
            order = varied(self.links.trending, TRENDING + 1, TRENDING // 2) if self.has_votes else self.needed(product)
            self._leading[key] = order[: TRENDING + 1]
        return self._leading[key]

    def needed(self, product: str) -> tuple[Entry, ...]:
        """The entries of a product in the order in which people need them."""
        return by_need(self.links.products[product], lambda entry: self.proven(entry).day is not None)

    @cached_property
    def has_votes(self) -> bool:
        """Whether readers gave any vote. Without, an order by trend is one of reports and days alone."""
        return any(weighed_votes(entry) for entry in self.collection.entries)

    def proof_view(self, entry: Entry, language: Language | None = None) -> ProofView:
        """What is proven of an entry, as people read it: in the site's language, or in another one."""
        language = language or self.options.language
        return ProofView(entry, self.proven(entry), self.collection.products, self.as_of, language)

    @cached_property
    def _proven(self) -> dict[str, Proven]:
        return {}

    @cached_property
    def codes(self) -> dict[str, tuple[str, tuple[Entry, ...]]]:
        """Slug -> a code's spelling and its entries. Codes that differ only in punctuation share a page."""
        found: dict[str, tuple[str, tuple[Entry, ...]]] = {}
        for code, entries in self.links.codes.items():
            spelling, others = found.get(page_slug(code), (code, ()))
            together = dict.fromkeys((*others, *entries))
            found[page_slug(code)] = spelling, tuple(sorted(together, key=lambda entry: entry.is_draft))
        return dict(sorted(found.items()))

    def code_path(self, code: str) -> str:
        """Where a code leads, from the site's root: to the list of its entries, or to the only one that has it."""
        slug = page_slug(code)
        _, entries = self.codes[slug]
        return f"codes/{slug}/" if len(entries) > 1 else f"{entries[0].id}/"

    def new_entry_url(self) -> str | None:
        """The prefilled form for an error that has no entry yet."""
        options = self.options
        if not options.feedback:
            return None
        return empty_form_url(options.forge, options.feedback, ("new-fix", options.new_form), "Add: ")


class EntryView:
    """One entry as its page shows it. Cheap to make: what costs is computed when the template asks for it."""

    def __init__(
        self,
        site: Site,
        entry: Entry,
        sections: list[RenderedSection],
        signatures: list["SignatureView"],
        translation: Translation | None = None,
    ) -> None:
        """`translation` is the one that the page shows; the sections are its own then, the title of `entry`, too."""
        self.site = site
        self.entry = entry
        self.sections = sections
        self.signatures = signatures
        self.product = site.product(entry.product)
        self.product_name = site.product_name(entry.product)
        self.own_url = canonical_url(site.options.site_url, entry)
        self.url = canonical_url(site.options.site_url, entry, translation.language if translation else "")
        self.translation = translation
        self.related = site.entries(site.links.related.get(entry.id, ()))
        self.backlinks = site.entries(site.links.backlinks.get(entry.id, ()))
        self.status_label = site.words.gettext(STATUS_LABELS[entry.status])

    def of_kind(self, kind: str) -> list[RenderedSection]:
        """The sections of one kind, in the entry's order."""
        return [section for section in self.sections if section.kind == kind]

    def blocks(self) -> Iterator[tuple[str, str]]:
        """Title and anchor of each block of the page, as its "On this page" lists them."""
        say = self.site.words.gettext
        yield from ((say("The error"), "error"), (say("In short"), "summary"), (say("Workarounds"), "workarounds"))
        yield say("Did this help?"), "votes"
        for section in self.explanations:
            yield self.title_of(section), section.anchor
        on_host = say("On GitHub").replace("GitHub", self.forge)
        yield from ((say("As it is printed"), "forms"), (say("Proofs"), "proofs"), (on_host, "github"))
        if self.related or self.backlinks:
            yield say("Related errors"), "related"
        yield say("Link this page"), "link"
        if self.tools:
            yield say("Recommended tools"), "tools"

    def title_of(self, section: RenderedSection) -> str:
        """The heading of a section besides summary and workarounds, which a file has in English."""
        title = _EXPLANATIONS[section.kind]
        said = self.site.words.gettext(title)
        return said if said != title or section.kind == "cause" else section.title

    @property
    def draft_words(self) -> str:
        """What is said of a section that a model drafted and nobody has reviewed."""
        return self.site.words.gettext(DRAFT_WORDS)

    @cached_property
    def tongues(self) -> list[Tongue]:
        """The languages in which there is a page of the entry; none where it has no translation."""
        return tongues_of(self.site, self.entry)

    @property
    def age(self) -> str:
        """What is to be said of a translation that may not say what its entry says now; empty otherwise."""
        return age_of(self.site, self.translation) if self.translation else ""

    @cached_property
    def summary_lang(self) -> str:
        """The language of the summary, where that is not the page's."""
        return next((section.lang for section in self.of_kind("summary")), "")

    @cached_property
    def summary(self) -> str:
        return "".join(section.html for section in self.of_kind("summary"))

    @cached_property
    def steps(self) -> list[tuple[int, RenderedSection]]:
        """Number and section of each workaround, the one to try first at the beginning."""
        written = self.of_kind("workarounds")
        ordered = ordered_steps(self.entry, self.site.proven(self.entry))
        return [(step.number, written[step.number - 1]) for step in ordered]

    @property
    def workarounds(self) -> list[RenderedSection]:
        return [section for _, section in self.steps]

    @property
    def is_moved(self) -> bool:
        """Whether the workarounds stand in another order than in the entry's file."""
        return any(place != number for place, (number, _) in enumerate(self.steps, 1))

    @cached_property
    def explanations(self) -> list[RenderedSection]:
        """The sections below the workarounds: cause, guidance, example, notes, recommendation."""
        return [section for section in self.sections if section.kind not in ("summary", "workarounds")]

    @cached_property
    def proof(self) -> ProofView:
        return self.site.proof_view(self.entry)

    @cached_property
    def tools(self) -> tuple[Tool, ...]:
        return self.site.links.ranking.rank(self.entry)

    @property
    def is_reported(self) -> bool:
        """Whether the page of reports can ask for the entry's main issue: it asks one server."""
        issue = self.entry.issue
        return issue is not None and self.site.options.issue_host == issue.ref.host

    @property
    def forge(self) -> str:
        """What the entry's issues are on, as people write it: what they say themselves, or else the repository."""
        ref, options = next(iter(self.entry.refs), None), self.site.options
        if ref is None or ref.host == options.issue_host:
            return options.forge.label
        return (Forge.GITLAB if ref.is_on_gitlab else Forge.GITHUB).label

    @property
    def mistake_url(self) -> str | None:
        """The prefilled form for a mistake on this page; None where no repository takes it."""
        options = self.site.options
        if not options.feedback:
            return None
        form = ("mistake", options.report_form)
        url = form_url(options.forge, options.feedback, form, f"Mistake: {ID_MARK}")
        return url.replace(ID_MARK, self.entry.id)

    @property
    def issue(self) -> Issue | None:
        return self.entry.issue

    @property
    def facts(self) -> list[str]:
        """The line of facts under the title."""
        entry, found, ngettext = self.entry, [], self.site.words.ngettext
        if entry.issue and entry.issue.is_counted:
            comments = entry.issue.comments
            found.append(self._counted(ngettext("%(count)s comment", "%(count)s comments", comments), comments))
            people = entry.issue.participants
            found.append(self._counted(ngettext("%(count)s participant", "%(count)s participants", people), people))
        elif entry.refs:
            reports = len(entry.refs)
            found.append(self._counted(ngettext("%(count)s report", "%(count)s reports", reports), reports))
        if entry.affects.versions:
            found.append(f"{self.product_name} {', '.join(entry.affects.versions)}")
        if entry.affects.platforms:
            found.append(", ".join(PLATFORM_NAMES.get(name.lower(), name) for name in entry.affects.platforms))
        if entry.affects.environment:
            found.append(entry.affects.environment)
        return found

    def _counted(self, message: str, count: int) -> str:
        return message % {"count": self.site.options.language.number(count)}

    @cached_property
    def versions(self) -> Versions | None:
        """What the entry says of versions; None if nothing."""
        return versions_of(self.entry, self.site.collection.products)

    @property
    def versions_json(self) -> str:
        """The same for the script that tells a reader who names a version."""
        return json.dumps(self.versions, ensure_ascii=False, separators=(",", ":"))

    @property
    def version_notes(self) -> list[str]:
        """What it says to a reader whose version nobody knows, a sentence each."""
        return version_notes(self.versions, "", {}, self.site.words) if self.versions else []

    def wording_notes(self, number: int) -> list[str]:
        """What a signature, counted from 0, says of the version of its tools."""
        return (
            wording_notes(self.versions, self.entry.signatures[number].text, self.site.words) if self.versions else []
        )

    @property
    def timeline_total(self) -> int:
        return sum(self.entry.issue.timeline.values()) if self.entry.issue else 0

    @cached_property
    def plain_summary(self) -> str:
        """The summary as one line of plain text, names of placeholders in angle quotes."""
        return " ".join(text_of(_VARIABLE.sub(r"‹\1›", self.summary)).split())


class SignatureView(NamedTuple):
    """A signature as HTML with its placeholders marked, and its examples as text."""

    html: str
    examples: tuple[str, ...]
    printed: str | None = None
    """The message in its first example as HTML, the values marked, where an entry's page shows it."""


_VARIABLE: Final = re.compile(r'<var [^>]*data-kb-var="([^"]*)"[^>]*>[^<]*</var>')


def shortened(text: str, limit: int) -> str:
    """The start of a text, cut at a word."""
    return text if len(text) <= limit else f"{text[: limit - 1].rsplit(' ', 1)[0]}…"


def counted(count: int, noun: str) -> str:
    """`1 comment`, `2 comments`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
