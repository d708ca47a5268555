"""How fast are proofs? The recipes of the repository, run for real by `kb prove` on one process and on two.

    .venv/bin/python scripts/bench.py prove [--entries 12 | --all | --only ENTRY…] [--runs 3] [--trials 20] [--json]

- `one`, `two`: `kb prove --again --jobs 1` and `--jobs 2` over the same entries, in turn. A run before them fetches
  what is not in the cache yet. A sample is spread over all entries with a recipe; what can't be had here is left out.
- `alone`, `together`: two processes that only compute, one after the other and at once, in the same turns. Where others
  use the machine, too, this says how much faster two processes can be at all.
- `sandbox`, `bare`: what a trial with nothing to do takes in the sandbox, and what a bare process takes, in turn.
- `unchanged`, `reading`: a second `kb prove` over these entries, where everything is recorded, beside a process that
  imports the same and reads the same. PATH has no program for it, so that no sandbox could be started.

The median of the runs counts. The figures of interest are ratios and differences, since seconds depend on the machine.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from progress import progress

from kb.entry import load_collection
from kb.proofs import Sandbox, SandboxError, State, choose_sandbox, jobs_of, this_platform
from kb.proofs.sandbox import Step, Trial

ENTRIES: Final = Path(__file__).resolve().parents[1] / "entries"
KB: Final = (sys.executable, "-c", "from kb.cli import main; main()")
READING: Final = """\
import kb.cli.prove
from pathlib import Path
from kb.entry import load_collection
from kb.proofs import jobs_of, this_platform
entries = load_collection(Path("entries")).entries
list(jobs_of(entries, {}, again=False, platform=this_platform()))
"""
COMPUTING: Final = (sys.executable, "-c", "sum(range(30_000_000))")
SAMPLE: Final = 12
SPEED_UP_GOAL: Final = 1.7
"""The least by which two processes are to be faster than one."""
SANDBOX_GOAL: Final = 0.1
"""The most seconds that the sandbox may add to a process."""
UNCHANGED_GOAL: Final = 1.2
"""The most time that a run with nothing to do may take, as a multiple of what reading takes."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured, in seconds."""

    entries: int
    combinations: int
    one: float
    two: float
    alone: float
    together: float
    sandbox: float
    bare: float
    unchanged: float
    reading: float

    @property
    def goals(self) -> list[tuple[str, float, str, float, bool]]:
        """What it is, the figure, whether that is the least or the most, its limit, and whether it is met."""
        speed_up, cost, again = self.one / self.two, self.sandbox - self.bare, self.unchanged / self.reading
        return [
            (
                "times as fast on two processes as on one",
                speed_up,
                "at least",
                SPEED_UP_GOAL,
                speed_up >= SPEED_UP_GOAL,
            ),
            ("seconds that the sandbox adds to a run", cost, "at most", SANDBOX_GOAL, cost <= SANDBOX_GOAL),
            ("unchanged, as a multiple of reading", again, "at most", UNCHANGED_GOAL, again <= UNCHANGED_GOAL),
        ]


