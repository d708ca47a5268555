"""The comment on a pull request, against a stand-in for GitHub's interface as it is documented."""

import io
import itertools
import json
import os
import re
import subprocess
import sys
import threading
import tracemalloc
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from command import kb

from kb.github.connection import Connection
from kb.review.archive import ArchiveError, member
from kb.review.comment import AUTHOR, MARK

TOKEN = "t0ken-of-the-run"
SHA, BASE = "a" * 40, "b" * 40
NEW = {"id": "pip/eels", "file": "pip/eels.md", "title": "Eels"}


def zipped(**members: bytes) -> bytes:
    """A zip archive; `__` in a name stands for a dot."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return content.getvalue()


def report(**parts: object) -> bytes:
    return json.dumps({"version": 1, **parts}).encode()


@dataclass
class GitHub:
    """A repository `acme/fixes` with pull request 7 from the fork `stranger/fixes`, and a run of it."""

    url: str = ""
    storage: str = ""
    event: str = "pull_request"
    pulls: list[dict[str, object]] = field(
        default_factory=lambda: [
            {
                "number": 7,
                "head": {"sha": SHA, "repo": {"id": 2, "full_name": "stranger/fixes"}},
                "base": {"sha": BASE},
            }
        ]
    )
    archive: bytes | None = field(default_factory=lambda: zipped(changes__json=report(new=[NEW])))
    proofs: bytes | None = None
    """What the job that tries recipes left, as an archive."""
    preview: bytes | None = b"PK"
    """The built site, which nobody asks for."""
    comments: list[dict[str, object]] = field(default_factory=list)
    status: int = 200
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)
    """Method, address and authorization of each request."""
    troubles: list[str] = field(default_factory=list)
    """Ends of addresses of which the next request fails, although it may have been done."""
    following: str = ""
    """The address of the next page of what was asked for last."""

    def answer(self, method: str, address: str, body: bytes) -> tuple[int, object]:
        """Status, and JSON or bytes or (for 302) an address."""
        trouble = next((end for end in self.troubles if address.endswith(end)), None)
        if trouble:
            self.troubles.remove(trouble)
            return 502, {"message": "Bad gateway"}
        path, query = urlsplit(address).path, parse_qs(urlsplit(address).query)
        if path == "/storage":
            return 200, self.archive
        if path == "/proofs":
            return 200, self.proofs
        if self.status != 200:
            return self.status, {"message": "no"}
        head = {"owner": {"login": "stranger"}, "id": 2}
        run = {"event": self.event, "head_sha": SHA, "head_branch": "fix/a b&c", "head_repository": head}
        comment = re.fullmatch(r"/repos/acme/fixes/issues/comments/(\d+)", path)
        if comment and method == "PATCH":
            found = next(one for one in self.comments if one["id"] == int(comment[1]))
            found["body"] = json.loads(body)["body"]
            return 200, found
        match method, path:
            case "GET", "/repos/acme/fixes/actions/runs/5":
                return 200, run
            case "GET", "/repos/acme/fixes/pulls":
                return 200, self.pulls if query["head"] == ["stranger:fix/a b&c"] else []
            case "GET", "/repos/acme/fixes/actions/runs/5/artifacts":
                left = {9: ("changes", self.archive), 10: ("proofs", self.proofs), 11: ("preview", self.preview)}
                there = [{"id": number, "name": name} for number, (name, held) in left.items() if held is not None]
                return 200, {"artifacts": [{**one, "expired": False} for one in there]}
            case "GET", "/repos/acme/fixes/actions/artifacts/9/zip":
                return 302, f"{self.storage}/storage"
            case "GET", "/repos/acme/fixes/actions/artifacts/10/zip":
                return 302, f"{self.storage}/proofs"
            case "GET", "/repos/acme/fixes/issues/7/comments":
                page = int(query.get("page", ["1"])[0])
                self.following = f"{path}?per_page=100&page={page + 1}" if page * 100 < len(self.comments) else ""
                return 200, self.comments[(page - 1) * 100 : page * 100]
            case "POST", "/repos/acme/fixes/issues/7/comments":
                made = {"id": 1000, "user": {"login": AUTHOR}, "body": json.loads(body)["body"]}
                self.comments.append(made)
                return 201, made
        return 404, {"message": "Not Found"}


class _Server(ThreadingHTTPServer):
    daemon_threads = True


def _serve(github: GitHub) -> tuple[_Server, str]:
    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            github.asked.append((self.command, self.path, self.headers["Authorization"]))
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            github.following = ""
            status, answer = github.answer(self.command, self.path, body)
            content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            if status == 302:
                self.send_header("Location", str(answer))
            if github.following:
                self.send_header("Link", f'<{github.url}{github.following}>; rel="next"')
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = _handle  # noqa: N815 - names that http.server looks for

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = _Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"


@pytest.fixture
def github() -> Iterator[GitHub]:
    """The interface at one port, the storage of artifacts at another, as GitHub has them on other hosts."""
    github = GitHub()
    server, github.url = _serve(github)
    storage, github.storage = _serve(github)
    yield github
    for each in (server, storage):
        each.shutdown()
        each.server_close()


def comment(github: GitHub, *options: str, run: str = "5") -> subprocess.CompletedProcess[str]:
    """Run `kb comment` as the workflow does."""
    return kb(
        "comment",
        run,
        *options,
        GITHUB_TOKEN=TOKEN,
        GITHUB_REPOSITORY="acme/fixes",
        GITHUB_API_URL=github.url,
        GITHUB_SERVER_URL="https://git.example",
    )


@pytest.fixture
def at_once(monkeypatch):
    """Try again without waiting."""
    monkeypatch.setattr(Connection, "_wait", lambda *_: None)


def writes(github: GitHub) -> list[str]:
    return [method for method, _, _ in github.asked if method != "GET"]


def test_a_pull_request_gets_a_comment_with_what_is_new(github):
    finished = comment(github)
    assert (finished.returncode, finished.stdout) == (0, "Commented on #7.\n")
    body = github.comments[0]["body"]
    assert body.startswith(f"{MARK}\n")
    assert f"[`Eels`](https://git.example/stranger/fixes/blob/{SHA}/entries/pip/eels.md)" in body
    assert "[the built site](https://git.example/acme/fixes/actions/runs/5/artifacts/11)" in body


def test_where_no_site_was_built_no_preview_is_promised(github):
    github.preview = None
    assert comment(github).returncode == 0
    assert "preview" not in github.comments[0]["body"]


def proofs(*results: dict[str, object]) -> bytes:
    return zipped(proofs__json=json.dumps({"version": 1, "sandbox": "sandlock", "results": results}).encode())


def result(state: str, **parts: object) -> dict[str, object]:
    """A result as `kb prove --report` writes it, with what a comment does not tell."""
    said = {"entry": "pip/eels", "asked": {"python": "3.8", "pip": "26.3"}, "error": "provoked", "line": "<b>@all</b>"}
    return {**said, "state": state, "fixes": [{"workaround": 1, "outcome": "proven"}], **parts}


def test_what_came_of_recipes_is_told_in_the_same_comment(github):
    failed = [{"workaround": 1, "outcome": "failed"}]
    github.proofs = proofs(result("new"), result("new"), result("differs", fixes=failed), result("kept", entry="a/b"))
    assert comment(github).stdout == "Commented on #7.\n"
    body = github.comments[0]["body"]
    assert "### 2 recipes tried\n\n- `pip/eels`: 2 as the recipe wants it, 1 **different**\n" in body
    assert "  - `python 3.8, pip 26.3`: **different**: error provoked, workaround 1 failed\n" in body
    assert "- `a/b`: 1 recorded and unchanged\n" in body
    assert "@all" not in body


def test_a_run_that_tried_no_recipe_says_nothing_of_them(github):
    github.archive, github.proofs = zipped(changes__json=report()), proofs()
    comment(github)
    assert github.comments == []


@pytest.mark.parametrize(
    "bad",
    [
        zipped(proofs__json=b"no JSON"),
        zipped(other__json=b"{}"),
        proofs({"entry": "pip/eels"}),
        proofs(result("proven by a stranger")),
        proofs(result("new", entry="<img src=x>/y")),
        proofs(result("new", asked={"python": "3.8`<img src=x>"})),
        proofs(*[result("new")] * 3001),
    ],
)
def test_results_of_recipes_that_are_none_are_refused(github, bad):
    github.proofs = bad
    finished = comment(github)
    assert finished.returncode == 1
    assert "can't be read" in finished.stderr
    assert github.comments == []


def test_a_comment_can_be_kept_for_a_job_that_may_write(github, tmp_path):
    finished = comment(github, "--keep", str(tmp_path))
    assert (finished.returncode, writes(github)) == (0, [])
    assert (tmp_path / "comment.md").read_text("utf-8").startswith(f"{MARK}\n")


def test_what_may_only_renew_a_comment_is_kept_under_another_name(github, tmp_path):
    github.archive = zipped(changes__json=report())
    comment(github, "--keep", str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["renewal.md"]


def test_a_second_run_renews_the_comment_in_its_place(github):
    comment(github)
    github.archive = zipped(changes__json=report(new=[{**NEW, "title": "More eels"}]))
    assert comment(github).stdout == "Renewed the comment on #7.\n"
    assert len(github.comments) == 1
    assert "More eels" in github.comments[0]["body"]


def test_a_comment_that_says_the_same_is_left_as_it_is(github):
    comment(github)
    comment(github)
    assert writes(github) == ["POST"]


def test_the_comment_is_found_behind_hundreds_of_others(github):
    other = {"id": 1, "user": {"login": "someone"}, "body": "Nice."}
    own = {"id": 2, "user": {"login": AUTHOR}, "body": f"{MARK}\nold"}
    github.comments = [other] * 250 + [own] + [other] * 10
    assert comment(github).stdout == "Renewed the comment on #7.\n"


def test_a_strangers_comment_is_never_edited_whatever_its_first_line(github):
    planted = {"id": 3, "user": {"login": "stranger"}, "body": f"{MARK}\nmine"}
    github.comments = [planted]
    comment(github)
    assert planted["body"] == f"{MARK}\nmine"
    assert len(github.comments) == 2


def test_a_pull_request_without_entries_gets_no_comment(github):
    github.archive = zipped(changes__json=report())
    assert comment(github).returncode == 0
    assert github.comments == []


def test_a_comment_that_no_longer_holds_is_renewed_too(github):
    comment(github)
    github.archive = zipped(changes__json=report())
    comment(github)
    assert "No entry changes." in github.comments[0]["body"]


@pytest.mark.parametrize(
    "pulls",
    [
        [],
        [
            {
                "number": 7,
                "head": {"sha": "c" * 40, "repo": {"id": 2, "full_name": "stranger/fixes"}},
                "base": {"sha": BASE},
            }
        ],
        [{"number": 7, "head": {"sha": SHA, "repo": {"id": 3, "full_name": "other/fixes"}}, "base": {"sha": BASE}}],
        [{"number": 7, "head": {"sha": SHA, "repo": None}, "base": {"sha": BASE}}],
    ],
    ids=["closed", "moved-on", "other-repository", "deleted-fork"],
)
def test_a_run_of_no_open_pull_requests_last_commit_says_nothing(github, pulls):
    github.pulls = pulls
    assert comment(github).returncode == 0
    assert writes(github) == []


def test_a_run_of_a_push_says_nothing(github):
    github.event = "push"
    assert comment(github).returncode == 0
    assert writes(github) == []


def test_a_run_without_a_report_says_nothing(github):
    github.archive = None
    assert comment(github).returncode == 0
    assert writes(github) == []


GOOD = report(new=[NEW])


def zipped_as(method: int, data: bytes, *names: str) -> bytes:
    """A zip archive of files that all hold the same."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive, warnings.catch_warnings(action="ignore"):
        for name in names:
            archive.writestr(name, data)
    return content.getvalue()


