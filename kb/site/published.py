"""What is published beside the pages: data, Markdown, redirects, indexes, the feed.

A job writes the files of a unit (`kb/site/standing.py`), in a process of its own where that can be done.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from gzip import GzipFile
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from mkdocs.utils import get_build_timestamp

from kb.entry import Entry
from kb.match import files_of_search, fix_files_of, index_files, signatures_of
from kb.process import digest_of
from kb.site import api_files
from kb.site.api import API
from kb.site.bundle import card
from kb.site.feed import FEED, feed, latest
from kb.site.head import CARD
from kb.site.llms import llms_text
from kb.site.markdown_pages import MarkdownPages
from kb.site.model import Site
from kb.site.parts import Parts

if TYPE_CHECKING:
    from kb.site.pages import Listed

SITE_MAP: Final = "sitemap.xml"
_LISTS: Final = tuple(f"{API}{kind}/" for kind in ("products", "tags", "codes", "schema"))


class Job(NamedTuple):
    """The files of a unit, and what writes them."""

    unit: str
    key: str
    """A digest of all that they follow from, but for the settings."""
    names: tuple[str, ...]
    """Their names, as `Standing.made` takes them."""
    write: Callable[[Path], None]
    """Writes them below a folder."""


def jobs(parts: Parts, *, has_match: bool) -> Iterator[Job]:
    """What there is to be written beside what each entry has by itself, the longest first.

    `has_match` says whether the indexes for errors and for words are published, too.
    """
    site = parts.site
    if has_match:
        texts = digest_of(*parts.digests.values(), repr(site.collection.products), repr(site.collection.synonyms))
        yield Job("search", texts, ("search/index/",), lambda folder: _publish_search(parts, folder))
        signatures = [signature for entry in site.collection.entries for signature in signatures_of(entry)]
        index = digest_of(*map(repr, signatures))
        yield Job("index", index, ("match/index/",), lambda folder: _publish_index(site, folder))
        fixes = digest_of(*parts.keys.values())
        yield Job("fixes", fixes, ("match/fixes/",), lambda folder: _publish_fixes(parts, folder))
    listed = api_files.listed_entries(site)
    products = repr(site.collection.products)
    markdown = () if site.options.few_files else MarkdownPages(site).list_names()
    names = (*_LISTS, *api_files.LISTS, *markdown)
    key = digest_of(products, *(content.decode() for content in listed.values()))
    yield Job("lists", key, names, lambda folder: _publish_lists(site, folder, listed, has_match=has_match))


def _publish_lists(site: Site, folder: Path, listed: dict[str, bytes], *, has_match: bool) -> None:
    if not site.options.few_files:
        write_files(folder, MarkdownPages(site).lists())
    write_files(folder, api_files.list_files(site, listed, has_match=has_match))


def _publish_index(site: Site, folder: Path) -> None:
    """Write the index of errors, which the match page and `kb match --site` read."""
    write_files(folder, index_files(site.collection).items())


def _publish_fixes(parts: Parts, folder: Path) -> None:
    """Write what the match page and `kb match --site` show of entries."""
    steps = parts.steps(parts.site.collection.entries)
    write_files(folder, fix_files_of(parts.site.collection, lambda entry: steps[entry.id]).items())


def _publish_search(parts: Parts, folder: Path) -> None:
    """Write what a search in a reader's own words reads."""
    write_files(folder, files_of_search(parts.documents(), parts.site.collection.synonyms).items())


def publish_entries(parts: Parts, entries: Sequence[Entry], folder: Path) -> None:
    """Write what entries have by themselves beside their pages: data, Markdown, the pages that lead to them."""
    write_files(folder, chain.from_iterable(parts.files(entries)))


def publish_single_files(parts: Parts, folder: Path, *, has_match: bool) -> None:
    """Write the files of which there is one of each kind, and the map of redirects, which are quick to make."""
    write_files(folder, parts.redirects.map_files())
    write_files(folder, _single_files(parts, has_match))


def write_compressed_map(folder: Path, listed: Iterable[Listed]) -> None:
    """Write the site's map once more, compressed, as MkDocs does: its time is that of the last change of any page."""
    path = folder / SITE_MAP
    if path.exists():
        time = get_build_timestamp(pages=list(listed))  # type: ignore[arg-type]
        name = f"{path}.gz"
        with open(name, "wb") as file, GzipFile(fileobj=file, filename=name, mode="wb", mtime=time) as packed:  # noqa: PTH123
            packed.write(path.read_bytes())


def _single_files(parts: Parts, has_match: bool) -> Iterator[tuple[str, bytes]]:
    site = parts.site
    yield "llms.txt", llms_text(site, has_match=has_match).encode()
    yield CARD, card()
    if site.options.site_url:
        pages = parts.pages(latest(site))
        yield FEED, feed(site, ((entry, page.description) for entry, page in pages)).encode()


def write_files(site_dir: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files below a folder; those with the same content are one file under several names.

    They are many and small, so what costs is what the system has to make: a name takes a tenth of a file. All that is
    beside the pages takes 1.4 s of processor time instead of 1.9 at 1,000 entries, and the same 0.2 s at 92.
    """
    first_of: dict[bytes, str] = {}
    for name, content in files:
        path = f"{site_dir}/{name}"
        first = first_of.setdefault(content, path)
        try:
            _write(path, content, first)
        except FileNotFoundError:
            _make_folder(path.rpartition("/")[0])
            _write(path, content, first)
        except FileExistsError:
            # What an earlier build left may have other names, too, under which it has to stay as it is.
            os.unlink(path)  # noqa: PTH108 - a third of what a `Path` takes, as below
            _write(path, content, first)


def _write(path: str, content: bytes, same: str) -> None:
    """Write a new file, or give the file `same`, which has this content, another name where the system can do that.

    Raises FileNotFoundError where there is no such folder, FileExistsError where there is such a file.
    """
    if same != path:
        try:
            os.link(same, path)
        except (FileNotFoundError, FileExistsError):
            raise
        except OSError:
            pass
        else:
            return
    with open(path, "xb") as file:  # noqa: PTH123
        file.write(content)


def _make_folder(path: str) -> None:
    """Make a folder and those it lies in. Another process may be making them, too."""
    try:
        os.mkdir(path)  # noqa: PTH102 - as above
    except FileNotFoundError:
        _make_folder(path.rpartition("/")[0])
        _make_folder(path)
    except FileExistsError:
        pass
