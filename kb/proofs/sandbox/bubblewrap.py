"""The sandbox of bubblewrap: namespaces of its own for files, processes, network and users.

https://github.com/containers/bubblewrap. Nothing of the machine is there but what is bound into an empty root.
"""

import secrets
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kb.proofs.sandbox.laying import environment_of, finished, laid_out, settings_of_runtimes
from kb.proofs.sandbox.trial import FOLDER, HOME, Finished, SandboxError, Trial
from kb.proofs.sandbox.watching import watched

SYSTEM: Final = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
"""Beside `/usr`: links into it, or folders of their own."""
SETTINGS: Final = (
    *("ssl", "ca-certificates", "ca-certificates.conf", "pki", "alternatives", "ld.so.cache", "ld.so.conf"),
    *("ld.so.conf.d", "nsswitch.conf", "protocols", "services", "mime.types", "ssh/moduli"),
)
"""What programs read in `/etc` and tells nothing of this machine or its users."""
FOR_NETWORK: Final = ("resolv.conf", "hosts", "pip.conf", "xdg/pip", "uv", "npmrc")
"""What package clients need of it. Only they run with a network."""
FILES: Final = {
    "passwd": f"root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1000:user:{HOME}:/bin/bash\n",
    "group": "root:x:0:\nuser:x:1000:\n",
    "hosts": "127.0.0.1 localhost\n::1 localhost\n",
    "hostname": "host\n",
}
TEMPORARY: Final = 256 << 20
SHARED: Final = 64 << 20
"""Bytes of `/tmp` and of `/dev/shm`."""


@dataclass(frozen=True, slots=True)
class Bubblewrap:
    """Runs trials with `bwrap`."""

    program: str
    name: str = "bubblewrap"

    def run(self, trial: Trial) -> Finished:
        mark = secrets.token_hex(16)
        with laid_out(trial, HOME) as laid:
            for name, content in FILES.items():
                (laid / name).write_text(content, "ascii")
            command = [
                self.program,
                *("--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-uts", "--unshare-cgroup-try"),
                *(() if trial.network else ("--unshare-net",)),
                *("--disable-userns", "--die-with-parent", "--new-session", "--hostname", "host"),
                *("--uid", "1000", "--gid", "1000", "--cap-drop", "ALL"),
                *_bound(trial, laid),
                *("--chdir", HOME, "--", "/bin/sh", "/trial/driver", FOLDER, "/trial"),
            ]
            try:
                seen = watched(command, f"{mark}\n".encode(), environment_of(HOME), trial.bounds)
            except OSError as error:
                raise SandboxError(f"{self.program} can't be started: {error.strerror}") from None
            if seen.code == 1 and seen.output.startswith(b"bwrap: ") and mark.encode() not in seen.output:
                raise SandboxError(seen.output.decode(errors="replace").strip())
            return finished(seen, mark, trial, HOME)


def bubblewrap() -> Bubblewrap:
    """The sandbox of bubblewrap, tried once. Raises SandboxError where it does not work here."""
    program = shutil.which("bwrap")
    if program is None:
        raise SandboxError("bubblewrap is not installed (the program is `bwrap`)")
    probe = [program, "--unshare-user", "--unshare-pid", "--unshare-net", "--disable-userns", "--ro-bind", "/", "/"]
    try:
        tried = subprocess.run(  # noqa: S603 - `bwrap` itself
            [*probe, "--proc", "/proc", "--", "/bin/true"], capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SandboxError(f"bubblewrap can't be started: {error}") from None
    if tried.returncode:
        raise SandboxError(f"bubblewrap does not work here: {tried.stderr.strip()}")
    return Bubblewrap(program)


def _bound(trial: Trial, laid: Path) -> Iterator[str]:
    """What is where in the sandbox."""
    yield from ("--ro-bind", "/usr", "/usr")
    for name in SYSTEM:
        path = Path(name)
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), name)
        elif path.is_dir():
            yield from ("--ro-bind", name, name)
    for name in (*SETTINGS, *settings_of_runtimes(), *(FOR_NETWORK if trial.network else ())):
        yield from ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")
    for name in FILES:
        if not (trial.network and name == "hosts"):
            yield from ("--ro-bind", str(laid / name), f"/etc/{name}")
    yield from ("--proc", "/proc", "--dev", "/dev")
    yield from ("--size", str(SHARED), "--tmpfs", "/dev/shm")  # noqa: S108 - the sandbox's own
    yield from ("--remount-ro", "/dev")
    yield from ("--perms", "1777", "--size", str(TEMPORARY), "--tmpfs", "/tmp")  # noqa: S108
    yield from ("--size", str(trial.bounds.disk), "--tmpfs", HOME)
    yield from ("--dir", FOLDER)
    yield from ("--ro-bind", str(laid), "/trial")
    for path in trial.room.readable:
        yield from ("--ro-bind", str(path), str(path))
    for step in trial.steps:
        for path in step.room.readable if step.room else ():
            yield from ("--ro-bind", str(path), str(path))
    for path in trial.writable:
        yield from ("--bind", str(path), str(path))
    # Else what is not bound over could be filled without a bound.
    yield from ("--remount-ro", "/")
