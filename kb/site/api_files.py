"""The files under `/api/v1/`, from the values of a build."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from pydantic import BaseModel

from kb.entry import Entry, Proven, ordered_steps, without_pictures, workaround_keys
from kb.links import by_day
from kb.site.api import (
    API,
    ARCHIVE,
    MODELS,
    WHOLE,
    AllEntries,
    Entries,
    EntryData,
    EntryLink,
    Group,
    GroupEntries,
    Groups,
    MatchFiles,
    ProductLink,
    ProofData,
    Root,
    Schemas,
    WorkaroundData,
    schema_of,
)
from kb.site.model import Site
from kb.site.urls import canonical_url

VERSION: Final = 1
_SHARED: Final = frozenset(EntryData.model_fields) & frozenset(Entry.model_fields) - {"related", "workarounds"}
"""What an entry's file holds just as the entry does."""


_PROSE: Final = frozenset({"summary", "cause", "guidance", "example", "notes", "recommendation"})


def entry_files(site: Site, entry: Entry) -> Iterator[tuple[str, bytes]]:
    """File name in the site and content of an entry as data, under its id and its former ones."""
    content = _json(_entry_data(site, entry))
    for name in entry_names(entry):
        yield name, content


def entry_names(entry: Entry) -> Iterator[str]:
    """The names of these files."""
    for entry_id in (entry.id, *entry.aliases):
        yield f"{API}entries/{entry_id}.json"


LISTS: Final = tuple(f"{API}{name}.json" for name in ("index", "entries", "products", "tags", "codes", "changed"))
"""The files of `list_files` that are no product's, tag's or code's, and no schema."""


def listed_entries(site: Site) -> dict[str, bytes]:
    """Entry id -> the entry as it stands in lists, as JSON. It stands in many, so this is made once."""
    return {entry.id: _entry_link(site, entry) for entry in site.collection.entries}


def list_files(site: Site, listed: Mapping[str, bytes], *, has_match: bool) -> Iterator[tuple[str, bytes]]:
    """File name in the site and content of everything else: the root, lists of `listed_entries`, schemas."""
    links, root = site.links, site.options.root_url
    yield f"{API}index.json", _json(_root(site, has_match=has_match), indent=2)
    yield f"{API}entries.json", _with_entries(Entries(updated=_updated(site), entries=()), listed.values())
    groups: dict[str, list[tuple[str, str, str, Sequence[Entry]]]] = {
        "products": [(key, site.product_name(key), f"{root}{key}/", found) for key, found in links.products.items()],
        "tags": [(tag, tag, f"{root}tags/{tag}/", found) for tag, found in links.tags.items()],
        "codes": [(slug, code, f"{root}{site.code_path(code)}", found) for slug, (code, found) in site.codes.items()],
    }
    months: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(site.collection.entries, key=by_day):
        months[f"{entry.updated:%Y-%m}"].append(entry)
    groups["changed"] = [(month, month, f"{root}newest/", found) for month, found in months.items()]
    for kind, members in groups.items():
        yield f"{API}{kind}.json", _json(Groups.model_construct(groups=tuple(_group(*member) for member in members)))
        for key, name, url, found in members:
            empty = GroupEntries(id=key, name=name, url=url, entries=())
            yield f"{API}{kind}/{key}.json", _with_entries(empty, (listed[entry.id] for entry in found))
    for kind in MODELS:
        yield f"{API}schema/{kind}.schema.json", (json.dumps(schema_of(kind, root), indent=2) + "\n").encode()


def around_entries(site: Site) -> tuple[bytes, bytes, bytes]:
    """What stands before, between and behind the entries in the file that holds all of them whole."""
    empty = _json(AllEntries(updated=_updated(site), entries=()))
    return empty.removesuffix(b"]}\n"), b",\n", b"]}\n"


