"""A knowledge base's MkDocs configuration as commands read it, which start faster without MkDocs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import click
import yaml

from kb.checks import LevelError, Levels, visible

CONFIGURATION: Final = "mkdocs.yml"
_DEFAULT_FOLDER: Final = "docs"
"""Where MkDocs looks for pages if nothing is said."""


def rule_levels(folder: Path) -> Levels:
    """The levels of rules that the configuration of an entries folder gives them. Raises click.UsageError."""
    config = configuration_of(folder)
    options = _options(settings_in(config).get("plugins")) if config else {}
    try:
        return Levels.of(options.get("rules"))
    except LevelError as error:
        raise click.UsageError(f"{visible(str(config))}: rules: {visible(str(error))}") from None


def configuration_of(folder: Path) -> Path | None:
    """The configuration of a site whose pages lie in a folder: the nearest one above it that names it."""
    real = folder.resolve()
    for above in real.parents:
        config = above / CONFIGURATION
        if config.is_file():
            named = settings_in(config).get("docs_dir", _DEFAULT_FOLDER)
            return config if isinstance(named, str) and (above / named).resolve() == real else None
    return None


def settings_in(config: Path) -> dict[object, object]:
    """What a MkDocs configuration says; nothing where it can't be read."""
    try:
        settings = yaml.load(config.read_text("utf-8"), _Settings)  # noqa: S506 - a SafeLoader
    except (OSError, ValueError, yaml.YAMLError):
        return {}
    return settings if isinstance(settings, dict) else {}


def _options(plugins: object) -> dict[object, object]:
    """The options of the plugin `kb`, which MkDocs takes as a list of plugins or as keys."""
    named = plugins if isinstance(plugins, list) else [plugins]
    found = (each["kb"] for each in named if isinstance(each, dict) and "kb" in each)
    return next((options for options in found if isinstance(options, dict)), {})


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
