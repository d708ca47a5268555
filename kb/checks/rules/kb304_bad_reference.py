"""A reference to an issue that GitHub would not know."""

import re
from collections.abc import Iterator
from typing import Final

from kb.checks.prefilter import Prefilter
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.shape import body_of, prose_lines
from kb.entry import Position, Source

_REFERENCE: Final = re.compile(
    r"(?<![\w/&#.-])(?<!\berror )(?<!\bcode )"
    r"(?:(?P<before>issues?|bugs?|prs?|pull requests?|discussion|see|fixes|fixed in|closes|in|as|of) \(?)?"
    r"#(?P<number>[0-9]+)\b(?![.,]?[\w-])",
    re.IGNORECASE,
)
"""A number without a repository; nor MySQL's `error #1062`."""
_LINK_TEXT: Final = re.compile(r"([^\[\]]*)(\]\(|[\[\]]|\Z)")
"""Text up to the next bracket: of a link, which says where it leads, if that ends it and the target follows."""
_PREFILTER: Final = Prefilter(r"(?m:^|[^\pL\pN_/&#.-])#[0-9]")
_GITHUB: Final = re.compile(
    r"https?://(?:www\.)?github\.com/([^/?#]+/[^/?#]+)/(issues?|pulls?|discussions?)(?:/([^?#]*))?"
)
_KINDS: Final = {"issue": "issues", "pulls": "pull", "discussion": "discussions"}
"""A misspelt part of an address -> the right one."""
_PLAINLY_AN_ISSUE: Final = 3
"""Digits from which on a number without more words is one."""


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    if source.draft is None:
        return
    for link in source.outline.links:
        if "github.com/" in link.target and (found := _GITHUB.match(link.target)) and found[3]:
            hint = _in_address(found)
            if hint:
                yield Finding(source.link_position(link), f"{link.target} is no address of an issue", hint)
    if not _PREFILTER.lets_pass(body_of(source)):
        return
    for number, line in prose_lines(source):
        if "#" not in line:
            continue
        for start, end in _outside_of_links(line):
            for found in _REFERENCE.finditer(line, start, end):
                problem = _in_text(found, source, inspection)
                if problem:
                    place = Position(number, line.index("#", found.start()) + 1)
                    yield Finding(source.body_position(place), *problem)


def _outside_of_links(line: str) -> Iterator[tuple[int, int]]:
    """The parts of a line, from bracket to bracket, that are no text of a link."""
    for part in _LINK_TEXT.finditer(line):
        if part[2] != "](":
            yield part.span(1)


def _in_address(found: re.Match[str]) -> str | None:
    repository, kind, rest = found.groups()
    number = rest.partition("/")[0]
    if not number.isdecimal():
        return None  # a search, a list of labels, a form
    if kind in _KINDS:
        return f"Link https://github.com/{repository}/{_KINDS[kind]}/{number}."
    return None if int(number) else "Issues are counted from 1."


def _in_text(found: re.Match[str], source: Source, inspection: Inspection) -> tuple[str, str] | None:
    number = found["number"]
    if not found["before"] and len(number) < _PLAINLY_AN_ISSUE:
        return None  # "attempt #2"
    if not number.strip("0"):
        return f"'#{number}' is no issue", "Issues are counted from 1."
    product = inspection.product_catalog.products.get(source.id.partition("/")[0])
    home = source.draft.issue.ref.place if source.draft and source.draft.issue else None
    likely = home or (product and product.repository) or "owner/name"
    return f"'#{number}' does not say of which repository", f"Write `{likely}#{number}` if it is there, best as a link."


RULE = Rule(
    code="KB304",
    name="bad-reference",
    family=Family.LINKS,
    summary="The prose names an issue without its repository, or by an address that GitHub does not have.",
    why="`#123` is another issue in every repository. GitHub itself would link the one of this knowledge base.",
    fix="Write `owner/name#123`, best as a link to the issue.",
    bad="It is the same as #45048.",
    good="It is the same as [anthropics/claude-code#45048](https://github.com/anthropics/claude-code/issues/45048).",
    in_source=_check,
)
