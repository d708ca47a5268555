"""A link in prose that leads nowhere inside of the knowledge base."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher, get_close_matches
from ipaddress import ip_address
from itertools import islice
from typing import Final, NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from kb.checks.link_places import with_target
from kb.checks.rule import MOST_OF_A_KIND, Family, Finding, Inspection, Located, Rule, closest
from kb.entry import PICTURE_SUFFIXES, Source

_SLIP: Final = 0.85
_NOT_IN_HOST: Final = re.compile(r"[\x00-\x20\x7f#/<>?@\[\\\]^|%]")
_NUMBER: Final = re.compile(r"(?:^|\.)[0-9]+$")
"""A host that ends so is taken for an IP address."""


def _check(inspection: Inspection) -> Iterator[Located]:
    for claims in (*inspection.claims, *inspection.translated):
        broken = ((target, found) for target in claims.targets if (found := _problem(target, claims.name, inspection)))
        problems = dict(islice(broken, MOST_OF_A_KIND))
        if problems:
            source = inspection.read(claims.name)
            findings = islice(_findings(source, problems), MOST_OF_A_KIND)
            yield from (Located(source, finding) for finding in findings)


def _findings(source: Source, problems: Mapping[str, "_Problem"]) -> Iterator[Finding]:
    for link in source.outline.links:
        problem = problems.get(link.target)
        if problem:
            edits = with_target(source, link, problem.wrong, problem.right) if problem.right else ()
            yield Finding(source.link_position(link), problem.message, problem.hint, edits)


class _Problem(NamedTuple):
    """What is wrong with a target, and, where it is only misspelt, the part that is and what it has to be."""

    message: str
    hint: str
    wrong: str = ""
    right: str = ""


def _problem(link: str, name: str, inspection: Inspection) -> _Problem | None:
    """What is wrong, if the link in a file is one inside of the knowledge base and leads nowhere."""
    try:
        target = urlsplit(link)
    except ValueError as error:
        return _Problem(f"link {link!r} is not an address: {error}", "Write it as https://…, or as a relative path.")
    if target.scheme in ("http", "https"):
        why = _unreadable(target)
        hint = "Write the address as it stands in your browser."
        return _Problem(f"link {link[:60]!r} is not an address: {why}", hint) if why else None
    if target.scheme or target.netloc:
        return None
    if not link:
        message = "the link has no target, or one that runs or embeds something (javascript:, data:, …)"
        return _Problem(message, "Write an address that starts with https://, or the path of another entry.")
    path = unquote(target.path)
    if path.startswith("/"):
        return _Problem(f"link {link!r} starts at the server's root", "Link the file: `../product/slug.md`.")
    folder = posixpath.dirname(name)
    linked = posixpath.normpath(posixpath.join(folder, path)) if path else name
    if linked in inspection.pictures or linked.endswith(PICTURE_SUFFIXES):
        return None  # KB513 looks at those.
    if linked not in inspection.known_names:
        close = closest(linked, inspection.sorted_names)
        message = f"link {link!r} leads to no entry"
        if not close:
            return _Problem(message, "Link another entry's file: `../product/slug.md`.")
        meant = posixpath.relpath(close, folder)
        return _Problem(message, f"Did you mean {meant!r}?", target.path, meant if _is_slip(linked, close) else "")
    anchors = inspection.anchors(linked) if target.fragment else []
    if anchors and target.fragment not in anchors:
        known = ", ".join(f"#{anchor}" for anchor in anchors)
        message = f"{linked} has no section #{target.fragment}"
        close = next(iter(get_close_matches(target.fragment, anchors, n=1, cutoff=_SLIP)), None)
        return _Problem(message, f"Its sections are {known}.", f"#{target.fragment}", f"#{close}" if close else "")
    return None


def _unreadable(target: SplitResult) -> str:
    """Why no browser takes a whole address (https://url.spec.whatwg.org/#host-parsing); empty where they do."""
    try:
        host, _ = target.hostname or "", target.port
    except ValueError as error:
        return str(error)
    if not host:
        return "it names no host"
    if strange := _NOT_IN_HOST.search(unquote(host)):
        return f"a host has no {strange[0]!r}"
    if _NUMBER.search(host):
        try:
            ip_address(host)
        except ValueError:
            return f"{host} is no IP address"
    return ""


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
    in_collection=_check,
)
