"""What a keeper chose for a base, as its `mkdocs.yml` says it today."""

import re
from dataclasses import replace
from typing import Final

import yaml

from kb.starting.choices import Choices

_DESCRIPTION: Final = re.compile(r"Paste an error of (.+), land on its fix\.")
"""How a start says in `site_description` what product it begins with."""


def answers_in(config: str, before: Choices | None, product: str) -> Choices:
    """The answers that a configuration gives, and where it doesn't, those that were given before.

    `product` is what the first product is called where nothing says it. Raises ValueError where an answer is missing.
    """
    try:
        settings = yaml.load(config, _Settings)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError:
        settings = None
    said = settings if isinstance(settings, dict) else {}
    name, repo, site_url = (_line(said.get(key)) for key in ("site_name", "repo_url", "site_url"))
    if before is not None:
        return replace(before, name=name or before.name, repo=repo or before.repo, site_url=site_url or before.site_url)
    if not (name and repo):
        raise ValueError("mkdocs.yml doesn't say site_name and repo_url, by which a start is recognised.")
    described = _DESCRIPTION.fullmatch(_line(said.get("site_description")) or "")
    return Choices(name, repo, described[1] if described else product, site_url, _accent(said), "")


def _line(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() and value.isprintable() else None


def _accent(settings: dict[object, object]) -> str | None:
    """The accent among the options of the plugin `kb`."""
    plugins = settings.get("plugins")
    named = plugins if isinstance(plugins, list) else [plugins]
    for options in (each["kb"] for each in named if isinstance(each, dict) and "kb" in each):
        colors = options.get("colors") if isinstance(options, dict) else None
        return _line(colors.get("accent")) if isinstance(colors, dict) else None
    return None


class _Settings(yaml.SafeLoader):
    """Reads a MkDocs configuration as it stands, whatever the environment says: of `!ENV […]` it takes the default."""


def _default(loader: yaml.SafeLoader, node: yaml.Node) -> object:
    return loader.construct_sequence(node)[-1] if isinstance(node, yaml.SequenceNode) and node.value else None


_Settings.add_constructor("!ENV", _default)
_Settings.add_multi_constructor("", lambda _loader, _suffix, _node: None)
