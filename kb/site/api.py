"""What the files under `/api/v1/` hold: the contract with programs, from which their JSON Schemas are made.

Within a version a key may be added; none is taken away or comes to mean something else. All keys are always there:
what is not known is null or empty.
"""

from datetime import date
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from kb.entry import Affects, ErrorSignature, Issue, IssueRef, ProvedRun, Pull, Status, Votes
from kb.words import marked

API: Final = "api/v1/"
"""Where the files are, under the site's root."""
WHOLE: Final = f"{API}all.json.gz"
"""All entries whole, as data."""
ARCHIVE: Final = f"{API}markdown.zip"
"""All entries as Markdown."""


class _Value(BaseModel):
    """A part of an answer. Made from checked values, so nothing is checked again."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class EntryLink(_Value):
    """An entry in a list."""

    id: str
    """`product/slug`, for ever."""
    title: str
    product: str
    """The product's id."""
    status: Status
    codes: tuple[str, ...]
    tags: tuple[str, ...]
    issues: tuple[IssueRef, ...]
    """All reports of the error, the main one first, as `owner/name#123`."""
    updated: date
    """The day on which a person last changed what the entry says."""
    url: str
    """The page for people."""
    proven: date | None
    """The day on which a machine last proved a workaround; null where none is proven."""
    aliases: tuple[str, ...]
    """Former ids."""
    workarounds: tuple[str, ...]
    """What votes call the workarounds, in the order of the entry's file."""
    unreviewed: bool
    """Whether a model drafted some of its text, which nobody has reviewed."""


class Entries(_Value):
    """All entries, in the order of their ids."""

    updated: date | None
    """The latest change of any of them."""
    entries: tuple[EntryLink, ...]


class Group(_Value):
    """A product, a tag, an error code, or a month."""

    id: str
    """Names the group's own file."""
    name: str
    """As people write it."""
    count: int
    """How many entries it has."""
    url: str


class Groups(_Value):
    """All products, all tags, all codes, or all months."""

    groups: tuple[Group, ...]


class GroupEntries(_Value):
    """The entries of a product, tag or code by their titles, or those of a month, the latest first."""

    id: str
    name: str
    url: str
    entries: tuple[EntryLink, ...]


class ProductLink(_Value):
    """The software that prints the error."""

    id: str
    name: str
    home: str | None
    repository: str | None
    """Where its issues are, as `owner/name` on GitHub."""


class ProofData(_Value):
    """What proves a workaround: with the newest versions it was tried with, what is checked fails before it and
    succeeds after it.
    """

    with_: dict[str, str] = Field(serialization_alias="with")
    """Tool -> version."""
    platform: str
    day: date


class WorkaroundData(_Value):
    """One way past the error."""

    number: int
    """Its place in the entry's file, from 1, by which proofs name it, whatever comes first."""
    title: str
    body: str
    proven: ProofData | None


class EntryData(_Value):
    """A whole entry. Prose is GitHub-Flavoured Markdown; `{{name}}` in it stands for a value of the signatures."""

    id: str
    title: str
    url: str
    """The page for people."""
    markdown: str
    """The same as one Markdown file."""
    product: ProductLink
    status: Status
    signatures: tuple[ErrorSignature, ...]
    codes: tuple[str, ...]
    symptom: bool
    """Whether the message says only that something else failed, which is what to look for first."""
    tags: tuple[str, ...]
    affects: Affects
    summary: str
    cause: str
    workarounds: tuple[WorkaroundData, ...]
    """Best first: those that are proven, then those of which nothing is known, then those that did not help."""
    keep_order: str | None
    """Why they are in the order of the entry's file instead."""
    guidance: str | None
    example: str | None
    notes: str | None
    recommendation: str | None
    issue: Issue | None
    """The main report, with its facts."""
    reports: tuple[IssueRef, ...]
    """Other reports, as `owner/name#123`."""
    pulls: tuple[Pull, ...]
    related: tuple[str, ...]
    """Ids of related entries."""
    backlinks: tuple[str, ...]
    """Ids of entries that lead here."""
    aliases: tuple[str, ...]
    """Former ids. Their files still are here, with the entry as it is now."""
    votes: Votes
    """What accounts said."""
    taps: dict[str, int]
    """What readers without an account said, counted apart: signal, or signal, `@` and workaround -> count."""
    raw: str | None
    """What was reported: the report itself as text, or its summary."""
    updated: date
    proven: date | None
    """The day on which a machine last proved a workaround; null where none is proven."""
    proofs: tuple[ProvedRun, ...]
    """What came of each combination of versions that was tried; none where no record stands."""
    unprovable: str | None
    """Why no machine can try it."""
    unreviewed: tuple[str, ...]
    """The sections that a model drafted and nobody has reviewed, by their keys here."""


