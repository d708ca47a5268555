"""A knowledge base on a company's own GitLab, and where its site can be published: from an empty folder on."""

import gzip
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml
from command import kb

from kb.entry import Forge
from kb.site.config import api_of, repository_of
from kb.site.forms import description_of
from kb.starting import PLACES

REPO = "https://gitlab.example.com/group/sub/project"
OPTIONS = ("--name", "Acme Fixes", "--product", "Acme CLI", "--site-url", "https://fixes.example.com/kb/")
ENTRY = """\
---
title: "Disk full: the worker can't write"
signatures:
  - text: "fatal: the disk of the worker is full"
    examples: ["fatal: the disk of the worker is full"]
tags: [disks, workers]
status: open
issue: {ref: "gitlab.example.com/group/sub/project#12"}
pulls: [{ref: "gitlab.example.com/group/sub/project!7", state: open}]
updated: 2026-11-23
---

## Summary

Remove old builds from the volume, then start the job again.

## Cause

Its disk is full.

## Workaround: Free the disk

Remove what is old.
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Path:
    """A base on GitLab with what every place to publish takes, an entry about one of its issues, and its site."""
    folder = tmp_path_factory.mktemp("hosts") / "acme"
    places = [option for place in PLACES for option in ("--publish", place)]
    started = kb("init", str(folder), "--repo", REPO, *OPTIONS, *places)
    assert started.returncode == 0, started.stderr
    (folder / "entries/acme-cli/disk-full.md").write_text(ENTRY, "utf-8")
    environment = {**os.environ, "KB_PYTHON": sys.executable}
    command = [sys.executable, "scripts/build.py"]
    built = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


def page(base: Path, name: str) -> str:
    return (base / "site" / name / "index.html").read_text("utf-8")


def test_nothing_links_to_github(base):
    """But for a rule's example, and the theme's own bundle, which no page asks for what it has of GitHub."""
    found = {
        path.relative_to(base).as_posix()
        for path in base.rglob("*.*")
        if path.is_file() and re.search(rb"https?://(?:[\w.-]+\.)?github\.(?:com|io)", path.read_bytes())
    }
    rest = {name for name in found if not re.fullmatch(r"site/assets/javascripts/bundle\.\w+\.min\.js", name)}
    assert rest == {"site/rules/kb304/index.html"}
    assert not (base / ".github").exists()


def test_forms_are_descriptions_that_the_address_carries(base):
    links = re.findall(rf'href="({REPO}/-/issues/new\?[^"]+)"', page(base, "acme-cli/disk-full"))
    vote = next(link for link in links if "easy_fix" in link)
    asked = parse_qs(urlsplit(vote.replace("&amp;", "&")).query)
    assert asked["issue[title]"] == ["Vote: Easy fix acme-cli/disk-full"]
    assert asked["issue[description]"] == [
        description_of("vote", {"entry": "acme-cli/disk-full", "signal": "easy_fix"})
    ]
    assert any("Mistake%3A%20acme-cli/disk-full" in link for link in links)


def test_templates_are_the_same_as_what_addresses_carry(base):
    for label in ("vote", "mistake", "new-fix"):
        assert (base / f".gitlab/issue_templates/{label}.md").read_text("utf-8") == description_of(label, {})


def test_pages_lead_to_gitlab(base):
    entry = page(base, "acme-cli/disk-full")
    assert f'href="{REPO}/-/edit/main/entries/acme-cli/disk-full.md"' in entry
    assert f'href="{REPO}/-/issues/12"' in entry
    assert f'href="{REPO}/-/merge_requests/7"' in entry
    assert f'"discussionUrl":"{REPO}/-/issues/12"' in entry
    assert "On GitLab" in entry
    assert 'report/#gitlab.example.com/group/sub/project#12"' in entry
    assert f'href="{REPO}"' in page(base, "acme-cli")


def test_the_report_page_asks_gitlab(base):
    report = page(base, "report")
    assert 'data-kb-api="https://gitlab.example.com/api/v4" data-kb-forge="gitlab"' in report
    assert "connect-src 'self' https://gitlab.example.com;" in report


@pytest.mark.parametrize(
    ("repo", "forge", "api"),
    [
        ("https://gitlab.com/group/project", None, "https://gitlab.com/api/v4"),
        ("https://code.example.com/group/sub/project.git", None, "https://code.example.com/api/v4"),
        ("https://code.example.com/group/project", None, "https://code.example.com/api/v3"),
        ("https://code.example.com:8443/group/project", Forge.GITLAB, "https://code.example.com:8443/api/v4"),
    ],
)
def test_what_a_host_is_follows_from_the_address_or_is_said(repo, forge, api):
    assert api_of(repo, forge) == api
    assert repository_of(repo) == repo.removesuffix(".git")


def test_a_gitlab_by_another_name_is_named(tmp_path):
    started = kb("init", str(tmp_path / "a"), "--repo", "https://code.example.com/g/p", "--forge", "gitlab", *OPTIONS)
    assert started.returncode == 0, started.stderr
    assert (tmp_path / "a/.gitlab-ci.yml").is_file()
    settings = (tmp_path / "a/mkdocs.yml").read_text("utf-8")
    assert "forge: gitlab" in settings
    assert "edit_uri: -/edit/main/entries/" in settings


def test_the_pipeline_checks_builds_and_publishes(base):
    """It was held against GitLab's own schema of pipelines with check-jsonschema 0.39.0 (`vendor.gitlab-ci`)."""
    pipeline = yaml.safe_load((base / ".gitlab-ci.yml").read_text("utf-8"))
    jobs = {name: job for name, job in pipeline.items() if isinstance(job, dict) and "script" in job}
    assert list(jobs) == ["check", "build", "pages", "facts", "propose"]
    assert {job["stage"] for job in jobs.values()} == set(pipeline["stages"])
    assert jobs["pages"]["artifacts"]["paths"] == ["public"]
    for job in ("facts", "build", "check"):  # what runs code of a package has no token to write
        assert "PROPOSE_TOKEN" not in yaml.safe_dump(jobs[job])
    scripts = {
        word for job in jobs.values() for line in job["script"] for word in re.findall(r"[\w./-]+\.(?:py|sh)", line)
    }
    assert all((base / script).is_file() for script in scripts)


