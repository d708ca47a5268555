"""A collector for tests: `kb votes serve` as a process, a reader who asks it, and the databases that it can have."""

import http.client
import itertools
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from command import kb
from warm import really_started

ORIGIN = "https://fixes.example"
PROXY = "127.0.0.1"
"""Tests come through a trusted proxy, so that each reader has an address of their own."""

ENTRIES = [f"acme/error-{number}" for number in range(400)]
DAYS = [f"acme/day-{number}" for number in range(400)]
"""Entries of the tests that try days, one after the other in some of their own."""
METRICS_TOKEN = "only-for-tests"
_STEPS = ["restart-it", "update-it"]
_CLOUD = Path(__file__).parent / "worker"


def site_folder(folder: Path) -> Path:
    """A folder with what a collector reads of a site. `acme/former` is a former id of the first entry."""
    listed = [
        {
            "id": each,
            "url": f"{ORIGIN}/{each}/",
            "aliases": ["acme/former"] if each == ENTRIES[0] else [],
            "workarounds": _STEPS,
        }
        for each in (*ENTRIES, *DAYS)
    ]
    file = folder / "api/v1/entries.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"updated": None, "entries": listed}))
    return folder


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> str:
        """The word of a refusal."""
        assert self.headers["Content-Type"] == "application/json", self
        return self.json["error"]


class Reader:
    """Somebody who votes: a device with a token, at an address. Remembers receipts, as the page does."""

    _numbers = itertools.count(1)

    def __init__(self, server: "Server", *, token: str | None = None, address: str | None = None) -> None:
        number = next(Reader._numbers)
        self.port = server.port
        self._told = server.told
        self.more: dict[str, str] = {}
        """Headers of all that this reader asks."""
        self.token = token or f"device-{number:016}"
        self.address = address or f"10.{number // 250 // 250 % 250}.{number // 250 % 250}.{number % 250 + 1}"
        self.receipt = ""

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str | None) -> Answer:
        """One request; `headers` with `_` for `-`, None leaves one out."""
        sent = {"Origin": ORIGIN, "Content-Type": "application/json", **self._told(self.address), **self.more}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, {name: value for name, value in sent.items() if value is not None})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def post(self, path: str, said: object, **headers: str | None) -> Answer:
        return self.ask("POST", path, json.dumps(said).encode(), **headers)

    def vote(self, entry: str, signal: str = "works", *, on: bool = True, **more: object) -> Answer:
        said = {"entry": entry, "signal": signal, "on": on, "token": self.token, **more}
        return self._remembered(self.post("/v1/votes", {"receipt": self.receipt, **said} if self.receipt else said))

    def helpful(self, entry: str, answer: bool | None) -> Answer:
        said = {"entry": entry, "helpful": answer, "token": self.token}
        return self._remembered(self.post("/v1/helpful", said))

    def counts(self, entry: str) -> dict[str, Any]:
        answer = self.ask("GET", f"/v1/counts/{entry}")
        assert answer.status == 200, answer
        return answer.json["counts"]

    def _remembered(self, answer: Answer) -> Answer:
        if answer.status == 200:
            self.receipt = answer.json["receipt"]
        return answer


class Server:
    """A running collector."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self.process = process
        self.log_file = log
        self.port = self._port()

    def told(self, address: str) -> dict[str, str]:
        """What the proxy in front adds to a request from an address."""
        return {"X-Forwarded-For": address}

    def reader(self, **known: str) -> Reader:
        return Reader(self, **known)

    @property
    def log(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log_file.read_text().splitlines()]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)

    def kill(self) -> None:
        """End it at once, wherever it is: as a power cut does for a process."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)

    def _port(self) -> int:
        for _ in range(2000):
            with suppress(ValueError):
                for line in self.log:
                    if line["event"] == "listening":
                        with suppress(OSError), socket.create_connection(("127.0.0.1", line["port"]), 20):
                            return line["port"]
            try:
                self.process.wait(0.02)
            except subprocess.TimeoutExpired:
                continue
            break
        raise AssertionError(self.log_file.read_text())


