#!/usr/bin/env python3
"""Types and form of JavaScript and CSS, the site's and the worker's: TypeScript on the JSDoc types, and Prettier.

python3 scripts/javascript.py          what is wrong, if anything is
python3 scripts/javascript.py --fix    put the form right first
"""

import argparse
import subprocess
import sys

from environment import ROOT, SetupError, ensure, install_packages

TOOLS = ROOT / "scripts/javascript"
FORMATTED = (
    "kb/site/assets/**/*.{js,css}",
    "!kb/site/assets/js/*/tables.js",  # written by a program
    "kb/site/theme/**/*.css",
    "kb/collector/hosts/worker/**/*.js",
    "!kb/collector/hosts/worker/src/tables.js",
    "tests/**/*.mjs",
)
STYLE = ("--print-width", "120", "--log-level", "warn")


def main() -> int:
    """Returns the exit code: 0 if all is well, 1 if not or if the set-up fails."""
    parser = argparse.ArgumentParser(description="Check types and form of the JavaScript and CSS.")
    parser.add_argument("--fix", action="store_true", help="format the files first")
    arguments = parser.parse_args()
    try:
        node = install_packages(ensure("test"), TOOLS)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    prettier = "--write" if arguments.fix else "--check"
    modules = TOOLS / "node_modules"
    commands = (
        [str(node), str(modules / "prettier/bin/prettier.cjs"), prettier, *STYLE, *FORMATTED],
        [str(node), str(modules / "typescript/bin/tsc"), "--project", str(TOOLS)],
    )
    codes = [subprocess.run(command, cwd=ROOT, check=False).returncode for command in commands]
    return 1 if any(codes) else 0


if __name__ == "__main__":
    sys.exit(main())
