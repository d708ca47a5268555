"""How does the work grow with a file? One file of something again and again, through every stage and every rule.

    .venv/bin/python scripts/bench.py growth [--sizes 250000 990000] [--json] [NAME …]

Each text of `worst_cases.py` goes through the stages of `stages_of` at two sizes, each time in a process of its own,
since one may end the process or not come back. What counts is the ratio: four times the text should take about four
times as long, and 1 MB of anything no more than three times as long as 1 MB of prose. Seconds are those of a processor.
"""

import argparse
import atexit
import json
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import cache, partial
from itertools import islice
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, NamedTuple

from worst_cases import PROSE, WORST

from kb.checks import all_rules, check, mend, to_github, to_json, to_report, to_sarif
from kb.checks.claims import claims_of
from kb.checks.rule import MOST_OF_A_KIND, Inspection
from kb.drafts import error_blocks
from kb.entry import Collection, formatted, load_collection
from kb.links import compute_links
from kb.match import Matcher, build_index
from kb.process import map_forked
from kb.site.api_files import entry_files, list_files, listed_entries
from kb.site.highlight import Highlighter
from kb.site.markdown_pages import MarkdownPages
from kb.site.model import Options, Site
from kb.site.redirects import Redirects
from kb.site.render import ContentRenderer

TODAY: Final = date(2026, 6, 1)
PATIENCE: Final = 60
"""Seconds after which a text is given up."""
SHORT: Final = 5_000
"""Bytes of a text with which every stage is gone through before anything is measured."""
WORST_RATIO: Final = 3.0
"""How much longer than prose anything may take."""
NOTHING: Final = 0.2
"""Seconds that say nothing: a stage that takes less may grow as it likes."""
PRODUCTS: Final = '{"git": {"name": "Git", "home": "https://git.example/", "repository": "g/g", "category": "x"}}'
OPTIONS: Final = Options(
    site_name="Growth",
    site_url="https://growth.example/",
    site_description="",
    repository="https://github.com/o/n",
    feedback="https://github.com/o/n",
    vote_form="vote.yml",
    report_form="wrong-fix.yml",
    new_form="new-fix.yml",
    page_size=100,
    github_api="https://api.github.com",
    edit_base="https://github.com/o/n/edit/main/entries/",
)

Stage = tuple[str, Callable[[], object]]


class Measured(NamedTuple):
    """What a text took: seconds of each stage, MiB at most, and how many problems were found."""

    seconds: dict[str, float]
    mebibytes: int
    problems: int

    @property
    def total(self) -> float:
        return sum(self.seconds.values())


def measure(text: str) -> Measured:
    """Put a text through every stage, as the one entry of a folder."""
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "git").mkdir()
        (root / "products.yml").write_text(PRODUCTS)
        (root / "tools.yml").write_text("[]")
        (root / "git/a.md").write_text(text, "utf-8")
        start = time.process_time()
        collection = load_collection(root)
        seconds["read"] = time.process_time() - start
        for name, work in stages_of(collection):
            start = time.process_time()
            work()
            seconds[name] = time.process_time() - start
        problems = check(collection, TODAY)
        for name, told in {"text": to_report, "json": to_json, "github": to_github, "sarif": to_sarif}.items():
            start = time.process_time()
            told(problems)
            seconds[f"tell as {name}"] = time.process_time() - start
        start = time.process_time()
        mend(collection, problems)
        seconds["mend"] = time.process_time() - start
    return Measured(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, len(problems))


def _first(findings: Callable[[], Iterable[object]]) -> object:
    return list(islice(findings(), MOST_OF_A_KIND))


def _all_of(look: Callable[[Inspection], Iterable[object]], claimed: list[Inspection]) -> object:
    return list(look(claimed[0]))


def stages_of(collection: Collection) -> Iterator[Stage]:
    """What is done with an entry between reading and telling, each as a name and a piece of work."""
    (source,) = collection.sources
    named = collection.product_catalog, collection.tool_catalog, collection.synonym_catalog
    catalogs = *named, collection.coverage_catalog
    inspection = Inspection(collection.root, (source.name,), lambda _: source, *catalogs, TODAY, claims=())
    claimed: list[Inspection] = []

    def claim() -> None:
        found = (claims_of(source),)
        claimed.append(Inspection(collection.root, (source.name,), lambda _: source, *catalogs, TODAY, claims=found))

    yield "claims", claim
    for rule in all_rules().values():
        if look := rule.in_source:
            yield rule.code, partial(_first, partial(look, source, inspection))
        if look_at_all := rule.in_collection:
            yield rule.code, partial(_all_of, look_at_all, claimed)
    yield "match", lambda: Matcher.from_signatures([("git/b", "some {{x}} words of it")]).match(source.text)
    yield "error blocks", lambda: error_blocks(source.text)
    if source.document.value is not None and not source.document.defects:
        yield "format", lambda: _formatted(source)
    entry = source.entry
    if entry is None or source.defects:
        return
    site = Site(collection, compute_links(collection), OPTIONS)
    yield "links", lambda: compute_links(collection)
    yield "page", lambda: ContentRenderer(site, Highlighter()).entry(entry)
    yield "data", lambda: (list(entry_files(site, entry)), list(list_files(site, listed_entries(site), has_match=True)))
    yield "Markdown", lambda: MarkdownPages(site).entry(entry)
    yield "redirects", lambda: list(Redirects(site).to(entry))
    yield "index", lambda: build_index([(entry.id, signature.text) for signature in entry.signatures], lambda *_: None)


