"""Where the pages of a knowledge base are published: as it is said, or as its MkDocs configuration has it."""

from __future__ import annotations

from pathlib import Path

from kb.cli.settings import configuration_of, settings_in


def site_address(site: str | None, url: str | None) -> str:
    """The address of the pages; empty where nothing says it. `site` is what is matched against, a folder perhaps."""
    if site and site.startswith(("http://", "https://")):
        return url or site
    return url or _configured_address(Path("mkdocs.yml")) or ""


def address_of_pages(entries: Path) -> str:
    """Where the pages of an entries folder are published, by its site's configuration; empty where that says none."""
    config = configuration_of(entries)
    return (_configured_address(config) if config else None) or ""


def _configured_address(config: Path) -> str | None:
    """The `site_url` of a MkDocs configuration; None where there is none."""
    address = settings_in(config).get("site_url")
    return address if isinstance(address, str) else None
