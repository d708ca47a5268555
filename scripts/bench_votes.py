"""How fast votes are taken: `kb votes serve` beside a bare handler of the same framework, in the same run.

    .venv/bin/python scripts/bench.py votes [--requests 4000] [--connections 64 256] [--rounds 3]

On loopback, with SQLite in a temporary folder. The bare handler only answers 204, with the same server and settings.
The two take turns, and the median of the rounds counts. Each vote is of a reader and a network of its own. The
aim is half of the bare handler's requests a second, with every vote on the disk before it is answered.

Each connection asks again when it is answered. With few of them all have asked, and wait, while their votes go to the
disk; with many there is always something to do. The slower one counts.
"""

import argparse
import asyncio
import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path
from typing import Final, NamedTuple

GOAL: Final = 0.5
ORIGIN: Final = "https://fixes.example"
ENTRIES: Final = 100
_BARE: Final = """\
import socket
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from kb.collector.serving import serve

async def answer(request):
    return Response(status_code=204)

serve(Starlette(routes=[Route("/v1/votes", answer, methods=["POST"])]), socket.create_server(("127.0.0.1", 0)))
"""
_FREE: Final = ("--per-reader", "--per-network", "--per-answer", "--per-second")


class Round(NamedTuple):
    """A round of load: requests a second, the slowest of a hundred in milliseconds, and how many went wrong."""

    per_second: float
    p99: float
    errors: int


def main(arguments: list[str]) -> int:
    """Measure, print, and return 1 where the aim is missed."""
    parser = argparse.ArgumentParser(prog="bench.py votes", description=__doc__.partition("\n")[0])
    parser.add_argument("--requests", type=int, default=4_000)
    parser.add_argument("--connections", type=int, nargs="+", default=[64, 256], help="default: 64 256")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_site(folder / "site")
        serve = [sys.executable, "-c", "from kb.cli import main; main()", "votes", "serve", "--site", name + "/site"]
        serve += ["--origin", ORIGIN, "--database", name + "/votes.db", "--port", "0", "--trusted-proxy", "127.0.0.1"]
        serve += [word for option in _FREE for word in (option, "1000000")]
        with _running([sys.executable, "-c", _BARE]) as bare, _running(serve) as votes:
            numbers, failed = count(), False
            for connections in sorted(options.connections):
                rounds: dict[str, list[Round]] = {"bare handler": [], "votes": [], "counts of all": []}
                for _ in range(options.rounds):
                    requests = [_vote(number) for number in islice(numbers, options.requests)]
                    read = [b"GET /v1/counts.json HTTP/1.1\r\nHost: x\r\n\r\n"] * options.requests
                    for asked, port, what in zip(rounds, (bare, votes, votes), (requests, requests, read), strict=True):
                        rounds[asked].append(asyncio.run(_load(port, what, connections)))
                failed |= _told(rounds, connections)
    return int(failed)


def _told(rounds: dict[str, list[Round]], connections: int) -> bool:
    """Print what came of the rounds; returns whether the aim was missed, or any request went wrong."""
    print(f"{connections} connections")
    middle = {name: sorted(found)[len(found) // 2] for name, found in rounds.items()}
    for name, found in middle.items():
        errors = sum(each.errors for each in rounds[name])
        print(f"  {name:14} {found.per_second:8,.0f} requests/s   p99 {found.p99:6.1f} ms   errors {errors}")
    ratio = middle["votes"].per_second / middle["bare handler"].per_second
    print(f"  votes take {ratio:.2f} of the bare handler's requests a second (aim: at least {GOAL})")
    return ratio < GOAL or any(each.errors for found in rounds.values() for each in found)


def _write_site(folder: Path) -> None:
    entries = [{"id": f"acme/error-{number}", "url": f"{ORIGIN}/acme/error-{number}/"} for number in range(ENTRIES)]
    file = folder / "api/v1/entries.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"entries": entries}), "utf-8")


def _vote(number: int) -> bytes:
    said = {"entry": f"acme/error-{number % ENTRIES}", "signal": "works", "on": True, "token": f"device-{number:016}"}
    body = json.dumps(said)
    address = f"10.{number // 62_500 % 250}.{number // 250 % 250}.{number % 250}"
    head = f"POST /v1/votes HTTP/1.1\r\nHost: x\r\nOrigin: {ORIGIN}\r\nX-Forwarded-For: {address}\r\n"
    return f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


@contextmanager
def _running(command: list[str]) -> Iterator[int]:
    """Start a server; gives the port on which it listens."""
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None  # noqa: S101 - it was asked for a pipe
        try:
            for line in process.stderr:
                said = json.loads(line)
                if said["event"] == "listening":
                    yield said["port"]
                    return
            raise SystemExit("a server did not start")
        finally:
            process.send_signal(signal.SIGTERM)


async def _load(port: int, requests: list[bytes], connections: int) -> Round:
    """Send requests over so many connections at once, each after the answer to the one before."""
    left, seconds, errors = iter(requests), list[float](), 0

    async def send() -> int:
        wrong = 0
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in left:
            began = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            _, _, length = head.lower().partition(b"content-length: ")
            if length:
                await reader.readexactly(int(length.split(b"\r\n", 1)[0]))
            seconds.append(time.perf_counter() - began)
            wrong += not head.startswith(b"HTTP/1.1 2")
        writer.close()
        return wrong

    began = time.perf_counter()
    errors = sum(await asyncio.gather(*(send() for _ in range(connections))))
    took = time.perf_counter() - began
    return Round(len(requests) / took, sorted(seconds)[int(len(seconds) * 0.99)] * 1000, errors)
