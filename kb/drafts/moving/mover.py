"""Moving old pages in: each becomes an entry that passes the checks, or a draft that says what it lacks."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal, NamedTuple

from kb.checks import Diagnostic, Looked, checking_of
from kb.drafts.checked_entry import Checking
from kb.drafts.guesses import free_slug, taken_ids
from kb.drafts.moving.candidate import Candidate, Trying, known_products, path_of, told
from kb.drafts.moving.drafting import Drafted, Place, drafted, is_about_error
from kb.drafts.moving.ledger import FILE, Line, digest_of, digests_of, ledger_text, read_ledger
from kb.drafts.moving.page import Found, Page, Unreadable
from kb.drafts.moving.renewing import renewed
from kb.drafts.moving.sections import Said, errors_of_page
from kb.entry import Collection, Entry, Source, parse_source, schema_address, write_whole
from kb.match import GrowingMatcher, signatures_of

Kind = Literal["new", "draft", "known", "changed", "kept", "nothing", "refused", "failed"]
KINDS: Final[tuple[Kind, ...]] = ("new", "draft", "changed", "kept", "known", "nothing", "refused", "failed")
_NOTHING: Final = "no error message and no fix: nothing to make an entry of"
_ADDRESS: Final = re.compile(r"\]\(<?(https?://[^<>\s()]+)>?\)")
_ROUNDS: Final = 6
"""Times that all candidates are looked at together: each gives up what the round before found."""


class Moved(NamedTuple):
    """What became of a page, or of a part of one."""

    kind: Kind
    where: str
    entry: str = ""
    """The id of the entry, or the file of the draft."""
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a keeper wants of a move: one product for all pages, what headings of their own stand for."""

    product: str | None
    headings: Mapping[str, str]
    drafts: Path
    """The folder for drafts, outside of the entries."""
    is_trial: bool = False
    """Write nothing."""


