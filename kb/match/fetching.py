"""The files of somebody's site, over HTTP, within bounds that hold whatever it answers."""

from __future__ import annotations

import time
from functools import partial
from http import HTTPStatus
from http.client import HTTPException
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from kb.web import OverdueError, within

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.client import HTTPMessage
    from typing import IO

MOST_BYTES: Final = 32_000_000
"""Largest file of a site that is read: a part of the index of 100,000 signatures is a hundredth of it."""


_MISSING: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


class LeadsAwayError(OSError):
    """An address leads to one that is not followed."""


class _StaysInHttp(HTTPRedirectHandler):
    """Follows no redirect to another scheme, such as ftp:, and none that gives up an encrypted connection."""

    def redirect_request(  # noqa: PLR0917 - as the base class has it
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        before, after = urlsplit(req.full_url).scheme, urlsplit(newurl).scheme
        if after not in ("https", before):
            kind = "a plain http:" if after == "http" else "another kind of"
            raise LeadsAwayError(f"it leads to {kind} address, which is not followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


open_address = build_opener(_StaysInHttp).open
"""`urllib.request.urlopen` for http: and https: addresses, which stays there."""


def reader_of(site: str, seconds: float) -> Callable[[str], bytes]:
    """A function that reads a file of the site at an address by its path.

    It raises OSError; FileNotFoundError, where the site has no such file.
    """
    base = site.rstrip("/") + "/"

    def read(name: str) -> bytes:
        address = urljoin(base, name)
        try:
            return within(seconds, partial(_fetch, address, seconds))
        except OverdueError:
            raise OSError(f"{address}: no whole answer within {seconds:g} s") from None
        except (OSError, HTTPException, ValueError) as error:
            is_missing = isinstance(error, HTTPError) and error.code in _MISSING
            raise (FileNotFoundError if is_missing else OSError)(f"{address}: {why_unread(error)}") from None

    return read


def why_unread(error: OSError | HTTPException | ValueError) -> str:
    """Why an address could not be read, in words of ours: who answers may phrase a status or a line as an order."""
    if isinstance(error, HTTPError):
        standard = error.code in {status.value for status in HTTPStatus}
        return f"HTTP {error.code} {HTTPStatus(error.code).phrase}" if standard else f"HTTP {error.code:d}"
    if isinstance(error, HTTPException):
        return f"it is no answer in HTTP ({type(error).__name__})"
    return str(error) or type(error).__name__


def _fetch(address: str, seconds: float) -> bytes:
    """What is at an http(s) address. Raises OSError, HTTPException, ValueError."""
    end = time.monotonic() + seconds
    content = bytearray()
    with open_address(address, timeout=seconds) as response:
        # `read1` gives what has come, so that an answer that nobody waits for any more ends.
        while part := response.read1(1 << 16):
            content += part
            if len(content) > MOST_BYTES:
                raise ValueError(f"more than {MOST_BYTES // 1_000_000} MB")
            if time.monotonic() > end:
                raise OverdueError
    return bytes(content)
