"""What a person or an API calls an issue or pull request, as an `IssueRef`."""

from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

from kb.entry import GITHUB, IssueRef

_SHOWN: Final = 80


class RefError(ValueError):
    """A text names no issue; the error's text says what would."""


def parse_ref(text: str, web_url: str = f"https://{GITHUB}") -> IssueRef:
    """The issue of a reference, or of an address on the web server or API. Raises RefError.

    A reference that names no host is on the server whose pages are at `web_url`. An address has to be there or on
    github.com: one of another site is more likely a slip.
    """
    host = host_of(web_url)
    found = text.strip()
    with suppress(ValueError):
        return IssueRef.parse(found, host)
    ref = IssueRef.of_url(found if "://" in found else f"https://{found}", deeper=True)
    if ref and ref.host in (host, GITHUB):
        return ref
    shown = ascii(text if len(text) < _SHOWN else text[:_SHOWN] + "…")
    raise RefError(f"{shown} names no issue. Write owner/name#123, or its address: {web_url}/owner/name/issues/123")


def host_of(web_url: str) -> str:
    """The host of a web server's address, as references name it."""
    return urlsplit(web_url).netloc.lower()