class Mover:
    """Takes pages in: `take` each, then `finish`, which checks them together and writes."""

    def __init__(self, collection: Collection, checking: Checking, wishes: Wishes) -> None:
        """Raises LedgerError where what was moved before can't be read."""
        self.unknown_headings: dict[str, int] = {}
        self.unknown_products: dict[str, int] = {}
        self._collection, self._checking, self._wishes = collection, checking, wishes
        self._trying = Trying(collection, checking, schema_address(collection.sources))
        self._ledger_path = collection.root.parent / FILE
        has_ledger = self._ledger_path.is_file()
        self._lines = read_ledger(self._ledger_path.read_text("utf-8"), FILE) if has_ledger else {}
        self._sources = {source.id: source for source in collection.sources}
        self._moved_to = {alias: entry.id for entry in collection.entries for alias in entry.aliases}
        self._taken = taken_ids(collection) | {line.entry for line in self._lines.values()}
        self._by_name = {product.name.casefold(): key for key, product in collection.products.items()}
        self._by_name |= {key: key for key in collection.products}
        self._matcher = GrowingMatcher()
        self._matcher.add([signature for entry in collection.entries for signature in signatures_of(entry)])
        self._entry_at = {line.address: line.entry for line in self._lines.values() if not line.is_draft}
        self._candidates: list[Candidate] = []
        self._keys: set[str] = set()

    def take(self, found: Found) -> Iterator[Moved]:
        """Take a page: what is known of it already comes out, the rest with `finish`."""
        if isinstance(found, Unreadable):
            yield Moved("failed", found.where, told=(found.problem,))
            return
        product = self._wishes.product or known_products(found.products, self._by_name)
        those = errors_of_page(found.body, found.title, self._wishes.headings)
        if product is None and not any(is_about_error(found, said) for said in those):
            yield Moved("nothing", found.where, told=(_NOTHING,))
            return
        if product is None:
            named = found.products[0] if found.products else ""
            self.unknown_products[named] = self.unknown_products.get(named, 0) + 1
            why = f"there is no product {named!r} in products.yml" if named else "nothing names its product"
            yield Moved("refused", found.where, told=(f"{why}; add it, or name one with --product",))
            return
        for said in those:
            for heading in said.unknown:
                self.unknown_headings[heading] = self.unknown_headings.get(heading, 0) + 1
            yield from self._take_error(found, said, product)

    def finish(self) -> Iterator[Moved]:
        """Check all new entries together with those that are there, write them, and say what became of each."""
        self._settle()
        self._entry_at |= {one.page.address: one.id for one in self._candidates if one.is_entry}
        try:
            for candidate in self._candidates:
                try:
                    yield self._write(candidate)
                except OSError as error:
                    yield Moved("failed", candidate.page.where, told=(f"can't be written: {error.strerror}",))
        finally:
            text = ledger_text(self._lines)
            is_new = not self._ledger_path.is_file() or self._ledger_path.read_text("utf-8") != text
            if is_new and self._lines and not self._wishes.is_trial:
                write_whole(self._ledger_path, text)

    def _take_error(self, page: Page, said: Said, product: str) -> Iterator[Moved]:
        key = self._free_key(f"{page.key}#{said.anchor}" if said.anchor else page.key)
        read = digest_of([page.title, page.said, said.parts, page.tags, page.address, page.updated, page.left_out])
        line = self._lines.get(key)
        if line:
            standing = self._standing(line)
            if standing is None:
                where = "you removed it" if not line.is_draft else "its draft is gone, and no entry has its name"
                yield Moved(
                    "known", page.where, line.entry, (f"{where}; take its line out of {FILE} to have it again",)
                )
                return
            if isinstance(standing, Source) and (line.read == read or line.is_draft):
                if line.is_draft:  # a person finished it: nothing in it is an import's any more
                    self._lines[key] = Line(key, standing.id, read, page.address)
                yield Moved("known", page.where, standing.id)
                return
        if line and not line.is_draft:
            product = line.entry.partition("/")[0]
        name = self._collection.products[product].name if product in self._collection.products else product
        made = drafted(page, said, Place(product, name), self._collection, self._checking.today)
        if made.is_empty and not line:
            yield Moved("nothing", page.where, told=(_NOTHING,))
        elif line and not line.is_draft:
            yield self._renew(page, key, read, line, made)
        else:
            self._candidate(page, key, read, made, product)

    def _free_key(self, key: str) -> str:
        free, number = key, 2
        while free in self._keys:
            free, number = f"{key} ({number})", number + 1
        self._keys.add(free)
        return free

    def _standing(self, line: Line) -> Source | str | None:
        """What stands of what an import wrote: the entry, the text of the draft; None where it is gone."""
        source = self._sources.get(line.entry) or self._sources.get(self._moved_to.get(line.entry, ""))
        if source:
            return source
        path = path_of(self._wishes.drafts, line.entry)
        return path.read_text("utf-8") if line.is_draft and path.is_file() else None

    def _candidate(self, page: Page, key: str, read: str, made: Drafted, product: str) -> None:
        line = self._lines.get(key)
        entry_id = line.entry if line else f"{product}/{free_slug(product, made.slug, self._taken)}"
        self._taken.add(entry_id)
        candidate = Candidate(page, key, read, entry_id, made)
        if made.missing:
            candidate.problems = []
        elif known := self._knowing(made):
            candidate.problems = [f"its error is that of {known}: add what is new there"]
        else:
            candidate.variants = made.variants()
            if self._trying.next_variant(candidate) and candidate.source and candidate.source.entry:
                self._matcher.add(list(signatures_of(candidate.source.entry)))
        self._candidates.append(candidate)

    def _knowing(self, made: Drafted) -> str | None:
        known = (self._matcher.knowing(error.example or error.text) for error in made.errors)
        return next(filter(None, known), None)

    def _settle(self) -> None:
        """Let those give up that don't go together with the others, until the rest does."""
        before = self._problems({})
        for _ in range(_ROUNDS):
            those = {one.id: one for one in self._candidates if one.is_entry}
            found = {problem for problem in self._problems(those) if problem not in before}
            if not found:
                return
            paths = {one.source.path: one for one in those.values() if one.source}
            guilty: dict[str, list[Diagnostic]] = {}
            for problem in sorted(found):
                one = paths.get(problem.path) or _named_in(problem, those)
                if one:
                    guilty.setdefault(one.id, []).append(problem)
            if not guilty:
                return
            for entry_id, problems in guilty.items():
                one = those[entry_id]
                if not (_is_of_signature(problems) and self._trying.next_variant(one)):
                    one.problems = told(problems)

    def _problems(self, those: Mapping[str, Candidate]) -> list[Diagnostic]:
        """What the rules say of all entries together that stops a build."""
        new = {one.source.name: one for one in those.values() if one.source}
        sources = [source for source in self._collection.sources if source.name not in new]
        sources += [one.source for one in new.values() if one.source]
        sources.sort(key=lambda source: source.name)
        whole = replace(self._collection, sources=tuple(sources))
        checking = checking_of(whole, self._checking.today, self._checking.reserved)
        looked: list[Looked] = []
        for name in checking.names:
            one = new.get(name)
            looked.append(one.looked if one and one.looked else checking.pass_over(name))
        return self._trying.errors(checking.conclude(looked))

    def _write(self, candidate: Candidate) -> Moved:
        """Write the entry or the draft, and note it."""
        page, made, drafts = candidate.page, candidate.drafted, self._wishes.drafts
        draft, line = path_of(drafts, candidate.id), self._lines.get(candidate.key)
        if line and draft.is_file() and digest_of(draft.read_text("utf-8")) != line.wrote:
            return Moved("kept", page.where, str(draft), ("you edited the draft, so it stays as it is",))
        if candidate.is_entry and candidate.source:
            path = path_of(self._collection.root, candidate.id)
            source = self._linked(candidate.source, page.address)
            self._put(path, source.text, is_new=True)
            self._note(candidate.key, source, candidate.read, page.address)
            if line and not self._wishes.is_trial:
                draft.unlink(missing_ok=True)
            return Moved("new", page.where, candidate.id, made.told)
        text = self._trying.unfinished(candidate, self._checking.today)
        is_same = draft.is_file() and draft.read_text("utf-8") == text
        if not is_same:
            self._put(draft, text, is_new=line is None)
        wrote = digest_of(text)
        self._lines[candidate.key] = Line(candidate.key, candidate.id, candidate.read, page.address, wrote=wrote)
        return Moved("draft", page.where, str(draft), (*made.missing, *candidate.problems, *made.told))

    def _put(self, path: Path, text: str, *, is_new: bool) -> None:
        if self._wishes.is_trial:
            return
        if path.parent.is_symlink():
            raise OSError(0, f"{path.parent} is a symbolic link")
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text, new=is_new)

    def _note(self, key: str, source: Source, read: str, address: str) -> None:
        if source.entry:
            self._lines[key] = Line(key, source.id, read, address, digests_of(source.entry))

    def _linked(self, source: Source, own: str) -> Source:
        """A source whose links to old pages lead to the entries that were made of them."""

        def changed(found: re.Match[str]) -> str:
            entry = self._entry_at.get(found[1])
            return f"](../{entry}.md)" if entry and found[1] not in ("", own) else found[0]

        text = _ADDRESS.sub(changed, source.text)
        linked = parse_source(source.path, source.name, text) if text != source.text else source
        return linked if linked.entry else source

    def _renew(self, page: Page, key: str, read: str, line: Line, made: Drafted) -> Moved:
        """Bring an entry up to date with its page, as far as nobody edited it here."""
        now = self._standing(line)
        assert isinstance(now, Source)  # noqa: S101 - the caller looked
        fresh = self._made(now.id, made, page.address)
        if fresh is None or now.entry is None:
            return Moved("kept", page.where, now.id, ("the old page has changed, and no entry can be made of it now",))
        try:
            result = renewed(now, fresh, line.parts)
            problems = self._news(now, result.source) if result.changed else []
        except ValueError as error:
            return Moved("kept", page.where, now.id, (f"the old page has changed: {error}",))
        if problems:
            return Moved("kept", page.where, now.id, ("the old page has changed, and would break it:", *problems))
        if result.changed:
            self._put(now.path, result.source.text, is_new=False)
        self._lines[key] = Line(key, now.id, read, page.address, digests_of(fresh))
        stays = tuple(f"{part} stays as you edited it; the old page says otherwise now" for part in result.kept)
        if result.changed:
            return Moved("changed", page.where, now.id, (", ".join(result.changed), *stays))
        return Moved("kept" if stays else "known", page.where, now.id, stays)

    def _made(self, entry_id: str, made: Drafted, address: str) -> Entry | None:
        """The entry that a page gives today."""
        candidate = Candidate(Page("", "", ""), "", "", entry_id, made, variants=made.variants())
        if made.missing:
            return None
        self._trying.next_variant(candidate)
        return self._linked(candidate.source, address).entry if candidate.source else None

    def _news(self, now: Source, then: Source) -> list[str]:
        """What is wrong with a changed entry that was not wrong before."""
        before = set(self._trying.mended(now.id, now.text)[2])
        with suppress(ValueError):
            return [one for one in self._trying.mended(then.id, then.text)[2] if one not in before]
        return ["it can't be read any more"]


def _named_in(problem: Diagnostic, those: Mapping[str, Candidate]) -> Candidate | None:
    """The candidate because of which another entry has a problem: the one that its message names."""
    words = problem.message.replace(",", " ").split()
    return next((those[word] for word in words if word in those), None)


def _is_of_signature(problems: list[Diagnostic]) -> bool:
    return all(problem.code.startswith("KB4") for problem in problems)
