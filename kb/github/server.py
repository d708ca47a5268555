"""Which server is asked, and as whom: an address and a token that can be used, or why not."""

import re
from typing import Final
from urllib.parse import urlsplit

from kb.github.errors import GitHubError
from kb.github.service import GITHUB_SERVICE, Service

API_URL: Final = "https://api.github.com"
_LOCAL: Final = ("127.0.0.1", "localhost", "::1")


def checked_address(api_url: str, service: Service = GITHUB_SERVICE) -> str:
    """An address without what no API's has. Raises GitHubError, which holds nothing of it: there may be a password."""
    refused = f"{service.address} has to be an address such as {service.example}, without a user in it."
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


def checked_token(token: str, api_url: str, service: Service = GITHUB_SERVICE) -> str:
    """A token without blanks around it. Raises GitHubError, which holds nothing of it."""
    token = token.strip()
    if not re.fullmatch(r"[\x21-\x7e]*", token):
        raise GitHubError(f"The token in {service.token} has characters that no token has. Copy it again.")
    if token and api_url.startswith("http:") and urlsplit(api_url).hostname not in _LOCAL:
        raise GitHubError(f"{service.address} starts with http:, where everyone would see the token. Write https:.")
    return token
