"""What the match page and `kb match --site` read: the index of all signatures, and the fixes that answers show."""

from collections.abc import Iterable, Iterator, Mapping

from kb.entry import Product
from kb.match import Fix, build_index, fix_files, platforms_of, signatures_of, step_and_proofs, types_of, versions_of
from kb.site.pages import EntryPage


def match_files(pages: Iterable[EntryPage], products: Mapping[str, Product]) -> Iterator[tuple[str, bytes]]:
    """File name in the site and content of every file. The pages must have been rendered."""
    pages = list(pages)
    signatures = [signature for page in pages for signature in signatures_of(page.entry)]
    for name, content in build_index(signatures).items():
        yield f"match/index/{name}", content
    for name, content in fix_files(_fix(page, products) for page in pages).items():
        yield f"match/fixes/{name}", content


def _fix(page: EntryPage, products: Mapping[str, Product]) -> Fix:
    step, proofs = step_and_proofs(page.entry, products)
    return Fix(
        id=page.entry.id,
        title=page.entry.title,
        product=page.rendered.product_name,
        summary=page.entry.summary,
        number=step.number,
        step=step.workaround.title,
        markdown=step.workaround.body,
        html=page.rendered.step_html,
        types=types_of(signature.text for signature in page.entry.signatures),
        platforms=platforms_of(page.entry),
        proven=proofs,
        versions=versions_of(page.entry, products),
    )
