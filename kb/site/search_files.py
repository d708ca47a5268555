"""What a search in a reader's own words reads, in a browser and for `kb search --site`."""

from pathlib import Path
from typing import Final

from kb.match import Document, Synonyms, build_search
from kb.site.model import Site
from kb.site.published import write_files

SEARCH: Final = "search/index/"
"""The folder of the index in the site, with a slash."""


def publish_search(site: Site, site_dir: Path) -> None:
    """Write the index. It follows from the entries alone, so it can be made while pages are."""
    documents = (Document.of(entry, site.product(entry.product)) for entry in site.collection.entries)
    files = build_search(documents, Synonyms(site.collection.synonyms))
    write_files(site_dir, ((f"{SEARCH}{name}", content) for name, content in files.items()))
