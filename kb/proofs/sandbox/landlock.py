"""The sandbox of sandlock: the kernel's Landlock and seccomp, without namespaces, which hosted runners restrict.

https://github.com/multikernel/sandlock. Files of the machine stay where they are, and few of them can be read.
"""

import importlib.util
import json
import os
import secrets
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from kb.proofs.sandbox.laying import environment_of, finished, laid_out, settings_of_runtimes
from kb.proofs.sandbox.trial import Finished, Room, SandboxError, Step, Trial
from kb.proofs.sandbox.watching import Watched, watched

_SYSTEM: Final = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/proc")
_SETTINGS: Final = (
    *("ssl", "ca-certificates", "pki", "alternatives", "ld.so.cache", "ld.so.conf", "ld.so.conf.d"),
    *("nsswitch.conf", "protocols", "services", "mime.types", "passwd", "group", "hosts", "localtime"),
)
_FOR_NETWORK: Final = ("resolv.conf", "pip.conf", "xdg/pip", "uv", "npmrc")
_DEVICES: Final = ("/dev/null", "/dev/zero", "/dev/full", "/dev/tty")
_RANDOM: Final = ("/dev/random", "/dev/urandom")
_OPEN_FILES: Final = 4096
_FAILED: Final = 120
"""The exit code of `kb.process.confined` where sandlock can't do it."""


@dataclass(frozen=True, slots=True)
class Landlock:
    """Runs trials with sandlock, in a process of its own."""

    name: str = "sandlock"

    def run(self, trial: Trial) -> Finished:
        mark = secrets.token_hex(16)
        with TemporaryDirectory(prefix="kb-home-", ignore_cleanup_errors=True) as home, laid_out(trial, home) as laid:
            folder = Path(home) / "project"
            folder.mkdir()
            seen = self._confined(trial, Path(home), laid, mark)
            if seen.code == _FAILED and mark.encode() not in seen.output:
                raise SandboxError(seen.output.decode(errors="replace").strip())
            return finished(seen, mark, trial, home)

    def _confined(self, trial: Trial, home: Path, laid: Path, mark: str) -> Watched:
        of_etc = (*_SETTINGS, *settings_of_runtimes())
        readable = {*_there(_SYSTEM), *_there(f"/etc/{name}" for name in of_etc), *_there(_RANDOM), str(laid)}
        for room in (trial.room, *(step.room for step in trial.steps)):
            readable.update(map(str, room.readable) if room else ())
        if trial.network:
            readable.update(_there(f"/etc/{name}" for name in _FOR_NETWORK))
        environment = {**environment_of(str(home)), "TMPDIR": str(home)}
        settings = {
            "fs_readable": sorted(readable),
            "fs_writable": [str(home), *_there(_DEVICES), *map(str, trial.writable)],
            "net_allow": ["*:443", "*:80", "*:53"] if trial.network else [],
            "clean_env": True,
            "env": environment,
            "cwd": str(home),
            "max_memory": trial.bounds.memory,
            "max_processes": trial.bounds.processes,
            "max_open_files": _OPEN_FILES,
        }
        command = (
            *(sys.executable, "-P", "-m", "kb.process.confined", json.dumps(settings)),
            *("/bin/sh", str(laid / "driver"), str(home / "project"), str(laid)),
        )
        outside = {
            "PATH": os.environ.get("PATH", os.defpath),
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "KB_PARENT": str(os.getpid()),
        }
        try:
            return watched(command, f"{mark}\n".encode(), outside, trial.bounds, home)
        except OSError as error:
            raise SandboxError(f"sandlock can't be started: {error.strerror}") from None


def landlock() -> Landlock:
    """The sandbox of sandlock, tried once. Raises SandboxError where it does not work here."""
    if sys.platform != "linux":
        raise SandboxError("sandlock is for Linux")
    if importlib.util.find_spec("sandlock") is None:
        raise SandboxError("sandlock is not installed: `pip install known-fixes[prove]` brings it")
    found = Landlock()
    tried = found.run(Trial((Step("echo it works", room=Room()),)))
    if [ran.output for ran in tried.steps] != ["it works\n"]:
        said = tried.steps[0].output.strip() if tried.steps else tried.end
        raise SandboxError(f"sandlock does not work here: {said}")
    return found


def _there(names: Iterable[str]) -> list[str]:
    return [name for name in names if Path(name).exists()]
