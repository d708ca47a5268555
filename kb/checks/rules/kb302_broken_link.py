"""A link in prose that leads nowhere inside of the knowledge base."""

import posixpath
import re
from collections.abc import Iterator
from difflib import SequenceMatcher, get_close_matches
from typing import Final
from urllib.parse import unquote, urlsplit

from kb.checks.edit import Edit
from kb.checks.link_places import with_target
from kb.checks.rule import Family, Finding, Inspection, Rule, closest
from kb.entry import Link, Source

_SLIP: Final = 0.85
_ELSEWHERE: Final = re.compile(r"https?://[!-Z^-~]*")
"""A plain address of another site: without the brackets and characters that may make it none."""


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    for link in source.outline.links:
        if _ELSEWHERE.fullmatch(link.target):
            continue
        problem = _problem(link, source, inspection)
        if problem:
            yield Finding(source.link_position(link), *problem)


Problem = tuple[str, str] | tuple[str, str, tuple[Edit, ...]]
"""Message, hint and, where the target is only misspelt, what mends it."""


def _problem(link: Link, source: Source, inspection: Inspection) -> Problem | None:
    """What is wrong, if the link is one inside of the knowledge base and leads nowhere."""
    try:
        target = urlsplit(link.target)
    except ValueError as error:
        return f"link {link.target!r} is not an address: {error}", "Write it as https://…, or as a relative path."
    if target.scheme or target.netloc:
        return None
    if not link.target:
        message = "the link has no target, or one that runs or embeds something (javascript:, data:, …)"
        return message, "Write an address that starts with https://, or the path of another entry."
    path = unquote(target.path)
    if path.startswith("/"):
        return f"link {link.target!r} starts at the server's root", "Link the file: `../product/slug.md`."
    name = posixpath.normpath(posixpath.join(posixpath.dirname(source.name), path)) if path else source.name
    linked = inspection.by_name.get(name)
    if linked is None:
        close = closest(name, inspection.names)
        message = f"link {link.target!r} leads to no entry"
        if not close:
            return message, "Link another entry's file: `../product/slug.md`."
        meant = posixpath.relpath(close, posixpath.dirname(source.name))
        edits = with_target(source, link, target.path, meant) if _is_slip(name, close) else ()
        return message, f"Did you mean {meant!r}?", edits
    anchors = inspection.anchors(linked) if target.fragment else []
    if anchors and target.fragment not in anchors:
        known = ", ".join(f"#{anchor}" for anchor in anchors)
        message = f"{name} has no section #{target.fragment}"
        close = next(iter(get_close_matches(target.fragment, anchors, n=1, cutoff=_SLIP)), None)
        edits = with_target(source, link, f"#{target.fragment}", f"#{close}") if close else ()
        return message, f"Its sections are {known}.", edits
    return None


def _is_slip(written: str, meant: str) -> bool:
    """Whether two names are so much alike that one is the other, misspelt."""
    return SequenceMatcher(None, written, meant).ratio() > _SLIP


RULE = Rule(
    code="KB302",
    name="broken-link",
    family=Family.LINKS,
    summary="A relative link leads to no entry, or to a section that the entry does not have.",
    why="A link to nowhere wastes the time of a reader who is in trouble already.",
    fix="Link the file of the other entry, relative to this one, as GitHub does: `../product/slug.md#cause`.",
    mended="Corrects the spelling where one file or section is close.",
    bad="See [the other error](../git/no-such-entry.md).",
    good="See [the other error](../git/unrelated-histories.md).",
    in_source=_check,
)
