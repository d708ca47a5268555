"""How fast is a keeper's old wiki a site? Made-up pages through `kb import`, then the checks and the build.

    .venv/bin/python scripts/bench.py moving [--pages 1000] [--json]

- `confluence`: the HTML export of a space of so many pages; `markdown`: a folder of so many runbooks.
- For each: moving in, moving in again, `kb check`, and the first build, in a knowledge base that `kb init` just made.

Seconds are of processor time, of all processes together; those by the clock stand beside them.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from measuring import Measurement, measured
from old_pages import products, write_runbooks, write_space

GOAL: Final = 60.0
"""Seconds of processor time that a thousand pages may take to be moved in and checked."""
WRITERS: Final[dict[str, Callable[[Path, int], None]]] = {"confluence": write_space, "markdown": write_runbooks}
KB: Final = (sys.executable, "-c", "from kb.cli import main; main()")


class Moving(NamedTuple):
    """What came of moving pages in, and what each step took."""

    entries: int
    drafts: int
    steps: dict[str, Measurement]


def measure(kind: str, count: int) -> Moving:
    """Move so many pages of a kind into a new knowledge base, and build it."""
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
        root = Path(folder)
        base, old = root / "base", root / "old"
        WRITERS[kind](old, count)
        environ: dict[str, Any] = {
            "XDG_CACHE_HOME": str(root / "cache"),
            "KB_PYTHON": sys.executable,
            "PATH": os.environ["PATH"],
        }
        start = ("init", str(base), "--name", "Acme Fixes", "--repo", "acme/fixes", "--product", "Acme CLI")
        measured([*KB, *start], root, "init", **environ)
        shutil.rmtree(base / "entries/acme-cli")
        (base / "entries/products.yml").write_text("\n".join(products()) + "\n", "utf-8")
        own = ("--headings", "Fehlermeldung=error,Ursache=cause,Lösung=fix")
        moving = [*KB, "import", f"--{kind}", str(old), *own]
        steps = {
            "move in": measured(moving, base, "move-in", **environ),
            "again": measured(moving, base, "again", **environ),
            "check": measured([*KB, "check"], base, "check", **environ),
            "build": measured([sys.executable, "scripts/build.py"], base, "build", **environ),
        }
        entries, drafts = (len(list((base / name).rglob("*.md"))) for name in ("entries", "drafts"))
        return Moving(entries, drafts, steps)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print. A goal that is missed is a figure, not a failure."""
    parser = argparse.ArgumentParser(prog="bench.py moving", description="Measure moving old pages in.")
    parser.add_argument("--pages", type=int, default=1000, metavar="N")
    parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
    options = parser.parse_args(arguments)
    figures = {kind: measure(kind, options.pages) for kind in WRITERS}
    if options.json:
        shown = {kind: [each.entries, each.drafts, each.steps] for kind, each in figures.items()}
        print(json.dumps(shown, indent=1, default=lambda value: [value.wall, value.cpu, value.peak]))
        return 0
    for kind, moved in figures.items():
        print(f"{kind}: {options.pages:,} pages, {moved.entries:,} entries, {moved.drafts:,} drafts")
        for step, took in moved.steps.items():
            print(f"  {step}: {took.cpu:.1f} s of processor time, {took.wall:.1f} s by the clock, {took.peak:.0f} MiB")
        spent = moved.steps["move in"].cpu + moved.steps["check"].cpu
        print(f"  moved in and checked: {spent:.1f} s of processor time (aim: {GOAL * options.pages / 1000:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
