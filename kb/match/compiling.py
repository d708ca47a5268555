"""What matching and searching read of a knowledge base: the files that a site publishes, made of its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.entry import without_pictures
from kb.match.filling import types_of
from kb.match.fixes import Fix, fix_file, fix_names
from kb.match.index import build_index
from kb.match.indexed import platforms_of, signatures_of
from kb.match.proven import step_and_proofs
from kb.match.search import Document, Synonyms, build_search
from kb.match.versions import versions_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kb.entry import Entries, Entry, Product

UNREVIEWED: Final = "Drafted by a model, not reviewed yet."
"""What stands before such a text wherever it is shown as Markdown."""


def match_files(collection: Entries) -> dict[str, bytes]:
    """The index of errors, and the fixes that answers show: file name in a site -> content. Raises SignatureError."""
    return index_files(collection) | fix_files_of(collection)


def index_files(collection: Entries) -> dict[str, bytes]:
    """The index of errors alone. Raises SignatureError."""
    files = build_index(signature for entry in collection.entries for signature in signatures_of(entry))
    return {f"match/index/{name}": content for name, content in files.items()}


def fix_files_of(
    collection: Entries, html_of: Callable[[Entry], str] = lambda _: "", names: Iterable[str] | None = None
) -> dict[str, bytes]:
    """The fixes alone, or of these the files called `names`.

    `html_of` gives the step to try first as HTML, which browsers show.
    """
    entries = fix_names_of(collection)
    return {
        name: fix_file(
            len(collection.entries),
            (_fix_of(entry, collection.products, html_of(entry)) for entry in entries[name]),
        )
        for name in (entries if names is None else names)
    }


def fix_names_of(collection: Entries) -> dict[str, list[Entry]]:
    """File name in a site -> the entries whose fixes it holds."""
    names = fix_names(entry.id for entry in collection.entries)
    return {f"match/fixes/{name}": [collection.by_id[each] for each in ids] for name, ids in names.items()}


def search_files(collection: Entries) -> dict[str, bytes]:
    """The index for a search in a reader's own words, in the same way."""
    documents = (Document.of(entry, collection.products.get(entry.product)) for entry in collection.entries)
    return files_of_search(documents, collection.synonyms)


def files_of_search(documents: Iterable[Document], synonyms: Mapping[str, tuple[str, ...]]) -> dict[str, bytes]:
    """The same from the entries as they are searched, in the order of their ids."""
    return {f"search/index/{name}": content for name, content in build_search(documents, Synonyms(synonyms)).items()}


def _fix_of(entry: Entry, products: Mapping[str, Product], html: str) -> Fix:
    product = products.get(entry.product)
    step, proofs = step_and_proofs(entry, products)
    return Fix(
        id=entry.id,
        title=entry.title,
        product=product.name if product else entry.product,
        summary=_marked(entry, "summary", " ") + without_pictures(entry.summary),
        number=step.number,
        step=step.workaround.title,
        markdown=_marked(entry, "workarounds", "\n\n") + without_pictures(step.workaround.body),
        html=html,
        types=types_of(signature.text for signature in entry.signatures),
        platforms=platforms_of(entry),
        proven=proofs,
        versions=versions_of(entry, products),
        drafted=entry.is_draft or None,
        symptom=entry.symptom or None,
    )


def _marked(entry: Entry, section: str, gap: str) -> str:
    """What stands before a section's text, and the gap to it, where a model drafted it and nobody has reviewed it."""
    return f"{UNREVIEWED}{gap}" if section in entry.unreviewed else ""
