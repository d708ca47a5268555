"""How fast is matching? Made-up signatures and logs, this project and two yardsticks, measured in one run.

    .venv/bin/python scripts/bench_match.py [--sizes 10000 100000] [--runs 3] [--skip re2 loop browser] [--json]

- `index`: building the index, for one signature.
- `match`: `kb match` of a log of 1 MB against the built index in a folder, less the same of an empty log. Processor
  time, as for the yardsticks: other programs on the machine change it least.
- `re2`: all signatures as one `google-re2` Set, the second time it sees the log, where that package is installed.
  It sees through no noise, gives no values, and building its automaton on first sight isn't counted.
- `loop`: one compiled `re` a signature, its literals joined by `.*`, each searched for in each line, whatever its case.
  A sample of both is measured and multiplied.
- `browser`: pastes of 2 KB in Chromium against a local server, each in a browser that knows nothing yet: from the paste
  to the answer, and what was fetched for it. The scripts are there already, as on the match page.
"""

import argparse
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from bench_match_text import Message, Writer
from progress import progress

from kb.match import Fix, build_index, fix_files

SCRIPTS: Final = Path(__file__).resolve().parents[1] / "kb/site/assets/js/match"
LOG: Final = 1_000_000
PASTE: Final = 2000
PASTES: Final = 5
SAMPLE: Final = 200
SAMPLED_LINES: Final = 1000
"""Signatures and lines of the loop that are measured."""

GOALS: Final = {
    10_000: {"index_ms": 0.3, "match_s": 0.5, "browser_ms": 150, "browser_kb": 60},
    100_000: {"index_ms": 0.3, "match_s": 0.75, "browser_ms": 250, "browser_kb": 150},
}
RE2_GOAL: Final = 2.0
"""The most that `match` may take, as a multiple of `re2`, at 10,000 signatures."""
RE2_MOST: Final = 10_000
"""Signatures up to which a Set is measured: with ten times as many its first look at the log takes many minutes."""
LOOP_GOAL: Final = 200.0
"""How many times as fast as `loop` it must be at 10,000 signatures."""

