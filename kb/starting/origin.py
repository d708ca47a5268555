"""What a knowledge base was made from: version, answers and texts, as `.kb-base.json` keeps them.

The texts stand there whole, line by line. What an upgrade compares with is then at hand for as long as the base is,
whatever has become of the release that wrote it; a digest or a version number alone would need that release.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import PurePosixPath
from typing import Final

from packaging.version import Version

from kb.starting.choices import Choices

ORIGIN: Final = ".kb-base.json"
_ABOUT: Final = "What `kb init` or `kb upgrade` wrote here last. `kb upgrade` compares with it: leave it as it is."
_CONTENT: Final = "entries"
"""What is the keeper's alone from the first day on; no upgrade looks at it."""

_ANSWERS: Final = tuple(field.name for field in fields(Choices) if field.name != "generator")

Texts = Mapping[str, str]
"""Paths in a knowledge base, and what the files hold; each line ends with a line feed alone."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who wrote the files of a base last, from what, and how they read then."""

    version: str
    release: str | None
    """The newest release whose changes were known to that generator; None where there was none yet."""
    answers: Choices
    """But for the generator, which stands among the pins."""
    texts: Texts

    def to_json(self) -> str:
        """The text of `.kb-base.json`."""
        facts = {
            "about": _ABOUT,
            "version": self.version,
            "release": self.release,
            "answers": {name: getattr(self.answers, name) for name in _ANSWERS},
            "texts": {path: self.texts[path].split("\n") for path in sorted(self.texts)},
        }
        return json.dumps(facts, indent=1, ensure_ascii=False) + "\n"


def origin_from(text: str) -> Origin:
    """What `.kb-base.json` says. Raises ValueError for what no generator wrote."""
    try:
        facts = json.loads(text)
        given = {name: value for name, value in facts["answers"].items() if name in _ANSWERS}
        texts = {path: "\n".join(lines) for path, lines in facts["texts"].items() if _is_renewable(path)}
        release = None if facts["release"] is None else str(Version(facts["release"]))
        return Origin(str(Version(facts["version"])), release, Choices(**given, generator=""), texts)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError(
            f"{ORIGIN} is not as `kb init` or `kb upgrade` wrote it. Take back what changed it, with "
            f"`git checkout <commit> -- {ORIGIN}`, or remove it: the files are then compared with former starts."
        ) from None


def renewable(contents: Mapping[str, bytes]) -> dict[str, str]:
    """Of the files of a start, those that an upgrade renews, as texts."""
    return {path: content.decode() for path, content in contents.items() if _is_renewable(path)}


def _is_renewable(path: str) -> bool:
    """Whether an upgrade may have to do with a path: one in the base, neither an entry nor git's own."""
    parts = PurePosixPath(path).parts
    return (
        bool(parts)
        and "\\" not in path
        and not path.startswith("/")
        and not {"..", ".git"} & {*parts}
        and parts[0] != _CONTENT
    )
