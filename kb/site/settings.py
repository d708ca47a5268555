"""The settings that every page follows from, as a digest, and what else may change a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from kb.process import digest_of, program_digest

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_PLACES: Final = frozenset(
    {"config_file_path", "docs_dir", "site_dir", "watch", "dev_addr", "theme", "plugins", "hooks"}
)
"""Settings that no page shows, or that are told in another way."""


def settings_digest(config: MkDocsConfig, **more: object) -> str:
    """The digest of a configuration, of what `more` is set, and of this program."""
    settings = {name: value for name, value in config.items() if name not in _PLACES}
    settings |= {"plugins": {name: dict(plugin.config) for name, plugin in config.plugins.items()}}
    settings |= {"theme": dict(config.theme.items()), **more}
    return digest_of(program_digest(), json.dumps(settings, default=_told, sort_keys=True))


def others_at_work(config: MkDocsConfig) -> list[str]:
    """What may make of a page whatever it likes: plugins and hooks besides ours, and templates of one's own."""
    own = [config.theme.custom_dir] if config.theme.custom_dir else []
    return [*(name for name in config.plugins if name != "kb"), *config.hooks, *own]


def _told(value: object) -> object:
    """A value that is no JSON: what it holds where it says so, else what it is called."""
    if isinstance(value, dict):
        return dict(value)
    name = getattr(value, "__qualname__", None)
    return f"{getattr(value, '__module__', '')}.{name}" if name else str(value)
