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
from kb.entry.named_issues import issues_named
from kb.entry.reading import Source, read_source, with_original
from kb.entry.translation import Translation, translated_name


@dataclass(frozen=True, slots=True)
class EntryFile:
    """What others need of an entry's file: its entry and links. What is wrong with it is said by a `Source` alone."""

    name: str
    """The path relative to the entries folder, with `/`."""
    entry: Entry | None
    links: tuple[Link, ...]
    translation: Translation | None = None
    """What it holds where it is no entry's own file, but a translation's."""
    issues: tuple[str, ...] = ()
    """The issues that its prose names in short, outside of code and links: `owner/name#123`."""

    @classmethod
    def of(cls, source: Source) -> Self:
        written = source.entry or source.translation
        issues = issues_named(written.body) if written else ()
        return cls(source.name, source.entry, source.outline.links, source.translation, issues)

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

    @property
    @abstractmethod
    def translation_files(self) -> tuple[EntryFile, ...]:
        """The files of translations, those included that can't be read."""

    @cached_property
    def translations(self) -> dict[str, tuple[Translation, ...]]:
        """Id -> the translations of an entry, in the order of their languages, of those that have any."""
        found: dict[str, dict[str, Translation]] = {}
        for file in self.translation_files:
            own = file.translation
            if own and own.id in self.by_id:
                found.setdefault(own.id, {}).setdefault(own.language, own)
        return {key: tuple(own[language] for language in sorted(own)) for key, own in found.items()}

    def links_of(self, file: EntryFile) -> tuple[Link, ...]:
        """The links and images of an entry's file, and of its translations' files."""
        own = (file, *self._translations_of.get(file.id, ()))
        return tuple(link for each in own for link in each.links)

    @cached_property
    def _translations_of(self) -> dict[str, tuple[EntryFile, ...]]:
        found: dict[str, tuple[EntryFile, ...]] = {}
        for file in self.translation_files:
            if file.translation:
                found[file.translation.id] = (*found.get(file.translation.id, ()), file)
        return found

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
    translated: tuple[Source, ...] = ()
    """The sources of translations."""

    @cached_property
    def translation_files(self) -> tuple[EntryFile, ...]:
        """The files of translations, without text and positions."""
        return tuple(map(EntryFile.of, self.translated))

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

    @cached_property
    def files(self) -> tuple[EntryFile, ...]:
        """The entries' files in the order of their ids."""
        return tuple(file for file in self.sent if not translated_name(file.name))

    @cached_property
    def translation_files(self) -> tuple[EntryFile, ...]:
        """The files of translations."""
        return tuple(file for file in self.sent if translated_name(file.name))


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
        return tuple(name for name in self.all_names if not translated_name(name))

    @cached_property
    def translations(self) -> tuple[str, ...]:
        """The files of translations relative to the folder."""
        return tuple(filter(translated_name, self.all_names))

    @cached_property
    def all_names(self) -> tuple[str, ...]:
        """The files of entries and of translations."""
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
        """Read one of the entries, or a translation with the entry that it is one of."""
        source = read_source(self.root / name, self.root, self._real_root)
        translated = translated_name(name)
        original = self._by_id.get(translated[0]) if translated else None
        return with_original(source, self.read(original).entry) if original else source

    @cached_property
    def _by_id(self) -> dict[str, str]:
        return {name.rpartition(".")[0]: name for name in self.names}

    @cached_property
    def _real_root(self) -> Path:
        return self.root.resolve()

    def collection(self, sources: Iterable[Source]) -> Collection:
        """The folder with all its entries and translations read."""
        read = tuple(sources)
        own = tuple(source for source in read if not translated_name(source.name))
        translated = tuple(source for source in read if translated_name(source.name))
        return Collection(self.root, own, self.strays, *self._catalogs, self.pictures, translated)

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
    return folder.collection(map(folder.read, folder.all_names))
