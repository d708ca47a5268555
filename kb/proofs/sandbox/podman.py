"""The sandbox of podman: a container without an image, for machines where its own rights make namespaces possible.

https://podman.io. Its root is a folder of ours with nothing in it but what is bound into it. Slower than the others: it
is asked last.
"""

import math
import os
import secrets
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from kb.proofs.sandbox.bubblewrap import FILES, FOR_NETWORK, SETTINGS, SHARED, SYSTEM, TEMPORARY
from kb.proofs.sandbox.laying import environment_of, finished, laid_out, settings_of_runtimes
from kb.proofs.sandbox.trial import FOLDER, HOME, Bounds, Finished, SandboxError, Step, Trial
from kb.proofs.sandbox.watching import watched

_OWN: Final = ("PATH", "HOME", "USER", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "TMPDIR")
"""What podman itself finds its storage by."""
_FAILED: Final = range(125, 128)
"""Exit codes of podman where it can't start a container: podman-run(1)."""
_LATER: Final = 5
"""Seconds after its time at which podman itself ends a container whose caller was killed."""
_NOBODY: Final = 100_000
"""An id that nobody has, for the container's own root, as whom nothing of a recipe runs."""
_OPEN_FILES: Final = 4096
_PROCESSES: Final = 4096
_WAIT: Final = 60
_RUNTIMES: Final = ((), ("--runtime", "runc"))
"""Podman's own choice; and another one for control groups of the first kind, with which crun does not work."""


@dataclass(frozen=True, slots=True)
class Podman:
    """Runs trials with `podman`."""

    program: str
    options: tuple[str, ...] = ()
    name: str = "podman"

    def run(self, trial: Trial) -> Finished:
        mark = secrets.token_hex(16)
        container = f"kb-{secrets.token_hex(8)}"
        with TemporaryDirectory(prefix="kb-root-", ignore_cleanup_errors=True) as name, laid_out(trial, HOME) as laid:
            root = Path(name)
            _make_root(root, trial)
            command = [
                *(self.program, *self.options, "run", "--rm", "--interactive", "--name", container, "--pull", "never"),
                *_confined(trial.bounds),
                *("--network", "host" if trial.network else "none", "--no-hosts", "--hostname", "host"),
                *("--user", "1000:1000", *_users()),
                *_bound(trial, laid),
                *("--rootfs", str(root)),
                *("/usr/bin/env", "-i", *(f"{key}={value}" for key, value in environment_of(HOME).items())),
                *("/bin/sh", "-c", f"mkdir -p {FOLDER} && exec /bin/sh /trial/driver {FOLDER} /trial"),
            ]
            try:
                # What watches a container for podman leaves a file where it stands when memory ran out.
                with self._removed_afterwards(container):
                    seen = watched(command, f"{mark}\n".encode(), _own_environment(), trial.bounds, cwd=root)
            except OSError as error:
                raise SandboxError(f"{self.program} can't be started: {error.strerror}") from None
            if seen.code in _FAILED and mark.encode() not in seen.output:
                raise SandboxError(f"podman: {seen.output.decode(errors='replace').strip()}")
            return finished(seen, mark, trial, HOME)

    @contextmanager
    def _removed_afterwards(self, container: str) -> Iterator[None]:
        """End a container afterwards, with all that runs in it: podman's own processes are no children of ours.

        A process that waits for the end of this one does it, so that it is done where this one is killed, too.
        """
        command = shlex.join([self.program, *self.options, "rm", "--force", "--ignore", "--time", "0", container])
        waiting = ["/bin/sh", "-c", f"while read -r line; do :; done; exec {command} >/dev/null 2>&1"]
        with subprocess.Popen(waiting, stdin=subprocess.PIPE, env=_own_environment(), start_new_session=True):  # noqa: S603
            yield


def podman() -> Podman:
    """The sandbox of podman, tried once. Raises SandboxError where it does not work here."""
    if sys.platform != "linux":
        raise SandboxError("podman is for Linux")
    program = shutil.which("podman")
    if program is None:
        raise SandboxError("podman is not installed")
    why = ""
    for options in _RUNTIMES:
        try:
            tried = Podman(program, options).run(Trial((Step("echo it works"),), bounds=Bounds(seconds=_WAIT)))
        except SandboxError as error:
            why = why or str(error)
            continue
        if [ran.output for ran in tried.steps] == ["it works\n"]:
            return Podman(program, options)
        why = why or (tried.steps[0].output.strip() if tried.steps else str(tried.end))
    raise SandboxError(f"podman does not work here: {why}")


def _own_environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _OWN if name in os.environ}


def _users() -> tuple[str, ...]:
    """Users of its own: what belongs to whoever runs this belongs to the container's user, who is nobody outside."""
    if os.geteuid():
        return ("--userns", "keep-id:uid=1000,gid=1000")
    return tuple(f"--{kind}map={inside}" for kind in ("uid", "gid") for inside in (f"0:{_NOBODY}:1", "1000:0:1"))


def _make_root(root: Path, trial: Trial) -> None:
    """The folder that is the root of the container."""
    root.chmod(0o755)
    for folder in ("etc", "proc", "dev", "sys", "tmp", "trial", "usr", HOME.lstrip("/")):
        (root / folder).mkdir(parents=True)
    for folder in ("tmp", HOME.lstrip("/")):
        (root / folder).chmod(0o1777)  # runc gives what is mounted there the rights of the folder
    for name in SYSTEM:
        path = Path(name)
        if path.is_symlink():
            (root / name.lstrip("/")).symlink_to(path.readlink())
    for name, content in FILES.items():
        if not (trial.network and name == "hosts"):
            (root / "etc" / name).write_text(content, "ascii")


def _confined(bounds: Bounds) -> Iterator[str]:
    """No rights, no settings of whoever runs it, and bounds that the kernel keeps."""
    yield from ("--read-only", "--read-only-tmpfs=false", "--cap-drop", "all", "--http-proxy=false")
    yield from ("--security-opt", "no-new-privileges", "--ipc", "private", "--shm-size", str(SHARED))
    yield from ("--memory", str(bounds.memory), "--memory-swap", str(bounds.memory))
    yield from ("--pids-limit", str(bounds.processes), "--timeout", str(math.ceil(bounds.seconds) + _LATER))
    yield from ("--ulimit", f"nofile={_OPEN_FILES}:{_OPEN_FILES}", "--ulimit", f"nproc={_PROCESSES}:{_PROCESSES}")
    yield from ("--tmpfs", f"/tmp:rw,exec,nosuid,nodev,mode=1777,notmpcopyup,size={TEMPORARY}")  # noqa: S108 - the container's own
    yield from ("--tmpfs", f"{HOME}:rw,exec,nosuid,nodev,mode=1777,notmpcopyup,size={bounds.disk}")


def _bound(trial: Trial, laid: Path) -> Iterator[str]:
    """What is where in the container."""
    places = [Path("/usr"), *(Path(name) for name in SYSTEM if Path(name).is_dir() and not Path(name).is_symlink())]
    names = (*SETTINGS, *settings_of_runtimes(), *(FOR_NETWORK if trial.network else ()))
    places += [path for name in names if (path := Path("/etc") / name).exists()]
    for room in (trial.room, *(step.room for step in trial.steps)):
        places += room.readable if room else ()
    for path in dict.fromkeys(places):
        yield from ("--mount", f"type=bind,source={path},target={path},readonly")
    yield from ("--mount", f"type=bind,source={laid},target=/trial,readonly")
    for path in trial.writable:
        yield from ("--mount", f"type=bind,source={path},target={path}")
