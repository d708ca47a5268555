"""References to issues and pull requests, as they stand in text and in the addresses of the API.

The twin of `assets/js/report/references.js`. All references are `owner/name#1` in lower case, since GitHub takes
`Owner/Name` for the same.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.entry import GITHUB, NAME, NUMBER, OWNER, IssueRef
from kb.github.refs import RefError
from kb.github.report.inert import ANY_CASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.github.report.model import EdgeKind

ADDRESS: Final = rf"https?://([A-Za-z0-9.:-]{{1,100}})/({OWNER}/{NAME})/(?:issues|pull)/({NUMBER})(?![0-9A-Za-z_])"
IN_TEXT: Final = re.compile(
    rf"(?<![A-Za-z0-9_]){ADDRESS}"
    rf"|(?<![A-Za-z0-9_/&#.-])({OWNER}/{NAME}#|#|[Gg][Hh]-)({NUMBER})(?![0-9A-Za-z_])"
)
_OF_URL: Final = re.compile(rf"{ADDRESS}(?:[/?#][!-~]{{0,2000}})?\Z")

BEFORE: Final = 24
"""Characters before a reference in which its keyword stands. No keyword with its spaces is as long."""
_END: Final = r"[ \t]{0,2}:?[ \t]{1,3}\Z"
DUPLICATES: Final = re.compile(
    rf"(?:^|[^A-Za-z0-9_])(?<!not )(?<!not a )(?:duplicated?|dup|dupe)[ \t]{{1,3}}of{_END}", ANY_CASE
)
CLOSES: Final = re.compile(rf"(?:^|[^A-Za-z0-9_])(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?){_END}", ANY_CASE)
# https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue


class Mention(NamedTuple):
    """A reference in a text, and what the text says of it."""

    ref: str
    kind: EdgeKind


def name_on(host: str, ref: IssueRef) -> str:
    """How a snapshot of issues on one host names one of them. Raises RefError for one on another."""
    if ref.host != host:
        raise RefError(f"{ref} is not on {host}; GITHUB_API_URL says which server is asked.")
    return str(replace(ref.key, host=GITHUB))


def web_address(api: str) -> str:
    """Where the issues' pages are, for the address of an API: github.com, ghe.com, or an Enterprise server."""
    api = api.rstrip("/")
    if api.endswith("/api/v3"):
        return api.removesuffix("/api/v3")
    return api.replace("://api.", "://", 1) if "://api." in api else "https://github.com"


def reference_of_url(url: str) -> tuple[str, str] | None:
    """The reference in an issue's own address, in lower case and as GitHub writes it; None if it has none."""
    found = _OF_URL.match(url)
    return (_reference(found[2], found[3]), f"{found[2]}#{found[3]}") if found else None


def mentions(text: str, home: str, web: str) -> Iterator[Mention]:
    """The references in prose, in their order. `home` is the reference of the text's own issue."""
    repository = IssueRef.parse(home).repository
    host = web.partition("://")[2].lower()
    for found in IN_TEXT.finditer(text):
        if found[1]:
            if found[1].lower() != host:
                continue
            ref = _reference(found[2], found[3])
        else:
            ref = _reference(found[4][:-1] if "/" in found[4] else repository, found[5])
        if ref != home:
            yield Mention(ref, _kind(text[max(0, found.start() - BEFORE) : found.start()]))


def _kind(before: str) -> EdgeKind:
    if DUPLICATES.search(before):
        return "duplicates"
    return "closes" if CLOSES.search(before) else "mentions"


def _reference(repository: str, number: str) -> str:
    return f"{repository}#{number}".lower()
