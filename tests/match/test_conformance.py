"""The vectors in tests/data/match: the same text gives the same answers in Python, in Node and in a browser."""

import json
import shutil
import subprocess
import threading
from dataclasses import asdict
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from .conftest import DATA

SCRIPTS = Path(__file__).parents[2] / "kb" / "site" / "assets" / "js" / "match"
IN_BROWSER = """async ([script, index, texts]) => {
    const { Matcher } = await import(script);
    const matcher = await Matcher.fromUrl(new URL(index, location.href));
    const answers = [];
    for (const text of texts) answers.push(await matcher.match(text, 5));
    return answers;
}"""


def in_code_points(text, answers):
    """JavaScript counts UTF-16 units; the vectors count characters."""
    units = text.encode("utf-16-le")
    for answer in answers:
        for edge in ("start", "end"):
            answer[edge] = len(units[: 2 * answer[edge]].decode("utf-16-le"))
    return answers


def differences(vectors, all_answers):
    return [
        (vector.note, vector.answers, answers)
        for vector, answers in zip(vectors, all_answers, strict=True)
        if answers != vector.answers
    ]


def test_there_are_vectors_for_every_kind_of_noise(vectors):
    assert len(vectors) >= 150
    assert len({vector.note.split(":")[0] for vector in vectors}) >= 30


def test_python_gives_the_answers_of_the_vectors(matcher, vectors):
    answers = [[asdict(answer) for answer in matcher.match(vector.text, 5)] for vector in vectors]
    assert differences(vectors, answers) == []


def test_javascript_in_node_gives_the_answers_of_the_vectors(index_folder, vectors):
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node isn't installed; the browser test covers the same")
    script = Path(__file__).parent / "conformance.mjs"
    run = subprocess.run(
        [node, script, index_folder, DATA / "vectors.jsonl"], check=True, capture_output=True, encoding="utf-8"
    )
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert differences(vectors, map(in_code_points, (vector.text for vector in vectors), answers)) == []


@pytest.fixture
def site(index_folder, tmp_path):
    """A server with the scripts and the index, and nothing else."""
    shutil.copytree(SCRIPTS, tmp_path / "js")
    shutil.copytree(index_folder, tmp_path / "index")
    (tmp_path / "index.html").write_text("<!doctype html><title>Matching</title>")

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=tmp_path))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.mark.browser
def test_javascript_in_chromium_gives_the_answers_of_the_vectors(site, page, vectors):
    page.goto(site)
    texts = [vector.text for vector in vectors]
    answers = page.evaluate(IN_BROWSER, ["/js/matcher.js", "/index/", texts])
    assert differences(vectors, map(in_code_points, texts, answers)) == []


@pytest.mark.browser
def test_a_browser_fetches_the_root_and_then_only_what_a_text_needs(site, page, vectors):
    page.goto(site)
    fetched = []
    page.on("request", lambda request: fetched.append(request.url.removeprefix(site)))
    page.evaluate(IN_BROWSER, ["/js/matcher.js", "/index/", ["nothing that anyone has seen"]])
    assert sorted(name for name in fetched if name.startswith("index/")) == ["index/filter.bin", "index/root.json"]
