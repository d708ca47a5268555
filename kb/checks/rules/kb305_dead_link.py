"""A link to another site that leads nowhere, or has moved."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from kb.checks.link_places import with_target
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.web.answer import Outcome, without_fragment
from kb.entry import Source


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    for link in source.outline.links if inspection.answers else ():
        answer = (inspection.answers or {}).get(without_fragment(link.target))
        if answer is None or answer.outcome in (Outcome.FINE, Outcome.UNKNOWN):
            continue
        position = source.link_position(link)
        if answer.outcome is not Outcome.MOVED:
            hint = "Link where it is now, or a copy in an archive; try again later if the site only rests."
            yield Finding(position, f"{link.target} leads nowhere: {answer.why}", hint)
        elif _is_front_page(answer.moved_to) and not _is_front_page(link.target):
            hint = "Look for the page's new place: the site sends visitors of old pages to its front page."
            yield Finding(position, f"{link.target} leads to the front page {answer.moved_to}", hint)
        else:
            edits = with_target(source, link, without_fragment(link.target), answer.moved_to)
            yield Finding(position, f"{link.target} moved for good", f"Link {answer.moved_to}.", edits)


def _is_front_page(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in ("", "/") and not parts.query


RULE = Rule(
    code="KB305",
    name="dead-link",
    family=Family.LINKS,
    summary="A link to another site leads nowhere, or the page has moved for good (found with `--online` only).",
    why="A reader follows a link when the entry alone did not help. A dead end there is the end of the search.",
    fix="Link the page's present address, or a copy in an archive, or drop the link and say the thing itself.",
    mended="Writes the new address where a page has moved for good.",
    bad="See [the manual](https://docs.example/old-manual).",
    good="See [the manual](https://docs.example/manual).",
    in_source=_check,
    runs=lambda inspection: inspection.answers is not None,
)
