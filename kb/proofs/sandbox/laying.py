"""A trial laid out as files: its scripts, the files of each step, and the driver that runs them in order."""

import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from kb.entry import stays_inside
from kb.proofs.sandbox.trial import HOME, Finished, Ran, Room, Trial, TrialError
from kb.proofs.sandbox.watching import Watched

SYSTEM_PATH: Final = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin"
FIXED: Final = {
    "USER": "user",
    "LOGNAME": "user",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "TERM": "dumb",
    "NO_COLOR": "1",
    "SHELL": "/bin/bash",
    "GIT_AUTHOR_NAME": "user",
    "GIT_AUTHOR_EMAIL": "user@host.example",
    "GIT_COMMITTER_NAME": "user",
    "GIT_COMMITTER_EMAIL": "user@host.example",
    "PYTHONHASHSEED": "0",
}
"""The environment of every trial, beside the places of its folders: nothing of ours gets in."""
_OF_RUNTIMES: Final = ("java-*-openjdk", "maven/m2.conf", "maven/logging", "php/*/cli", "php/*/mods-available")
"""In `/etc`: what Debian's java, mvn and php don't start without, or not as anybody knows them."""


def settings_of_runtimes() -> tuple[str, ...]:
    """Files and folders of runtimes that are in `/etc` here, by their names in it."""
    etc = Path("/etc")
    return tuple(str(path.relative_to(etc)) for pattern in _OF_RUNTIMES for path in sorted(etc.glob(pattern)))


# The mark is known to this shell alone: it comes by standard input, and no step inherits that.
_DRIVER: Final = """\
read -r mark
cd "$1" || exit 125
ulimit -c 0
ulimit -d {data} 2>/dev/null
ulimit -f {blocks} 2>/dev/null
for step in "$2"/[0-9]*; do
  [ -d "$step/files" ] && { cp -R "$step/files/." . || exit 125; }
  "$step/run" </dev/null 2>&1
  code=$?
  printf '\\n%s %s\\n' "$mark" "$code"
  [ "$code" -ne 0 ] && [ -e "$step/must" ] && exit 0
done
exit 0
"""


@contextmanager
def laid_out(trial: Trial, home: str) -> Iterator[Path]:
    """A folder with `driver`, and a folder for each step, for as long as it is needed.

    Raises TrialError for a file that is not in the project's folder, or that no file system takes.
    """
    with TemporaryDirectory(prefix="kb-trial-", ignore_cleanup_errors=True) as name:
        root = Path(name)
        bounds = trial.bounds
        driver = _DRIVER.replace("{data}", str(bounds.memory >> 10)).replace("{blocks}", str(bounds.disk >> 9))
        (root / "driver").write_text(driver, "utf-8")
        for number, step in enumerate(trial.steps):
            folder = root / f"{number:03d}"
            folder.mkdir()
            for file, content in step.files.items():
                _lay(folder / "files", file, content.replace(HOME, home))
            (folder / "run").write_text(_script(step.script, step.room or trial.room, home), "utf-8")
            (folder / "run").chmod(0o755)
            if step.must_succeed:
                (folder / "must").touch()
        root.chmod(0o755)
        yield root


def _lay(folder: Path, name: str, content: str) -> None:
    if not stays_inside(name):
        raise TrialError(f"the file {name!r} is not in the project's folder")
    place = folder / name
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode())
    except OSError as error:
        raise TrialError(f"the file {name!r} can't be made: {error.strerror}") from None


def environment_of(home: str) -> dict[str, str]:
    """The environment in which the driver starts."""
    return {**FIXED, "HOME": home, "PATH": SYSTEM_PATH, "TMPDIR": "/tmp"}  # noqa: S108 - the sandbox's own


def finished(watched: Watched, mark: str, trial: Trial, home: str) -> Finished:
    """What came of the steps, from the driver's output. What stands for the home folder reads the same everywhere."""
    text = watched.output.decode(errors="replace").replace("\r\n", "\n").replace(home, HOME)
    parts = re.split(rf"\n{mark} (\d+)\n", text)
    ended = [Ran(output, int(code)) for output, code in zip(parts[0:-1:2], parts[1::2], strict=True)]
    is_over = len(ended) == len(trial.steps) or (ended and ended[-1].code and trial.steps[len(ended) - 1].must_succeed)
    if parts[-1] or not is_over:
        ended.append(Ran(parts[-1], None))
    return Finished(tuple(ended), watched.end)


def _script(script: str, room: Room, home: str) -> str:
    path = ":".join([*room.path, SYSTEM_PATH])
    named = {"PATH": path, **room.environment}
    exports = "".join(f"export {name}={shlex.quote(value.replace('{home}', home))}\n" for name, value in named.items())
    return f"#!/bin/bash\n{exports}set -e\n{script}\n"
