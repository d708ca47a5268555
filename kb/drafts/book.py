"""The knowledge base as an import writes to it: drafts and reports go into the entries folder, checked and whole."""

from dataclasses import replace
from pathlib import Path

from kb.checks import visible
from kb.drafts.checked_entry import Checking
from kb.drafts.guesses import free_slug, taken_ids
from kb.entry import (
    Collection,
    EditError,
    Entry,
    IssueRef,
    Source,
    edit_front_matter,
    load_collection,
    new_entry_text,
    parse_source,
    schema_address,
    write_whole,
)
from kb.match import GrowingMatcher, signatures_of


class EntriesBook:
    """An entries folder that issues are taken into. `product` is the one to take, whatever the repository says."""

    def __init__(self, collection: Collection, checking: Checking, product: str | None = None) -> None:
        self._collection = collection
        self._checking = checking
        self._product = product
        self._schema = schema_address(collection.sources)
        self._sources = {source.id: source for source in collection.sources}
        self._taken = taken_ids(collection)
        self._entry_of: dict[IssueRef, str] = {}
        self._products: dict[str, list[str]] = {}
        self._signatures: dict[str, str] = {}
        self._matcher = GrowingMatcher()
        for name, held in collection.products.items():
            if held.repository:
                self._products.setdefault(held.repository.lower(), []).append(name)
        self._note(collection.entries)
        # An entry that can't be read whole still has its issues: none of them is taken in a second time.
        for source in collection.sources:
            if source.draft:
                self._claim(source.draft)

    def _note(self, entries: tuple[Entry, ...]) -> None:
        signatures = [signature for entry in entries for signature in signatures_of(entry)]
        self._matcher.add(signatures)
        self._signatures |= {signature.text: signature.id for signature in signatures}

    def _claim(self, entry: Entry) -> None:
        """Note what an entry has of GitHub. A main issue or report wins over a pull request, as in addresses."""
        for pull in entry.pulls:
            self._entry_of.setdefault(pull.ref.key, entry.id)
        self._entry_of |= {ref.key: entry.id for ref in entry.refs}

    def covering(self, ref: IssueRef) -> str | None:
        """The id of the entry that has an issue as its own, among its reports or among its pull requests."""
        return self._entry_of.get(ref.key)

    def elsewhere(self, entry_id: str, ref: IssueRef) -> list[IssueRef]:
        """What an entry has of other repositories than an issue's."""
        entry = self._sources[entry_id].entry
        return [one for one in (entry.refs if entry else ()) if one.key.place != ref.key.place]

    def product_of(self, repository: str) -> tuple[str, str]:
        """Id and name of the product whose issues are in a repository. Raises ValueError where there isn't just one."""
        found = [self._product] if self._product else self._products.get(repository.lower(), [])
        if not found:
            raise ValueError(
                f"no product in products.yml has the repository {repository}; add it, or name one with --product"
            )
        if len(found) > 1:
            raise ValueError(f"{repository} is the repository of {' and '.join(found)}; name one with --product")
        return found[0], self._collection.products[found[0]].name

    def knowing(self, text: str) -> str | None:
        """The id of the entry whose error a text shows as a whole."""
        return self._matcher.knowing(text)

    def add_report(self, entry_id: str, ref: IssueRef) -> None:
        """Write an issue into an entry's reports. Raises ValueError where the entry can't be edited."""
        source = self._sources[entry_id]
        entry = source.entry
        reports = [str(one) for one in (*(entry.reports if entry else ()), ref)]
        try:
            text = edit_front_matter(source.text, source.name, {"reports": reports})
        except EditError as error:
            raise ValueError(str(error)) from None
        self._write(parse_source(source.path, source.name, text))

    def add(self, product: str, slug: str, fields: dict[str, object]) -> str:
        """Write a draft, and return its id. Raises ValueError with what is wrong with it."""
        name = f"{product}/{free_slug(product, slug, self._taken)}.md"
        path = self._collection.root / name
        source = parse_source(path, name, new_entry_text(fields, self._schema))
        if source.entry:
            same = next((one for one in source.entry.signatures if one.text in self._signatures), None)
            if same:
                raise ValueError(f"its signature is {self._signatures[same.text]}'s")
        self._write(source)
        self._taken.add(source.id)
        return source.id

    def _write(self, source: Source) -> None:
        """Check a file as it would be, and write it. Raises ValueError where a check refuses it."""
        before = self._sources.get(source.id)
        # An entry that is checked alone misses those that it links: what was said of it before is no news.
        known = self._problems(before) if before else []
        problems = [problem for problem in self._problems(source) if problem not in known]
        if problems or source.entry is None:
            raise ValueError("; ".join(problems) or "it can't be read back")
        folder = source.path.parent
        if folder.is_symlink():
            raise ValueError(f"{folder} is a symbolic link; nothing is written there")
        folder.mkdir(exist_ok=True)
        is_new = before is None
        try:
            write_whole(source.path, source.text, new=is_new)
        except FileExistsError:
            raise ValueError(f"{source.path} is there already") from None
        self._sources[source.id] = source
        if is_new:
            self._note((source.entry,))
        self._claim(source.entry)

    def _problems(self, source: Source) -> list[str]:
        """What the checks of one entry say; what needs all entries together, `kb check` says."""
        of_one = replace(self._collection, sources=(source,), strays=())
        found = self._checking.problems(of_one)
        return [f"{one.code} {visible(one.message)}" for one in found if one.path == source.path]


def open_book(folder: Path, checking: Checking, product: str | None) -> EntriesBook:
    """The book of a folder. Raises NotADirectoryError, and ValueError for a product that isn't there."""
    collection = load_collection(folder)
    if product and product not in collection.products:
        raise ValueError(f"there is no product {product!r} in {folder}/products.yml")
    return EntriesBook(collection, checking, product)
