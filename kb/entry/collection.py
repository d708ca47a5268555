"""All entries together, loaded once and given to every stage."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from kb.entry.catalog import (
    CoverageCatalog,
    ProductCatalog,
    SynonymCatalog,
    ToolCatalog,
    read_coverage,
    read_products,
    read_synonyms,
    read_tools,
)
from kb.entry.coverage import Coverage
from kb.entry.files import Listing, list_files
from kb.entry.markdown import Link
from kb.entry.model import Entry, Product, Tool
from kb.entry.reading import Source, read_source


@dataclass(frozen=True, slots=True)
class EntryFile:
    """What others need of an entry's file: its entry and links. What is wrong with it is said by a `Source` alone."""

    name: str
    """The path relative to the entries folder, with `/`."""
    entry: Entry | None
    links: tuple[Link, ...]

    @classmethod
    def of(cls, source: Source) -> Self:
        return cls(source.name, source.entry, source.outline.links)

    @property
    def id(self) -> str:
        """The entry's id: the name without its ending."""
        return self.name.rpartition(".")[0]


class Entries(ABC):
    """All entries of a folder, products and tools: what links and pages are made from."""

    root: Path
    product_catalog: ProductCatalog
    tool_catalog: ToolCatalog
    synonym_catalog: SynonymCatalog
    coverage_catalog: CoverageCatalog

    @property
    @abstractmethod
    def files(self) -> tuple[EntryFile, ...]:
        """The entries' files in the order of their ids, those included that can't be read."""

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries that could be read, ordered by id."""
        return tuple(file.entry for file in self.files if file.entry)

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.entries}

    @property
    def products(self) -> dict[str, Product]:
        return self.product_catalog.products

    @property
    def tools(self) -> tuple[Tool, ...]:
        return self.tool_catalog.tools

    @property
    def synonyms(self) -> dict[str, tuple[str, ...]]:
        return self.synonym_catalog.synonyms

    @property
    def coverage(self) -> dict[str, Coverage]:
        return self.coverage_catalog.coverage


@dataclass(frozen=True)
class Collection(Entries):
    """What lies in an entries folder: sources in the order of their ids, products and tools."""

    root: Path
    sources: tuple[Source, ...]
    strays: tuple[Source, ...]
    """What has no place in the folder; nothing of it is read."""
    product_catalog: ProductCatalog
    tool_catalog: ToolCatalog
    synonym_catalog: SynonymCatalog
    coverage_catalog: CoverageCatalog
    pictures: tuple[str, ...] = ()
    """Files of pictures, relative to the folder."""

    @cached_property
    def files(self) -> tuple[EntryFile, ...]:
        """The entries' files in the order of their ids, without text and positions."""
        return tuple(map(EntryFile.of, self.sources))


@dataclass(frozen=True)
class Gathered(Entries):
    """The same without any source: what processes that read and checked the entries send back of them."""

    root: Path
    sent: tuple[EntryFile, ...]
    product_catalog: ProductCatalog
    tool_catalog: ToolCatalog
    synonym_catalog: SynonymCatalog
    coverage_catalog: CoverageCatalog

    @property
    def files(self) -> tuple[EntryFile, ...]:
        """The entries' files in the order of their ids."""
        return self.sent


@dataclass(frozen=True)
class Folder:
    """An entries folder before its entries are read: what lies in it, and its data files."""

    root: Path
    listing: Listing
    product_catalog: ProductCatalog
    tool_catalog: ToolCatalog
    synonym_catalog: SynonymCatalog
    coverage_catalog: CoverageCatalog

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The entries' files relative to the folder, in the order of the entries' ids."""
        return tuple(path.relative_to(self.root).as_posix() for path in self.listing.entries)

    @cached_property
    def pictures(self) -> tuple[str, ...]:
        """The files of pictures relative to the folder."""
        return tuple(path.relative_to(self.root).as_posix() for path in self.listing.pictures)

    @cached_property
    def strays(self) -> tuple[Source, ...]:
        """What has no place in the folder; nothing of it is read."""
        return tuple(
            Source(path, path.relative_to(self.root).as_posix(), defects=(defect,))
            for path, defect in self.listing.strays
        )

    def read(self, name: str) -> Source:
        """Read one of the entries."""
        return read_source(self.root / name, self.root, self._real_root)

    @cached_property
    def _real_root(self) -> Path:
        return self.root.resolve()

    def collection(self, sources: Iterable[Source]) -> Collection:
        """The folder with all its entries read."""
        return Collection(self.root, tuple(sources), self.strays, *self._catalogs, self.pictures)

    def gathered(self, files: Iterable[EntryFile]) -> Gathered:
        """The folder with what is left of its entries where no source is kept."""
        return Gathered(self.root, tuple(files), *self._catalogs)

    @property
    def _catalogs(self) -> tuple[ProductCatalog, ToolCatalog, SynonymCatalog, CoverageCatalog]:
        return self.product_catalog, self.tool_catalog, self.synonym_catalog, self.coverage_catalog


def unread(root: Path, name: str) -> Source:
    """A file that is no entry, of which only its place is told, such as that of a picture."""
    return Source(root / name, name)


def open_folder(root: Path) -> Folder:
    """List an entries folder and read its data files. Raises NotADirectoryError where there is no such folder."""
    if not root.is_dir():
        raise NotADirectoryError(f"{root}: no such folder")
    return Folder(
        root, list_files(root), read_products(root), read_tools(root), read_synonyms(root), read_coverage(root)
    )


def load_collection(root: Path) -> Collection:
    """Read everything under `root`. Raises NotADirectoryError where there is no such folder."""
    folder = open_folder(root)
    return folder.collection(map(folder.read, folder.names))
