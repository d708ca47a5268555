"""One request to an API of GitHub or GitLab: retries, rate limits, redirects, conditional requests, bounds."""

from __future__ import annotations

import json
import math
import re
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, Self
from urllib.parse import urljoin, urlsplit

from kb.github.answers import AnswerStore, Kept
from kb.github.errors import BadToken, GitHubError, RateLimited
from kb.github.exchange import (
    MAX_BYTES,
    Absent,
    Answer,
    Asked,
    Change,
    Method,
    Received,
    answer_of,
    body_of,
    link_of,
    lower,
)
from kb.github.server import API_URL, checked_address, checked_token
from kb.github.service import GITHUB_SERVICE, Service
from kb.web import OverdueError, within

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from githubkit import GitHub
    from githubkit.exception import RequestFailed
    from githubkit.response import Response

MAX_HOPS: Final = 3
_TRIES: Final = 4
_SECONDARY_WAIT: Final = timedelta(minutes=1)
"""What GitHub asks for where it names no time (https://docs.github.com/rest/using-the-rest-api/rate-limits…)."""
_MOVED: Final = (301, 302, 307, 308)
_ABSENT: Final[dict[int, Literal["not found", "deleted"]]] = {404: "not found", 410: "deleted", 451: "deleted"}


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
        lifetime: float = math.inf,
        backoff: float = 0.5,
        pause: float = 1,
        store: AnswerStore | None = None,
        on_wait: Callable[[float, str], None] | None = None,
        service: Service = GITHUB_SERVICE,
    ) -> None:
        """`patience`: seconds to wait for a rate limit at most; `timeout`: seconds for a connection to answer.

        `deadline`: seconds for the whole of an answer, however it comes; `lifetime`: seconds for all answers and waits
        together.
        `backoff`: seconds before the second try, doubled for each one after; `pause`: seconds between changes, as
        GitHub asks for; `on_wait` is told seconds and cause.
        Raises GitHubError where address or token can't be used.
        """
        self.service = service
        self.api_url = checked_address(api_url, service)
        self.requests = 0
        """Requests sent so far, those included that were repeated or came back unchanged."""
        self._token = checked_token(token, self.api_url, service)
        self._patience, self._backoff = timedelta(seconds=patience), backoff
        self._store = store or AnswerStore()
        self._on_wait = on_wait
        self._pause, self._next_change = pause, 0.0
        self._deadline = deadline
        self._lifetime, self._end = lifetime, time.monotonic() + lifetime
        self._timeout = timeout
        self._headers = {**service.headers}
        if service.token_header and self._token:
            self._headers[service.token_header] = self._token
        self._github = self._opened("" if service.token_header else self._token)

    def _opened(self, token: str) -> GitHub[Any]:
        from githubkit import GitHub  # noqa: PLC0415 - takes a fifth of a second, and most verbs don't need it

        github = GitHub(
            token or None,
            base_url=f"{self.api_url}/",
            user_agent="known-fixes",
            timeout=self._timeout,
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
            status, header, body = self._send(self._github, "GET", url, headers=headers)
            if status in _ABSENT:
                return Absent(_ABSENT[status])
            if status in _MOVED:
                url = self._own(urljoin(url, header.get("location", "")))
                continue
            if status == 304 and kept:
                return answer_of(kept.body, kept.link, url)
            link = link_of(header, url)
            if keep and header.get("etag"):
                self._store.put(url, self._token, Kept(header["etag"], link, body))
            return answer_of(body, link, url)
        return Absent("moved")

    def download(self, path: str, most: int) -> bytes | Absent:
        """What the API keeps elsewhere, at most so many bytes of it. Raises GitHubError, RateLimited.

        The API answers with an address of a storage, which is another host and gets no token
        (https://docs.github.com/rest/actions/artifacts#download-an-artifact).
        """
        url = self._own(path)
        status, header, body = self._send(self._github, "GET", url, most=most)
        if status in _ABSENT:
            return Absent(_ABSENT[status])
        if status not in _MOVED:
            return body
        elsewhere = _storage(urljoin(url, header.get("location", "")), url)
        storage = self._opened("")
        try:
            status, _, body = self._send(storage, "GET", elsewhere, most=most, told=url)
        finally:
            storage.__exit__()
        return Absent("not found") if status in _ABSENT or status in _MOVED else body

    def send(self, method: Change, path: str, value: Mapping[str, object] | None = None) -> Answer | Absent:
        """Change something. Never repeated where it may have been done already. Raises GitHubError, RateLimited."""
        url = self._own(path)
        time.sleep(max(0.0, self._next_change - time.monotonic()))
        status, header, body = self._send(self._github, method, url, value=value)
        self._next_change = time.monotonic() + self._pause
        if status in _MOVED:
            return Absent("moved")
        if status in _ABSENT:
            return Absent(_ABSENT[status])
        return answer_of(body, link_of(header, url), url)

    def query(self, query: str, variables: Mapping[str, object]) -> Received:
        """Ask in GraphQL, which changes nothing here, and so may be repeated. Raises GitHubError, RateLimited.

        On an Enterprise server it stands beside the REST API: https://docs.github.com/enterprise-server@latest/graphql
        """
        base = self.api_url.removesuffix("/v3") if self.api_url.endswith("/api/v3") else self.api_url
        value = {"query": query, "variables": dict(variables)}
        return self._send(self._github, "POST", self._own(f"{base}/graphql"), value=value, is_read=True)

    def limited(self, headers: Mapping[str, str]) -> None:
        """Wait until GitHub takes requests again, as an answer's headers say. Raises RateLimited where that is long."""
        reset = headers.get("x-ratelimit-reset", "")
        until = datetime.fromtimestamp(int(reset), UTC) if reset.isdecimal() else datetime.now(UTC) + _SECONDARY_WAIT
        wait = max(until - datetime.now(UTC), timedelta())
        if wait > self._patience:
            raise RateLimited(until)
        self._wait(wait.total_seconds() + 0.05, "rate limit")

    def _own(self, path: str) -> str:
        """The address of a path, which has to be on the API's own server: no other gets requests, or the token."""
        url = path if "://" in path else f"{self.api_url}/{path}"
        if urlsplit(url)[:2] != urlsplit(self.api_url)[:2]:
            raise GitHubError(f"{self.service.name} at {self.api_url} leads to another server; that is not followed.")
        return url

    def _send(
        self,
        github: GitHub[Any],
        method: Method,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        value: Mapping[str, object] | None = None,
        most: int = MAX_BYTES,
        told: str = "",
        is_read: bool = False,
    ) -> Received:
        """What comes after as many tries as it takes and is worth; of more than `most` bytes nothing does."""
        asked = Asked(github, method, url, headers or {}, value, most, told or url)
        tries = _TRIES if method == "GET" or is_read else 1
        for attempt in range(tries):
            try:
                return self._limited(asked)
            except _Failed as failure:
                said = str(failure)
                if attempt + 1 < tries:
                    self._wait(self._backoff * 2**attempt, said)
        raise GitHubError(f"{asked}: {said}. Try again later.")

    def _limited(self, asked: Asked) -> Received:
        """Like `_once`, waiting for a rate limit where the wait is short."""
        wait = timedelta()
        for _ in range(_TRIES):
            result = self._once(asked)
            if not isinstance(result, timedelta):
                return result
            wait = result
            if wait > self._patience:
                break
            # A clock that is a little ahead must not ask too early.
            self._wait(wait.total_seconds() + 0.05, "rate limit")
        raise RateLimited(datetime.now(UTC) + wait, self.service.name)

    def _once(self, asked: Asked) -> Received | timedelta:
        """One try: what came, or how long to wait. Raises GitHubError, _Failed."""
        from githubkit import exception as failures  # noqa: PLC0415 - see `_opened`
        from httpx import HTTPError  # noqa: PLC0415

        self.requests += 1
        sent = {**(self._headers if asked.github is self._github else self.service.headers), **asked.headers}
        seconds = min(self._deadline, self._left())
        end = time.monotonic() + seconds

        def ask() -> Received:
            response = asked.github.request(asked.method, asked.url, headers=sent, json=asked.value, stream=True)
            return Received(response.status_code, lower(response), body_of(response, asked, end))

        try:
            return within(seconds, ask)
        except OverdueError:
            self._left()
            raise _Failed(f"no whole answer within {self._deadline:g} s") from None
        except failures.RateLimitExceeded as error:
            return error.retry_after
        except failures.RequestFailed as error:
            return self._refused(error, asked)
        except failures.RequestTimeout:
            raise _Failed("no answer in time") from None
        except (failures.RequestError, HTTPError):
            raise _Failed("the connection was refused or cut") from None
        except ValueError:
            raise _Failed("an answer with broken headers") from None

    def _refused(self, error: RequestFailed, asked: Asked) -> Received | timedelta:
        status = error.response.status_code
        if status in _ABSENT:
            return Received(status, lower(error.response), b"")
        said = self._said(error.response)
        if status >= 500:
            raise _Failed(f"{self.service.name} has trouble ({status})")
        if status in (403, 429) and ("rate limit" in said.lower() or status == 429):
            return self._until_reset(lower(error.response))
        name, token = self.service.name, self.service.token
        if status == 401:
            where = token if self._token else f"a token; set {token}"
            raise BadToken(f"{asked}: {name} asks for {where} that is valid (401).")
        raise GitHubError(f"{asked}: {name} refuses ({status}){': ' + said if said else ''}.")

    def _until_reset(self, header: Mapping[str, str]) -> timedelta:
        """How long a limit lasts by the service's own header; what GitHub asks for where that says nothing."""
        reset = header.get(self.service.reset_header.lower(), "")
        if not re.fullmatch("[0-9]{1,11}", reset):
            return _SECONDARY_WAIT
        return max(timedelta(seconds=int(reset) - time.time()), timedelta())

    def _said(self, response: Response) -> str:
        """What the server says of an error, as one short line that can be shown."""
        try:
            told = json.loads(response.content)
            details = [one["message"] for one in told.get("errors", ()) if "message" in one]
            message = ": ".join(map(str, [told.get("message") or told["error"], *details]))
        except (ValueError, LookupError, TypeError, AttributeError):
            return ""
        if self._token:
            message = message.replace(self._token, "…")
        return "".join(character for character in message if character.isprintable())[:200].rstrip(".")

    def _left(self) -> float:
        """Seconds that are left for everything. Raises GitHubError where none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            took = f"{self.service.name} took more than {self._lifetime:g} s"
            raise GitHubError(f"{took} for all that was asked. Try again later.")
        return left

    def _wait(self, seconds: float, cause: str) -> None:
        seconds = min(seconds, self._left())
        if self._on_wait:
            self._on_wait(seconds, cause)
        time.sleep(seconds)


def _storage(url: str, api_url: str) -> str:
    """The address of a storage, which may be on any host, but not less safe than the API. Raises GitHubError."""
    schemes = ("https",) if api_url.startswith("https:") else ("https", "http")
    if urlsplit(url).scheme not in schemes:
        raise GitHubError(f"GET {api_url}: GitHub leads to an address that is not followed.")
    return url
