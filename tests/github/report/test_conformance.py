"""The vectors in tests/data/report: the same snapshot gives the same report and Markdown in Python and in a browser.

`KB_UPDATE_SNAPSHOTS=1` writes what Python gives into the vectors, to be read through before it is committed.
"""

import json
import os
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kb.github.report import analyse, text_to_match, to_markdown
from kb.github.report.references import web_address

from .conftest import DATA, Vector

SCRIPTS = Path(__file__).parents[3] / "kb/site/assets/js/report"
IN_BROWSER = """async (cases) => {
    const { analyse, textToMatch } = await import("/js/analysis.js");
    const { toMarkdown } = await import("/js/markdown.js");
    return cases.map(({ snapshot, known }) => {
        const report = analyse(snapshot, known);
        return { report, markdown: toMarkdown(report), text: textToMatch(snapshot) };
    });
}"""


def write(vector: Vector) -> None:
    report = analyse(vector.snapshot, vector.known)
    value = {"note": vector.note, "snapshot": vector.snapshot, "known": vector.known, "report": report}
    (DATA / f"{vector.name}.json").write_text(json.dumps(value, indent=1) + "\n", "utf-8")
    (DATA / f"{vector.name}.md").write_text(to_markdown(report), "utf-8")


def test_there_are_vectors_for_good_and_for_hostile_issues(vectors):
    assert len(vectors) >= 35
    assert len([vector for vector in vectors if vector.name.startswith("hostile-")]) >= 10


def test_python_gives_the_reports_of_the_vectors(vectors):
    if os.environ.get("KB_UPDATE_SNAPSHOTS"):
        for vector in vectors:
            write(vector)
        pytest.skip("the vectors were written anew")
    reports = {vector.name: analyse(vector.snapshot, vector.known) for vector in vectors}
    assert reports == {vector.name: vector.report for vector in vectors}


def test_python_gives_the_markdown_of_the_vectors(vectors):
    found = {vector.name: to_markdown(analyse(vector.snapshot, vector.known)) for vector in vectors}
    assert found == {vector.name: vector.markdown for vector in vectors}


@pytest.fixture(scope="module")
def scripts(browser, tmp_path_factory):
    """A page in a browser, from a server that has the scripts only."""
    folder = tmp_path_factory.mktemp("scripts")
    shutil.copytree(SCRIPTS, folder / "js")
    (folder / "index.html").write_text("<!doctype html><title>Reports</title>")

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page()
    try:
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        yield page
    finally:
        page.close()
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def in_browser(scripts, vectors):
    """What a browser makes of the vectors, by name."""
    found = scripts.evaluate(IN_BROWSER, [{"snapshot": one.snapshot, "known": one.known} for one in vectors])
    return {vector.name: result for vector, result in zip(vectors, found, strict=True)}


@pytest.mark.browser
def test_javascript_gives_the_reports_of_the_vectors(in_browser, vectors):
    assert {name: found["report"] for name, found in in_browser.items()} == {one.name: one.report for one in vectors}


@pytest.mark.browser
def test_javascript_gives_the_markdown_of_the_vectors(in_browser, vectors):
    found = {name: result["markdown"] for name, result in in_browser.items()}
    assert found == {vector.name: vector.markdown for vector in vectors}


@pytest.mark.browser
def test_both_know_where_the_pages_of_an_api_are(scripts):
    apis = ["https://api.github.com", "https://api.acme.ghe.com/", "https://git.acme.example/api/v3", "http://[::1]:80"]
    found = scripts.evaluate("async (apis) => apis.map((await import('/js/references.js')).webAddress)", apis)
    assert found == [web_address(api) for api in apis]


@pytest.mark.browser
def test_both_match_the_same_text_with_the_knowledge_base(in_browser, vectors):
    found = {name: result["text"] for name, result in in_browser.items()}
    assert found == {vector.name: text_to_match(vector.snapshot) for vector in vectors}


@pytest.mark.browser
def test_both_take_the_same_text_for_an_issue(scripts, data):
    vectors = json.loads((data / "issue_refs.json").read_text("utf-8"))
    found = scripts.evaluate(
        """async (texts) => {
            const { parseIssue, nameOf, shortPathOf, urlOf, issueOfPath } = await import("/js/issue_ref.js");
            return texts.map((text) => {
                const ref = parseIssue(text);
                if (!ref) return { text };
                const back = issueOfPath(`r/${shortPathOf(ref)}/`);
                if (!back || nameOf(back) !== nameOf(ref)) throw new Error(`${text}: its short address is another's`);
                return { text, name: nameOf(ref), path: shortPathOf(ref), url: urlOf(ref) };
            });
        }""",
        [vector["text"] for vector in vectors],
    )
    assert found == vectors
