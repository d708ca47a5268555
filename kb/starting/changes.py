"""What the changelog says to keepers of the releases since the one that wrote their base."""

import re
from typing import Final

from packaging.version import Version

from kb.starting.files import changes_for_keepers

_SECTION: Final = re.compile(r"^## (.+)\n", re.MULTILINE)


def newest_release() -> str | None:
    """The newest release that the changelog of this generator knows; None before the first one."""
    return next((release for release, _ in _sections(changes_for_keepers()) if release), None)


def changes_since(release: str | None, changelog: str | None = None) -> list[str]:
    """What is said of all that came after a release, or ever; what is not released yet comes first."""
    found = []
    for version, lines in _sections(changelog or changes_for_keepers()):
        if version and release and Version(version) <= Version(release):
            break
        found += lines
    return found


def _sections(changelog: str) -> list[tuple[str | None, list[str]]]:
    """Version and items of each section; what is not released yet has no version."""
    _, *parts = _SECTION.split(changelog)
    named = zip(parts[::2], parts[1::2], strict=True)
    return [(None if title == "Unreleased" else title.split(" ")[0], _items(text)) for title, text in named]


def _items(text: str) -> list[str]:
    """The items of a list, each on one line."""
    return [re.sub(r"\s+", " ", item).strip() for item in re.split(r"^- ", text, flags=re.MULTILINE) if item.strip()]
