"""What tells the API of one host of issues from another's: its name, what the environment calls it, what is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

API_VERSION: Final = "2022-11-28"
"""The version of GitHub's API that its Enterprise Server has too."""


@dataclass(frozen=True, slots=True)
class Service:
    """An API that a connection speaks with."""

    name: str
    address: str
    """The environment variable that says where it is."""
    token: str
    """The one that has the token."""
    example: str
    """An address that it may have."""
    headers: Mapping[str, str]
    """What goes with each request."""
    token_header: str = ""
    """The header that takes the token; empty where that is `Authorization`, as on GitHub."""
    reset_header: str = ""
    """The header that says when a limit ends, in seconds since 1970, where it is none of GitHub's."""


GITHUB_SERVICE: Final = Service(
    name="GitHub",
    address="GITHUB_API_URL",
    token="GITHUB_TOKEN",  # noqa: S106 - a variable's name
    example="https://api.github.com",
    headers={"X-GitHub-Api-Version": API_VERSION},
)