def _formatted(source: object) -> None:
    with suppress(ValueError):  # it says that the file can't be read
        formatted(source)  # type: ignore[arg-type]


def measure_apart(text: str, runs: int = 1) -> Measured | str:
    """The same in a process of its own, the fastest of some runs; or what became of that."""
    found: list[Measured] = []
    for _ in range(runs):
        _server().send(text)
        answer: Measured | str = _server().recv()
        if isinstance(answer, str):
            return answer
        found.append(answer)
    return min(found, key=lambda each: each.total)


@cache
def _server() -> Connection:
    """The way to a process that is forked for each text: it has no threads, and has been through every stage once.

    Imports, and what a process makes once, take longer than the stages do for a short text.
    """
    here, there = Pipe()
    start = "import sys, bench_growth; bench_growth.serve(int(sys.argv[1]))"
    process = subprocess.Popen(
        [sys.executable, "-c", start, str(there.fileno())], cwd=Path(__file__).parent, pass_fds=[there.fileno()]
    )
    there.close()
    atexit.register(process.wait)
    atexit.register(here.close)  # it ends where nobody can ask any more
    return here


def serve(descriptor: int) -> None:
    """Measure each text that comes, until nobody is left to send one."""
    measure(WORST[PROSE](SHORT))
    asked = Connection(descriptor)
    with suppress(EOFError):
        while True:
            asked.send(map_forked(_measured, [asked.recv()], instead=_ended, patience=PATIENCE)[0])


def _measured(text: str) -> Measured | str:
    try:
        return measure(text)
    except Exception:
        return traceback.format_exc()


def _ended(_text: str, how: str) -> Measured | str:
    return f"its process {how}"


class Grown(NamedTuple):
    """A text at two sizes."""

    name: str
    small: Measured
    large: Measured
    factor: float
    """How much larger the larger one is."""

    @property
    def ratio(self) -> float:
        """How many times faster than the text the time grows: 1 where it is linear."""
        return self.large.total / max(self.small.total, 1e-3) / self.factor

    def steepest(self) -> tuple[str, float, float]:
        """The stage that grows fastest of those that take any time: its name, its ratio, its seconds."""
        grown = (
            (name, seconds / max(self.small.seconds.get(name, 0), NOTHING / 10) / self.factor, seconds)
            for name, seconds in self.large.seconds.items()
            if seconds >= NOTHING
        )
        return max(grown, key=lambda one: one[1], default=("", 0.0, 0.0))


def main(arguments: list[str]) -> int:
    """Measure and print. Returns 1 where a text ended its process or took too long by far."""
    parser = argparse.ArgumentParser(prog="bench.py growth", description="Measure how the work grows with a file.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="texts to measure; all, where none is named")
    parser.add_argument("--sizes", type=int, nargs=2, default=[250_000, 990_000], metavar="N", help="bytes of the file")
    parser.add_argument("--json", action="store_true", help="print every figure as JSON")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - WORST.keys():
        parser.error(f"no such text: {', '.join(sorted(unknown))}. There are: {', '.join(WORST)}")
    smaller, larger = sorted(options.sizes)
    prose = measure_apart(WORST[PROSE](larger), 3)
    if isinstance(prose, str):
        sys.stderr.write(f"prose: {prose}\n")
        return 1
    failed = False
    found: list[Grown] = []
    print("| Text | Seconds | Ratio to prose | Growth | Steepest | its growth | its s | MiB | Problems |")
    print("|---|---:|---:|---:|---|---:|---:|---:|---:|")
    for name in options.names or WORST:
        small, large = measure_apart(WORST[name](smaller)), measure_apart(WORST[name](larger))
        if isinstance(small, str) or isinstance(large, str):
            print(f"| {name} | **{small if isinstance(small, str) else large}** | | | | | | | |", flush=True)
            failed = True
            continue
        grown = Grown(name, small, large, larger / smaller)
        found.append(grown)
        share = large.total / prose.total
        failed |= share > WORST_RATIO
        stage, ratio, seconds = grown.steepest()
        mark = "**" if share > WORST_RATIO else ""
        print(
            f"| {name} | {large.total:.2f} | {mark}{share:.2f}{mark} | {grown.ratio:.2f} | {stage} | {ratio:.2f}"
            f" | {seconds:.2f} | {large.mebibytes} | {large.problems:,} |",
            flush=True,
        )
    if options.json:
        print(json.dumps([{**grown._asdict(), "growth": grown.ratio} for grown in found], indent=2))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