PASTED: Final = """async (text) => {
  const { Matcher } = await import("/js/matcher.js");
  const started = performance.now();
  const matcher = await Matcher.fromUrl(new URL("/match/index/", location.href));
  const answers = await matcher.match(text, 5);
  const milliseconds = performance.now() - started;
  const fetched = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/match/index/"));
  const bytes = fetched.reduce((sum, { transferSize }) => sum + transferSize, 0);
  return { milliseconds, bytes, requests: fetched.length, found: answers.map(({ id }) => id) };
}"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured with so many signatures; None for what was left out."""

    signatures: int
    index_ms: float
    """Milliseconds a signature."""
    match_s: float
    re2_s: float | None
    loop_s: float | None
    browser_ms: float | None
    browser_kb: float | None
    requests: float | None


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal, and the figure that was measured for it."""

    text: str
    value: float
    limit: float
    is_met: bool


def measure(count: int, runs: int, skip: Sequence[str], folder: Path) -> Figures:
    """Everything for one number of signatures, in a new folder."""
    writer = Writer()
    messages = list(writer.messages(count))
    log = writer.log(LOG, messages)
    progress(f"{count:,} signatures: index … ")
    started = time.process_time()
    files = build_index((message.id, message.signature) for message in messages)
    index = time.process_time() - started
    write_site(folder, files, messages)
    progress(f"{index:.1f} s; match … ")
    matched = min(seconds_to_match(folder, log) for _ in range(runs)) - min(
        seconds_to_match(folder, "") for _ in range(runs)
    )
    progress(f"{matched:.2f} s; yardsticks … ")
    set_time = None if "re2" in skip or count > RE2_MOST else seconds_of_re2(messages, log)
    loop_time = None if "loop" in skip else seconds_of_loop(messages, log)
    progress("browser … ")
    pastes = [writer.log(PASTE - 200, messages[:1]) + messages[n * 97 % count].filled for n in range(1, PASTES + 1)]
    answers = None if "browser" in skip else in_browser(folder, pastes)
    progress("done\n")
    return Figures(
        signatures=count,
        index_ms=index * 1000 / count,
        match_s=matched,
        re2_s=set_time,
        loop_s=loop_time,
        browser_ms=_median(answers, "milliseconds"),
        browser_kb=_median(answers, "bytes", 1024),
        requests=_median(answers, "requests"),
    )


def _median(answers: list[dict[str, float]] | None, name: str, unit: float = 1) -> float | None:
    return statistics.median(answer[name] for answer in answers) / unit if answers else None


def write_site(folder: Path, files: dict[str, bytes], messages: Sequence[Message]) -> None:
    """A site as far as matching needs it: index, fixes, scripts."""
    known = (
        Fix(
            id=m.id,
            title=m.id,
            product="",
            summary="",
            number=1,
            step="",
            markdown="",
            html="",
            types={},
            platforms=(),
            proven=(),
            versions=None,
            drafted=None,
            symptom=None,
        )
        for m in messages
    )
    contents = {f"match/index/{name}": content for name, content in files.items()}
    contents |= {f"match/fixes/{name}": content for name, content in fix_files(known).items()}
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    shutil.copytree(SCRIPTS, folder / "js")
    (folder / "index.html").write_text("<!doctype html><title>Matching</title>", encoding="utf-8")


def seconds_to_match(site: Path, log: str) -> float:
    """How long `kb match` takes, start-up included."""
    path = site / "a.log"
    path.write_text(log, encoding="utf-8")
    command = (sys.executable, "-c", "from kb.cli import main; main()", "match", str(path), "--site", str(site))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    if finished.returncode not in (0, 1):
        sys.exit(f"kb match failed:\n{finished.stderr[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _naive(signature: str) -> str:
    """A signature as a person would write it as a regular expression."""
    return ".*".join(re.escape(literal) for literal in re.split(r"\{\{.*?\}\}", signature))


def seconds_of_re2(messages: Sequence[Message], log: str) -> float | None:
    """The log in one Set, once its automaton is built."""
    try:
        import re2  # noqa: PLC0415 - a yardstick that need not be installed
    except ImportError:
        progress("(google-re2 isn't installed and is left out) ")
        return None
    options = re2.Options()
    options.max_mem = 1 << 30
    expressions = re2.Set.SearchSet(options)
    for message in messages:
        expressions.Add(_naive(message.signature))
    expressions.Compile()
    return min(timed(lambda: expressions.Match(log)) for _ in range(3))


def seconds_of_loop(messages: Sequence[Message], log: str) -> float:
    """For each line one expression after the other; a sample of both, multiplied."""
    chosen = messages[:: max(1, len(messages) // SAMPLE)]
    sample = [re.compile(_naive(message.signature), re.IGNORECASE) for message in chosen]
    lines = log.splitlines()
    some = lines[:: max(1, len(lines) // SAMPLED_LINES)]
    measured = timed(lambda: [expression.search(line) for line in some for expression in sample])
    return measured * len(messages) / len(sample) * len(lines) / len(some)


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time that work takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # As web servers do: a small answer isn't held back until the one before it was acknowledged.
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        pass


def in_browser(site: Path, pastes: Sequence[str]) -> list[dict[str, float]] | None:
    """Each paste in a browser that knows nothing yet; None without Chromium."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - part of the tests, not of the project
    except ImportError:
        progress("(Playwright isn't installed: no browser) ")
        return None
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found = []
    with sync_playwright() as playwright:
        program = os.environ.get("KB_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for paste in pastes:
            context = browser.new_context()
            page = context.new_page()
            page.goto(f"http://127.0.0.1:{server.server_port}/")
            page.evaluate("() => import('/js/matcher.js')")
            found.append(page.evaluate(PASTED, paste))
            context.close()
        browser.close()
    server.shutdown()
    return found


def goals(figures: Sequence[Figures]) -> Iterator[Goal]:
    """The goals that the figures say something of."""
    names = {
        "index_ms": "index, ms a signature",
        "match_s": "`kb match` of 1 MB beyond start-up, s",
        "browser_ms": "2 KB in Chromium, ms to the answer",
        "browser_kb": "2 KB in Chromium, KB fetched",
    }
    for one in figures:
        label = f"{one.signatures:,} signatures: "
        for name, limit in GOALS.get(one.signatures, {}).items():
            value: float | None = getattr(one, name)
            if value is not None:
                yield Goal(label + names[name], value, limit, value <= limit)
        if one.signatures == min(GOALS) and one.re2_s:
            value = one.match_s / one.re2_s
            yield Goal(f"{label}time, as a multiple of re2's", value, RE2_GOAL, value <= RE2_GOAL)
        if one.signatures == min(GOALS) and one.loop_s:
            value = one.loop_s / one.match_s
            yield Goal(f"{label}times as fast as a loop (at least)", value, LOOP_GOAL, value >= LOOP_GOAL)


def to_table(figures: Sequence[Figures]) -> str:
    """The figures and the goals as Markdown tables."""
    lines = [
        "| Signatures | Index, ms each | kb match, s | re2 Set, s | re loop, s | Chromium, ms | KB | Requests |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for one in figures:
        cells = [f"{value:.2f}" if value is not None else "-" for value in list(asdict(one).values())[1:]]
        lines.append(f"| {one.signatures:,} | {' | '.join(cells)} |")
    lines += ["", "| Goal | Measured | Limit | Met |", "|---|---:|---:|---|"]
    lines += [
        f"| {goal.text} | {goal.value:.2f} | {goal.limit:g} | {'yes' if goal.is_met else '**no**'} |"
        for goal in goals(figures)
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; a goal that is missed is a figure, not a failure."""
    parser = argparse.ArgumentParser(prog="bench match", description="Measure how fast errors are matched.")
    parser.add_argument("--sizes", type=int, nargs="+", default=sorted(GOALS), metavar="N", help="signatures")
    parser.add_argument("--runs", type=int, default=3, metavar="K", help="runs of kb match; the best one counts")
    parser.add_argument("--skip", nargs="+", choices=("re2", "loop", "browser"), default=[], help="what to leave out")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    chosen = parser.parse_args(arguments)
    if min(chosen.runs, *chosen.sizes) < 1:
        parser.error("sizes and runs start at 1")
    figures = []
    for count in sorted(set(chosen.sizes)):
        with tempfile.TemporaryDirectory(prefix="kb-bench-match-") as folder:
            figures.append(measure(count, chosen.runs, chosen.skip, Path(folder)))
    if chosen.json:
        reached = [asdict(goal) for goal in goals(figures)]
        print(json.dumps({"figures": [asdict(one) for one in figures], "goals": reached}, indent=2))
    else:
        print(to_table(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
