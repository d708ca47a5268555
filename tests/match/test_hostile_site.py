"""`kb match --site` against a hostile site: one message, no traceback, nothing that a terminal obeys."""

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from command import kb

from kb.match import Document, build_index, build_search, fix_files

FIX = {"id": "pip/taken", "title": "T", "product": "pip", "summary": "S", "step": "W", "markdown": "M", "html": ""}
SIGNATURE = "widget {{name}} is already taken by another factory"
PARTS = ["widget ", "name:text", " is already taken by another factory"]
PASTE = "widget w1 is already taken by another factory\n"

DEEP = b"[" * 100_000
ANSI = "\x1b]0;pwned\x07\x1b[2J\u202e\u009b1m"


class Site:
    """Files by path; a file may be an address to be led to, or headers and a body."""

    def __init__(self) -> None:
        index = {f"/match/index/{name}": content for name, content in build_index([("pip/taken", SIGNATURE)]).items()}
        fixes = {f"/match/fixes/{name}": content for name, content in fix_files([FIX]).items()}
        self.files: dict[str, bytes | str | tuple[dict[str, str], bytes]] = index | fixes
        self.url = ""
        self.reason = "OK"

    def every(self, part: str, content: bytes) -> None:
        """Put the same in the place of all files whose path has a part."""
        for path in [path for path in self.files if part in path]:
            self.files[path] = content


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = site.files.get(self.path)
            if found is None:
                self.send_response(404, site.reason)
                self.end_headers()
            elif isinstance(found, str):
                self.send_response(302)
                self.send_header("Location", found)
                self.end_headers()
            else:
                headers, body = found if isinstance(found, tuple) else ({}, found)
                self.send_response(200)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture
def match(site: Site, tmp_path: Path) -> Callable[..., object]:
    """A function that matches against the site."""
    (tmp_path / "paste.txt").write_text(PASTE)
    return lambda *more: kb("match", "paste.txt", "--site", site.url, *more, folder=tmp_path)


def refused(finished) -> str:
    """The one line that says why nothing could be matched."""
    assert finished.returncode == 2, finished
    (line,) = finished.stderr.splitlines()
    assert line.startswith("kb: http://127.0.0.1")
    assert line.isprintable()
    return line


def test_a_site_as_a_build_writes_it_is_read(match):
    finished = match()
    assert (finished.returncode, finished.stderr) == (0, "")
    assert "pip/taken" in finished.stdout


ROOT = {"version": 3, "signatures": 1, "keys": 1, "shards": 1, "longest": 1}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        DEEP,
        json.dumps(ROOT | {"version": "3"}).encode(),
        json.dumps(ROOT | {"version": 99}).encode(),
        json.dumps(ROOT | {"shards": 0}).encode(),
        json.dumps(ROOT | {"shards": "../../x"}).encode(),
        json.dumps(ROOT | {"shards": float("nan")}).encode(),
        json.dumps(ROOT | {"keys": -5}).encode(),
        json.dumps(ROOT | {"keys": 10**400}).encode(),
        json.dumps(ROOT | {"keys": True}).encode(),
        gzip.compress(b"{}" * 1000),
    ],
    ids=range(16),
)
def test_counts_that_are_none_are_named_with_their_file(site, match, content):
    site.files["/match/index/root.json"] = content
    assert "match/index/" in refused(match())


def listed(*entries: object) -> bytes:
    return json.dumps({"0": entries}).encode()


@pytest.mark.parametrize("name", ["keys.bin", "runs.txt", "shards/"])
@pytest.mark.parametrize("content", [b"", b"abc", b"\xff" * 4096, b"{}", b"null", DEEP], ids=range(6))
def test_a_file_of_the_index_that_is_something_else_ends_in_a_message(site, match, name, content):
    site.every(f"match/index/{name}", content)
    finished = match()
    if finished.returncode != 1:  # what has no keys knows nothing
        refused(finished)


@pytest.mark.parametrize(
    "content",
    [
        listed([64, "../../evil", PARTS, "a"]),
        listed([64, f"pip/{ANSI}", PARTS, "a"]),
        listed([64, "pip/a](https://evil.example)", PARTS, "a"]),
        listed([64, "pip/a\n", PARTS, "a"]),
        listed([64, 7, PARTS, "a"]),
        listed(["64", "pip/a", PARTS, "a"]),
        listed([64, "pip/a", None, "a"]),
        listed([64, "pip/a", ["w "] * 50_000, "a"]),
        listed([64, "pip/a", PARTS, "!"]),
        listed([64, "pip/a", PARTS]),
        listed("text"),
        b'{"0": 1}',
        b'{"../x": []}',
    ],
    ids=range(13),
)
def test_a_listed_signature_that_is_none_is_named_with_its_file(site, match, content):
    site.every("/shards/", content)
    message = refused(match())
    assert "shards/" in message or "has to be product/slug" in message