def with_bytes(archive: bytes, at: int, *values: int) -> bytes:
    """An archive with some bytes of its directory changed, counted from the directory's first entry."""
    start = archive.index(b"PK\x01\x02") + at
    return archive[:start] + bytes(values) + archive[start + len(values) :]


def with_link() -> bytes:
    link = zipfile.ZipInfo("changes.json")
    link.external_attr = 0o120777 << 16
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    return content.getvalue()


HOSTILE_ARCHIVES = {
    "twice": zipped_as(zipfile.ZIP_DEFLATED, GOOD, "changes.json", "changes.json"),
    "only outside": zipped_as(zipfile.ZIP_DEFLATED, GOOD, "../changes.json", "/changes.json", "a/../changes.json"),
    "symbolic link": with_link(),
    "bzip2 bomb": zipped_as(zipfile.ZIP_BZIP2, b" " * 5_000_000, "changes.json"),
    "lzma bomb": zipped_as(zipfile.ZIP_LZMA, b" " * 5_000_000, "changes.json"),
    "bzip2": zipped_as(zipfile.ZIP_BZIP2, GOOD, "changes.json"),
    "archive in an archive": zipped_as(zipfile.ZIP_DEFLATED, zipped(changes__json=GOOD), "changes.json"),
    "encrypted": with_bytes(zipped(changes__json=GOOD), 8, 1),
    "unknown method": with_bytes(zipped(changes__json=GOOD), 10, 99),
    "lying about its size": with_bytes(zipped(changes__json=GOOD), 24, 5, 0, 0, 0),
    "lying about its place": with_bytes(zipped(changes__json=GOOD), 42, 0xF0, 0xFF, 0xFF, 0xFF),
    "name that is no text": zipped_as(zipfile.ZIP_STORED, GOOD, "chang\u00e9s.json").replace(
        "\u00e9".encode(), b"\xff\xfe"
    ),
    "broken inside": zipped(changes__json=GOOD)[:45] + b"\xff" * 9 + zipped(changes__json=GOOD)[54:],
    "deeply nested": zipped(changes__json=b'{"new":' * 100_000),
}


