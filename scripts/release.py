#!/usr/bin/env python3
"""Make a release: its version, and its notes, which are what CHANGELOG.md says.

    python3 scripts/release.py 0.2.0           name what is unreleased 0.2.0, in kb/__init__.py and CHANGELOG.md
    python3 scripts/release.py --keepers       copy what the changelog says to keepers to where the package has it
    python3 scripts/release.py --notes v0.2.0  print the notes of a tag; fails unless the tag is the version

Standard library only. What is written is committed and tagged by a person; the tag starts release.yml, which publishes.
"""

import argparse
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULE = ROOT / "kb/__init__.py"
CHANGELOG = ROOT / "CHANGELOG.md"
KEEPERS = ROOT / "kb/starting/changes.md"
"""What the changelog says to keepers of knowledge bases, as the package has it for `kb upgrade`."""
VERSION = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)
NUMBER = re.compile(r"\d+\.\d+\.\d+(?:rc\d+)?")
UNRELEASED = "## Unreleased\n"


class ReleaseError(Exception):
    """A release can't be made; the text says why and what to do."""


def current() -> str:
    """The version in the source. Raises ReleaseError."""
    found = VERSION.search(MODULE.read_text("utf-8"))
    if not found:
        raise ReleaseError(f"{MODULE.relative_to(ROOT)} has no line __version__ = …")
    return found[1]


def name_release(version: str, day: str) -> None:
    """Give what is unreleased a version and a day (`YYYY-MM-DD`). Raises ReleaseError, and then writes nothing."""
    if not NUMBER.fullmatch(version):
        raise ReleaseError(f"{version!r} is no version. Write it as 1.2.3 or 1.2.3rc1.")
    if _order(version) <= _order(current()) and f"## {current()} " in CHANGELOG.read_text("utf-8"):
        raise ReleaseError(f"{current()} is released already; {version} is not newer.")
    text = CHANGELOG.read_text("utf-8")
    before, found, after = text.partition(UNRELEASED)
    if not found or not after.partition("\n## ")[0].strip():
        raise ReleaseError("CHANGELOG.md has nothing under `## Unreleased`. Say what changed for whoever uses it.")
    named = f"{before}{UNRELEASED}\n## {version} ({day})\n{after}"
    CHANGELOG.write_text(named, "utf-8")
    KEEPERS.write_text(for_keepers(named), "utf-8")
    MODULE.write_text(VERSION.sub(f'__version__ = "{version}"', MODULE.read_text("utf-8")), "utf-8")


def for_keepers(changelog: str) -> str:
    """The sections of a changelog, each with what stands under "For keepers" in it, where something does."""
    sections = re.split(r"^(?=## )", changelog, flags=re.MULTILINE)[1:]
    found = (re.search(r"^### For keepers\n(.*?)(?=^### |\Z)", text, re.MULTILINE | re.DOTALL) for text in sections)
    heads = (text.partition("\n")[0] for text in sections)
    return "\n".join(
        f"{head}\n\n{part[1].strip() if part else ''}".rstrip() + "\n" for head, part in zip(heads, found, strict=True)
    )


def notes_of(tag: str) -> str:
    """What CHANGELOG.md says of the version that a tag names. Raises ReleaseError."""
    version = current()
    if tag != f"v{version}":
        raise ReleaseError(
            f"The tag is {tag}, the version {version}: tag the commit of `scripts/release.py` as v{version}."
        )
    section = re.search(
        rf"^## {re.escape(version)} \([\d-]+\)\n(.*?)(?=^## |\Z)",
        CHANGELOG.read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    if not section or not section[1].strip():
        raise ReleaseError(f"CHANGELOG.md says nothing of {version}. Run `python3 scripts/release.py {version}`.")
    return section[1].strip() + "\n"


def _order(version: str) -> tuple[tuple[int, ...], int]:
    """What versions are ordered by: a candidate comes before its release."""
    numbers, _, candidate = version.partition("rc")
    return tuple(map(int, numbers.split("."))), int(candidate or sys.maxsize)


def main() -> int:
    """Do what the command line says. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Name a release, or print its notes.")
    parser.add_argument("version", nargs="?", help="the version to name what is unreleased")
    parser.add_argument("--notes", metavar="TAG", help="print the notes of a tag, such as v0.2.0")
    parser.add_argument("--keepers", action="store_true", help="write anew what the package says to keepers")
    arguments = parser.parse_args()
    if [bool(arguments.version), bool(arguments.notes), arguments.keepers].count(True) != 1:
        parser.error("name a version, a tag with --notes, or --keepers")
    try:
        if arguments.keepers:
            KEEPERS.write_text(for_keepers(CHANGELOG.read_text("utf-8")), "utf-8")
        elif arguments.notes:
            print(notes_of(arguments.notes), end="")
        else:
            name_release(arguments.version, datetime.now(UTC).date().isoformat())
            print(
                f"Now: KB_UPDATE_SNAPSHOTS=1 python3 scripts/test.py tests/test_upgrade.py -k each_release && "
                f"git add tests && git commit -am 'Release {arguments.version}' && "
                f"git tag v{arguments.version} && git push --tags"
            )
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
