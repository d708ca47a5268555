"""How fast `match_error` is, beside starting `kb match` anew; and whether a server that is asked often grows.

    .venv/bin/python scripts/bench.py mcp [--entries 10000] [--calls 1000] [--runs 5]

Both answer from the same folder of synthetic entries, which `kb match` has compiled before. A call goes through the
SDK's own client and the server's standard input and output. The two take turns, and the median counts. The aim is a
fifth of the time. Then one server is asked so many times, for errors that are known and for words, and the memory that
it holds (`/proc`, so on Linux) may grow by no more than a tenth from the first fifth of the calls to the last.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Final

import anyio
from mcp import Client, StdioServerParameters, stdio_client
from synthetic import write_entries

from kb.entry import read_source

GOAL: Final = 0.2
GROWTH_GOAL: Final = 1.1
DIFFERENT: Final = 200
"""Errors that are asked for, in turns."""
KB: Final = [sys.executable, "-c", "from kb.cli import main; main()"]


def main(arguments: list[str]) -> int:
    """Measure, print, and return 1 where an aim is missed."""
    parser = argparse.ArgumentParser(prog="bench.py mcp", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--calls", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_entries(folder / "entries", options.entries)
        messages = list(islice(_messages(folder / "entries"), DIFFERENT))
        return anyio.run(_measure, folder, messages, options.calls, options.runs)


async def _measure(folder: Path, messages: list[str], calls: int, runs: int) -> int:
    _match_anew(folder, messages[0])  # compiles the entries, for both
    program, *rest = KB
    server = StdioServerParameters(command=program, args=[*rest, "mcp"], cwd=folder)
    async with Client(stdio_client(server)) as client:

        async def ask(text: str) -> None:
            await client.call_tool("match_error", {"text": text})

        await ask(messages[0])
        anew, asked = [], []
        for number in range(runs):
            text = messages[(number * 37 + 1) % len(messages)]
            anew.append(_seconds(partial(_match_anew, folder, text)))
            asked.append(await _seconds_of(partial(ask, text)))
        ratio = median(asked) / median(anew)
        print(f"kb match anew {median(anew) * 1000:8.1f} ms   match_error {median(asked) * 1000:8.1f} ms")
        print(f"match_error takes {ratio:.3f} of the time (aim: at most {GOAL})")
        sizes = []
        for number in range(calls):
            await ask(messages[number * 7 % len(messages)])
            if number % 5 == 0:
                await client.call_tool("search_fixes", {"words": messages[number * 11 % len(messages)]})
            sizes.append(_memory_of_children())
    first, last = sizes[calls // 5 - 1], sizes[-1]
    print(f"memory after {calls // 5:,} calls {first / 2**20:.0f} MiB, after {calls:,} {last / 2**20:.0f} MiB")
    return int(ratio > GOAL or last > first * GROWTH_GOAL)


def _messages(entries: Path) -> Iterator[str]:
    """An example of each entry's error."""
    for path in sorted(entries.rglob("*.md")):
        entry = read_source(path, entries).entry
        if entry:
            yield entry.signatures[0].examples[0]


def _memory_of_children() -> int:
    """Bytes of memory that the server holds: the one child of this process. Linux, proc(5)."""
    pages = 0
    for task in Path("/proc/self/task").iterdir():
        for child in (task / "children").read_text("ascii").split():
            pages += int(Path(f"/proc/{child}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _match_anew(folder: Path, text: str) -> None:
    subprocess.run([*KB, "match"], cwd=folder, input=text.encode(), stdout=subprocess.DEVNULL, check=False)


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


async def _seconds_of(work: Callable[[], Awaitable[None]]) -> float:
    start = time.perf_counter()
    await work()
    return time.perf_counter() - start
