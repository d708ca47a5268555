"""What git knows of an entries folder: which files changed since a commit, and what they held then."""

import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from kb.checks import visible

MAX_BYTES: Final = 1_000_000
"""Largest file that is read, as in `kb.entry`."""

_REGULAR: Final = ("100644", "100755")


class GitError(Exception):
    """Git can't say; the text says why and what to do."""


class Difference(NamedTuple):
    """Names of files relative to the folder."""

    touched: frozenset[str]
    """Files that are not what they were."""
    renamed: dict[str, str]
    """Former name -> name, of files that git takes for renamed ones."""


def resolve(folder: Path, name: str) -> str:
    """The id of the commit that `name` (a branch, a tag, `HEAD^1`, …) stands for. Raises GitError."""
    _git(folder, "rev-parse", "--show-toplevel")
    try:
        found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except GitError:
        hint = "Fetch it first: git fetch origin; in a shallow clone, git fetch --unshallow."
        raise GitError(f"there is no commit {visible(name)!r} here. {hint}") from None
    return found.decode().strip()


def difference(folder: Path, commit: str) -> Difference:
    """What differs between a commit and the files in the folder, those included that git doesn't know yet."""
    options = ("--name-status", "-z", "--find-renames", "--no-ext-diff", "--relative")
    fields = iter(_names(_git(folder, "diff", *options, commit, "--", ".")))
    touched: set[str] = set()
    renamed: dict[str, str] = {}
    for status in fields:
        name = next(fields)
        touched.add(name)
        if status[0] in "RC":
            target = next(fields)
            touched.add(target)
            if status[0] == "R":
                renamed[name] = target
    touched.update(_names(_git(folder, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")))
    return Difference(frozenset(touched), renamed)


def contents(folder: Path, commit: str, names: Iterable[str]) -> dict[str, bytes]:
    """Name -> what the file held in the commit, of those that were regular files of a bounded size then."""
    wanted = set(names)
    blobs: dict[str, str] = {}
    for line in _git(folder, "ls-tree", "-r", "-z", "--long", commit, "--", ".").split(b"\0"):
        facts, _, name = line.decode("utf-8", "surrogateescape").partition("\t")
        if name in wanted:
            mode, _, blob, size = facts.split()
            if mode in _REGULAR and int(size) <= MAX_BYTES:
                blobs[name] = blob
    stream = _git(folder, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs.values()).encode())
    found: dict[str, bytes] = {}
    at = 0
    for name in blobs:  # the answer is `<id> blob <size>`, the content, and a line end, for each in turn
        head, _, _ = stream[at : at + 200].partition(b"\n")
        start = at + len(head) + 1
        length = int(head.split()[2])
        found[name] = stream[start : start + length]
        at = start + length + 1
    return found


class Commit(NamedTuple):
    """A commit: its id, those before it as far as they are here, and its author as git shows one."""

    id: str
    parents: str
    author: str


def commits_of(folder: Path, since: str, name: str) -> list[Commit]:
    """The commits since another one that changed a file of a folder, the latest first. Raises GitError."""
    shown = "%H%x01%P%x01%an <%ae>"
    lines = _names(_git(folder, "log", "--no-merges", "-z", f"--format={shown}", f"{since}..HEAD", "--", name))
    return [Commit(*line.strip("\n").split("\x01", 2)) for line in lines]


def uncommitted(folder: Path, names: Iterable[str]) -> list[str]:
    """Of files of a folder, those whose content no commit has yet. Raises GitError, outside of a repository too."""
    options = ("--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignored")
    prefix = _git(folder, "rev-parse", "--show-prefix").decode("utf-8", "surrogateescape").strip("\n")
    found = _names(_git(folder, "--literal-pathspecs", "status", *options, "--", *names))
    return [line[3:].removeprefix(prefix) for line in found]


def _names(output: bytes) -> list[str]:
    return [name.decode("utf-8", "surrogateescape") for name in output.split(b"\0") if name]


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What a git command prints. Raises GitError."""
    try:
        finished = subprocess.run(  # noqa: S603 - a fixed program, no shell
            ("git", "-C", str(folder), *arguments),  # noqa: S607 - the git that the person has
            input=given,
            capture_output=True,
            check=False,
        )
    except OSError:
        raise GitError("git is not installed, or not on the search path") from None
    if finished.returncode:
        words = finished.stderr.decode("utf-8", "replace").strip()
        raise GitError(visible(words.partition("\n")[0]) or f"git {arguments[0]} failed")
    return finished.stdout
