"""Python and JavaScript say the same of thousands of mutated texts and issues: the matcher and the report.

Node answers where there is one, Chromium where there is none; either starts once. `KB_TWINS=20000` tries so many texts.
"""

import json
import os
import shutil
import subprocess
import threading
from copy import deepcopy
from dataclasses import asdict
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kb.entry import load_collection
from kb.github.report import analyse, text_to_match, to_markdown
from kb.match import Indexed, Matcher, build_index, signatures_of, without_values

from .mutated import texts_from

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests/data"
SCRIPTS = ROOT / "kb/site/assets/js"
COUNT = int(os.environ.get("KB_TWINS", "2000"))
ISSUES = COUNT // 10
OWN = [
    Indexed("own/braces", "Token{{{id}}} of \\{{kind}} failed"),
    Indexed("own/unless", "linker `{{linker}}` was lost", ("link.exe", "Straße \U0001f600"), ("linux", "macos")),
    Indexed("own/astral", "disk \U0001d518\U0001f600 of {{host:word}} is full \U00020bb7"),
    Indexed("own/draft", "linker `{{linker}}` was", is_draft=True),
    Indexed("own/symptom", "linker `{{linker}}` was lost in {{where}}", is_symptom=True),
    Indexed("own/lines", "these files are gone:\n{{files:lines}}\nplease look"),
    Indexed(
        "own/typed", "{{when}} [{{level:word}}] {{n:int}}/{{h:hex}} at {{where:path}}: {{q:quoted}} see {{u:url}}."
    ),
]
IN_BROWSER = """async ({ index, texts, issues }) => {
    const { Matcher } = await import("/js/match/matcher.js");
    const { analyse, textToMatch } = await import("/js/report/analysis.js");
    const { toMarkdown } = await import("/js/report/markdown.js");
    const { withoutValues } = await import("/js/match/wording.js");
    const matcher = await Matcher.fromUrl(new URL(index, location.href));
    const answers = [];
    for (const text of texts) answers.push(await matcher.match(text, 5));
    const reports = issues.map(({ snapshot, known }) => {
        const report = analyse(snapshot, known);
        return { report, markdown: toMarkdown(report), text: textToMatch(snapshot) };
    });
    return { answers, reports, wordings: texts.map(withoutValues) };
}"""


def lines_of(name):
    return [json.loads(line) for line in (DATA / "match" / name).read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """All signatures of the vectors and the entries, and some that are odd."""
    collection = load_collection(ROOT / "entries")
    own = [signature for entry in collection.entries for signature in signatures_of(entry)]
    listed = [(line["id"], line["text"]) for line in lines_of("signatures.jsonl")]
    folder = tmp_path_factory.mktemp("index")
    for name, content in build_index([*OWN, *own, *listed]).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def texts():
    """Vectors, cases of the evaluation and examples of entries, mutated."""
    examples = [
        example
        for entry in load_collection(ROOT / "entries").entries
        for signature in entry.signatures
        for example in signature.examples
    ]
    messages = [
        "Token{42} of {{kind}} failed",
        "linker `cc` was lost\nnear link.exe",
        "linker `cc` was lost in STRASSE \U0001f600 C:\\Users\\user",
        "disk \U0001d518\U0001f600 of host.example is full \U00020bb7",
        "these files are gone:\n- \U0001f600.txt\n- b.txt\nplease look",
        "12:30:01 [warn] 7/ff at /home/user/a b.txt: 'x y' see https://host.example/a?b.",
    ]
    given = [line["text"] for name in ("vectors.jsonl", "eval.jsonl") for line in lines_of(name) if "text" in line]
    return list(texts_from([*messages * 20, *given, *examples], COUNT, seed=20261128))


@pytest.fixture(scope="module")
def issues():
    """The issues of the report's vectors with mutated titles, bodies and comments."""
    vectors = [json.loads(path.read_text("utf-8")) for path in sorted((DATA / "report").glob("*.json"))]
    words = [text for vector in vectors for text in strings_of(vector["snapshot"]) if len(text) > 20]
    mutated = texts_from(words, 50 * ISSUES, seed=45048)
    made = []
    for number in range(ISSUES):
        vector = deepcopy(vectors[number % len(vectors)])
        for node in vector["snapshot"]["nodes"].values():
            for spoken in [node.get("issue"), *(node.get("timeline") or [])]:
                for key in ("title", "body"):
                    if isinstance(spoken, dict) and isinstance(spoken.get(key), str):
                        spoken[key] = next(mutated)
        made.append({"snapshot": vector["snapshot"], "known": vector["known"]})
    return made


def strings_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings_of(part)


@pytest.fixture(scope="module")
def javascript(request, index, texts, issues, tmp_path_factory):
    """What the JavaScript twins say, of texts and of issues."""
    node = shutil.which("node")
    cases = {"texts": texts, "issues": issues}
    if node is None:
        return request.getfixturevalue("chromium_says")(index, cases)
    folder = tmp_path_factory.mktemp("twins")
    (folder / "cases.json").write_text(json.dumps(cases), "utf-8")
    script = Path(__file__).parent / "twins.mjs"
    subprocess.run([node, script, index, folder / "cases.json", folder / "found.json"], check=True)
    return json.loads((folder / "found.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def chromium_says(browser, tmp_path_factory):
    """A function that asks the twins in a page, from a server that has the scripts and an index."""

    def ask(index, cases):
        folder = tmp_path_factory.mktemp("twins")
        shutil.copytree(SCRIPTS, folder / "js")
        shutil.copytree(index, folder / "index")
        (folder / "index.html").write_text("<!doctype html><title>Twins</title>")

        class Handler(SimpleHTTPRequestHandler):
            def log_message(self, *args):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        found = page.evaluate(IN_BROWSER, {"index": "/index/", **cases})
        page.close()
        server.shutdown()
        return found

    return ask


def in_code_points(text, answers):
    """JavaScript counts UTF-16 units, Python characters."""
    units = text.encode("utf-16-le", "surrogatepass")
    places = [
        {edge: len(units[: 2 * answer[edge]].decode("utf-16-le", "replace")) for edge in ("start", "end")}
        for answer in answers
    ]
    return [answer | place for answer, place in zip(answers, places, strict=True)]


def test_both_matchers_give_the_same_answers(index, texts, javascript):
    matcher = Matcher.from_files(index)
    different = [
        (text, own, others)
        for text, given in zip(texts, javascript["answers"], strict=True)
        if (own := [asdict(answer) for answer in matcher.match(text, 5)]) != (others := in_code_points(text, given))
    ]
    assert different == []
    assert sum(bool(given) for given in javascript["answers"]) > len(texts) // 2


def test_both_leave_the_same_words_of_an_error(texts, javascript):
    pairs = zip(map(without_values, texts), javascript["wordings"], strict=True)
    assert [pair for pair in pairs if pair[0] != pair[1]] == []
    assert len(set(javascript["wordings"])) > len(texts) // 4


def test_both_reports_say_the_same(issues, javascript):
    own = [
        {"report": report, "markdown": to_markdown(report), "text": text_to_match(issue["snapshot"])}
        for issue in issues
        if (report := analyse(issue["snapshot"], issue["known"]))
    ]
    assert [(mine, theirs) for mine, theirs in zip(own, javascript["reports"], strict=True) if mine != theirs] == []
