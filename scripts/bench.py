"""How fast is a build? Synthetic entries, built by this project and by others, measured in one run.

    .venv/bin/python scripts/bench.py [--sizes 1000 10000] [--runs 3] [--skip stock hugo search] [--json] [--keep DIR]
    .venv/bin/python scripts/bench.py --against REV …  # how fast it is compared with itself: see bench_against.py
    .venv/bin/python scripts/bench.py match …  # how fast errors are matched: see bench_match.py
    .venv/bin/python scripts/bench.py search …  # how fast words are answered: see bench_search.py
    .venv/bin/python scripts/bench.py github …  # how fast issues come in: see bench_github.py
    .venv/bin/python scripts/bench.py growth …  # how the work grows with a file's size: see bench_growth.py
    .venv/bin/python scripts/bench.py prove …  # how fast recipes are run: see bench_prove.py
    .venv/bin/python scripts/bench.py votes …  # how fast votes are taken: see bench_votes.py
    .venv/bin/python scripts/bench.py moving …  # how fast old pages are a site: see bench_moving.py
    .venv/bin/python scripts/bench.py mcp …  # how fast a coding agent is answered: see bench_mcp.py
    .venv/bin/python scripts/bench.py tune …  # how well other numbers would match: see bench_tune.py

The figures of interest are ratios, since seconds depend on the machine. Every build is a process of its own; the
operating system says how long it took, how much processor time it and its children used, and how large it grew.
Builds take turns (ours, the others', ours again, …), so that a slow moment of the machine hits all of them, and
the median of the runs counts. On a machine that others use too, CPU time says more than wall time. It runs where
there is `wait4`: on Linux and macOS.

- `kb`: `mkdocs build` with this project's plugin and theme, everything but the search index.
- `kb-search`: the same with the search index. What it takes beyond `kb` is what the index costs.
- `pagefind`: Pagefind's program alone, on the entries' pages that `kb` made, where `pagefind` is installed.
- `stock`: the same Markdown files with stock MkDocs + Material: no search, no plugin, and no page in the
  navigation, because with all of them in it the time grows with the square of their number.
- `hugo`: the same files with Hugo and templates of a few lines, where `hugo` is installed.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Final, NamedTuple

from measuring import Measurement, ProgramError, measured, median, put_aside
from progress import progress
from synthetic import write_entries

try:
    import bench_against
    import bench_github
    import bench_growth
    import bench_match
    import bench_mcp
    import bench_moving
    import bench_prove
    import bench_search
    import bench_tune
    import bench_votes
except ImportError:
    sys.exit(
        "bench.py needs the project's dependencies. Run `python3 scripts/build.py` once, which makes .venv;\n"
        "then: .venv/bin/python scripts/bench.py"
    )

OTHERS: Final[Mapping[str, Callable[[list[str]], int]]] = {
    "match": bench_match.main,
    "search": bench_search.main,
    "tune": bench_tune.main,
    "github": bench_github.main,
    "growth": bench_growth.main,
    "votes": bench_votes.main,
    "moving": bench_moving.main,
    "mcp": bench_mcp.main,
    "prove": bench_prove.main,
}
"""What else is measured, by the word that asks for it."""

CONFIGURATION: Final = Path(__file__).resolve().parents[1] / "mkdocs.yml"

RATIO_GOALS: Final = {1_000: 0.25, 10_000: 0.2}
"""Entries -> the most time that `kb` may take, as a share of `stock`'s."""
GROWTH_GOAL: Final = 11.0
"""The most by which the time of `kb` may grow from 1,000 to 10,000 entries."""
PEAK_GOAL: Final = 1024.0
"""MiB that `kb` must stay below at 10,000 entries."""
SEARCH_GOAL: Final = 1.2
"""The most time that the search index may add to a build, as a multiple of `pagefind`'s."""

WARM_UP: Final = 20
"""Entries of the build that each builder makes first: programs are then compiled and in the disk's cache."""


@dataclass(frozen=True, slots=True)
class Builder:
    """A program that builds the entries of a workshop."""

    name: str
    title: str
    command: Callable[[Path], Sequence[str]]
    """From the workshop to the command, which is run in the workshop."""
    output: str
    """The folder in the workshop that it makes; removed before each run."""


class Goal(NamedTuple):
    """A goal, and the figure that was measured for it."""

    text: str
    value: float
    limit: float

    @property
    def is_met(self) -> bool:
        return self.value <= self.limit


Figures = dict[int, dict[str, Measurement]]
"""Entries -> builder's name -> the median of its runs."""


