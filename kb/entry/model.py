"""What an entry is: the front matter that machines need, and the prose that readers need."""

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, StringConstraints

from kb.entry.bounds import (
    MAX_CODES,
    MAX_EXAMPLES,
    MAX_LINKED,
    MAX_NAMES,
    MAX_PULLS,
    MAX_RAW,
    MAX_REPORTS,
    MAX_SIGNATURES,
    MAX_TAGS,
    MAX_WORKAROUNDS,
)
from kb.entry.issue_ref import IssueRef
from kb.entry.provenance import Provenance
from kb.entry.recipe import Recipe, Record
from kb.entry.values import (
    Code,
    Count,
    Day,
    EntryId,
    LanguageTag,
    Line,
    Place,
    Slug,
    TapKey,
    Text,
    Time,
    Value,
    WebUrl,
)
from kb.entry.versions import AffectedRange, ToolVersions


class Status(StrEnum):
    """How things stand with the error itself."""

    OPEN = "open"
    WORKAROUND = "workaround"
    FIXED = "fixed"
    WONTFIX = "wontfix"
    DUPLICATE = "duplicate"


class ErrorSignature(Value):
    """One way in which the error is printed, and real prints of it."""

    text: Text
    """The message as printed, with `{{name}}` or `{{name:type}}` where it varies."""
    unless: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    """Texts that rule the signature out where one stands in the message or beside it: another cause or platform."""
    since: ToolVersions = Field(default_factory=dict)
    """The first versions of tools that print it so: `{pip: "26.0"}`."""
    before: ToolVersions = Field(default_factory=dict)
    """The first versions of tools that print it so no more."""
    examples: Annotated[tuple[Text, ...], Field(max_length=MAX_EXAMPLES)] = ()
    """Real output that contains the message. Each must match the signature."""


class Affects(Value):
    """Where the error has been met."""

    versions: Annotated[tuple[Line, ...], Field(max_length=MAX_NAMES)] = ()
    """Versions of the product, quoted: `["2.1.96", ">=3.0"]`."""
    ranges: Annotated[tuple[AffectedRange, ...], Field(max_length=MAX_NAMES)] = ()
    """Versions of tools as a program can test them: `[{tool: pip, introduced: "20.3", fixed: "26.1"}]`. A tool's ranges
    add up; where several tools are named, all have to fit."""
    platforms: Annotated[tuple[Line, ...], Field(max_length=MAX_NAMES)] = ()
    """Operating systems: linux, macos, windows, …"""
    environment: Line | None = None
    """What else it takes, in a few words: a terminal, a CI runner, a proxy."""


class Issue(Value):
    """Facts of the report on GitHub. Written by commands, not by hand."""

    ref: IssueRef
    """The issue, as `owner/name#123`."""
    fetched: Time | None = None
    """When the facts were read from GitHub (UTC)."""
    comments: Count = 0
    participants: Count = 0
    reactions: Count = 0
    timeline: Annotated[dict[Line, Count], Field(max_length=MAX_NAMES)] = Field(default_factory=dict)
    """Timeline events by kind: `{labeled: 2, commented: 1}`."""

    @property
    def is_counted(self) -> bool:
        """Whether its counts were ever read: where nobody has, none is 0."""
        return self.fetched is not None or any((self.comments, self.participants, self.reactions, self.timeline))


class Pull(Value):
    """An official pull request that deals with the error."""

    ref: IssueRef
    """The pull request, as `owner/name#123`."""
    state: Literal["open", "merged", "closed"]
    title: Line | None = None


class Votes(Value):
    """What readers said, one count a question."""

    works: Count = 0
    """Did the solution work?"""
    easy_fix: Count = 0
    """Was it quick?"""
    time_saver: Count = 0
    """Did it save time?"""
    blocking: Count = 0
    """Was it severe?"""
    common_issue: Count = 0
    """Are others hitting it?"""
    flaky: Count = 0
    """Is it intermittent?"""
    verified: Count = 0
    """Can it be reproduced?"""


class Feedback(Value):
    """The quick answer to "Helpful?", counted as votes are."""

    helpful: Count = 0
    """Readers whom the page helped."""
    unhelpful: Count = 0
    """Readers whom it didn't."""


class Workaround(Value):
    """One way past the error: what to do, and the steps in Markdown."""

    title: Line
    body: Text


RuleCode = Annotated[str, Field(pattern=r"^KB[0-9]{3}$", examples=["KB507"])]


