"""How fast is it, compared with an older revision of this project? The same entries, by both, in one run.

    .venv/bin/python scripts/bench.py --against REV [--sizes 10000] [--runs 3] [--only build match …] [--json]

The older revision is taken out of git into a folder of its own, with an environment of its own, made from its own lock
file. The two take turns, each with a cache folder of its own, and the median of each counts; of interest are ratios.

- `build`: from nothing, with search, and (`plain`) without; `moved`: from nothing, with the cache of an earlier build
- `cause`, `title`, `tags`, `signature`: a whole build with search after that of one entry was changed
- `unchanged`: a whole build with search after nothing was
- `check`: `kb check` with nothing kept; `recheck`: after one entry was changed
- `preview`: from saving an entry to its new page in Chromium (`bench_preview.py`); it needs the tests' environment
- `match`: `kb match` of one line, with the entries that the older revision came with
- `files`: how many files a whole build makes
"""

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

from bench_preview import previewed, serving
from measuring import Measurement, ProgramError, measured, median, put_aside
from progress import progress
from synthetic import write_entries

ROOT: Final = Path(__file__).resolve().parents[1]
KB: Final = ("-c", "import sys; sys.argv[0] = 'kb'; from kb.cli import main; main()")
LINE: Final = "Error: listen EADDRINUSE: address already in use :::3000\n"


@dataclass(frozen=True, slots=True)
class Side:
    """A revision of the project, and the folder in which it works."""

    name: str
    root: Path
    """Its checkout."""
    python: Path
    workshop: Path
    """Holds its entries, its site and its cache."""

    def run(self, title: str, *arguments: str, folder: str = ".", expected: Sequence[int] = (0,)) -> Measurement:
        """Run its Python. Raises ProgramError."""
        return measured(
            (self.python, *arguments),
            self.workshop / folder,
            title,
            expected=expected,
            XDG_CACHE_HOME=str(self.cache),
            PYTHONPATH=str(self.root),
        )

    def build(self, name: str = "search") -> Measurement:
        """Make the site with `<name>.yml`."""
        return self.run(f"build-{name}", "-m", "mkdocs", "build", "--quiet", "-f", f"{name}.yml")

    @property
    def cache(self) -> Path:
        return self.workshop / "cache"

    def site(self, name: str = "search") -> Path:
        return self.workshop / f"site-{name}"

    def forget(self) -> None:
        """Have no site and no cache."""
        for path in (self.site(), self.site("plain"), self.cache):
            put_aside(path)

    def files(self) -> int:
        """How many files the site has."""
        return sum(len(names) for _, _, names in os.walk(self.site()))


class Goal(NamedTuple):
    """What a ratio may be at most: of wall time, and of the largest process's memory."""

    wall: float | None = None
    peak: float | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """Something that both sides do."""

    prepare: Callable[[Side, int], None]
    """Makes the state from which it starts; takes the number of the run."""
    measure: Callable[[Side], Measurement]
    goals: dict[int, Goal]
    """Entries -> goal; 0 for any number."""


def _word_of(run: int) -> str:
    return f"requoted{run}"


