"""What the match page and `kb match --site` read: the index of all signatures, and the fixes that answers show."""

from collections.abc import Iterable, Iterator

from kb.match import Fix, build_index, fix_files, platforms_of, signatures_of, types_of
from kb.site.pages import EntryPage


def match_files(pages: Iterable[EntryPage]) -> Iterator[tuple[str, bytes]]:
    """File name in the site and content of every file. The pages must have been rendered."""
    pages = list(pages)
    signatures = [signature for page in pages for signature in signatures_of(page.entry)]
    for name, content in build_index(signatures).items():
        yield f"match/index/{name}", content
    for name, content in fix_files(map(_fix, pages)).items():
        yield f"match/fixes/{name}", content


def _fix(page: EntryPage) -> Fix:
    return Fix(
        id=page.entry.id,
        title=page.entry.title,
        product=page.rendered.product_name,
        summary=page.entry.summary,
        step=page.entry.workarounds[0].title,
        markdown=page.entry.workarounds[0].body,
        html=page.rendered.step_html,
        types=types_of(signature.text for signature in page.entry.signatures),
        platforms=platforms_of(page.entry),
    )
