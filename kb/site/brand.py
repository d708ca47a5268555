"""What is an organisation's own on each page besides colors: a logo, links in the footer, a script that counts visits.

Settings are those of Material where it has them: `theme.logo`, `theme.favicon`, `extra.social`. Files stand beside
`mkdocs.yml`, since the entries' folder holds entries alone.
"""

from __future__ import annotations

import re
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from kb.site.urls import server_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs.config.defaults import MkDocsConfig

    from kb.site.config import Analytics

_ENDINGS: Final = (".svg", ".png", ".webp", ".jpg", ".jpeg", ".ico")
_LARGEST: Final = 150_000
"""Bytes of a logo: each page of the site loads it."""
_OF_THE_THEME: Final = "assets/"
"""Where Material's own files are, which it names itself."""
_ATTRIBUTE: Final = re.compile(r"data-[a-z0-9-]{1,40}|crossorigin|integrity")


class BrandError(ValueError):
    """A setting that can't be followed. The message says which, and what to do."""


class Brand(NamedTuple):
    """What is the organisation's own, ready for pages."""

    files: Mapping[str, bytes]
    """File name in the site -> content."""
    logo: str
    """The logo's file; empty where the site has the generator's."""
    favicon: str
    links: tuple[tuple[str, str], ...]
    """Words and address of each link in the footer."""
    script: str
    """The element that counts visits; empty where nobody counts."""
    servers: tuple[str, ...]
    """The servers that it comes from and sends to."""


def brand_of(config: MkDocsConfig, analytics: Analytics) -> Brand:
    """What the configuration says. Raises BrandError."""
    files: dict[str, bytes] = {}
    root = Path(config.config_file_path).parent
    logo, favicon = (_published(root, name, config.theme.get(name), files) for name in ("logo", "favicon"))
    script, servers = _script(analytics)
    return Brand(files, logo, favicon, tuple(_links(config.extra.get("social") or ())), script, servers)


def _published(root: Path, setting: str, name: object, files: dict[str, bytes]) -> str:
    """The name in the site of a file of one's own, which joins `files`; nothing where none is named."""
    if not isinstance(name, str) or not name or name.startswith(_OF_THE_THEME):
        return ""
    path = root / name
    if path.suffix.lower() not in _ENDINGS:
        raise BrandError(f"theme: {setting}: {name} has none of the endings {', '.join(_ENDINGS)}")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BrandError(f"theme: {setting}: {name}, beside mkdocs.yml: {error.strerror}") from None
    if len(content) > _LARGEST:
        raise BrandError(f"theme: {setting}: {name} has more than {_LARGEST // 1000} kB, and every page loads it")
    published = f"assets/{setting}-{sha256(content).hexdigest()[:10]}{path.suffix.lower()}"
    files[published] = content
    return published


def _links(social: object) -> list[tuple[str, str]]:
    """The links of `extra.social`, in words: `name`, or the host."""
    found = []
    for each in social if isinstance(social, list | tuple) else ():
        link = each.get("link") if isinstance(each, dict) else None
        if not isinstance(link, str) or urlsplit(link).scheme not in ("https", "http", "mailto"):
            raise BrandError(f"extra: social: {each!r} has no `link` that is an address on the web or of mail")
        found.append((str(each.get("name") or urlsplit(link).hostname or link.partition(":")[2]), link))
    return found


def _script(analytics: Analytics) -> tuple[str, tuple[str, ...]]:
    """The element of the script that counts visits, and its servers."""
    if not analytics.script:
        return "", ()
    try:
        servers = tuple(dict.fromkeys(server_of(address) for address in (analytics.script, *analytics.hosts)))
    except ValueError as error:
        raise BrandError(f"analytics: {error}") from None
    for name in analytics.attributes:
        if not _ATTRIBUTE.fullmatch(name):
            raise BrandError(f"analytics: attributes: {name!r} is not one that begins with `data-`")
    attributes = "".join(f' {name}="{escape(str(value))}"' for name, value in sorted(analytics.attributes.items()))
    return f'<script src="{escape(analytics.script)}" defer{attributes}></script>', servers