class FrontMatter(Value):
    """The YAML at the head of an entry's file."""

    title: Annotated[
        str, StringConstraints(strip_whitespace=True), Field(min_length=1, max_length=120, pattern=r"^[^\n]*$")
    ]
    """The telling part of the message and what it means, in one line."""
    lang: LanguageTag | None = None
    """The language that the entry is written in, where that is not the site's: `de`, `pt-BR`."""
    signatures: Annotated[tuple[ErrorSignature, ...], Field(min_length=1, max_length=MAX_SIGNATURES)]
    codes: Annotated[tuple[Code, ...], Field(max_length=MAX_CODES)] = ()
    """Codes printed with the error: `HTTP 400`, `EACCES`, `TS2322`."""
    symptom: Annotated[bool, Field(strict=True)] = False
    """Whether the message says only that something else failed, or is a warning that stops nothing: where a text shows
    what failed, that is answered first."""
    tags: Annotated[tuple[Slug, ...], Field(max_length=MAX_TAGS)] = ()
    status: Status = Status.WORKAROUND
    affects: Affects = Affects()
    issue: Issue | None = None
    pulls: Annotated[tuple[Pull, ...], Field(max_length=MAX_PULLS)] = ()
    reports: Annotated[tuple[IssueRef, ...], Field(max_length=MAX_REPORTS)] = ()
    """Other reports of the same error, as `owner/name#123`."""
    related: Annotated[tuple[EntryId, ...], Field(max_length=MAX_LINKED)] = ()
    """Entries to show as related, before the computed ones."""
    aliases: Annotated[tuple[EntryId, ...], Field(max_length=MAX_LINKED)] = ()
    """Former ids of this entry. Their addresses lead here for ever."""
    keep_order: Line | None = None
    """Why the workarounds stay in the order of the file, although a proof would put another first."""
    waive: Annotated[dict[RuleCode, Line], Field(max_length=MAX_NAMES)] = Field(default_factory=dict)
    """Rules that this entry breaks on purpose, each with the reason: `{KB507: the folder is empty by then}`."""
    proof: Recipe | None = None
    """How a machine provokes the error and tries the workarounds: `kb prove` does."""
    proved: Record | None = None
    """What came of it. Written by `kb prove --record`, not by hand."""
    votes: Votes = Votes()
    feedback: Feedback = Feedback()
    taps: Annotated[dict[TapKey, Count], Field(max_length=MAX_NAMES)] = Field(default_factory=dict)
    """What readers without an account tapped, counted apart: `{works: 12, works@restart-it: 4}`, of the entry, and
    after `@` of one of its workarounds. Written by `kb votes collect --from`, not by hand."""
    provenance: Provenance = Provenance()
    """Which sections a model drafted, from what, and who reviewed them. Written by `kb draft`; a person adds
    `reviewed: {by: …, day: …}`."""
    raw: Annotated[str, Field(max_length=MAX_RAW)] | None = None
    """What was reported: the report itself as text, or its summary."""
    updated: Day
    """The day on which a person last changed what the entry says."""


class EntryText(FrontMatter):
    """A whole entry as a file gives it: front matter and prose. This is also the shape of a `.yml` entry."""

    summary: Text
    """What happened and what to do, in a sentence or two."""
    cause: Text
    """Why it happens."""
    workarounds: Annotated[tuple[Workaround, ...], Field(min_length=1, max_length=MAX_WORKAROUNDS)]
    """What gets you past it, best first; a proof may bring another one forward (`kb.entry.order`)."""
    guidance: Text | None = None
    example: Text | None = None
    notes: Text | None = None
    recommendation: Text | None = None


class ProseHeading(NamedTuple):
    """A heading of an entry's prose: the field whose text it stands over, and its lines as Markdown."""

    field: str
    written: str


class Entry(EntryText):
    """An entry with its place in the collection: `product/slug`, and the Markdown body that GitHub shows."""

    id: EntryId
    source: str
    """The file, relative to the entries folder, with `/`."""
    body: str
    """The prose as one Markdown document, the way the sections stand in the file."""
    headings: tuple[ProseHeading, ...] = ()
    """The headings of that document, in its order; those of workarounds are in the order of `workarounds`."""

    def __hash__(self) -> int:
        return hash(self.id)

    @cached_property
    def product(self) -> str:
        return self.id.partition("/")[0]

    @cached_property
    def slug(self) -> str:
        return self.id.partition("/")[2]

    @property
    def refs(self) -> tuple[IssueRef, ...]:
        """Every issue that is about this error: the main one first."""
        return ((self.issue.ref,) if self.issue else ()) + self.reports

    @property
    def unreviewed(self) -> frozenset[str]:
        """The fields of its prose that a model drafted and nobody has reviewed."""
        return self.provenance.unreviewed

    @property
    def is_draft(self) -> bool:
        """Whether a model drafted what its answers are made of, and nobody has reviewed it: others come before it."""
        return self.provenance.is_draft


SynonymWord = Annotated[str, Field(pattern=r"^\S+$", max_length=60)]
"""A word as readers type it: `k8s`."""
SynonymMeanings = Annotated[tuple[Annotated[Line, Field(max_length=100)], ...], Field(min_length=1, max_length=20)]
"""What else entries may call the same thing: `[kubernetes]`, `[out of memory]`."""


class Product(Value):
    """A piece of software that prints errors; a folder of entries."""

    name: Line
    """Its name as its makers write it."""
    summary: Line | None = None
    home: WebUrl
    repository: Place | None = None
    """Where its issues are: `owner/name` on github.com, `gitlab.example.com/group/project` on another host."""
    category: Slug
    tags: tuple[Slug, ...] = ()

    @property
    def repository_url(self) -> str | None:
        """Where people read its repository. One that begins with a host has a dot there, which no owner has."""
        if self.repository is None:
            return None
        is_elsewhere = "." in self.repository.partition("/")[0]
        return f"https://{'' if is_elsewhere else 'github.com/'}{self.repository}"


class Tool(Value):
    """A tool that a reader may want beside the fix."""

    name: Line
    url: WebUrl
    summary: Annotated[str, Field(min_length=1, max_length=120)]
    tags: Annotated[tuple[Slug, ...], Field(min_length=1)]
    category: Slug
