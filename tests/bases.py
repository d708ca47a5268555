"""Knowledge bases as former generators started them, with git around them, for tests of what comes later."""

import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from kb.starting.choices import Choices, blanks_of
from kb.starting.former import former_shapes
from kb.starting.start import started

CHOSEN: Final = Choices("Acme Fixes", "acme/fixes", "Acme CLI", None, None, "known-fixes==0.1.0")
BLANKS: Final = blanks_of(CHOSEN, (), date(2026, 11, 24))
SHAPES: Final = former_shapes(BLANKS)
"""Files of each start before bases said from what they were made, oldest first."""


def write(base: Path, texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        (base / path).parent.mkdir(parents=True, exist_ok=True)
        (base / path).write_text(text, "utf-8")


def former_base(base: Path, shape: int = 0) -> Path:
    """A base as one of the starts wrote it, with the entries of today's, in a repository with all committed."""
    entries = {path: text.decode() for path, text in started(CHOSEN, BLANKS).items() if path.startswith("entries/")}
    write(base, {**SHAPES[shape], **entries})
    git(base, "init", "--quiet")
    commit(base)
    return base


def commit(base: Path) -> None:
    git(base, "add", "--all")
    git(base, "commit", "--quiet", "--allow-empty", "--message", "As it is")


def git(base: Path, *arguments: str) -> str:
    person = ("-c", "user.name=Keeper", "-c", "user.email=keeper@example.com", "-c", "commit.gpgsign=false")
    finished = subprocess.run(["git", "-C", base, *person, *arguments], capture_output=True, text=True, check=True)
    return finished.stdout
