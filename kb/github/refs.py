"""What names an issue or pull request: `owner/name#123`, or its address."""

import re
from typing import Final
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from kb.entry import IssueRef

_REF: Final[TypeAdapter[str]] = TypeAdapter(IssueRef)
_PATH: Final = re.compile(r"/(?:repos/)?([^/]+)/([^/]+)/(?:issues|pull|pulls)/([0-9]{1,12})(?:/.*)?")
_LONGEST: Final = 500


class RefError(ValueError):
    """A text names no issue; the error's text says what would."""


def parse_ref(text: str, web_url: str = "https://github.com") -> str:
    """`owner/name#123` from a reference or an address on the web server or API. Raises RefError."""
    shown = ascii(text if len(text) < 80 else text[:80] + "…")
    error = RefError(f"{shown} names no issue. Write owner/name#123, or its address: {web_url}/owner/name/issues/123")
    found = text.strip()
    if len(found) > _LONGEST:
        raise error
    if "/" in found and not re.match(r"[^/]+/[^/]+#", found):
        found = _of_address(found, web_url) or ""
    try:
        return _REF.validate_python(found)
    except ValidationError:
        raise error from None


def ref_of_url(url: str) -> str | None:
    """The issue that an address of GitHub's API or web server names; None for any other address."""
    match = _PATH.search(url)
    return is_ref(f"{match[1]}/{match[2]}#{match[3]}") if match else None


def is_ref(text: str) -> str | None:
    """The text itself if it has the form `owner/name#123`."""
    try:
        return _REF.validate_python(text)
    except ValidationError:
        return None


def repository_of(ref: str) -> str:
    """`owner/name` of `owner/name#123`."""
    return ref.partition("#")[0]


def number_of(ref: str) -> int:
    """123 of `owner/name#123`."""
    return int(ref.partition("#")[2])


def _of_address(address: str, web_url: str) -> str | None:
    web = urlsplit(web_url)
    try:
        url = urlsplit(address if "://" in address else f"https://{address}")
        host = url.netloc.lower().removeprefix("www.")
    except ValueError:
        return None
    if url.scheme not in ("http", "https") or host not in (web.netloc, "github.com", "api.github.com"):
        return None
    match = _PATH.fullmatch(url.path.removeprefix("/api/v3"))
    return f"{match[1]}/{match[2]}#{match[3]}" if match else None
