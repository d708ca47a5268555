"""Pins with the digests of their archives, as uv looks them up."""

import shutil
import subprocess
from importlib import metadata
from pathlib import Path

from kb.starting.pins import hashed


def hashed_versions(pins: str) -> str:
    """Lines `name==version`, each with the digests of all its archives. Raises ValueError where that can't be done."""
    program = _uv()
    if program is None:
        raise ValueError(
            "constraints.txt has hashes, and uv, which finds the new ones, is not here: pip install uv, or take the "
            "hashes out of the file."
        )
    command = (program, "pip", "compile", "--universal", "--no-deps", "--generate-hashes", "--no-annotate", "-")
    finished = subprocess.run(  # noqa: S603 - no shell
        (*command, "--no-header", "--quiet"), input=pins, capture_output=True, text=True, check=False
    )
    if finished.returncode or not hashed(finished.stdout):
        last = finished.stderr.strip().splitlines()[-1:] or ["its index has none"]
        raise ValueError(f"constraints.txt has hashes, and uv finds none for the new versions: {last[0].strip()}")
    comments = "".join(f"{line}\n" for line in pins.splitlines() if line.startswith("#"))
    return comments + finished.stdout


def _uv() -> str | None:
    """The program `uv`: the one that belongs to this environment, else one on the search path."""
    try:
        files = metadata.files("uv") or []
    except metadata.PackageNotFoundError:
        files = []
    own = (Path(str(file.locate())) for file in files if file.stem == "uv" and "bin" in file.parent.name.lower())
    return next((str(path) for path in own if path.is_file()), None) or shutil.which("uv")
