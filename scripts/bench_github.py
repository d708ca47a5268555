"""How fast does GitHub come in? Made-up issues from the stand-in of the tests, through the command `kb`.

    .venv/bin/python scripts/bench.py github [--issues 1000] [--votes 100000] [--nodes 200]

- `import`: so many issues, each with an error of its own, as drafts in an empty folder; and calls for each of them.
- `votes`: `kb votes collect` over so many vote issues of a thousand people.
- `report`: an issue that mentions all others, with the graph and the Markdown.

What a verb takes beyond the transfer is its own processor time: the stand-in is a process of its own. For the import
the seconds count, transfer and all.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, urlsplit

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests/github"))  # where the stand-in lives

import ballots  # noqa: E402
import documented  # noqa: E402
from stand_in import Reply, StandIn, page, serve  # noqa: E402

GOALS: Final = {"import": 60.0, "votes": 60.0, "report": 5.0}
SIGNALS: Final = ("works", "flaky", "helpful", "blocking")
PRODUCTS: Final = (
    'git: {name: Git, home: "https://git-scm.com/", repository: git/git, category: version-control, tags: [git]}\n'
)
ENTRY: Final = """\
---
title: Error {number}
signatures: [{{text: "error {number} happened"}}]
updated: 2026-01-02
---
## Summary
S
## Cause
C
## Workaround: W
Run it again.
"""
ENTRIES: Final = 500


def word(number: int) -> str:
    """A word for a number: numbers in an error are taken for what varies."""
    return "".join("bcdfghjklm"[int(digit)] for digit in f"{number:06}")


def fill_issues(api: StandIn, count: int) -> None:
    """Issues as reports come in, with forty events each."""
    for number in range(1, count + 1):
        error = f"fatal: the {word(number)} of the store could not be opened by worker {number}: too many tries"
        body = (
            f"### What happened?\n\nIt broke.\n\n```\n{error}\n```\n\n### Version\n\n2.{number}.1\n"
            + "More words. " * 100
        )
        events = [documented.commented(f"Me too, {each}", f"user{each}", each) for each in range(40)]
        api.add(f"git/git#{number}", title=f"The {word(number)} is shut", body=body, labels=("bug",), events=events)


def fill_votes(api: StandIn, count: int) -> None:
    """Votes of a thousand people on all entries, a tenth of them withdrawn."""
    votes = [
        ballots.vote(
            number,
            entry=f"git/e{number * 7 % ENTRIES}",
            signal=SIGNALS[number * 13 % len(SIGNALS)],
            author=f"user{number * 31 % 1000}",
            state="closed" if number % 10 == 0 else "open",
        )
        for number in range(1, count + 1)
    ]

    def answer(method: str, target: str, _: object) -> Reply:
        """A page of all votes, without looking through them for labels each time."""
        url = urlsplit(target)
        return page(api, f"{method} {url.path}", dict(parse_qsl(url.query)), votes)

    api.answer = answer


def fill_graph(api: StandIn, count: int) -> None:
    """An issue that mentions the others, each of which mentions ten more."""
    for number in range(1, count + 1):
        others = range(2, count + 1) if number == 1 else (number * step % count + 1 for step in range(2, 12))
        body = " ".join(f"#{other}" for other in others) + "\n\n```\nError: it broke\n```\n" + "More words. " * 300
        api.add(f"git/git#{number}", title=f"Issue {number}", body=body, events=[documented.commented("See #3")] * 20)


def _serve(pipe: Connection, name: str, count: int) -> None:
    with serve() as api:
        {"import": fill_issues, "votes": fill_votes, "report": fill_graph}[name](api, count)
        pipe.send(api.url)
        pipe.recv()
        pipe.send(len(api.requests))


@contextmanager
def stand_in(name: str, count: int) -> Iterator[tuple[str, Connection]]:
    """A filled stand-in in a process of its own: its address, and a pipe that answers with the requests it had."""
    ours, its = Pipe()
    process = Process(target=_serve, args=(its, name, count), daemon=True)
    process.start()
    try:
        yield ours.recv(), ours
    finally:
        process.terminate()


class Figures(NamedTuple):
    """What a verb took."""

    issues: int
    seconds: float
    cpu: float
    """Seconds of its processor time, user and system."""
    calls: int


def measure(name: str, count: int, *arguments: str) -> Figures:
    """Run a verb on so many issues."""
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder, stand_in(name, count) as (api, pipe):
        entries = Path(folder, "entries/git")
        entries.mkdir(parents=True)
        (entries.parent / "products.yml").write_text(PRODUCTS, "utf-8")
        (entries.parent / "tools.yml").write_text("[]\n", "utf-8")
        for number in range(ENTRIES if name == "votes" else 0):
            (entries / f"e{number}.md").write_text(ENTRY.format(number=word(number)), "utf-8")
        environment = os.environ | {"GITHUB_API_URL": api, "GITHUB_TOKEN": "", "XDG_CACHE_HOME": f"{folder}/cache"}
        command = [sys.executable, "-c", "from kb.cli import main; main()", *arguments]
        started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        finished = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        if finished.returncode:
            sys.exit(f"kb {arguments[0]} failed: {finished.stdout[-500:]}{finished.stderr[-500:]}")
        pipe.send("requests")
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Figures(count, seconds, cpu, pipe.recv())


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print. A goal that is missed is a figure, not a failure."""
    parser = argparse.ArgumentParser(prog="bench.py github", description="Measure import, votes and reports.")
    parser.add_argument("--issues", type=int, default=1000, metavar="N")
    parser.add_argument("--votes", type=int, default=100_000, metavar="N")
    parser.add_argument("--nodes", type=int, default=200, metavar="N", help="issues of a report's graph")
    parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
    options = parser.parse_args(arguments)
    refs = [f"git/git#{number}" for number in range(1, options.issues + 1)]
    asked = {
        "import": (options.issues, "import", *refs),
        "votes": (options.votes, "votes", "collect", "--repo", "fixes/base"),
        "report": (
            options.nodes,
            "report",
            "git/git#1",
            "--nodes",
            str(options.nodes),
            "--url",
            "https://fixes.example/",
        ),
    }
    figures = {name: measure(name, *what) for name, what in asked.items() if what[0]}
    if options.json:
        print(json.dumps({name: found._asdict() for name, found in figures.items()}, indent=1))
        return 0
    for name, found in figures.items():
        spent = f"{found.seconds:.1f} s, {found.cpu:.1f} s of processor time"
        aim = f"aim: {GOALS[name]:.0f} s" + ("" if name == "import" else " of processor time")
        print(f"{name}: {found.issues:,} issues in {spent} ({aim}); {found.calls / found.issues:.2f} calls an issue")
    return 0


if __name__ == "__main__":
    sys.exit(main())
