"""Pages as Markdown, each beside its HTML: entries and the lists of products, for programs that read text."""

import re
from collections.abc import Iterator
from typing import Final

from kb.entry import PROSE_HEADINGS, Entry, EntryFile, first_step, picture_name
from kb.links import entry_of_target
from kb.match import fill_prose, types_of, version_notes, versions_of
from kb.site.model import STATUS_LABELS, Site
from kb.site.sharing import markdown_text
from kb.words import ENGLISH_LANGUAGE

_TARGET: Final = re.compile(r"(\]\(<?|\]:[ \t]*<?)([^)>\s]+)")
"""Where a link or a link's definition names its target."""
_FENCES: Final = re.compile(r"`{3,}")


class MarkdownPages:
    """Makes the Markdown of a site's pages. Links in it are whole addresses, so that it can be read anywhere."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._root = site.options.root_url
        self._page = "" if site.options.few_files else "index.md"
        self._files = {file.id: file for file in site.collection.files}
        self._ids_by_name = {file.name: file.id for file in site.collection.files}

    def entry(self, entry: Entry) -> tuple[str, bytes]:
        """File name in the site and content of an entry: title, facts, the error, then its prose as it was written."""
        parts = [f"# {markdown_text(entry.title)}", "\n".join(self._facts(entry)), "## The error"]
        for signature in entry.signatures:
            parts.append(_block(signature.text))
            parts += (_block(example) for example in signature.examples)
        parts.append(self._body(entry))
        related = self._site.entries(self._site.links.related.get(entry.id, ()))
        if related:
            parts += ("## Related errors", "\n".join(map(self._item, related)))
        return f"{entry.id}/index.md", _file(parts)

    def lists(self) -> Iterator[tuple[str, bytes]]:
        """File name in the site and content of each product's list."""
        for product, entries in self._site.links.products.items():
            found = self._site.product(product)
            parts = [f"# {markdown_text(self._site.product_name(product))} errors"]
            if found and found.summary:
                parts.append(markdown_text(found.summary))
            parts.append("\n".join(map(self._item, entries)))
            yield f"{product}/index.md", _file(parts)

    def list_names(self) -> Iterator[str]:
        """The names of these files."""
        return (f"{product}/index.md" for product in self._site.links.products)

    def _item(self, entry: Entry) -> str:
        codes = f": {', '.join(map(_code, entry.codes))}" if entry.codes else ""
        day = self._site.proven(entry).day
        proven = f" (proven {day})" if day else ""
        return f"- [{markdown_text(entry.title)}]({self._root}{entry.id}/{self._page}){codes}{proven}"

    def _facts(self, entry: Entry) -> Iterator[str]:
        yield f"- Page: {self._root}{entry.id}/"
        yield f"- Product: {markdown_text(self._site.product_name(entry.product))}"
        yield f"- Status: {STATUS_LABELS[entry.status]}"
        if entry.codes:
            yield f"- Codes: {', '.join(map(_code, entry.codes))}"
        affects = entry.affects
        named = {
            "Tags": entry.tags,
            "Versions": affects.versions,
            "Platforms": affects.platforms,
            "Environment": (affects.environment,) if affects.environment else (),
        }
        for name, values in named.items():
            if values:
                yield f"- {name}: {', '.join(map(markdown_text, values))}"
        versions = versions_of(entry, self._site.collection.products)
        if versions:
            yield from (f"- {markdown_text(note)}" for note in version_notes(versions, "", {}))
        if entry.refs:
            yield f"- Reported in: {', '.join(ref.url for ref in entry.refs)}"
        yield f"- Updated: {entry.updated}"
        if entry.unreviewed:
            headings = (PROSE_HEADINGS[field] for field in PROSE_HEADINGS if field in entry.unreviewed)
            yield f"- Drafted by a model, not reviewed yet: {', '.join(headings)}"
        view = self._site.proof_view(entry, ENGLISH_LANGUAGE)
        if view.line:
            yield f"- Proofs: {markdown_text(view.line)}{', long ago' if view.is_old else ''}"
            yield f"- First to try: {self._first(entry)}"
        else:
            why = f": {markdown_text(view.unprovable)}" if view.unprovable else ""
            yield f"- Proofs: not proven by a machine{why}"

    def _first(self, entry: Entry) -> str:
        """The workaround to try first: the prose has them in the order of the file, where each has its number."""
        step = first_step(entry, self._site.proven(entry))
        return f"workaround {step.number}, {markdown_text(step.workaround.title)}"

    def _body(self, entry: Entry) -> str:
        """The prose with links to entries' files turned into links to their pages."""
        body, links = entry.body.strip("\n"), self._entry_links(self._files[entry.id])
        if "{{" in body:
            body = fill_prose(body, {}, types_of(signature.text for signature in entry.signatures))
        return _TARGET.sub(lambda found: found[1] + links.get(found[2], found[2]), body) if links else body

    def _entry_links(self, file: EntryFile) -> dict[str, str]:
        """Target as written -> address, for each link to an entry, and for each picture."""
        links: dict[str, str] = {}
        for link in file.links:
            found = entry_of_target(link.target, file.name, self._ids_by_name)
            if found:
                entry_id, fragment = found
                links[link.target] = f"{self._root}{entry_id}/" + (f"#{fragment}" if fragment else "")
            elif link.is_image:
                name = picture_name(link.target, file.name)
                for picture in self._site.pictures.get(file.id, ()):
                    if picture.name == name:
                        links[link.target] = f"{self._root}{picture.published}"
        return links


def _code(text: str) -> str:
    """A line as code, if Markdown lets it."""
    return markdown_text(text) if "`" in text else f"`{text}`"


def _block(text: str) -> str:
    """Text as a block of code, whatever it holds."""
    fence = "`" * max(3, 1 + max(map(len, _FENCES.findall(text)), default=0))
    return f"{fence}text\n{text}\n{fence}"


def _file(parts: list[str]) -> bytes:
    return ("\n\n".join(parts) + "\n").encode()