@pytest.mark.parametrize("name", HOSTILE_ARCHIVES)
def test_a_hostile_archive_ends_in_one_line_and_no_comment(github, name):
    github.archive = HOSTILE_ARCHIVES[name]
    finished = comment(github)
    assert (finished.returncode, finished.stdout) == (1, "")
    (line,) = finished.stderr.splitlines()
    assert line.startswith("kb comment: the report of run 5 can't be read: ")
    assert writes(github) == []


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bomb_is_not_even_begun(github, method):
    github.archive = zipped_as(method, b" " * 25_000_000, "changes.json")
    tracemalloc.start()
    comment(github)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 15_000_000


def test_an_archive_with_any_byte_changed_is_read_or_refused_with_a_reason():
    reasons = set()
    for whole in (zipped(changes__json=GOOD), zipped_as(zipfile.ZIP_STORED, GOOD, "changes.json", "other.txt")):
        for at, value in itertools.product(range(len(whole)), (0x00, 0x7F, 0xFF)):
            try:
                member(whole[:at] + bytes([value]) + whole[at + 1 :], "changes.json", 1000)
            except ArchiveError as error:
                reasons.add(str(error))
    assert len(reasons) > 5
    assert "" not in reasons


@pytest.mark.parametrize(
    "archive",
    [
        b"",
        b"not a zip",
        zipped(other__json=b"{}"),
        zipped(changes__json=b"{"),
        zipped(changes__json=report(number=1)),
        zipped(changes__json=b" " * 50_000_000),
        os.urandom(1_000_001),
        zipped(changes__json=report(new=[NEW]))[:-40],
    ],
    ids=["empty", "no-zip", "no-member", "no-json", "other-keys", "bomb", "large", "cut-off"],
)
def test_a_report_that_is_not_as_expected_ends_in_one_line_and_no_comment(github, archive):
    github.archive = archive
    finished = comment(github)
    assert finished.returncode == 1
    assert finished.stderr.startswith("kb comment: ")
    assert len(finished.stderr.splitlines()) == 1
    assert writes(github) == []