def _entry_link(site: Site, entry: Entry) -> bytes:
    link = EntryLink.model_construct(
        id=entry.id,
        title=entry.title,
        product=entry.product,
        status=entry.status,
        codes=entry.codes,
        tags=entry.tags,
        issues=entry.refs,
        updated=entry.updated,
        url=canonical_url(site.options.site_url, entry),
        proven=site.proven(entry).day,
        aliases=entry.aliases,
        workarounds=workaround_keys(entry),
        unreviewed=bool(entry.unreviewed),
    )
    return _json(link).rstrip()


def _with_entries(empty: Entries | GroupEntries, links: Iterable[bytes]) -> bytes:
    """A list as JSON, from itself without entries, which are its last key."""
    return _json(empty).removesuffix(b"]}\n") + b",\n".join(links) + b"]}\n"


def _entry_data(site: Site, entry: Entry) -> EntryData:
    product, url = site.product(entry.product), canonical_url(site.options.site_url, entry)
    proven = site.proven(entry)
    values: dict[str, Any] = {name: getattr(entry, name) for name in _SHARED}
    values |= {name: _said(values[name]) for name in _PROSE & values.keys()}
    return EntryData.model_construct(
        **values,
        url=url,
        markdown=f"{url}index.md",
        product=ProductLink.model_construct(
            id=entry.product,
            name=site.product_name(entry.product),
            home=product.home if product else None,
            repository=product.repository if product else None,
        ),
        related=tuple(site.links.related.get(entry.id, ())),
        backlinks=tuple(site.links.backlinks.get(entry.id, ())),
        workarounds=tuple(_workarounds(entry, proven)),
        proven=proven.day,
        proofs=proven.runs,
        unprovable=entry.proof.unprovable if entry.proof else None,
        unreviewed=tuple(sorted(entry.unreviewed)),
    )


def _said(markdown: str | None) -> str | None:
    return markdown and without_pictures(markdown)


def _workarounds(entry: Entry, proven: Proven) -> Iterator[WorkaroundData]:
    for number, step in ordered_steps(entry, proven):
        run = proven.proofs[number].run if number in proven.proofs else None
        proof = ProofData.model_construct(with_=run.with_, platform=run.platform, day=run.day) if run else None
        yield WorkaroundData.model_construct(
            number=number, title=step.title, body=without_pictures(step.body), proven=proof
        )


def _group(key: str, name: str, url: str, entries: Sequence[Entry]) -> Group:
    return Group.model_construct(id=key, name=name, count=len(entries), url=url)


def _root(site: Site, *, has_match: bool) -> Root:
    options, root = site.options, site.options.root_url
    api = f"{root}{API}"
    match = MatchFiles(page=f"{root}match/", index=f"{root}match/index/", fixes=f"{root}match/fixes/")
    return Root(
        version=VERSION,
        name=options.site_name,
        description=options.site_description,
        url=root,
        source=options.repository,
        updated=_updated(site),
        entries=f"{api}entries.json",
        entry=None if options.few_files else f"{api}entries/{{id}}.json",
        markdown=None if options.few_files else f"{root}{{id}}/index.md",
        products=f"{api}products.json",
        product=f"{api}products/{{id}}.json",
        tags=f"{api}tags.json",
        tag=f"{api}tags/{{id}}.json",
        codes=f"{api}codes.json",
        code=f"{api}codes/{{id}}.json",
        months=f"{api}changed.json",
        month=f"{api}changed/{{id}}.json",
        whole=f"{root}{WHOLE}",
        archive=f"{root}{ARCHIVE}",
        issue=f"{root}r/{{id}}/",
        feed=f"{root}feed.xml" if options.site_url else None,
        product_feed=f"{root}{{id}}/feed.xml" if options.site_url else None,
        tag_feed=f"{root}tags/{{id}}/feed.xml" if options.site_url else None,
        llms=f"{root}llms.txt",
        match=match if has_match else None,
        schemas=Schemas(**{kind: f"{api}schema/{kind}.schema.json" for kind in MODELS}),
    )


def _updated(site: Site) -> date | None:
    return max((entry.updated for entry in site.collection.entries), default=None)


def _json(value: BaseModel, indent: int | None = None) -> bytes:
    return (value.model_dump_json(indent=indent, by_alias=True, warnings=False) + "\n").encode()