class Worker(Server):
    """A collector on Cloudflare's local runtime."""

    def told(self, address: str) -> dict[str, str]:
        return {"CF-Connecting-IP": address, "Authorization": f"Bearer {METRICS_TOKEN}"}


def start(folder: Path, database: str, *options: str, most_bytes: int | None = None) -> Server:
    """Start `kb votes serve` with a site in `folder`; `most_bytes` is what a file may have, in place of a full disk."""
    site = folder / "site"
    if not site.exists():
        site_folder(site)
    log = folder / f"log-{uuid.uuid4().hex}.jsonl"
    command = ["votes", "serve", "--site", str(site), "--database", database, "--origin", ORIGIN, "--port", "0"]

    bound = ["sh", "-c", f'ulimit -f {most_bytes // 512} && exec "$@"', "sh"] if most_bytes else []
    with log.open("w") as errors:
        process = subprocess.Popen(
            [*bound, *really_started("kb"), *command, *options],
            stderr=errors,
            stdout=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
    return Server(process, log)


@contextmanager
def running(folder: Path, database: str, *options: str, most_bytes: int | None = None) -> Iterator[Server]:
    server = start(folder, database, *options, most_bytes=most_bytes)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.kill()


def worker_folder(folder: Path) -> Path:
    """The worker's own folder, written where it is not there."""
    if not folder.exists():
        written = kb("votes", "host", "worker", str(folder), "--site", f"{ORIGIN}/")
        assert written.returncode == 0, written.stderr
    return folder


@contextmanager
def worker(folder: Path, node: Path, entry: str = "index.js", **settings: str) -> Iterator[Worker]:
    """What `kb votes host worker` writes, in Cloudflare's local runtime, with a site in `folder`."""
    source = worker_folder(folder / "worker") / "src"
    if not (source / entry).exists():
        shutil.copy(_CLOUD / entry, source)
    log = folder / f"log-{uuid.uuid4().hex}.jsonl"
    with published(site_folder(folder / "site")) as site, log.open("w") as errors:
        known = {"SITE": site, "ORIGINS": ORIGIN, "METRICS_TOKEN": METRICS_TOKEN, **settings}
        process = subprocess.Popen(
            [node, _CLOUD / "host.mjs", source / entry, folder / "database", json.dumps(known)],
            stderr=errors,
            stdout=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        try:
            yield Worker(process, log)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)


@contextmanager
def published(site: Path) -> Iterator[str]:
    """A folder at an address."""
    handler = partial(_Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def postgresql_programs() -> Path | None:
    """The folder of PostgreSQL's programs, where it is installed."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((folder for folder in reversed(folders) if (folder / "initdb").exists()), None)


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL server of its own; gives an address that lacks the database's name. Needs `postgresql_programs`."""
    programs = postgresql_programs()
    assert programs is not None
    with tempfile.TemporaryDirectory(prefix="kb-pg-") as name, socket.socket() as free:
        folder = Path(name)
        account: dict[str, Any] = {}
        if os.geteuid() == 0:  # it refuses to run as root
            found = next((each for each in pwd.getpwall() if each.pw_name in ("postgres", "nobody")), None)
            assert found is not None
            os.chown(folder, found.pw_uid, found.pw_gid)
            account = {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **account}
        initialize = [programs / "initdb", "-D", folder / "data", "-A", "trust", "-U", "kb", "--no-sync", "-E", "UTF8"]
        subprocess.run([*initialize, "--no-instructions"], check=True, **quiet)
        options = ["-k", str(folder), "-h", "127.0.0.1", "-p", str(port), "-c", "fsync=off"]
        with subprocess.Popen([programs / "postgres", "-D", folder / "data", *options], **quiet) as server:
            try:
                for _ in range(500):
                    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                        break
                    with suppress(subprocess.TimeoutExpired):
                        server.wait(0.02)
                yield f"postgresql://kb@127.0.0.1:{port}/"
            finally:
                server.send_signal(signal.SIGINT)
                server.wait(20)
