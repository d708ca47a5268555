"""One request to GitHub's API, through githubkit: retries, rate limits, redirects, conditional requests, bounds."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, Self
from urllib.parse import urljoin, urlsplit

from kb.github.answers import AnswerStore, Kept
from kb.github.errors import BadToken, GitHubError, RateLimited
from kb.web import OverdueError, within

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from githubkit import GitHub
    from githubkit.exception import RequestFailed
    from githubkit.response import Response

Change = Literal["POST", "PATCH", "DELETE"]
Method = Literal["GET"] | Change

API_URL: Final = "https://api.github.com"
API_VERSION: Final = "2022-11-28"
"""The version of the API that GitHub Enterprise Server has too."""
MAX_BYTES: Final = 64_000_000
"""Largest answer that is read: a hundred issues of GitHub's largest size (65,536 characters) stay below it."""
MAX_HOPS: Final = 3
_TRIES: Final = 4
_LOCAL: Final = ("127.0.0.1", "localhost", "::1")
_SECONDARY_WAIT: Final = timedelta(minutes=1)
"""What GitHub asks for where it names no time (https://docs.github.com/rest/using-the-rest-api/rate-limits…)."""
_MOVED: Final = (301, 302, 307, 308)
_ABSENT: Final = {404: "not found", 410: "deleted", 451: "deleted"}


class Answer(NamedTuple):
    """What came back: the body, the address of the next page (or nothing), and the address that answered at last."""

    body: bytes
    next: str
    last: str
    url: str


class Absent(NamedTuple):
    """There is nothing at an address, and why."""

    reason: Literal["not found", "deleted", "moved"]


class _Failed(Exception):  # noqa: N818 - a try that failed, not the whole request
    """A try failed, but the next may not: the connection was cut, or the server has trouble."""


