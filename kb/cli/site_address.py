"""Where the pages of a knowledge base are published: as it is said, or as its MkDocs configuration has it."""

from __future__ import annotations

import os
from pathlib import Path

import yaml


def site_address(site: str | None, url: str | None) -> str:
    """The address of the pages; empty where nothing says it. `site` is what is matched against, a folder perhaps."""
    if site and site.startswith(("http://", "https://")):
        return url or site
    return url or _configured_address(Path("mkdocs.yml")) or ""


class _Settings(yaml.SafeLoader):
    """Reads a MkDocs configuration, in which values may come from the environment."""


def _from_environment(loader: yaml.SafeLoader, node: yaml.Node) -> object:
    """MkDocs' `!ENV NAME` and `!ENV [NAME, …, default]`."""
    if isinstance(node, yaml.ScalarNode):
        return os.environ.get(str(node.value))
    if isinstance(node, yaml.SequenceNode):
        *names, default = loader.construct_sequence(node)
        return next((os.environ[name] for name in map(str, names) if name in os.environ), default)
    return None


_Settings.add_constructor("!ENV", _from_environment)
_Settings.add_multi_constructor("tag:yaml.org,2002:python/", lambda _loader, _suffix, _node: None)


def _configured_address(config: Path) -> str | None:
    """The `site_url` of a MkDocs configuration; None where there is none."""
    try:
        settings = yaml.load(config.read_text("utf-8"), _Settings)  # noqa: S506 - a SafeLoader
    except (OSError, ValueError, yaml.YAMLError):
        return None
    address = settings.get("site_url") if isinstance(settings, dict) else None
    return address if isinstance(address, str) else None
