"""What a knowledge base knows of a text: its entries matched, with their addresses. For reports and replies."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml

from kb.github.reply import Fixed
from kb.match import Known, SourceError, from_entries, from_site, match_stream

if TYPE_CHECKING:
    from kb.match import Answer

_AT_ONCE: Final = 100_000
"""Characters that are matched in one go: more than GitHub takes for an issue. A log is matched piece by piece."""


class KnownFixes:
    """A knowledge base to match with."""

    def __init__(self, known: Known, address: str) -> None:
        """`address` is where its pages are, with a slash at the end."""
        self._known = known
        self._address = address

    @classmethod
    def open(cls, site: str | None, entries: Path, url: str | None = None) -> KnownFixes:
        """A published site where one is named, else a folder of entries. Raises kb.match.SourceError.

        `url` is the address of the pages where `site` doesn't say it.
        """
        known = from_site(site) if site else from_entries(entries)
        if site and site.startswith(("http://", "https://")):
            url = url or site
        return cls(known, (url or _configured_address(Path("mkdocs.yml")) or "").rstrip("/") + "/")

    def find(self, text: str, top: int) -> list[Fixed]:
        """The entries that a text shows, the best first. Raises kb.match.SourceError where a site can't be read."""
        try:
            return self._found(text, top)
        except (OSError, ValueError, KeyError) as error:
            raise SourceError(f"the index of errors can't be read: {error}") from None

    def _found(self, text: str, top: int) -> list[Fixed]:
        matcher = self._known.matcher
        if len(text) <= _AT_ONCE:
            return [self._fixed(answer) for answer in matcher.match(text, top)]
        found = match_stream(matcher, (text[at : at + _AT_ONCE] for at in range(0, len(text), _AT_ONCE)))
        ranked = sorted(found, key=lambda answer: (answer.tier != "exact", -answer.score))
        return [self._fixed(answer) for answer in ranked[:top]]

    def _fixed(self, answer: Answer) -> Fixed:
        fix = self._known.fix(answer.id)
        return Fixed(
            id=answer.id,
            url=f"{self._address}{answer.id}/",
            title=fix["title"] if fix else answer.id,
            summary=fix["summary"] if fix else "",
            step=fix["step"] if fix else "",
            workaround=fix["markdown"] if fix else "",
            tier=answer.tier,
            score=answer.score,
            values=answer.captures,
            types=fix["types"] if fix else {},
        )


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