class Connection:
    """Where GitHub is, who asks, and how patiently. Made for one thread; requests go out one after the other."""

    def __init__(
        self,
        api_url: str = API_URL,
        token: str = "",
        *,
        patience: float = 120,
        timeout: float = 20,
        deadline: float = 120,
        backoff: float = 0.5,
        pause: float = 1,
        store: AnswerStore | None = None,
        on_wait: Callable[[float, str], None] | None = None,
    ) -> None:
        """`patience`: seconds to wait for a rate limit at most; `timeout`: seconds for a connection to answer.

        `deadline`: seconds for the whole of an answer, however it comes.
        `backoff`: seconds before the second try, doubled for each one after; `pause`: seconds between changes, as
        GitHub asks for; `on_wait` is told seconds and cause.
        Raises GitHubError where address or token can't be used.
        """
        self.api_url = checked_address(api_url)
        self.requests = 0
        """Requests sent so far, those included that were repeated or came back unchanged."""
        self._token = checked_token(token, self.api_url)
        self._patience, self._backoff = timedelta(seconds=patience), backoff
        self._store = store or AnswerStore()
        self._on_wait = on_wait
        self._pause, self._next_change = pause, 0.0
        self._deadline = deadline
        self._github = self._opened(timeout)

    def _opened(self, timeout: float) -> GitHub[Any]:
        from githubkit import GitHub  # noqa: PLC0415 - takes a fifth of a second, and most verbs don't need it

        github = GitHub(
            self._token or None,
            base_url=f"{self.api_url}/",
            user_agent="known-fixes",
            timeout=timeout,
            follow_redirects=False,
            http_cache=False,
            auto_retry=False,
        )
        github.__enter__()  # type: ignore[no-untyped-call]  # keeps one connection open
        return github

    def close(self) -> None:
        self._github.__exit__()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Connection({self.api_url!r}, {'with' if self._token else 'without'} a token)"

    def get(self, path: str, *, keep: bool = True) -> Answer | Absent:
        """Read `path`, which is relative to the API's address, or an address that the API gave.

        With `keep` the answer is kept, and asked for again only if it changed. Raises GitHubError, RateLimited.
        """
        url = self._own(path)
        for _ in range(MAX_HOPS + 1):
            kept = self._store.get(url, self._token) if keep else None
            headers = {"If-None-Match": kept.etag} if kept else {}
            status, header, body = self._send("GET", url, headers, None)
            if status in _ABSENT:
                return Absent("deleted" if _ABSENT[status] == "deleted" else "not found")
            if status in _MOVED:
                url = self._own(urljoin(url, header.get("location", "")))
                continue
            if status == 304 and kept:
                return _answer(kept.body, kept.link, url)
            link = header.get("link", "")
            if keep and header.get("etag"):
                self._store.put(url, self._token, Kept(header["etag"], link, body))
            return _answer(body, link, url)
        return Absent("moved")

    def send(self, method: Change, path: str, value: Mapping[str, object] | None = None) -> Answer | Absent:
        """Change something. Never repeated where it may have been done already. Raises GitHubError, RateLimited."""
        url = self._own(path)
        time.sleep(max(0.0, self._next_change - time.monotonic()))
        status, header, body = self._send(method, url, {}, value)
        self._next_change = time.monotonic() + self._pause
        if status in _MOVED:
            return Absent("moved")
        if status in _ABSENT:
            return Absent("deleted" if _ABSENT[status] == "deleted" else "not found")
        return _answer(body, header.get("link", ""), url)

    def _own(self, path: str) -> str:
        """The address of a path, which has to be on the API's own server: no other gets requests, or the token."""
        url = path if "://" in path else f"{self.api_url}/{path}"
        if urlsplit(url)[:2] != urlsplit(self.api_url)[:2]:
            raise GitHubError(f"GitHub at {self.api_url} leads to another server; that is not followed.")
        return url

    def _send(
        self, method: Method, url: str, headers: Mapping[str, str], value: Mapping[str, object] | None
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (names in lower case) and body, after as many tries as it takes and is worth."""
        tries = _TRIES if method == "GET" else 1
        for attempt in range(tries):
            try:
                return self._limited(method, url, headers, value)
            except _Failed as failure:
                said = str(failure)
                if attempt + 1 < tries:
                    self._wait(self._backoff * 2**attempt, said)
        raise GitHubError(f"{method} {url}: {said}. Try again later.")

    def _limited(
        self, method: Method, url: str, headers: Mapping[str, str], value: Mapping[str, object] | None
    ) -> tuple[int, dict[str, str], bytes]:
        """Like `_once`, waiting for a rate limit where the wait is short."""
        wait = timedelta()
        for _ in range(_TRIES):
            result = self._once(method, url, headers, value)
            if not isinstance(result, timedelta):
                return result
            wait = result
            if wait > self._patience:
                break
            # A clock that is a little ahead must not ask too early.
            self._wait(wait.total_seconds() + 0.05, "rate limit")
        raise RateLimited(datetime.now(UTC) + wait)

    def _once(
        self, method: Method, url: str, headers: Mapping[str, str], value: Mapping[str, object] | None
    ) -> tuple[int, dict[str, str], bytes] | timedelta:
        """One try: what came, or how long to wait. Raises GitHubError, _Failed."""
        from githubkit import exception as failures  # noqa: PLC0415 - see `_opened`
        from httpx import HTTPError  # noqa: PLC0415

        self.requests += 1
        sent = {"X-GitHub-Api-Version": API_VERSION, **headers}
        end = time.monotonic() + self._deadline

        def ask() -> tuple[int, dict[str, str], bytes]:
            response = self._github.request(method, url, headers=sent, json=value, stream=True)
            return response.status_code, _lower(response), self._read(response, method, url, end)

        try:
            return within(self._deadline, ask)
        except OverdueError:
            raise _Failed(f"no whole answer within {self._deadline:g} s") from None
        except failures.RateLimitExceeded as error:
            return error.retry_after
        except failures.RequestFailed as error:
            return self._refused(error, method, url)
        except failures.RequestTimeout:
            raise _Failed("no answer in time") from None
        except (failures.RequestError, HTTPError):
            raise _Failed("the connection was refused or cut") from None
        except ValueError:
            raise _Failed("an answer with broken headers") from None

    def _read(self, response: Response, method: str, url: str, end: float) -> bytes:
        """The body, up to its bounds: `end` is on the monotonic clock, so that what nobody waits for any more ends."""
        parts: list[bytes] = []
        size = 0
        for part in response.iter_bytes():
            size += len(part)
            if size > MAX_BYTES:
                response.raw_response.close()
                raise GitHubError(f"{method} {url}: an answer of more than {MAX_BYTES // 1_000_000} MB is not read.")
            if time.monotonic() > end:
                response.raw_response.close()
                raise OverdueError
            parts.append(part)
        return b"".join(parts)

    def _refused(self, error: RequestFailed, method: str, url: str) -> tuple[int, dict[str, str], bytes] | timedelta:
        status = error.response.status_code
        if status in _ABSENT:
            return status, _lower(error.response), b""
        said = self._said(error.response)
        if status >= 500:
            raise _Failed(f"GitHub has trouble ({status})")
        if status in (403, 429) and ("rate limit" in said.lower() or status == 429):
            return _SECONDARY_WAIT
        if status == 401:
            where = "GITHUB_TOKEN" if self._token else "a token; set GITHUB_TOKEN"
            raise BadToken(f"{method} {url}: GitHub asks for {where} that is valid (401).")
        raise GitHubError(f"{method} {url}: GitHub refuses ({status}){': ' + said if said else ''}.")

    def _said(self, response: Response) -> str:
        """What the server says of an error, as one short line that can be shown."""
        try:
            told = json.loads(response.content)
            details = [one["message"] for one in told.get("errors", ()) if "message" in one]
            message = ": ".join(map(str, [told["message"], *details]))
        except (ValueError, LookupError, TypeError, AttributeError):
            return ""
        if self._token:
            message = message.replace(self._token, "…")
        return "".join(character for character in message if character.isprintable())[:200].rstrip(".")

    def _wait(self, seconds: float, cause: str) -> None:
        if self._on_wait:
            self._on_wait(seconds, cause)
        time.sleep(seconds)


def _lower(response: Response) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def _answer(body: bytes, link: str, url: str) -> Answer:
    return Answer(body, _link(link, "next"), _link(link, "last"), url)


def _link(header: str, relation: str) -> str:
    """An address of a Link header: `<https://…&page=2>; rel="next", …` (RFC 8288)."""
    found = re.search(rf'<([^<>]*)>;[^<]*\brel="{relation}"', header[:5000])
    return found[1] if found else ""


def checked_address(api_url: str) -> str:
    """An address without what no API's has. Raises GitHubError, which holds nothing of it: there may be a password."""
    refused = "GITHUB_API_URL has to be an address such as https://api.github.com, without a user in it."
    try:
        url = urlsplit(api_url.strip())
        _ = url.port
    except ValueError:  # brackets without an end, a port that is no number or too large
        raise GitHubError(refused) from None
    if url.scheme not in ("http", "https") or not url.hostname or "@" in url.netloc or url.query or url.fragment:
        raise GitHubError(refused)
    if not re.fullmatch(r"[\x21-\x7e]+", url.netloc + url.path):
        raise GitHubError(refused)
    return f"{url.scheme}://{url.netloc}{url.path}".rstrip("/")


def checked_token(token: str, api_url: str) -> str:
    """A token without blanks around it. Raises GitHubError, which holds nothing of it."""
    token = token.strip()
    if not re.fullmatch(r"[\x21-\x7e]*", token):
        raise GitHubError("The token in GITHUB_TOKEN has characters that no token has. Copy it again.")
    if token and api_url.startswith("http:") and urlsplit(api_url).hostname not in _LOCAL:
        raise GitHubError("GITHUB_API_URL starts with http:, where everyone would see the token. Write https:.")
    return token
