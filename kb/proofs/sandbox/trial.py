"""What runs in a sandbox, within which bounds, and what came of it: the same for every kind of sandbox."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

HOME: Final = "/home/user"
FOLDER: Final = f"{HOME}/project"
"""Where a sandbox that has a root folder of its own has the project: a path that reads like a reader's."""


class SandboxError(Exception):
    """A sandbox can't run anything here; the text says why."""


class TrialError(SandboxError):
    """A trial can't be laid out, whatever runs it; others can. The text says why."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a trial may use. More than that, and it is stopped, with all that it started."""

    seconds: float = 60
    memory: int = 2 << 30
    """Bytes that all processes together have for themselves."""
    processes: int = 200
    disk: int = 512 << 20
    """Bytes of files."""
    output: int = 1 << 20
    """Bytes of output."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a trial finds beside its own folder."""

    readable: tuple[Path, ...] = ()
    """Folders and files outside of the system's own, which it may read where they are."""
    path: tuple[str, ...] = ()
    """Folders of programs that come before the system's."""
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """Files that are laid into the folder, then a script for `bash`, which ends at the first command that fails."""

    script: str
    files: Mapping[str, str] = field(default_factory=dict)
    must_succeed: bool = False
    """Whether the trial ends where this step fails."""
    room: Room | None = None
    """What it finds besides what the trial does, if that is something else."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Steps in one fresh folder, one after the other."""

    steps: tuple[Step, ...]
    room: Room = Room()
    bounds: Bounds = Bounds()
    network: bool = False
    """For fetching packages alone, where no program of a stranger runs."""
    writable: tuple[Path, ...] = ()
    """Folders of ours that it may write to: where packages are kept."""


class End(StrEnum):
    """What ended a trial."""

    ITSELF = "itself"
    TIME = "time"
    MEMORY = "memory"
    PROCESSES = "processes"
    OUTPUT = "output"
    DISK = "disk"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a step printed, both outputs as they came, and its exit code: None where it did not end by itself."""

    output: str
    code: int | None


@dataclass(frozen=True, slots=True)
class Finished:
    """The steps that ran, and what ended them."""

    steps: tuple[Ran, ...]
    end: End


class Sandbox(Protocol):
    """A way to run strangers' programs."""

    @property
    def name(self) -> str:
        """What it is called in output."""

    def run(self, trial: Trial) -> Finished:
        """Run a trial. Raises SandboxError where it can't even start."""