@pytest.mark.parametrize("more", [[], ["--json"], ["--top", "1"]])
@pytest.mark.parametrize(
    "content",
    [b"", b"[]", DEEP],
    ids=range(3),
)
def test_a_fix_that_is_none_is_named_with_its_file(site, match, more, content):
    site.files["/match/fixes/0.json"] = content
    assert "match/fixes/0.json" in refused(match(*more))


@pytest.mark.parametrize(
    "fixes",
    [{}, {"pip/taken": None}, {"pip/taken": FIX | {"title": 7}}, {"pip/taken": FIX | {"id": "../x", "title": "Other"}}],
    ids=range(4),
)
def test_an_answer_is_given_without_a_fix_that_is_none(site, match, fixes):
    site.files["/match/fixes/0.json"] = json.dumps(fixes).encode()
    finished = match()
    assert (finished.returncode, "pip/taken" in finished.stdout) == (0, True)
    assert FIX["title"] not in finished.stdout
    assert "Other" not in finished.stdout


def test_a_terminal_obeys_nothing_of_a_site(site, match):
    fix = FIX | dict.fromkeys(("title", "product", "summary", "step", "markdown"), f"x{ANSI}\r\n{ANSI}")
    site.files["/match/fixes/0.json"] = json.dumps({"pip/taken": fix}).encode()
    finished = match()
    assert finished.returncode == 0
    assert [letter for letter in finished.stdout if letter != "\n" and not letter.isprintable()] == []


def test_a_terminal_obeys_nothing_of_an_error_of_a_server(site, match):
    site.reason = f"No{ANSI.encode('utf-8').decode('latin-1')}"
    del site.files["/match/index/root.json"]
    refused(match())


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://192.0.2.1/root.json", "data:,x", "//", "\x1b[2J"])
def test_a_site_leads_to_nothing_but_http(site, match, target):
    site.files["/match/index/root.json"] = target
    refused(match())


def test_a_site_that_moved_is_followed(site, match):
    site.files["/moved"] = site.files["/match/index/root.json"]
    site.files["/match/index/root.json"] = "/moved"
    assert match().returncode == 0


def test_a_compressed_answer_is_not_unpacked(site, match):
    bomb = gzip.compress(b" " * 10_000_000 + b"{}")
    site.files["/match/index/root.json"] = ({"Content-Encoding": "gzip"}, bomb)
    refused(match())


def searched(folder) -> dict[str, bytes]:
    """The files of a site with the folder's entries that matching and searching read."""
    files = {f"match/index/{name}": content for name, content in build_index([("pip/taken", SIGNATURE)]).items()}
    documents = [Document.of(entry, None) for entry in folder.load().entries]
    return files | {f"search/index/{name}": content for name, content in build_search(documents).items()}


def written(site: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)


@pytest.mark.parametrize("value", [0, -1, None, "x", [], {}, True, 1e300], ids=str)
def test_an_index_that_contradicts_itself_ends_in_a_message(tmp_path, folder, value):
    folder.entry("pip/taken.md", title="A widget is taken by another factory")
    files = searched(folder)
    root = json.loads(files["search/index/root.json"])
    for key in root:
        written(tmp_path, files | {"search/index/root.json": json.dumps(root | {key: value}).encode()})
        finished = kb("search", "--site", str(tmp_path), "widget", "factry")
        if finished.returncode not in (0, 1):
            assert (finished.returncode, finished.stderr.count("\n")) == (2, 1), (key, finished)


SPOILT = (
    *(None, 7, [], {}, "text"),
    *({key: value} for key in ("id", "title", "product", "step", "phrases") for value in (7, None)),
    {"phrases": [7]},
)


@pytest.mark.parametrize("as_json", [[], ["--json"]], ids=["text", "json"])
@pytest.mark.parametrize("spoilt", SPOILT, ids=str)
def test_an_entry_of_the_search_that_is_none_hides_no_other(tmp_path, folder, spoilt, as_json):
    for name in ("broken", "taken"):
        folder.entry(f"pip/{name}.md", title=f"A widget is {name} by another factory")
    files = searched(folder)
    broken, taken = json.loads(files["search/index/entries/0.json"])
    record = broken | spoilt if isinstance(spoilt, dict) and spoilt else spoilt
    files["search/index/entries/0.json"] = json.dumps([record, taken]).encode()
    written(tmp_path, files)
    finished = kb("search", "--site", str(tmp_path), *as_json, "widget", "factory")
    assert finished.returncode == 0, finished
    assert "pip/taken" in finished.stdout
    assert "pip/broken" not in finished.stdout
    assert "1 more can't be read" in finished.stderr


def test_a_reply_takes_no_fix_of_a_site_that_is_none(site, match, tmp_path):
    site.files["/match/fixes/0.json"] = b"[]"
    finished = kb("reply", "-", "--site", site.url, folder=tmp_path, stdin=PASTE)
    assert "match/fixes/0.json" in refused(finished)
