"""Which kind of host a repository is on, as its address says it: GitHub's addresses and forms differ from GitLab's."""

import re
from enum import StrEnum
from typing import Final

_REPOSITORY: Final = re.compile(r"https?://([^/@\s]+)/([^\s?#]*)")


class Forge(StrEnum):
    """A kind of host of repositories and issues."""

    GITHUB = "github"
    GITLAB = "gitlab"

    @property
    def label(self) -> str:
        """Its name as people write it."""
        return "GitLab" if self is Forge.GITLAB else "GitHub"


def forge_of(host: str, path: str) -> Forge:
    """The kind of a host that has a repository at a path: of GitLab's alone a path has more than two parts.

    A GitLab whose name does not say so, and whose project is in no group of a group, is taken for an Enterprise server
    of GitHub's: a knowledge base says what it is (`forge: gitlab`).
    """
    is_gitlab = host.lower().startswith("gitlab.") or path.strip("/").count("/") > 1
    return Forge.GITLAB if is_gitlab else Forge.GITHUB


def forge_of_url(repository: str | None) -> Forge:
    """The kind of the host of a repository's address; GitHub where there is none."""
    found = _REPOSITORY.match(repository or "")
    return forge_of(found[1], found[2].removesuffix(".git")) if found else Forge.GITHUB