def mkdocs(name: str, title: str) -> Builder:
    """MkDocs with the configuration `<name>.yml` of the workshop, through `python -m mkdocs`."""
    command = (sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", f"{name}.yml")
    return Builder(name, title, lambda _: command, f"site-{name}")


KB: Final = mkdocs("kb", "this project")
KB_SEARCH: Final = mkdocs("kb-search", "this project with search")
_PAGEFIND_COMMAND: Final = (
    *("pagefind", "--site", "site-kb", "--include-characters", "_", "--output-path", "index-pagefind"),
    *("--root-selector", "article.kb-entry"),
)
PAGEFIND: Final = Builder("pagefind", "Pagefind alone", lambda _: _PAGEFIND_COMMAND, "index-pagefind")
STOCK: Final = mkdocs("stock", "MkDocs + Material")
HUGO: Final = Builder("hugo", "Hugo, bare templates", lambda _: ("hugo", "--quiet", "--source", "hugo"), "site-hugo")


def make_workshop(folder: Path, count: int) -> None:
    """Write `count` entries into `<folder>/entries`, and beside it what each builder needs to build them."""
    write_entries(folder / "entries", count)
    ours = f"INHERIT: {json.dumps(str(CONFIGURATION))}\ndocs_dir: entries\n"
    files = {
        "kb.yml": f"{ours}site_dir: site-kb\nplugins: [kb: {{search: false}}]\n",
        "kb-search.yml": f"{ours}site_dir: site-kb-search\nplugins: [kb: {{search: true}}]\n",
        "stock.yml": (
            "site_name: Stock\nsite_url: https://stock.example/\nrepo_url: https://github.com/stock/stock\n"
            "docs_dir: entries\nsite_dir: site-stock\ntheme: {name: material}\nplugins: []\nnot_in_nav: '*'\n"
        ),
        "hugo/hugo.yaml": (
            "title: Bare\nbaseURL: https://bare.example/\ncontentDir: ../entries\npublishDir: ../site-hugo\n"
            "disableKinds: [taxonomy, term, rss]\n"
        ),
        "hugo/layouts/_default/single.html": (
            "<!doctype html>\n<title>{{ .Title }}</title>\n<h1>{{ .Title }}</h1>\n{{ .Content }}\n"
        ),
        "hugo/layouts/_default/list.html": (
            "<!doctype html>\n<title>{{ .Title }}</title>\n"
            '<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</ul>\n'
        ),
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def measure(builder: Builder, workshop: Path) -> Measurement:
    """Let the builder build from nothing, in a process of its own. Raises ProgramError."""
    put_aside(workshop / builder.output)
    return measured(builder.command(workshop), workshop, builder.name)


def measure_all(builders: Sequence[Builder], workshop: Path, runs: int, label: str) -> dict[str, Measurement]:
    """Builder's name -> median of its runs. The builders take turns."""
    found: dict[str, list[Measurement]] = {builder.name: [] for builder in builders}
    for run in range(runs):
        for builder in builders:
            progress(f"{label}, run {run + 1} of {runs}: {builder.title} … ")
            found[builder.name].append(measure(builder, workshop))
            progress(f"{found[builder.name][-1].wall:.2f} s\n")
    return {name: median(measurements) for name, measurements in found.items()}


def goals(figures: Figures) -> Iterator[Goal]:
    """The goals that the figures say something of."""
    for count, found in figures.items():
        ours, stock, index = found["kb"], found.get("stock"), found.get("pagefind")
        if stock and count in RATIO_GOALS:
            text = f"{count:,} entries: time, as a share of {STOCK.title}"
            yield Goal(text, ours.wall / stock.wall, RATIO_GOALS[count])
        if index:
            text = f"{count:,} entries: time that search adds, as a multiple of {PAGEFIND.title}"
            yield Goal(text, (found["kb-search"].wall - ours.wall) / index.wall, SEARCH_GOAL)
    if {1_000, 10_000} <= figures.keys():
        growth = figures[10_000]["kb"].wall / figures[1_000]["kb"].wall
        yield Goal("growth of the time from 1,000 to 10,000 entries", growth, GROWTH_GOAL)
    if 10_000 in figures:
        yield Goal("10,000 entries: peak memory, MiB", figures[10_000]["kb"].peak, PEAK_GOAL)


def to_table(figures: Figures, titles: Mapping[str, str]) -> str:
    """The figures and the goals as Markdown tables."""
    lines = [
        "| Entries | Build | Wall, s | CPU, s | Peak, MiB | Entries/s | Wall / stock | CPU / stock |",
        "|---:|---|---:|---:|---:|---:|---:|---:|",
    ]
    for count, found in figures.items():
        stock = found.get("stock")
        for name, each in found.items():
            ratios = f"{each.wall / stock.wall:.2f} | {each.cpu / stock.cpu:.2f}" if stock else "- | -"
            row = f"{each.wall:.2f} | {each.cpu:.2f} | {each.peak:.0f} | {count / each.wall:.0f}"
            lines.append(f"| {count:,} | {titles[name]} | {row} | {ratios} |")
    reached = list(goals(figures))
    if reached:
        lines += ["", "| Goal | Measured | At most | Met |", "|---|---:|---:|---|"]
    for goal in reached:
        lines.append(f"| {goal.text} | {goal.value:.2f} | {goal.limit:g} | {'yes' if goal.is_met else '**no**'} |")
    return "\n".join(lines)


def to_json(figures: Figures, environment: str) -> str:
    """The same for programs."""
    rows = [
        {"entries": count, "build": name, **asdict(measured)}
        for count, found in figures.items()
        for name, measured in found.items()
    ]
    reached = [
        {"goal": goal.text, "value": goal.value, "at_most": goal.limit, "met": goal.is_met} for goal in goals(figures)
    ]
    return json.dumps({"environment": environment, "figures": rows, "goals": reached}, indent=2)


def environment_of(builders: Sequence[Builder]) -> str:
    """What the figures were measured with, in one line."""
    packages = {"MkDocs": "mkdocs", "Material": "mkdocs-material"}
    parts = [f"Python {platform.python_version()}"]
    parts += [f"{name} {metadata.version(package)}" for name, package in packages.items()]
    if HUGO in builders:
        version = subprocess.run(("hugo", "version"), capture_output=True, text=True, check=True).stdout.split()[1]
        parts.append(f"Hugo {version.partition('-')[0].lstrip('v')}")
    return f"{', '.join(parts)}; {os.cpu_count()} processors, {platform.system()} {platform.machine()}"


def run(sizes: Sequence[int], runs: int, builders: Sequence[Builder], folder: Path) -> Figures:
    """Build every size with every builder, in workshops under `folder`."""
    warm_up = folder / "warm-up"
    make_workshop(warm_up, WARM_UP)
    measure_all(builders, warm_up, 1, "Warming up")
    figures: Figures = {}
    for count in sizes:
        workshop = folder / str(count)
        progress(f"Writing {count:,} entries\n")
        make_workshop(workshop, count)
        figures[count] = measure_all(builders, workshop, runs, f"{count:,} entries")
    return figures


def parse_arguments() -> argparse.Namespace:
    """The command line, checked."""
    parser = argparse.ArgumentParser(description="Measure how fast synthetic entries are built.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000], metavar="N", help="entries to build")
    parser.add_argument("--runs", type=int, default=3, metavar="K", help="builds of each kind; the median counts")
    parser.add_argument(
        "--skip", nargs="+", choices=("stock", "hugo", "search"), default=[], help="what not to measure"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="work in this new folder, and keep what was built")
    arguments = parser.parse_args()
    if min(arguments.runs, *arguments.sizes) < 1:
        parser.error("sizes and runs start at 1")
    if arguments.keep and arguments.keep.exists():
        parser.error(f"{arguments.keep} exists already: name a new folder")
    return arguments


def chosen_builders(skip: Sequence[str]) -> list[Builder]:
    """The builders to measure, in the order of their turns."""
    builders = [KB]
    if "search" not in skip:
        builders.append(KB_SEARCH)
        if shutil.which("pagefind"):
            builders.append(PAGEFIND)
        else:
            progress("Pagefind is not installed and is left out.\n")
    if "stock" not in skip:
        builders.append(STOCK)
    if "hugo" not in skip and shutil.which("hugo"):
        builders.append(HUGO)
    elif "hugo" not in skip:
        progress("Hugo is not installed and is left out.\n")
    return builders


def main() -> int:
    """Measure and print. Returns 1 where a build failed; a goal that is missed is a figure, not a failure."""
    if "--against" in sys.argv[1:]:
        return bench_against.main(sys.argv[1:])
    if sys.argv[1:2] and sys.argv[1] in OTHERS:
        return OTHERS[sys.argv[1]](sys.argv[2:])
    arguments = parse_arguments()
    builders = chosen_builders(arguments.skip)
    environment = environment_of(builders)
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as temporary:
        try:
            figures = run(sorted(set(arguments.sizes)), arguments.runs, builders, arguments.keep or Path(temporary))
        except ProgramError as error:
            progress(f"\n{error}\n")
            return 1
    if arguments.json:
        print(to_json(figures, environment))
    else:
        print(f"{environment}\n\n{to_table(figures, {builder.name: builder.title for builder in builders})}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
