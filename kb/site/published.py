"""What is published beside the pages: data, Markdown, redirects, the feed."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kb.entry import Entry
from kb.match import match_files, search_files
from kb.process import map_forked
from kb.site import api_files
from kb.site.bundle import card
from kb.site.feed import FEED, feed, latest
from kb.site.head import CARD
from kb.site.llms import llms_text
from kb.site.markdown_pages import MarkdownPages
from kb.site.model import Site
from kb.site.redirects import Redirects

if TYPE_CHECKING:
    from kb.site.pages import EntryPage


def publish_data(site: Site, site_dir: Path, *, has_match: bool) -> None:
    """Write entries as JSON and Markdown: what follows from the entries alone, while their pages are being made.

    `has_match` says whether the matcher's index is published, too.
    """
    markdown = MarkdownPages(site)
    for entry in site.collection.entries:
        write_files(site_dir, (*api_files.entry_files(site, entry), markdown.entry(entry)))
    write_files(site_dir, markdown.lists())
    write_files(site_dir, api_files.list_files(site, has_match=has_match))


def publish_redirects(site: Site, site_dir: Path) -> None:
    """Write the pages at addresses that lead to an entry, and the map of all of them. Raises WorkerDiedError."""
    redirects = Redirects(site)
    write_files(site_dir, redirects.map_files())

    def write_redirects(entry: Entry) -> None:
        write_files(site_dir, redirects.to(entry))

    map_forked(write_redirects, site.collection.entries)


def publish_match(site: Site, pages: "Iterable[EntryPage]", site_dir: Path) -> None:
    """Write what the match page and `kb match --site` read. The pages must have been rendered."""
    html = {page.entry.id: page.rendered.step_html for page in pages}
    write_files(site_dir, match_files(site.collection, lambda entry: html[entry.id]).items())


def publish_search(site: Site, site_dir: Path) -> None:
    """Write what a search in a reader's own words reads. It follows from the entries alone."""
    write_files(site_dir, search_files(site.collection).items())


def publish_lists(site: Site, pages: "Iterable[EntryPage]", site_dir: Path, *, has_match: bool) -> None:
    """Write the files that name pages, which must have been rendered, and the picture for previews of links."""
    write_files(site_dir, _single_files(site, pages, has_match))


def _single_files(site: Site, pages: "Iterable[EntryPage]", has_match: bool) -> Iterator[tuple[str, bytes]]:
    yield "llms.txt", llms_text(site, has_match=has_match).encode()
    yield CARD, card()
    if site.options.site_url:
        summaries = {page.entry.id: page.rendered.description for page in pages}
        yield FEED, feed(site, ((entry, summaries[entry.id]) for entry in latest(site))).encode()


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