def seconds_of(command: Sequence[str], folder: Path, environment: dict[str, str] | None = None) -> tuple[float, str]:
    """What a process takes, and what it prints. Ends the program where it fails; 1, that something differs, is none."""
    start = time.perf_counter()
    finished = subprocess.run(
        command, cwd=folder, env=environment or dict(os.environ), capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - start
    if finished.returncode not in (0, 1) or "Traceback" in finished.stderr:
        sys.exit(f"{' '.join(command[2:6])} failed with {finished.returncode}: {finished.stderr[-1000:]}")
    return seconds, finished.stdout


def prove(folder: Path, jobs: int, names: Sequence[str], *options: str) -> tuple[float, list[dict[str, str]]]:
    """What it takes to try some entries anew, and the results."""
    command = (*KB, "prove", "--again", "--jobs", str(jobs), "--format", "json", *options, *names)
    seconds, said = seconds_of(command, folder)
    return seconds, json.loads(said)["results"]


def chosen_entries(count: int | None) -> list[str]:
    """Entries with a recipe, spread evenly over all there are; None is all."""
    entries = load_collection(ENTRIES).entries
    names = list(dict.fromkeys(job.entry.id for job in jobs_of(entries, {}, again=True, platform=this_platform())))
    if count is None or count >= len(names):
        return names
    return [names[number * len(names) // count] for number in range(count)]


def those_there(folder: Path, names: Sequence[str]) -> tuple[list[str], int]:
    """The entries of which all combinations can be tried here, and how many those are; fetched, tried and recorded."""
    progress(f"Fetching what {len(names)} entries need, and recording what comes out … ")
    seconds, results = prove(folder, 2, names, "--record")
    progress(f"{seconds:.1f} s\n")
    lacking = {result["entry"] for result in results if result["state"] == State.NOT_TRIED}
    if lacking:
        progress(f"Left out, since not all that they need can be had here: {', '.join(sorted(lacking))}\n")
    there = [name for name in names if name not in lacking]
    if not there:
        sys.exit("None of these entries can be tried here.")
    return there, sum(result["entry"] not in lacking for result in results)


def measure_proofs(folder: Path, names: Sequence[str], runs: int) -> tuple[float, float, float, float]:
    """The seconds on one process and on two; and of two processes that compute, in turn and at once."""
    taken: dict[int, list[float]] = {1: [], 2: []}
    alone, together = [], []
    for run in range(runs):
        for jobs, found in taken.items():
            progress(f"Run {run + 1} of {runs}, {jobs} at once … ")
            found.append(prove(folder, jobs, names)[0])
            progress(f"{found[-1]:.1f} s\n")
        alone.append(seconds_of(COMPUTING, folder)[0] + seconds_of(COMPUTING, folder)[0])
        start = time.perf_counter()
        for process in [subprocess.Popen(COMPUTING) for _ in range(2)]:
            process.wait()
        together.append(time.perf_counter() - start)
    return (*map(statistics.median, (taken[1], taken[2], alone, together)),)  # type: ignore[return-value]


def measure_sandbox(sandbox: Sandbox, trials: int) -> tuple[float, float]:
    """Seconds of a trial with nothing to do, and of a bare process with nothing to do."""
    guarded, bare = [], []
    for _ in range(trials):
        start = time.perf_counter()
        sandbox.run(Trial((Step(":"),)))
        guarded.append(time.perf_counter() - start)
        start = time.perf_counter()
        subprocess.run(["/bin/bash", "-c", ":"], check=True)
        bare.append(time.perf_counter() - start)
    return statistics.median(guarded), statistics.median(bare)


def measure_unchanged(folder: Path, names: Sequence[str], runs: int) -> tuple[float, float]:
    """Seconds of `kb prove` where everything is recorded, and of reading the same entries."""
    _keep(folder / "entries", names)
    nothing = {**os.environ, "PATH": "/nowhere"}
    unchanged, reading = [], []
    for _ in range(runs):
        seconds, said = seconds_of((*KB, "prove", "--format", "json"), folder, nothing)
        results = json.loads(said)["results"]
        if ran := {result["entry"] for result in results if result["state"] not in (State.KEPT, State.SKIPPED)}:
            sys.exit(f"A second run was to run nothing, and ran {', '.join(sorted(ran))}.")
        unchanged.append(seconds)
        reading.append(seconds_of((sys.executable, "-c", READING), folder, nothing)[0])
    return statistics.median(unchanged), statistics.median(reading)


def _keep(entries: Path, names: Sequence[str]) -> None:
    """Leave the entries of the sample alone."""
    for source in load_collection(entries).sources:
        if source.id not in names:
            source.path.unlink()


def measure(names: list[str], runs: int, trials: int) -> Figures:
    """All figures. Raises SandboxError where no sandbox works here."""
    sandbox = choose_sandbox()
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as name:
        folder = Path(name)
        shutil.copytree(ENTRIES, folder / "entries")
        _keep(folder / "entries", names)  # What proofs take is measured, not what reading all others takes.
        there, combinations = those_there(folder, names)
        return Figures(
            len(there),
            combinations,
            *measure_proofs(folder, there, runs),
            *measure_sandbox(sandbox, trials),
            *measure_unchanged(folder, there, runs),
        )


def to_table(figures: Figures) -> str:
    """The goals as a Markdown table."""
    told = (
        f"{figures.entries} entries, {figures.combinations} combinations: "
        f"{figures.one:.1f} s on one process, {figures.two:.1f} s on two "
        f"(computing alone: {figures.alone / figures.together:.2f} times as fast); "
        f"a trial {figures.sandbox * 1000:.0f} ms, a bare process {figures.bare * 1000:.0f} ms; "
        f"unchanged {figures.unchanged:.2f} s, reading {figures.reading:.2f} s"
    )
    lines = [
        told,
        "",
        "| Goal | Measured | Limit | Met |",
        "|---|---:|---:|---|",
    ]
    for text, value, how, limit, is_met in figures.goals:
        lines.append(f"| {text} | {value:.2f} | {how} {limit:g} | {'yes' if is_met else '**no**'} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print. A goal that is missed is a figure, not a failure; returns 1 where no sandbox works."""
    parser = argparse.ArgumentParser(prog="bench.py prove", description="Measure how fast recipes are run.")
    parser.add_argument("--entries", type=int, default=SAMPLE, metavar="N", help="entries of the sample")
    parser.add_argument("--all", action="store_true", help="all entries that have a recipe")
    parser.add_argument("--only", nargs="+", metavar="ENTRY", help="these entries")
    parser.add_argument("--runs", type=int, default=3, metavar="K", help="runs of each kind; the median counts")
    parser.add_argument("--trials", type=int, default=20, metavar="K", help="trials of the sandbox with nothing to do")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    if min(options.entries, options.runs, options.trials) < 1:
        parser.error("entries, runs and trials start at 1")
    try:
        names = options.only or chosen_entries(None if options.all else options.entries)
        figures = measure(names, options.runs, options.trials)
    except SandboxError as error:
        progress(f"No sandbox works here:\n{error}\n")
        return 1
    if options.json:
        goals = [
            {"goal": text, "value": value, how: limit, "met": met} for text, value, how, limit, met in figures.goals
        ]
        print(json.dumps({**asdict(figures), "goals": goals}, indent=2))
    else:
        print(to_table(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