class AllEntries(_Value):
    """All entries as they are in their own files."""

    updated: date | None
    """When an entry last changed."""
    entries: tuple[EntryData, ...]


class MatchFiles(_Value):
    """Where the matcher's index is, which finds the entries of a log without sending it anywhere."""

    page: str
    """For people: paste an error."""
    index: str
    """The index of all signatures: start with its `root.json`, which names its format."""
    fixes: str
    """What an answer shows of each entry: start with its `root.json`."""


class Schemas(_Value):
    """The JSON Schema of each kind of file."""

    root: str
    entries: str
    entry: str
    all: str
    groups: str
    group: str


class Root(_Value):
    """What there is, and where. Addresses with `{id}` are templates: put an id there."""

    version: int
    name: str
    description: str
    url: str
    source: str | None
    """The repository that takes changes."""
    updated: date | None
    entries: str
    entry: str | None
    """Null, as `markdown`, where the site has no files of single entries (`few_files`)."""
    markdown: str | None
    products: str
    product: str
    tags: str
    tag: str
    codes: str
    code: str
    months: str
    """When entries changed last, by month."""
    month: str
    """What changed last in a month, such as `2026-11`; what is new since a day is in its month and the later ones."""
    whole: str
    """All entries whole, in one file, compressed."""
    archive: str
    """All entries as Markdown, in one archive."""
    issue: str
    """For people: leads from an entry's main issue, as `owner/name/123` in lower case, to the entry; from its other
    reports with JavaScript. Programs look into `issues`.
    """
    feed: str | None
    """Atom feed of new and changed entries."""
    product_feed: str | None
    """The same of a product."""
    tag_feed: str | None
    """The same of a tag."""
    llms: str
    """What is here, for language models."""
    match: MatchFiles | None
    schemas: Schemas


MODELS: Final[dict[str, type[_Value]]] = {
    "root": Root,
    "entries": Entries,
    "entry": EntryData,
    "all": AllEntries,
    "groups": Groups,
    "group": GroupEntries,
}
"""Kind of file -> what it holds."""

API_FILES: Final = (
    (f"{API}index.json", "root", marked("What there is, and the address of each of the others")),
    (
        f"{API}entries.json",
        "entries",
        marked("All entries in short: title, product, status, codes, tags, issues, proven"),
    ),
    (f"{API}entries/<product>/<slug>.json", "entry", marked("A whole entry, its prose as Markdown")),
    (f"{API}products.json", "groups", marked("All products")),
    (f"{API}products/<product>.json", "group", marked("A product's entries")),
    (f"{API}tags.json", "groups", marked("All tags")),
    (f"{API}tags/<tag>.json", "group", marked("A tag's entries")),
    (f"{API}codes.json", "groups", marked("All error codes")),
    (f"{API}codes/<slug>.json", "group", marked("A code's entries, by its slug: http-400 for HTTP 400")),
    (f"{API}changed.json", "groups", marked("The months in which entries changed last")),
    (f"{API}changed/<month>.json", "group", marked("What changed last in a month, such as 2026-11, the latest first")),
    (WHOLE, "all", marked("All entries whole, in one file, compressed")),
)
"""File, kind and what it holds, for the page that documents them."""


def schema_of(kind: str, root_url: str) -> dict[str, Any]:
    """The JSON Schema of a kind of file, open for keys that a later release adds."""
    schema = MODELS[kind].model_json_schema(mode="serialization")
    for part in (schema, *schema.get("$defs", {}).values()):
        if part.get("additionalProperties") is False:
            del part["additionalProperties"]
        if "properties" in part:
            part["required"] = list(part["properties"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{root_url}{API}schema/{kind}.schema.json",
        **schema,
    }
