"""The edits of a keeper and those of a newer start in one text: git's own three-way merge.

Copier does the same around files that it makes anew with the old template, which has to be had then
(copier-org/copier#1082 names what becomes of that); here the old text is at hand, and git, which does the merge there
too, is all that is needed. `git merge-file`: https://git-scm.com/docs/git-merge-file
"""

import subprocess
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

_MINE: Final = "yours"
_MARK: Final = f"<<<<<<< {_MINE}"
_MOST_CONFLICTS: Final = 127
"""Exit code for that many conflicts or more; a larger one is an error's."""


class MergeError(Exception):
    """Git can't merge; the text says why."""


class Merged(NamedTuple):
    """A text with the edits of both sides."""

    text: str
    conflicts: tuple[int, ...]
    """The line at which each conflict begins, from 1."""


def merged(written: str, present: str, new: str, *, version: str, keep_mine: bool = False) -> Merged:
    """What `present` becomes where a newer start has `new` for what was `written`. Raises MergeError.

    Where both changed the same lines, both versions stand between marks; with `keep_mine` the keeper's stands alone,
    and the conflicts say at what lines of it.
    """
    both = _merge(written, present, new, version)
    lines = both.split("\n")
    conflicts = tuple(number for number, line in enumerate(lines, 1) if line == _MARK)
    if not (conflicts and keep_mine):
        return Merged(both, conflicts)
    return Merged(_merge(written, present, new, version, "--ours"), _side_of_keeper(lines)[1])


def without_marks(text: str) -> str | None:
    """A text that has the marks of an upgrade, with the keeper's side alone where both stand; None without marks."""
    lines = text.split("\n")
    return "\n".join(_side_of_keeper(lines)[0]) if _MARK in lines else None


def _side_of_keeper(lines: list[str]) -> tuple[list[str], tuple[int, ...]]:
    """The lines that are left where marked places have the keeper's side alone, and at which of them each begins."""
    places: list[int] = []
    kept: list[str] = []
    is_theirs = False
    for line in lines:
        if line == _MARK:
            places.append(len(kept) + 1)
        elif line.startswith("||||||| "):
            is_theirs = True
        elif line.startswith(">>>>>>> "):
            is_theirs = False
        elif not is_theirs:
            kept.append(line)
    return kept, tuple(places)


def _merge(written: str, present: str, new: str, version: str, *options: str) -> str:
    """What `git merge-file` prints."""
    with tempfile.TemporaryDirectory() as folder:
        names = {_MINE: present, "as it was written": written, f"kb {version}": new}
        files = [Path(folder) / str(number) for number in range(len(names))]
        for file, text in zip(files, names.values(), strict=True):
            file.write_bytes(text.encode())
        labels = [argument for name in names for argument in ("-L", name)]
        try:
            finished = subprocess.run(  # noqa: S603 - a fixed program, no shell
                ("git", "merge-file", "-p", "--diff3", *options, *labels, *map(str, files)),  # noqa: S607
                cwd=folder,
                capture_output=True,
                check=False,
            )
        except OSError:
            raise MergeError("git is not installed, or not on the search path") from None
    if finished.returncode > _MOST_CONFLICTS:
        raise MergeError(finished.stderr.decode("utf-8", "replace").strip() or "git merge-file failed")
    return finished.stdout.decode()
