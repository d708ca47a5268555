"""Asking other sites for addresses: one question at a time for each host, with pauses, as HEAD where that is answered.

Addresses come from strangers, so only hosts of the public web are asked, also where a site redirects to one.
"""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urldefrag, urljoin, urlsplit

from kb.checks.web.answer import LinkAnswer, Outcome

if TYPE_CHECKING:
    import httpx

_MOST_HOPS: Final = 10
_FOR_GOOD: Final = (301, 308)
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_GONE: Final = (404, 410)
_TURNED_AWAY: Final = (401, 403, 407, 429, 451, 999)
"""Answers to programs or strangers that say nothing of what a person with a browser would get."""
_BUSY: Final = (429, 503)
_FAILED: Final = 500


@dataclass(frozen=True, slots=True)
class Manners:
    """How to treat other people's servers."""

    name: str = "known-fixes link check"
    """What the checker is called: the User-Agent."""
    seconds: float = 10
    """How long to wait for an answer, from looking up the host's name to the end of the answer's head."""
    pause: float = 1
    """Seconds between two questions to one host."""
    longest_wait: float = 60
    """Seconds that a busy site may ask for; who asks for more is not asked again."""
    at_once: int = 8
    """Hosts that are asked at the same time."""
    only_public: bool = True
    """Whether to leave alone hosts that are not on the public web: this machine, its network, a cloud's metadata."""


class _NotPublicError(Exception):
    pass


def ask(
    addresses: Iterable[str], manners: Manners, note: Callable[[str, LinkAnswer], None] | None = None
) -> dict[str, LinkAnswer]:
    """Ask for each address and say what became of it; never raises for one. `note` hears of each answer as it comes."""
    return asyncio.run(_ask_all(list(dict.fromkeys(addresses)), manners, note))


async def _ask_all(
    addresses: list[str], manners: Manners, note: Callable[[str, LinkAnswer], None] | None
) -> dict[str, LinkAnswer]:
    import httpx  # noqa: PLC0415 - only who asks pays for it

    answers: dict[str, LinkAnswer] = {}
    free = asyncio.Semaphore(manners.at_once)
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_host[_host(address)].append(address)

    # Cookies would let one site's answer depend on another's; proxies and netrc of the environment are kept.
    async with httpx.AsyncClient(
        timeout=manners.seconds, headers={"User-Agent": manners.name, "Accept": "text/html,*/*;q=0.8"}
    ) as client:
        asker = _Asker(client, manners)

        async def ask_host(own: list[str]) -> None:
            async with free:
                for address in own:
                    answers[address] = await asker.answer(address)
                    client.cookies.clear()
                    if note:
                        note(address, answers[address])

        await asyncio.gather(*map(ask_host, by_host.values()))
    return answers


@dataclass(slots=True)
class _Asker:
    """Asks, and remembers for each host when it may be asked again."""

    client: httpx.AsyncClient
    manners: Manners
    _turns: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    _next: dict[str, float] = field(default_factory=dict)
    _public: dict[str, bool] = field(default_factory=dict)

    async def answer(self, address: str) -> LinkAnswer:
        """What becomes of asking for an address; a site that fails is given a second chance."""
        import httpx  # noqa: PLC0415

        found = LinkAnswer(Outcome.FAILED)
        for _ in range(2):
            try:
                found = await self._follow(address)
            except _NotPublicError:
                return LinkAnswer(Outcome.UNKNOWN, "it is not on the public web")
            except (httpx.TimeoutException, TimeoutError):
                found = LinkAnswer(Outcome.FAILED, f"no answer within {self.manners.seconds:g} s")
            except httpx.HTTPError as error:
                found = LinkAnswer(Outcome.FAILED, f"it can't be reached: {str(error) or type(error).__name__}")
            except (httpx.InvalidURL, UnicodeError, ValueError) as error:
                return LinkAnswer(Outcome.GONE, f"it is no address: {error}")
            except OSError as error:
                found = LinkAnswer(Outcome.FAILED, f"it can't be reached: {error.strerror or error}")
            if found.outcome is not Outcome.FAILED:
                break
        return found

    async def _follow(self, address: str) -> LinkAnswer:
        """The answer at the end of all redirects."""
        at, for_good, has_moved = address, True, False
        for _ in range(_MOST_HOPS):
            status, target = await self._status(at)
            if status not in _REDIRECTS or not target:
                return _verdict(status, at, moved=has_moved and for_good)
            for_good = for_good and status in _FOR_GOOD
            has_moved = True
            at = urldefrag(urljoin(at, target)).url
        return LinkAnswer(Outcome.GONE, f"it redirects more than {_MOST_HOPS} times")

    async def _status(self, address: str) -> tuple[int, str]:
        """Status and redirect of one address: by HEAD, and by GET where HEAD gets no good answer."""
        status, target, wait = await self._request("HEAD", address)
        if status >= 400 and status not in _BUSY:
            status, target, wait = await self._request("GET", address)
        if status in _BUSY and wait is not None and wait <= self.manners.longest_wait:
            self._next[_host(address)] = time.monotonic() + wait
            status, target, _ = await self._request("GET", address)
        return status, target

    async def _request(self, method: str, address: str) -> tuple[int, str, float | None]:
        """Status, redirect, and seconds to wait (if the site names any) of one request, made when the host may be."""
        host = _host(address)
        if not address.startswith(("https://", "http://")) or (
            self.manners.only_public and not await self._is_public(host)
        ):
            raise _NotPublicError
        async with self._turns[host]:
            await asyncio.sleep(max(0.0, self._next.get(host, 0.0) - time.monotonic()))
            try:
                # The body is never read: the answer is in the head. The client's own timeout is one for each read.
                async with (
                    asyncio.timeout(self.manners.seconds),
                    self.client.stream(method, address) as response,
                ):
                    retry_after = _seconds(response.headers.get("Retry-After", ""))
                    return response.status_code, response.headers.get("Location", ""), retry_after
            finally:
                self._next[host] = time.monotonic() + self.manners.pause

    async def _is_public(self, host: str) -> bool:
        if host not in self._public:
            name = urlsplit(f"//{host}").hostname or ""
            async with asyncio.timeout(self.manners.seconds):
                found = await asyncio.get_running_loop().getaddrinfo(name, None)
            self._public[host] = all(
                ipaddress.ip_address(str(each[4][0]).partition("%")[0]).is_global for each in found
            )
        return self._public[host]


def _verdict(status: int, at: str, *, moved: bool) -> LinkAnswer:
    if status in _GONE:
        return LinkAnswer(Outcome.GONE, f"the answer is {status}")
    if status in _TURNED_AWAY:
        return LinkAnswer(Outcome.UNKNOWN, f"the answer is {status}")
    if status >= _FAILED:
        return LinkAnswer(Outcome.FAILED, f"the answer is {status}")
    if status >= 400:
        return LinkAnswer(Outcome.GONE, f"the answer is {status}")
    return LinkAnswer(Outcome.MOVED, "it moved for good", at) if moved else LinkAnswer(Outcome.FINE)


def _host(address: str) -> str:
    """Host and port of an address; empty where it has none."""
    try:
        return urlsplit(address).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def _seconds(retry_after: str) -> float | None:
    """How long a site asks to wait: it says so in seconds, or as a date (RFC 9110, 10.2.3)."""
    if retry_after.isdecimal():
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (until - datetime.now(UTC)).total_seconds()) if until.tzinfo else None
