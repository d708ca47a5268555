"""How fast are words answered? Synthetic entries, searched in Chromium and in Python, measured in one run.

    .venv/bin/python scripts/bench.py search [--sizes 1000 10000] [--skip browser] [--json]

- `index`: making the index, for one entry, in seconds of processor time.
- `python`: a query against the index in memory, nothing of it read yet.
- `browser`: a query in Chromium against a local server, each in a browser that knows nothing yet: from the key to the
  first result, the moment included that the box waits for the next key. Scripts and the index's first file are there
  by then, as they are once the box has the focus; what was fetched counts all of them. The server compresses nothing.
  Queries are words of an entry's own, with slips, or still being typed.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Final

from progress import progress
from synthetic import write_entries

from kb.entry import Entry, load_collection
from kb.match import Document, SearchIndex, build_search, search

SCRIPTS: Final = Path(__file__).resolve().parents[1] / "kb/site/assets/js"
QUERIES: Final = 12
WAITS_MS: Final = 100
"""How long the box waits for the next key."""
GOAL_MS, GOAL_KB = 300, 150
SEED: Final = 45048

ASKED: Final = """async ([query, isTyped]) => {
  const { search } = await import("/js/search/ranking.js");
  const { SearchIndex } = await import("/js/search/reading.js");
  const index = await SearchIndex.fromUrl(new URL("/search/index/", location.href));
  const started = performance.now();
  const { results } = await search(query, index, { isTyped });
  const milliseconds = performance.now() - started;
  const fetched = performance.getEntriesByType("resource");
  const bytes = fetched.reduce((sum, { transferSize }) => sum + transferSize, 0);
  return { milliseconds, bytes, requests: fetched.length, found: results.map(({ shown }) => shown.id) };
}"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured with so many entries: medians and, of what a reader waits for, the worst of all queries."""

    entries: int
    files: int
    index_s: float
    python_ms: float
    browser_ms: float | None
    browser_worst_ms: float | None
    browser_kb: float | None
    browser_worst_kb: float | None
    requests: float | None


def queries_of(entries: Sequence[Entry]) -> list[tuple[str, bool]]:
    """Words to search for, and whether they are still being typed."""
    random = Random(SEED)  # noqa: S311 - the same queries each time
    found = []
    for number in range(QUERIES):
        entry = entries[random.randrange(len(entries))]
        words = [word for word in entry.title.split() if word.isalpha()]
        chosen = random.sample(words, min(5, len(words)))
        longest = max(chosen, key=len)
        if number % 3 == 1:
            chosen[chosen.index(longest)] = longest[:2] + longest[3:]
        if number % 3 == 2:
            chosen[-1] = chosen[-1][:4]
        found.append((" ".join(chosen), number % 3 == 2))
    return found


def measure(count: int, folder: Path, *, with_browser: bool) -> Figures:
    """Everything for one number of entries, in a new folder."""
    progress(f"{count:,} entries: writing … ")
    write_entries(folder / "entries", count)
    collection = load_collection(folder / "entries")
    progress("index … ")
    started = time.process_time()
    documents = [Document.of(entry, collection.products.get(entry.product)) for entry in collection.entries]
    files = build_search(documents)
    index_s = time.process_time() - started
    asked = queries_of(collection.entries)
    progress("python … ")
    python = [timed_in_python(files, *each) for each in asked]
    progress("browser … ")
    site = folder / "site"
    for name, content in files.items():
        path = site / "search/index" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    answers = in_browser(site, asked) if with_browser else None
    progress("done\n")
    milliseconds = [WAITS_MS + answer["milliseconds"] for answer in answers or ()]
    kilobytes = [answer["bytes"] / 1024 for answer in answers or ()]
    return Figures(
        entries=count,
        files=len(files),
        index_s=index_s,
        python_ms=statistics.median(python),
        browser_ms=statistics.median(milliseconds) if answers else None,
        browser_worst_ms=max(milliseconds) if answers else None,
        browser_kb=statistics.median(kilobytes) if answers else None,
        browser_worst_kb=max(kilobytes) if answers else None,
        requests=statistics.median(answer["requests"] for answer in answers) if answers else None,
    )


def timed_in_python(files: dict[str, bytes], query: str, is_typed: bool) -> float:
    """Milliseconds of processor time that a query takes, with an index of which nothing was read."""
    started = time.process_time()
    search(query, SearchIndex(files.__getitem__), is_typed=is_typed)
    return (time.process_time() - started) * 1000


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # As web servers do: a small answer isn't held back until the one before it was acknowledged.
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        pass


def in_browser(site: Path, asked: Sequence[tuple[str, bool]]) -> list[dict[str, float]] | None:
    """Each query in a browser that knows nothing yet; None without Playwright."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - part of the tests, not of the project
    except ImportError:
        progress("(Playwright isn't installed: no browser) ")
        return None
    shutil.copytree(SCRIPTS, site / "js")
    (site / "index.html").write_text("<!doctype html><title>Searching</title>", encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found = []
    with sync_playwright() as playwright:
        program = os.environ.get("KB_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for query, is_typed in asked:
            context = browser.new_context()
            page = context.new_page()
            page.goto(f"http://127.0.0.1:{server.server_port}/")
            found.append(page.evaluate(ASKED, [query, is_typed]))
            context.close()
        browser.close()
    server.shutdown()
    return found


def to_table(figures: Sequence[Figures]) -> str:
    """The figures, and whether what a reader waits for is as short as it has to be, as a Markdown table."""
    lines = [
        "| Entries | Files | Index, s | Python, ms | Chromium, ms (worst) | KB (worst) | Requests | Goals met |",
        "|---:|---:|---:|---:|---:|---:|---:|---|",
    ]
    for one in figures:
        row = f"| {one.entries:,} | {one.files:,} | {one.index_s:.2f} | {one.python_ms:.1f} |"
        if one.browser_worst_ms is None or one.browser_worst_kb is None:
            lines.append(f"{row} - | - | - | - |")
            continue
        met = "yes" if one.browser_worst_ms <= GOAL_MS and one.browser_worst_kb <= GOAL_KB else "**no**"
        lines.append(
            f"{row} {one.browser_ms:.0f} ({one.browser_worst_ms:.0f}) | {one.browser_kb:.0f} "
            f"({one.browser_worst_kb:.0f}) | {one.requests:.0f} | {met} |"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; a goal that is missed is a figure, not a failure."""
    parser = argparse.ArgumentParser(prog="bench search", description="Measure how fast words are answered.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000], metavar="N", help="entries")
    parser.add_argument("--skip", nargs="+", choices=("browser",), default=[], help="what to leave out")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    chosen = parser.parse_args(arguments)
    if min(chosen.sizes) < 1:
        parser.error("sizes start at 1")
    figures = []
    for count in sorted(set(chosen.sizes)):
        with tempfile.TemporaryDirectory(prefix="kb-bench-search-") as folder:
            figures.append(measure(count, Path(folder), with_browser="browser" not in chosen.skip))
    if chosen.json:
        print(json.dumps([asdict(one) for one in figures], indent=2))
    else:
        print(to_table(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