def _changed(pattern: str, replacement: str) -> Callable[[Side, int], None]:
    """What changes one entry: of those from the middle on the first that has what the pattern finds."""

    def change(side: Side, run: int) -> None:
        entries = sorted((side.workshop / "entries").glob("*/*.md"))
        for path in entries[len(entries) // 2 :] + entries:
            text = path.read_text("utf-8")
            new, count = re.subn(pattern, replacement.replace("WORD", _word_of(run)), text, count=1)
            if count:
                path.write_text(new, "utf-8")
                return
        raise ProgramError(f"no entry has anything that is like {pattern}")

    return change


def _nothing(side: Side, run: int) -> None:
    """Start from what the last scenario left: a whole site of the entries as they are."""


def _from_nothing(side: Side, run: int) -> None:
    side.forget()


def _without_site(side: Side, run: int) -> None:
    put_aside(side.site())


CHANGES: Final = {
    "cause": _changed(r"\n## Cause\n+", r"\g<0>WORD "),
    "title": _changed(r"(?<=\ntitle: )\W?", r"\g<0>WORD "),
    "tags": _changed(r"(?<=\ntags: \[)", "WORD, "),
    "signature": _changed(r"(?<=\nsignatures:\n)", '  - text: "WORD can\'t be read by the lens of this device"\n'),
}

SCENARIOS: Final = {
    "plain": Scenario(_from_nothing, lambda side: side.build("plain"), {10_000: Goal(0.60)}),
    "build": Scenario(_from_nothing, Side.build, {10_000: Goal(0.45, 0.40), 1_000: Goal(0.60), 92: Goal(0.80)}),
    "moved": Scenario(_without_site, Side.build, {10_000: Goal(0.25)}),
    "unchanged": Scenario(_nothing, Side.build, {10_000: Goal(0.04)}),
    **{name: Scenario(change, Side.build, {10_000: Goal(0.06)}) for name, change in CHANGES.items()},
    "check": Scenario(_from_nothing, lambda side: side.run("check", *KB, "check"), {0: Goal(0.6)}),
    "recheck": Scenario(CHANGES["cause"], lambda side: side.run("check", *KB, "check"), {0: Goal(0.5)}),
}
"""In an order in which each finds what it needs: a build before those that build again, a check before another."""

SHIPPED: Final = 92
"""Entries that the project came with when it was first compared."""
NEWER_RULES: Final = ("KB410",)
"""Rules that came later, and that some of those entries break."""
MATCH_GOAL: Final = 0.35
FILES_GOALS: Final = {SHIPPED: 0.35}
PREVIEW_GOALS: Final = {SHIPPED: 0.4, 3_000: 0.04}


class Compared(NamedTuple):
    """What one scenario came to."""

    entries: int
    scenario: str
    older: Measurement
    newer: Measurement
    goal: Goal


def sides_of(revision: str, folder: Path) -> tuple[Side, Side]:
    """The older revision, taken out of git and set up, and this checkout. Raises ProgramError."""
    root = folder / "older"
    archive = subprocess.run(("git", "archive", revision), cwd=ROOT, capture_output=True, check=False)
    if archive.returncode:
        raise ProgramError(f"git has no {revision}: {archive.stderr.decode(errors='replace').strip()}")
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as packed:
        packed.extractall(root, filter="data")
    progress(f"Setting {revision} up\n")
    finished = subprocess.run(
        (sys.executable, "scripts/environment.py", "build"), cwd=root, capture_output=True, text=True, check=False
    )
    if finished.returncode:
        raise ProgramError(f"{revision} can't be set up:\n{finished.stdout[-1000:]}{finished.stderr[-1000:]}")
    python = Path(finished.stdout.strip().splitlines()[-1])
    return Side("older", root, python, folder), Side("newer", ROOT, Path(sys.executable), folder)


def furnished(side: Side, folder: Path, write: Callable[[Path], None], off: Sequence[str] = ()) -> Side:
    """The side with a workshop of its own below a folder, in which `write` puts entries.

    What rules find whose codes are in `off` is passed over: they came after the entries.
    """
    workshop = folder / side.name
    workshop.mkdir(parents=True)
    write(workshop / "entries")
    ours = f"INHERIT: {json.dumps(str(side.root / 'mkdocs.yml'))}\ndocs_dir: entries\n"
    rules = f", rules: {{{', '.join(f'{code}: off' for code in off)}}}" if off else ""
    for name, has_search in (("plain", "false"), ("search", "true"), ("mkdocs", "true")):
        settings = f"{ours}site_dir: site-{name}\nplugins: [kb: {{search: {has_search}{rules}}}]\n"
        (workshop / f"{name}.yml").write_text(settings, "utf-8")
    (workshop / "log").write_text(LINE, "utf-8")
    return Side(side.name, side.root, side.python, workshop)


def compare(sides: tuple[Side, Side], entries: int, names: Sequence[str], runs: int) -> Iterator[Compared]:
    """Let both sides do what is named, in turns."""
    for name, scenario in SCENARIOS.items():
        if name not in names:
            continue
        found: list[list[Measurement]] = [[], []]
        for run in range(runs):
            for side, own in zip(sides, found, strict=True):
                progress(f"{entries:,} entries, {name}, run {run + 1} of {runs}: {side.name} … ")
                scenario.prepare(side, run)
                own.append(scenario.measure(side))
                progress(f"{own[-1].wall:.2f} s\n")
        goal = scenario.goals.get(entries, scenario.goals.get(0, Goal()))
        yield Compared(entries, name, median(found[0]), median(found[1]), goal)


def compare_matches(sides: tuple[Side, Side], runs: int) -> Compared:
    """Let both sides match one line, three times as often as asked for: it is short."""
    found: list[list[Measurement]] = [[], []]
    for _ in range(3 * runs):
        for side, own in zip(sides, found, strict=True):
            own.append(side.run("match", *KB, "match", "log", expected=(0, 1)))
    return Compared(SHIPPED, "match", median(found[0]), median(found[1]), Goal(MATCH_GOAL))


def compare_previews(sides: tuple[Side, Side], entries: int, runs: int) -> Compared:
    """Let both sides serve a preview, and save an entry as often as there are runs."""
    found: list[list[Measurement]] = []
    for side in sides:
        progress(f"{entries:,} entries, preview: {side.name} … ")
        found.append(saves_of(side, runs))
        progress(f"{median(found[-1]).wall:.2f} s\n")
    return Compared(entries, "preview", median(found[0]), median(found[1]), Goal(PREVIEW_GOALS.get(entries)))


def saves_of(side: Side, count: int) -> list[Measurement]:
    """What some saves of an entry took until the preview of a side showed them. Raises ProgramError."""
    command = (side.python, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{_free_port()}")
    environment = {"XDG_CACHE_HOME": str(side.cache), "PYTHONPATH": str(side.root)}
    with serving((*command, "-f", "search.yml"), side.workshop, **environment) as preview:
        return list(previewed(preview, side.workshop / "entries", count))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def to_table(compared: Sequence[Compared], files: Sequence[tuple[int, int, int]]) -> str:
    """What was measured as Markdown tables, with the ratios."""
    lines = [
        "| Entries | What | Older, s | Newer, s | Ratio | At most | CPU ratio | Peak, MiB | Ratio | At most |",
        "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for each in compared:
        older, newer, goal = each.older, each.newer, each.goal
        wall, peak = newer.wall / older.wall, newer.peak / older.peak
        cells = (
            *(f"{each.entries:,}", each.scenario, f"{older.wall:.2f}", f"{newer.wall:.2f}"),
            *(_marked(wall, goal.wall), _limit(goal.wall), f"{newer.cpu / older.cpu:.2f}", f"{newer.peak:.0f}"),
            *(_marked(peak, goal.peak), _limit(goal.peak)),
        )
        lines.append(f"| {' | '.join(cells)} |")
    if files:
        lines += ["", "| Entries | Files, older | Newer | Ratio | At most |", "|---:|---:|---:|---:|---:|"]
    for entries, before, now in files:
        limit = FILES_GOALS.get(entries)
        lines.append(f"| {entries:,} | {before:,} | {now:,} | {_marked(now / before, limit)} | {_limit(limit)} |")
    return "\n".join(lines)


def _marked(value: float, limit: float | None) -> str:
    return f"**{value:.2f}**" if limit is not None and value > limit else f"{value:.2f}"


def _limit(limit: float | None) -> str:
    return "" if limit is None else f"{limit:g}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print. Returns 1 where a program failed; a goal that is missed is a figure, not a failure."""
    names = (*SCENARIOS, "preview", "match", "files")
    parser = argparse.ArgumentParser(prog="bench --against", description="Compare with an older revision.")
    parser.add_argument("--against", required=True, metavar="REV", help="the older revision")
    sizes = f"entries; {SHIPPED} are those that the older revision came with, others are synthetic"
    parser.add_argument("--sizes", type=int, nargs="+", default=[SHIPPED, 1_000, 10_000], metavar="N", help=sizes)
    parser.add_argument("--runs", type=int, default=3, metavar="K", help="runs of each kind; the median counts")
    parser.add_argument("--only", nargs="+", choices=names, default=names, help="what to measure")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    chosen = parser.parse_args(arguments)
    if min(chosen.runs, *chosen.sizes) < 1:
        parser.error("sizes and runs start at 1")
    compared: list[Compared] = []
    files: list[tuple[int, int, int]] = []
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as temporary:
        folder = Path(temporary)
        try:
            older, newer = sides_of(chosen.against, folder)
            for size in sorted(set(chosen.sizes)):
                write = _writer(size, older.root)
                place = folder / str(size)
                off = NEWER_RULES if size == SHIPPED else ()
                sides = furnished(older, place, write), furnished(newer, place, write, off)
                compared += compare(sides, size, chosen.only, chosen.runs)
                if "preview" in chosen.only:
                    compared.append(compare_previews(sides, size, chosen.runs))
                if "match" in chosen.only and size == SHIPPED:
                    compared.append(compare_matches(sides, chosen.runs))
                if "files" in chosen.only:
                    for side in sides:
                        side.site().exists() or side.build()
                    files.append((size, sides[0].files(), sides[1].files()))
        except ProgramError as error:
            progress(f"\n{error}\n")
            return 1
    if chosen.json:
        rows = [each._asdict() | {"older": asdict(each.older), "newer": asdict(each.newer)} for each in compared]
        print(json.dumps({"compared": rows, "files": files}, indent=2))
    else:
        print(to_table(compared, files))
    return 0


def _writer(size: int, older: Path) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        if size == SHIPPED:
            shutil.copytree(older / "entries", folder)
        else:
            write_entries(folder, size)

    return write


if __name__ == "__main__":
    sys.exit(main())
