"""From what somebody chose for a knowledge base to what fills the blanks of its files."""

import json
import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from kb.entry import GITHUB, Forge, forge_of, in_ascii, slug_of
from kb.starting.generator import proving_tools, running_versions
from kb.starting.server import RUNNERS, is_server
from kb.words import Language

_GITHUB: Final = "https://github.com"
_REPOSITORY: Final = re.compile(
    r"https://([A-Za-z0-9.-]+(?::[0-9]{1,5})?)/([A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+)"
)
_CLONED: Final = re.compile(
    r"(?:ssh://)?git@([A-Za-z0-9.-]+)(?::[0-9]{1,5}/|[:/])/?(.+)|([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)/(.+/.+)"
)
"""An address to clone from by SSH, and one without its scheme: host and path."""
_SHORT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9_-][A-Za-z0-9._-]*")
_URL: Final = re.compile(r"https?://[^\s/@\"'<>]+(/[^\s\"'<>]*)?")


PLACES: Final = ("netlify", "cloudflare", "nginx", "caddy")
"""Where a site can be published by files of its own."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody wants: names and addresses as they wrote them."""

    name: str
    repo: str
    product: str
    site_url: str | None
    accent: str | None
    """A color that the pages can have, or none."""
    generator: str
    """The requirement that installs the generator."""
    language: str | None = None
    """The language of its pages, or English."""
    forge: Forge | None = None
    """What the repository is on, where its address does not say so."""
    places: Sequence[str] = ()
    """Of `PLACES`: where it is published besides the pages of the repository's own host."""


def blanks_of(chosen: Choices, reserved: Container[str], today: date) -> dict[str, str]:
    """What stands for each blank of the starter's files. Raises ValueError for what can't stand in them.

    `reserved` are the first parts of addresses that no product may have.
    """
    host, path, address = _repository(chosen.repo.strip())
    forge = Forge(chosen.forge or forge_of(host, path))
    site_url = _site_url(chosen.site_url, address)
    product = slug_of(in_ascii(chosen.product))
    if not product or product in reserved or product.startswith(("index", "other")) or len(product) > 80:
        raise ValueError(f"--product: {product!r} can't be the folder of a product; name another one.")
    lines = (chosen.name, chosen.product)
    if any(not text.strip() or not text.isprintable() or len(text) > 200 for text in lines):
        raise ValueError("--name and --product are one line of text each, up to 200 characters.")
    options = [f"      forge: {forge}"] if forge is Forge.GITLAB else []
    options += [f"      colors: {{accent: {json.dumps(chosen.accent)}}}"] if chosen.accent else []
    place = path if host == GITHUB else f"{host}/{path}"
    found = urlsplit(site_url)
    say = Language.of(chosen.language or "en").words.gettext
    return {
        "name": _quoted(chosen.name),
        "name_text": re.sub(r"([\\`*_\[\]<>#|&])", r"\\\1", chosen.name),
        "description": _quoted(say("Paste an error of %(product)s, land on its fix.") % {"product": chosen.product}),
        "site_url": _quoted(site_url),
        "site_url_text": site_url,
        "repo": _quoted(address),
        "edit_uri": "-/edit/main/entries/" if forge is Forge.GITLAB else "edit/main/entries/",
        "place": place,
        "path": path,
        "api_url": f"https://{host}/api/v4",
        "runners": RUNNERS if forge is Forge.GITHUB and is_server(host) else "",
        "product_repository": f"  repository: {_quoted(place)}\n",
        "product": product,
        "product_name": _quoted(chosen.product),
        "options": "\n".join(options) or "      {}",
        "example_language": "\nlang: en" * (chosen.language not in (None, "en")),
        "language": f"\n  language: {chosen.language}" if chosen.language else "",
        "generator": chosen.generator,
        "constraints": "\n".join(running_versions()),
        "proving": "\n".join(proving_tools()),
        "today": today.isoformat(),
        "today_quoted": json.dumps(today.isoformat()),
        "slug": json.dumps((slug_of(in_ascii(chosen.name)) or "known-fixes")[:50].strip("-")),
        "host": found.hostname or "localhost",
        "prefix": found.path,
    }


def _repository(repo: str) -> tuple[str, str, str]:
    """Host, path and address of a repository that is written short or as an address."""
    address = f"{_GITHUB}/{repo}" if _SHORT.fullmatch(repo) else repo
    if cloned := _CLONED.fullmatch(repo):
        address = f"https://{cloned[1] or cloned[3]}/{cloned[2] or cloned[4]}"
    found = _REPOSITORY.fullmatch(address.rstrip("/").removesuffix(".git"))
    if not found:
        raise ValueError(
            f"--repo: {repo!r} is no repository. Write owner/name, or an address: https://github.com/owner/name"
        )
    if found[1].lower() == GITHUB and found[2].count("/") != 1:
        raise ValueError(f"--repo: {repo!r} is no repository. On {GITHUB} it is https://{GITHUB}/owner/name")
    return found[1].lower(), found[2], found[0]


def forge_of_choice(repo: str) -> Forge:
    """What a repository is on, by its address. Raises ValueError for what is no repository."""
    host, path, _ = _repository(repo.strip())
    return forge_of(host, path)


def host_of_choice(repo: str) -> str:
    """The host of a repository, in lower case. Raises ValueError for what is no repository."""
    return _repository(repo.strip())[0]


def pages_of(repo: str) -> str | None:
    """Where the GitHub Pages of a repository are; None where that can't be known: on any other host.

    Raises ValueError for what is no repository.
    """
    host, path, _ = _repository(repo.strip())
    if host != GITHUB:
        return None
    owner, _, repository = path.partition("/")
    is_root = repository.lower() == f"{owner}.github.io".lower()
    return f"https://{owner.lower()}.github.io/" + ("" if is_root else f"{repository}/")


def _site_url(site_url: str | None, address: str) -> str:
    """Where the pages are published, with a slash at its end: the repository's GitHub Pages where nothing is said."""
    site_url = site_url or pages_of(address)
    if site_url is None:
        raise ValueError(f"--site-url: say where the pages of {address} will be, such as https://fixes.example.org/.")
    if not _URL.fullmatch(site_url):
        raise ValueError(f"--site-url: {site_url!r} is no address, such as https://fixes.example.org/.")
    return site_url.rstrip("/") + "/"


def _quoted(text: str) -> str:
    """Text as a YAML scalar. JSON's strings are YAML's too."""
    return json.dumps(text, ensure_ascii=False)