def test_the_token_goes_to_github_alone(github):
    finished = comment(github)
    storage = [authorization for _, address, authorization in github.asked if address == "/storage"]
    others = {authorization for _, address, authorization in github.asked if address != "/storage"}
    assert storage == [None]
    assert others == {f"token {TOKEN}"}
    assert TOKEN not in finished.stdout + finished.stderr


@pytest.mark.parametrize(
    ("status", "told"),
    [(401, "that is valid (401)"), (403, "refuses (403)"), (404, "not found"), (500, "trouble (500)")],
)
def test_a_refusal_is_told_in_one_line(github, at_once, status, told):
    github.status = status
    finished = comment(github)
    assert finished.returncode == 1
    assert told in finished.stderr
    assert len(finished.stderr.splitlines()) == 1
    assert "Traceback" not in finished.stderr
    assert TOKEN not in finished.stderr


def test_github_out_of_reach_is_told_in_one_line(github, at_once):
    github.url = "http://127.0.0.1:1"
    finished = comment(github)
    assert finished.returncode == 1
    assert "the connection was refused or cut. Try again later." in finished.stderr


@pytest.mark.parametrize("at", ["/actions/runs/5", "/storage"])
def test_trouble_that_passes_is_waited_out(github, at_once, at):
    github.troubles = [at]
    assert comment(github).stdout == "Commented on #7.\n"
    assert sum(address.endswith(at) for _, address, _ in github.asked) == 2


def test_a_comment_is_not_written_twice_where_github_does_not_say_whether_it_was(github, at_once):
    github.troubles = ["/issues/7/comments"]
    finished = comment(github)
    assert (finished.returncode, writes(github)) == (1, ["POST"])


def test_a_storage_that_is_less_safe_than_github_is_not_asked(github):
    github.storage = "ftp://storage.example"
    finished = comment(github)
    assert finished.returncode == 1
    assert "leads to an address that is not followed" in finished.stderr
    assert writes(github) == []


@pytest.mark.parametrize("token", ["t0ken-of-th\u00e9-run", "t0ken-of\n-the-run", "t0ken of-the-run"])
def test_a_token_that_is_none_is_refused_without_showing_it(github, monkeypatch, token):
    monkeypatch.setattr(sys.modules[__name__], "TOKEN", token)
    finished = comment(github)
    assert finished.returncode == 1
    assert "GITHUB_TOKEN" in finished.stderr
    assert "t0ken" not in finished.stdout + finished.stderr
    assert github.asked == []


@pytest.mark.parametrize("url", ["http://[::1", "http://127.0.0.1:99999", "https://me:pa55@api.example", "api.example"])
def test_an_address_that_is_none_is_refused_without_showing_it(github, url):
    github.url = url
    finished = comment(github)
    assert finished.returncode == 1
    assert "GITHUB_API_URL has to be an address" in finished.stderr
    assert "pa55" not in finished.stderr
    assert "Traceback" not in finished.stderr


def test_a_run_is_a_number(github):
    assert comment(github, run="5/../../x").returncode == 2
    assert github.asked == []
