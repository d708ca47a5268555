"""All entries together, loaded once and given to every stage."""

import gc
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from kb.entry.catalog import ProductCatalog, ToolCatalog, read_products, read_tools
from kb.entry.files import list_files
from kb.entry.model import Entry, Product, Tool
from kb.entry.reading import Source, read_sources

GC_THRESHOLD: Final = 100_000
"""Objects made between two rounds of the garbage collector. Entries are millions of objects that all stay, and at the
default of 700 the collector takes a third of the time of reading."""


@dataclass(frozen=True)
class Collection:
    """What lies in an entries folder: sources in the order of their ids, products and tools."""

    root: Path
    sources: tuple[Source, ...]
    strays: tuple[Source, ...]
    """What has no place in the folder; nothing of it is read."""
    product_catalog: ProductCatalog
    tool_catalog: ToolCatalog

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries that could be read, ordered by id."""
        return tuple(source.entry for source in self.sources if source.entry)

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.entries}

    @property
    def products(self) -> dict[str, Product]:
        return self.product_catalog.products

    @property
    def tools(self) -> tuple[Tool, ...]:
        return self.tool_catalog.tools


def load_collection(root: Path, *, may_fork: bool = False) -> Collection:
    """Read everything under `root`; with `may_fork`, by all processors: not in a process with threads.

    Raises NotADirectoryError where there is no such folder. The garbage collector is told to look less often, for as
    long as the process lives: what is read here stays.
    """
    gc.set_threshold(GC_THRESHOLD, 20, 20)
    if not root.is_dir():
        raise NotADirectoryError(f"{root}: no such folder")
    listing = list_files(root)
    strays = (Source(path, path.relative_to(root).as_posix(), defects=(defect,)) for path, defect in listing.strays)
    sources = read_sources(root, listing.entries, may_fork=may_fork)
    return Collection(root, tuple(sources), tuple(strays), read_products(root), read_tools(root))
