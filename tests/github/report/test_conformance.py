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

import gitlab_documented as made
import pytest

from kb.github.gitlab.translation import Answers, issue_of, mentions_of, timeline_of
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
    apis = [
        "https://api.github.com",
        "https://api.acme.ghe.com/",
        "https://git.acme.example/api/v3",
        "http://[::1]:80",
        "https://gitlab.example.com/api/v4",
    ]
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


@pytest.mark.browser
def test_both_translate_gitlabs_answers_alike(scripts):
    web, home = "https://code.example.com", "group/sub/project#12"
    merge = made.merge_request(web, "group/sub/project!7", state="merged", draft=True)
    issue = made.issue(web, home, state="closed", duplicate_of="x", labels=("bug",), upvotes=2)
    told = [
        *("mentioned in issue #40", "mentioned in merge request !7", "mentioned in incident other#3"),
        *(
            "mentioned in commit group/other@0af3c1d9",
            "changed title from **{-a-}b** to **{+c+}b**",
            "assigned to @rosa",
        ),
        *("moved to group/x#5", "marked this issue as a duplicate of #3", "mentioned in epic &4", "", "closed"),
    ]
    notes = [made.told(web, body, minutes=place) for place, body in enumerate(told)]
    notes += [made.note(web, "Same.", "project_5_bot_a1", 3), {"system": True}, {"body": 5, "author": "x"}]
    labels = [
        made.label_event(web, "bug"),
        made.label_event(web, None, "remove"),
        {"action": 1},
    ]
    states = [made.state_event(web, state, place) for place, state in enumerate(("reopened", "closed", "x"))]
    milestones = [made.milestone_event(web, "2.0", "remove")]
    answers = Answers(notes, labels, states, milestones, [merge], [merge, {}])
    others = {"group/sub/project#40": made.issue(web, "group/sub/project#40", author=None)}
    found = scripts.evaluate(
        """async ([home, issue, merge, answers, others]) => {
            const { issueOf, mentionsOf, timelineOf } = await import("/js/gitlab_translation.js");
            const timeline = timelineOf(home, answers, new Map(Object.entries(others)));
            return [issueOf(issue, false), issueOf(merge, true), mentionsOf(answers.notes, home), timeline];
        }""",
        [home, issue, merge, answers._asdict(), others],
    )
    expected = [issue_of(issue), issue_of(merge, is_merge=True), mentions_of(notes, home)]
    assert found == [*expected, timeline_of(home, answers, others)]
    assert found[2] == ["group/sub/project#40", "group/sub/project!7", "group/sub/other#3"]


@pytest.mark.browser
def test_a_reader_may_write_an_issue_as_it_is_named_anywhere(scripts):
    written = [
        ("acme/app#1", "https://github.com", "acme/app#1"),
        ("github.com/acme/app#1", "https://github.com", "acme/app#1"),
        ("ghe.example.com/acme/app#1", "https://ghe.example.com", "acme/app#1"),
        ("Acme/App#1", "https://ghe.example.com", "acme/app#1"),
        ("https://ghe.example.com/acme/app/pull/7/files", "https://ghe.example.com", "acme/app#7"),
        ("https://github.com/acme/app/issues/1", "https://ghe.example.com", None),
        ("ghe.example.com/acme/app#1", "https://github.com", None),
        ("a/b/c#12", "https://gitlab.example.com", "a/b/c#12"),
        ("gitlab.example.com/a/b/c!7", "https://gitlab.example.com", "a/b/c!7"),
        ("https://gitlab.example.com/a/b/c/-/work_items/7", "https://gitlab.example.com", "a/b/c#7"),
        ("words", "https://github.com", None),
        ("https://[", "https://github.com", None),
    ]
    found = scripts.evaluate(
        """async (written) => {
            const { parseReference } = await import("/js/references.js");
            return written.map(([text, web]) => parseReference(text, web));
        }""",
        written,
    )
    assert found == [expected for *_, expected in written]
