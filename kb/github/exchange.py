"""A request to GitHub and what comes back, as values; a body is read within bounds."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from kb.github.errors import GitHubError
from kb.web import OverdueError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from githubkit import GitHub
    from githubkit.response import Response

Change = Literal["POST", "PUT", "PATCH", "DELETE"]
Method = Literal["GET"] | Change

MAX_BYTES: Final = 64_000_000
"""Largest answer that is read: a hundred issues of GitHub's largest size (65,536 characters) stay below it."""


class Answer(NamedTuple):
    """What came back: the body, the address of the next page (or nothing), and the address that answered at last."""

    body: bytes
    next: str
    last: str
    url: str


class Absent(NamedTuple):
    """There is nothing at an address, and why."""

    reason: Literal["not found", "deleted", "moved"]


class Received(NamedTuple):
    """Status, headers (names in lower case) and body."""

    status: int
    headers: dict[str, str]
    body: bytes


class Asked(NamedTuple):
    """A request, and whom it is asked of; of an answer that is longer than `most` bytes nothing is taken."""

    github: GitHub[Any]
    method: Method
    url: str
    headers: Mapping[str, str]
    value: Mapping[str, object] | None
    most: int
    told: str
    """The address that messages name: a storage's own one lets in whoever has it."""

    def __str__(self) -> str:
        return f"{self.method} {self.told}"


def body_of(response: Response, asked: Asked, end: float) -> bytes:
    """The body, up to its bounds: `end` is on the monotonic clock, so that what nobody waits for any more ends."""
    parts: list[bytes] = []
    size = 0
    for part in response.iter_bytes():
        size += len(part)
        if size > asked.most:
            response.raw_response.close()
            raise GitHubError(f"{asked}: an answer of more than {asked.most // 1_000_000} MB is not read.")
        if time.monotonic() > end:
            response.raw_response.close()
            raise OverdueError
        parts.append(part)
    return b"".join(parts)


def lower(response: Response) -> dict[str, str]:
    """The headers of an answer, names in lower case."""
    return {name.lower(): value for name, value in response.headers.items()}


def link_of(header: Mapping[str, str], url: str) -> str:
    """The Link header. Proxies may cut GitLab's off, which says the number of the next page as well (`x-next-page`)."""
    link, page = header.get("link", ""), header.get("x-next-page", "")
    if link or not re.fullmatch("[0-9]{1,9}", page):
        return link
    parts = urlsplit(url)
    query = urlencode([one for one in parse_qsl(parts.query) if one[0] != "page"] + [("page", page)])
    return f'<{parts._replace(query=query).geturl()}>; rel="next"'


def answer_of(body: bytes, link: str, url: str) -> Answer:
    """An answer with what its Link header leads to."""
    return Answer(body, _link(link, "next"), _link(link, "last"), url)


def _link(header: str, relation: str) -> str:
    """An address of a Link header: `<https://…&page=2>; rel="next", …` (RFC 8288)."""
    found = re.search(rf'<([^<>]*)>;[^<]*\brel="{relation}"', header[:5000])
    return found[1] if found else ""
