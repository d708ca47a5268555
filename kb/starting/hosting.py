"""What a collector of votes needs to run somewhere: the files of `kb/collector/hosts`, filled in for one site."""

import json
import re
import secrets
from pathlib import Path
from typing import Final

from kb.starting.files import PACKAGE, content_of, filled, write_files
from kb.starting.generator import NAME, running_versions

HOSTS: Final = ("worker", "compose", "systemd")
_EXTRA: Final = "votes"
_SHARED: Final = ("noise.js", "relative.js", "tables.js", "wording.js")
"""Modules of the site's matcher that the worker takes as they are."""
_ORIGIN: Final = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?")
_SITE: Final = re.compile(rf"({_ORIGIN.pattern})(?:/[A-Za-z0-9._~/-]*)?")
_NAME: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")


def write_host(folder: Path, host: str, *, site: str, origins: tuple[str, ...], at: str, generator: str) -> None:
    """Write what one of `HOSTS` needs. Raises ValueError for an address that is none, OSError.

    `at` is the name under which the collector will be reached, `generator` the requirement that installs it.
    """
    found = _SITE.fullmatch(site)
    if found is None:
        raise ValueError(f"--site: {site!r} is no address, such as https://fixes.example/.")
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise ValueError(f"--origin: {origin!r} is no origin, such as https://fixes.example.")
    if not _NAME.fullmatch(at):
        raise ValueError(f"--at: {at!r} is no name of a host, such as votes.fixes.example.")
    blanks = {
        "site": json.dumps(site),
        "origins": json.dumps(" ".join(origins or (found[1],))),
        "at": at,
        "password": secrets.token_urlsafe(24),
        "generator": re.sub(rf"^{NAME}\b(?!\[)", f"{NAME}[{_EXTRA}]", generator),
        "constraints": "\n".join(running_versions(_EXTRA)),
    }
    contents = filled(PACKAGE / "collector/hosts" / host, blanks)
    if host == "worker":
        matcher = content_of(PACKAGE / "site/assets/js/match", *_SHARED)
        contents |= {f"src/match/{name}": content for name, content in matcher.items()}
    write_files(folder, contents)
