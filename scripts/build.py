#!/usr/bin/env python3
"""Build the site: set up what it needs (once), check and cross-link the entries, render, index for search.

    python3 scripts/build.py            the site, in site/
    python3 scripts/build.py --strict   warnings count as errors
    python3 scripts/build.py --serve    a preview that reloads when an entry is saved

The new site is built beside the old one and takes its place only when all of it succeeded. Of two builds at once, one
waits for the other.
"""

import argparse
import os
import subprocess
import sys

from environment import ROOT, SetupError, ensure

SITE = ROOT / "site"


def main() -> int:
    """Parse the command line and do what it says. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Build the site in site/ from the entries.")
    parser.add_argument("--serve", action="store_true", help="show a preview that reloads on save, until Ctrl+C")
    parser.add_argument("--strict", action="store_true", help="treat warnings as errors")
    parser.add_argument("--address", default="127.0.0.1:8000", help="where --serve listens (default: %(default)s)")
    arguments = parser.parse_args()
    try:
        python = ensure("build")
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    mkdocs = [str(python), "-m", "mkdocs"]
    strict = ["--strict"] if arguments.strict else []
    if arguments.serve:
        return _run([*mkdocs, "serve", "--livereload", "--dev-addr", arguments.address, *strict])
    return build(mkdocs, strict)


def build(mkdocs: list[str], options: list[str]) -> int:
    """Build the site; the plugin makes it apart, and puts it in its place if that went well. Returns the exit code."""
    code = _run([*mkdocs, "build", *options])
    if code == 0:
        print(f"Look at it: python3 scripts/build.py --serve; what is published is in {SITE.relative_to(ROOT)}/.")
    elif SITE.exists():
        print("Nothing was changed: site/ is the last good one.", file=sys.stderr)
    return code


def _run(command: list[str]) -> int:
    try:
        return subprocess.run(command, cwd=ROOT, env=_environment(), check=False).returncode
    except KeyboardInterrupt:
        return 130


def _environment() -> dict[str, str]:
    """The environment of the build: it ends with this process, and no library prints a notice about other software."""
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    return {**os.environ, **quiet, "KB_PARENT": str(os.getpid())}


if __name__ == "__main__":
    sys.exit(main())