def test_a_proposal_is_pushed_without_the_token_in_sight(base, tmp_path):
    """With a git that notes how it is called."""
    program = tmp_path / "git"
    program.write_text('#!/bin/sh\necho "$*" >> "$NOTES"\necho "env $GIT_CONFIG_KEY_0" >> "$NOTES"\n[ "$1" != diff ]\n')
    program.chmod(0o755)
    notes = tmp_path / "notes"
    server = {"CI_SERVER_HOST": "gitlab.example.com", "CI_SERVER_URL": "https://gitlab.example.com"}
    server |= {"CI_PROJECT_PATH": "group/sub/project", "CI_DEFAULT_BRANCH": "main"}
    environ = {**os.environ, **server, "PATH": f"{tmp_path}:{os.environ['PATH']}", "NOTES": str(notes)}
    command = ["bash", str(base / ".gitlab/scripts/propose.sh"), "refresh/gitlab", "Refresh"]
    subprocess.run(command, env=environ, check=True)
    assert "push" not in notes.read_text("utf-8")  # there is no token
    subprocess.run(command, env=environ | {"PROPOSE_TOKEN": "glpat-of-a-test"}, check=True)
    told = notes.read_text("utf-8")
    assert "--push-option=merge_request.create" in told
    assert "https://gitlab.example.com/group/sub/project.git HEAD:refs/heads/refresh/gitlab" in told
    assert "env http.https://gitlab.example.com/.extraHeader" in told
    assert "glpat" not in told


def test_files_of_netlify_and_cloudflare_name_the_site(base):
    netlify = tomllib.loads((base / "netlify.toml").read_text("utf-8"))
    assert netlify["build"] | {"environment": 0} == {
        "command": "python3 scripts/build.py", "publish": "site", "environment": 0,
    }  # fmt: skip
    cloudflare = tomllib.loads((base / "wrangler.toml").read_text("utf-8"))
    assert (cloudflare["name"], cloudflare["pages_build_output_dir"]) == ("acme-fixes", "site")


@contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[int]:
    """A server that listens by now; ended afterwards."""
    environ = {**os.environ, "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=folder, env=environ, **quiet) as server:
        try:
            for _ in range(200):
                assert server.poll() is None, server.stderr and server.stderr.read()
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                    break
                time.sleep(0.05)
            yield port
        finally:
            server.terminate()
            server.wait(10)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture(scope="module")
def www(base, tmp_path_factory) -> Path:
    """What lies on the server: the site in the folder of its address."""
    folder = tmp_path_factory.mktemp("www")
    shutil.copytree(base / "site", folder / "kb")
    return folder


@pytest.fixture(scope="module")
def nginx(base, www, tmp_path_factory) -> Iterator[int]:
    """The port of an nginx that runs the file for it; nothing in it is another but address and folder."""
    nginx, folder, port = program("nginx"), tmp_path_factory.mktemp("nginx"), free_port()
    server = (base / "nginx.conf").read_text("utf-8")
    server = server.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("  listen [::]:80;\n", "")
    server = server.replace("/srv/www;", f"{www};")
    kinds = "client_body proxy fastcgi uwsgi scgi"
    paths = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds.split())
    whole = f"pid {folder}/pid; daemon off; error_log {folder}/log; user root;\nevents {{}}\n"
    whole += f"http {{ access_log off; {paths}\n{server}}}\n"
    if os.geteuid():
        whole = whole.replace(" user root;", "")
    (folder / "nginx.conf").write_text(whole, "utf-8")
    with running([nginx, "-e", f"{folder}/log", "-c", f"{folder}/nginx.conf", "-p", str(folder)], port, folder):
        yield port


@pytest.fixture(scope="module")
def caddy(base, www, tmp_path_factory) -> Iterator[int]:
    """The port of a Caddy that runs the file for it."""
    caddy, folder, port = program("caddy"), tmp_path_factory.mktemp("caddy"), free_port()
    text = (base / "Caddyfile").read_text("utf-8")
    text = text.replace("fixes.example.com {", f"http://127.0.0.1:{port} {{").replace("/srv/www\n", f"{www}\n", 1)
    text = text.replace(f"SERVER:{www}", "SERVER:/srv/www")
    text = re.sub(r"root \* \S+", f"root * {www}", text)
    (folder / "Caddyfile").write_text("{\n\tadmin off\n}\n" + text, "utf-8")
    command = [caddy, "run", "--config", f"{folder}/Caddyfile", "--adapter", "caddyfile"]
    with running(command, port, folder):
        yield port


def ask(port: int, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer, answer.read()


@pytest.mark.parametrize("server", ["nginx", "caddy"])
def test_a_web_server_serves_the_site(server, www, request):
    port = request.getfixturevalue(server)
    content = (www / "kb/acme-cli/disk-full/index.html").read_bytes()
    answer, body = ask(port, "/kb/acme-cli/disk-full/")
    assert (answer.status, body) == (200, content)
    assert answer.headers["Content-Type"].lower() == "text/html; charset=utf-8"
    assert (answer.headers["Cache-Control"], answer.headers["X-Content-Type-Options"]) == ("no-cache", "nosniff")
    unchanged, _ = ask(port, "/kb/acme-cli/disk-full/", If_None_Match=answer.headers["ETag"])
    assert unchanged.status == 304
    packed, body = ask(port, "/kb/acme-cli/disk-full/", Accept_Encoding="gzip")
    assert (packed.headers["Content-Encoding"], gzip.decompress(body)) == ("gzip", content)


@pytest.mark.parametrize("server", ["nginx", "caddy"])
def test_a_web_server_leads_on_and_shows_the_page_for_missing_addresses(server, www, request):
    port = request.getfixturevalue(server)
    moved, _ = ask(port, "/kb/acme-cli/disk-full")
    assert moved.status in (301, 308)
    assert unquote(moved.headers["Location"]) == "/kb/acme-cli/disk-full/"
    missing, body = ask(port, "/kb/no/such/page/")
    assert (missing.status, body) == (404, (www / "kb/404.html").read_bytes())


@pytest.mark.parametrize("server", ["nginx", "caddy"])
def test_a_web_server_lets_browsers_keep_what_never_changes(server, www, request):
    port = request.getfixturevalue(server)
    script = next((www / "kb/assets").glob("kb-*/js/*.js")).relative_to(www).as_posix()
    answer, _ = ask(port, f"/{script}")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"].lower().startswith("text/javascript")
    markdown, _ = ask(port, "/kb/acme-cli/disk-full/index.md")
    assert markdown.headers["Content-Type"].lower().startswith("text/markdown")
