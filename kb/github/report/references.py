"""References to issues and pull requests, as they stand in text and in the addresses of the API.

The twin of `assets/js/report/references.js`. All references are `owner/name#1` in lower case, since GitHub takes
`Owner/Name` for the same; on GitLab `group/sub/project#1`, and `group/project!1` for a merge request.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.entry import GITHUB, NAME, NUMBER, OWNER, PATH, IssueRef
from kb.github.refs import RefError
from kb.github.report.inert import ANY_CASE
from kb.github.service import GITHUB_SERVICE, Service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.github.report.model import EdgeKind

ADDRESS: Final = rf"https?://([A-Za-z0-9.:-]{{1,100}})/({OWNER}/{NAME})/(?:issues|pull)/({NUMBER})(?![0-9A-Za-z_])"
ON_GITLAB: Final = (
    rf"https?://([A-Za-z0-9.:-]{{1,100}})/({PATH})/-/(issues|work_items|merge_requests)/({NUMBER})(?![0-9A-Za-z_])"
)
IN_TEXT: Final = re.compile(
    rf"(?<![A-Za-z0-9_]){ADDRESS}"
    rf"|(?<![A-Za-z0-9_/&#.-])({OWNER}/{NAME}#|#|[Gg][Hh]-)({NUMBER})(?![0-9A-Za-z_])"
)
IN_TEXT_ON_GITLAB: Final = re.compile(
    rf"(?<![A-Za-z0-9_]){ON_GITLAB}|(?<![A-Za-z0-9_/&#!.-])({PATH}|{NAME})?([#!])({NUMBER})(?![0-9A-Za-z_])"
)
"""GitLab also takes `project#1` for one beside this project: https://docs.gitlab.com/user/markdown/#gitlab-specific-references."""
NAMED: Final = re.compile(rf"({PATH})([#!])({NUMBER})\Z")
_REST: Final = r"(?:[/?#][!-~]{0,2000})?\Z"
_OF_URL: Final = re.compile(ADDRESS + _REST)
_OF_GITLABS_URL: Final = re.compile(ON_GITLAB + _REST)

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


def name_on(host: str, ref: IssueRef, service: Service = GITHUB_SERVICE) -> str:
    """How a snapshot of issues on one host names one of them. Raises RefError for one on another."""
    if ref.host != host:
        raise RefError(f"{ref} is not on {host}; {service.address} says which server is asked.")
    return str(replace(ref.key, host=GITHUB))


def web_address(api: str) -> str:
    """Where the issues' pages are, for the address of an API: github.com, ghe.com, an Enterprise server, a GitLab."""
    api = api.rstrip("/")
    if api.endswith(("/api/v3", "/api/v4")):
        return api[: -len("/api/v3")]
    return api.replace("://api.", "://", 1) if "://api." in api else "https://github.com"


def reference_of_url(url: str) -> tuple[str, str] | None:
    """The reference in an issue's own address, in lower case and as GitHub writes it; None if it has none."""
    found = _OF_URL.match(url)
    if found:
        return _reference(found[2], found[3]), f"{found[2]}#{found[3]}"
    found = _OF_GITLABS_URL.match(url)
    if not found:
        return None
    name = f"{found[2]}{'!' if found[3] == 'merge_requests' else '#'}{found[4]}"
    return name.lower(), name


def address_of(ref: str, web: str, *, is_pull: bool, on_gitlab: bool) -> str:
    """Where people read an issue of this reference."""
    named = NAMED.match(ref)
    path, mark, number = named.groups() if named else ("", "#", "")
    if on_gitlab:
        return f"{web}/{path}/-/{'merge_requests' if mark == '!' else 'issues'}/{number}"
    return f"{web}/{path}/{'pull' if is_pull else 'issues'}/{number}"


def mentions(text: str, home: str, web: str, *, on_gitlab: bool = False) -> Iterator[Mention]:
    """The references in prose, in their order. `home` is the reference of the text's own issue.

    With `on_gitlab` they are written as GitLab takes them.
    """
    named = NAMED.match(home)
    repository = named[1] if named else ""
    host = web.partition("://")[2].lower()
    if on_gitlab:
        yield from _mentions_on_gitlab(text, home, repository, host)
        return
    for found in IN_TEXT.finditer(text):
        if found[1]:
            if found[1].lower() != host:
                continue
            ref = _reference(found[2], found[3])
        else:
            ref = _reference(found[4][:-1] if "/" in found[4] else repository, found[5])
        if ref != home:
            yield Mention(ref, _kind(text[max(0, found.start() - BEFORE) : found.start()]))


def _mentions_on_gitlab(text: str, home: str, repository: str, host: str) -> Iterator[Mention]:
    for found in IN_TEXT_ON_GITLAB.finditer(text):
        if found[1]:
            if found[1].lower() != host:
                continue
            ref = f"{found[2]}{'!' if found[3] == 'merge_requests' else '#'}{found[4]}".lower()
        else:
            path = found[5] or repository
            beside = "" if "/" in path else f"{repository.rpartition('/')[0]}/"
            ref = f"{beside}{path}{found[6]}{found[7]}".lower()
        if ref != home:
            yield Mention(ref, _kind(text[max(0, found.start() - BEFORE) : found.start()]))


def _kind(before: str) -> EdgeKind:
    if DUPLICATES.search(before):
        return "duplicates"
    return "closes" if CLOSES.search(before) else "mentions"


def _reference(repository: str, number: str) -> str:
    return f"{repository}#{number}".lower()
