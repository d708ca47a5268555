"""Building a site in a process of its own, as a person does, and serving it on loopback, as a host does."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from warm import really_started, started

ROOT = Path(__file__).parents[2]
"""The repository."""

KNOWLEDGE_BASES = ROOT / "tests/data/site"
"""Small knowledge bases, each with a `mkdocs.yml` of its own."""

UNCHECKED = str(Path(__file__).with_name("unchecked_mkdocs.py"))
"""The program that builds without checks."""

_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')


@dataclass(frozen=True)
class Build:
    """A finished build: its exit code, all that it printed, and the folder it was to write."""

    code: int
    output: str
    folder: Path


def build(
    config: Path,
    folder: Path,
    program: str = "mkdocs",
    processors: int | None = None,
    *,
    strict: bool = False,
    warm: bool = True,
    **variables: str,
) -> Build:
    """Run `mkdocs build` (or another program that takes the same options) and wait for it.

    `processors` is how many it may use (as many as there are); `variables` are set in its environment. It is forked
    from a process that has imported MkDocs already, unless `warm` says otherwise.
    """
    is_warm = warm and not processors and program != "properdocs"
    command = [*(started if is_warm else really_started)(program), "build"]
    command += ["--config-file", str(config), "--site-dir", str(folder), *["--strict"] * strict]
    if processors:
        allowed = ",".join(map(str, sorted(os.sched_getaffinity(0))[:processors]))
        command = ["taskset", "--cpu-list", allowed, *command]
    inherited = {name: value for name, value in os.environ.items() if not name.endswith("MKDOCS_2_WARNING")}
    finished = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=inherited | variables, check=False
    )
    return Build(finished.returncode, finished.stdout, folder)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder: path with `/` -> content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@dataclass(frozen=True)
class Site:
    """A built site that is being served."""

    folder: Path
    url: str
    """Where its root is, with a slash at the end."""

    def pages(self) -> list[str]:
        """The addresses of all pages relative to the root, redirects and the page for missing addresses aside."""
        found = (path.parent.relative_to(self.folder).as_posix() for path in self.folder.rglob("index.html"))
        addresses = sorted("" if name == "." else f"{name}/" for name in found)
        return [address for address in addresses if 'http-equiv="refresh"' not in self.html(address)]

    def entries(self) -> list[str]:
        """The addresses of the entries' pages relative to the root."""
        return [address for address in self.pages() if "data-kb-entry=" in self.html(address)]

    def html(self, address: str) -> str:
        """The source of a page."""
        return (self.folder / address / "index.html").read_text("utf-8")


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder under a base path, with the site's own page for missing addresses."""

    base: str
    strip_policy: bool
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        file = self._file()
        if file is None:
            return
        found = file.is_file()
        content = (file if found else Path(self.directory, "404.html")).read_bytes()
        if self.strip_policy and (file.suffix == ".html" or not found):
            content = _POLICY.sub(b"", content)
        self.send_response(HTTPStatus.OK if found else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", self.guess_type(str(file)) if found else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(content)

    def _file(self) -> Path | None:
        """The file for the request's path; None where the answer has been given already."""
        path = urlsplit(self.path).path
        if not path.startswith(self.base):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        file = Path(self.directory, *path.removeprefix(self.base).split("/"))
        if file.is_dir() and not path.endswith("/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        return file / "index.html" if path.endswith("/") else file

    def log_message(self, *args: object) -> None:
        """Say nothing: a test's output is for its failures."""


class _Server(ThreadingHTTPServer):
    """Says nothing of a browser that hangs up before its answer has come: pages are left early in tests."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(folder: Path, base: str = "/", *, strip_policy: bool = False) -> Iterator[Site]:
    """Serve `folder` under `base` at a free port until the block ends."""
    handler = type("Handler", (_Handler,), {"base": base, "strip_policy": strip_policy})
    server = _Server(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(folder, f"http://127.0.0.1:{server.server_port}{base}")
    finally:
        server.shutdown()
        server.server_close()
