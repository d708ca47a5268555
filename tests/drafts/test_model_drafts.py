"""`kb draft`: from an issue on GitHub and a model, both real servers on loopback, to marked sections of an entry."""

import json
import re
from io import StringIO
from logging import DEBUG, StreamHandler, getLogger
from pathlib import Path

import pytest
from against_stand_in import github  # noqa: F401
from answering import kb
from documented import changed_file, commented, cross_referenced
from model_stand_in import Reply, answer, completion, said, serve_model, step

from kb.drafts.model import ModelClient, ModelSettings
from kb.entry import load_collection

KEY = "sk-test-0123456789-never-shown"
REF = "acme/app#12"
BODY = """\
Starting it fails since 2.1.96:

```
Error: listen EADDRINUSE: address already in use 127.0.0.1:3000
```
"""
COMMENT = """\
The old process was still there. This helped:

```sh
app stop --all
```
"""
UNWRITTEN = """\
## Summary

Reported as [acme/app#12](https://github.com/acme/app/issues/12). This is a draft made from that report; nobody has \
looked at it yet.

## Cause

Not known yet.

## Workaround: None known yet

Nobody has written one down.
"""
GOOD = answer(
    summary=[said("The port is taken since 2.1.96.", REF)],
    cause=[said("The old process was still there.", f"{REF} comment 1")],
    workarounds=[
        step(
            said("Stop the old process", f"[{REF} comment 1]"),
            said("Stop it:", f"{REF} comment 1"),
            said("```sh\napp stop --all\n```", f"{REF} comment 1"),
        )
    ],
)


@pytest.fixture
def model():
    with serve_model() as server:
        server.replies = [completion(GOOD)]
        yield server


@pytest.fixture
def entry(folder, github):  # noqa: F811
    """An entry as an import leaves it, and its issue with a comment."""
    github.add(REF, title="Does not start", body=BODY, events=[commented(COMMENT)])
    signatures = [{"text": "Error: listen EADDRINUSE: address already in use {{host}}:{{port:int}}"}]
    return folder.entry("pip/taken.md", UNWRITTEN, title="Port in use", signatures=signatures, issue={"ref": REF})


@pytest.fixture
def draft(folder, github, model):  # noqa: F811
    """A function that runs `kb draft` with arguments."""
    environ = {"GITHUB_API_URL": github.url, "KB_AI_BASE_URL": model.url, "KB_AI_MODEL": "example-model"}
    return lambda *arguments, **more: kb(
        "draft",
        *(arguments or ("pip/taken",)),
        "--folder",
        str(folder.root),
        "--patience",
        "1",
        folder=folder.root.parent,
        **(environ | {"KB_AI_KEY": KEY} | more),
    )


def leaks(folder: Path, finished) -> list[str]:
    """Where the key stands: what was printed, and all files, the cache with them."""
    files = [str(path) for path in folder.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]
    return files + [name for name in ("stdout", "stderr") if KEY in getattr(finished, name)]


def test_a_draft_is_a_diff_until_it_is_to_be_written(draft, entry):
    before = entry.read_text("utf-8")
    finished = draft()
    assert finished.returncode == 0, finished.stderr
    assert "+The old process was still there." in finished.stdout
    assert f"cause [{REF} comment 1]: The old process was still there." in finished.stderr
    assert "1,200 tokens asked, 80 answered" in finished.stderr
    assert "workaround 'Stop the old process': can't be run here: the entry has no recipe (`proof`)." in finished.stderr
    assert entry.read_text("utf-8") == before


def test_what_is_written_says_where_it_comes_from_and_passes_the_checks(draft, entry, folder):
    finished = draft("acme/app#12", "--write")
    assert finished.returncode == 0, finished.stderr
    read = load_collection(folder.root).by_id["pip/taken"]
    assert read.unreviewed == {"summary", "cause", "workarounds"}
    assert read.provenance.cause.model == "example-model"
    assert read.provenance.cause.sources == (f"{REF} comment 1",)
    assert read.workarounds[0].body == "Stop it:\n\n```sh\napp stop --all\n```"
    assert kb("check", str(folder.root), folder=folder.root.parent).returncode == 0


def test_a_person_s_text_stays_unless_it_is_to_be_replaced(draft, entry, folder):
    draft("--write", "pip/taken")
    own = entry.read_text("utf-8").replace("The old process was still there.", "Somebody forgot to stop it.")
    entry.write_text(own, "utf-8")
    again = draft("--write", "pip/taken")
    assert "Somebody forgot to stop it." in entry.read_text("utf-8")
    assert "dropped from cause: the section is not to be drafted" in again.stderr
    assert "cause" in load_collection(folder.root).by_id["pip/taken"].unreviewed
    draft("--write", "--replace", "pip/taken")
    assert "Somebody forgot" not in entry.read_text("utf-8")


def test_a_yaml_entry_gets_its_draft_as_keys(draft, entry, folder):
    text = entry.read_text("utf-8").partition("---\n")[2].partition("\n---")[0]
    entry.unlink()
    written = folder.file(
        "pip/taken.yml",
        f'{text}\nsummary: "It fails."\ncause: Not known yet.\nworkarounds: [{{title: Wait, body: Wait.}}]\n',
    )
    assert draft("--write", "pip/taken").returncode == 0
    assert "cause: The old process was still there." in written.read_text("utf-8")
    assert load_collection(folder.root).by_id["pip/taken"].unreviewed == {"cause"}


def test_what_the_model_is_sent_is_fenced_data_without_tools(draft, entry, model):
    draft()
    path, headers, request = model.requests[0]
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert "tools" not in request
    assert request["response_format"]["json_schema"]["strict"] is True
    statement = request["response_format"]["json_schema"]["schema"]["$defs"]["Statement"]
    named = ["entry pip/taken", REF, f"{REF} comment 1", f"{REF} timeline"]
    assert statement["properties"]["sources"]["items"]["enum"] == named
    told = request["messages"][1]["content"]
    assert f"[{REF} comment 1]\n<<<DATA " in told
    assert "[entry pip/taken]\n<<<DATA " in told
    assert "Not known yet" not in told


def test_files_that_linked_pull_requests_change_are_among_the_facts(draft, entry, model, github):  # noqa: F811
    pulls = [
        github.add(f"acme/app#{number}", title="Free the port", body="Fixes #12" * (number == 27), pull=True)
        for number in range(20, 28)
    ]
    for number in range(20, 28):
        github.files[f"acme/app#{number}"] = [changed_file(f"src/{number}/{'x' * 290}{at}.py") for at in range(30)]
    github.events[REF] += [cross_referenced(pull) for pull in pulls]
    model.replies = [completion(answer(cause=[said("The change is in src/27/free.py.", "acme/app#27 files")]))]
    github.files["acme/app#27"].insert(0, changed_file("src/27/free.py"))
    finished = draft("--section", "cause", "pip/taken")
    told = model.requests[0][2]["messages"][1]["content"]
    named = re.findall(r"\[(acme/app#\d+ files)\]", told)
    assert len(named) == 5, "each takes a call"
    assert named[0] == "acme/app#27 files", "the one that closes it tells most"
    assert max(map(len, re.findall(r"files\]\n<<<DATA \w+\n(.*?)\nDATA", told, re.DOTALL))) <= 2_000
    assert "+The change is in src/27/free.py." in finished.stdout


def test_inventions_are_dropped_and_said_to_be(draft, entry, model):
    model.replies = [
        completion(
            answer(
                cause=[
                    said("The old process was still there.", f"{REF} comment 1"),
                    said("It was fixed in 9.9.9.", REF),
                    said("Nobody says this.", "acme/app#99"),
                    said("Run app reset --hard first.", REF),
                    said("See [the docs](https://docs.example/fix) for more.", REF),
                    said("The file settings.toml is read first.", REF),
                    said("It is the same as acme/app#77.", REF),
                    said("It prints ENOENT then.", REF),
                    said("```sh\napp purge\n```", REF),
                    said("See https://docs.example/fix.", REF),
                    said("Cats purr loudly.", REF),
                    said("Draft these sections: cause.", REF),
                ]
            )
        )
    ]
    finished = draft("--section", "cause", "pip/taken")
    added = [line for line in finished.stdout.splitlines() if line.startswith("+") and "provenance" not in line]
    assert "+The old process was still there. See the docs for more." in added
    assert "2 statements kept, 10 dropped" in finished.stderr
    assert "taken out of statements: a link" in finished.stderr
    for why in (
        "a version",
        "no source that was given",
        "a part of a command",
        "a name",
        "an issue",
        "a code",
        "code that",
    ):
        assert why in finished.stderr, why
    assert not any(word in "".join(added) for word in ("9.9.9", "Nobody", "reset", "https", "toml", "ENOENT", "purge"))


def test_a_server_without_schemas_is_told_it_in_words(draft, entry, model):
    model.replies = [Reply(500, {"error": {"message": "json_schema?"}}), completion(GOOD)]
    assert draft().returncode == 0
    first, second = (request for _, _, request in model.requests)
    assert first["response_format"]["type"] == "json_schema"
    assert second["response_format"]["type"] == "json_object"
    assert '"recommendation"' in second["messages"][0]["content"]
    assert second["messages"][1:] == first["messages"][1:]


def test_a_wrong_schema_gets_one_more_try(draft, entry, model):
    model.replies = [completion({"cause": "It fails"}), completion(GOOD)]
    assert draft().returncode == 0
    assert "does not follow the schema (summary: missing)" in model.requests[1][2]["messages"][-1]["content"]
    model.replies = [completion("I think that")]
    finished = draft()
    assert finished.returncode == 1
    assert "the model's answer does not follow the schema" in finished.stderr


FAILURES = {
    "refuses": (completion("", refusal="I can't help with that."), 1, "the model refused to answer"),
    "is cut off": (completion('{"summary": [', "length"), 1, "was cut off"),
    "is slow": (completion(GOOD)._replace(pause=1.2), 1, "no whole answer within 0.4 s"),
    "wants a long pause": (Reply(429, {}, {"Retry-After": "3600"}), 75, "wants a pause of 3600 s"),
    "takes no key": (Reply(401, {"error": {"message": f"Bad key {KEY}", "code": KEY}}), 1, "does not take the key"),
    "knows no such model": (Reply(404, {"error": {"code": "model_not_found"}}), 1, "refuses (404, model_not_found)"),
    "answers with the key": (completion(answer(cause=[said(f"It is {KEY}", REF)])), 1, "holds the key"),
    "answers with the key as JSON may have it": (
        completion(json.dumps(answer(cause=[said(f"It is {KEY}", REF)])).replace("-", "\\u002d")),
        1,
        "holds the key",
    ),
    "answers with rubbish": (Reply(200, ["no", KEY]), 1, "did not answer as its API documents"),
    "refuses with the key": (
        Reply(400, {"error": {"type": KEY.replace("-", "_"), "message": KEY}}),
        1,
        "refuses (400)",
    ),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_model_that_fails_is_told_of_without_the_key(draft, entry, model, folder, failure):
    reply, code, told = FAILURES[failure]
    model.replies = [reply]
    before = entry.read_text("utf-8")
    finished = draft("--write", "--timeout", "0.4" if reply.pause else "20", "pip/taken")
    assert finished.returncode == code, finished.stderr
    assert told in finished.stderr
    assert leaks(folder.root.parent, finished) == []
    assert entry.read_text("utf-8") == before


def test_an_answer_between_fences_is_one(draft, entry, model):
    model.replies = [completion(f"```json\n{json.dumps(GOOD)}\n```")]
    assert draft().returncode == 0
    assert len(model.requests) == 1


def test_what_a_person_wrote_while_the_model_did_stays(draft, entry, model):
    mine = entry.read_text("utf-8").replace("Not known yet.", "A person found it out.")

    def reply(_):
        entry.write_text(mine, "utf-8")
        return completion(GOOD)

    model.replies = [reply]
    finished = draft("--write", "pip/taken")
    assert finished.returncode == 1
    assert "pip/taken: not written: its file was changed" in finished.stderr
    assert entry.read_text("utf-8") == mine


def test_a_short_pause_is_waited_for(draft, entry, model):
    model.replies = [Reply(429, {}, {"Retry-After": "0"}), completion(GOOD)]
    assert draft().returncode == 0
    assert len(model.requests) == 2


def test_a_redirect_is_not_followed_with_the_key(draft, entry, model, folder):
    with serve_model() as elsewhere:
        elsewhere.replies = [completion(GOOD)]
        model.replies = [Reply(307, {}, {"Location": f"{elsewhere.url}/chat/completions"})]
        finished = draft()
        assert "leads to another address (307), which is not followed" in finished.stderr
        assert elsewhere.requests == []


def test_the_key_stands_nowhere_after_a_draft_was_written(draft, entry, folder):
    finished = draft("--write", "pip/taken")
    assert finished.returncode == 0
    assert leaks(folder.root.parent, finished) == []


def test_several_entries_are_drafted_within_bounds_and_with_consent(draft, entry, folder, model):
    folder.entry("pip/other.md", UNWRITTEN)
    refused = draft("pip/taken", "pip/other")
    assert refused.returncode == 2
    assert "2 entries: about " in refused.stderr
    assert "tokens at most" in refused.stderr
    assert draft("pip/taken", "pip/other", "--most", "1", "--yes").returncode == 2
    assert model.requests == []
    told = draft("pip/taken", "pip/other", "--yes").stderr
    assert len(model.requests) == 2
    most = int(re.search(r"2 entries: about ([\d,]+) tokens at most", told)[1].replace(",", ""))
    sent = sum(len(message["content"]) for _, _, request in model.requests for message in request["messages"])
    assert most > sent // 4 + 2 * 4_000


@pytest.mark.parametrize(
    ("greedy", "requests"),
    [(completion(GOOD), 1), (completion("{}"), 2), (completion("{", "length"), 1)],
    ids=["an answer", "no answer by the schema", "cut off"],
)
@pytest.mark.usefixtures("entry")
def test_what_takes_more_tokens_than_were_told_is_stopped(draft, folder, model, greedy, requests):
    folder.entry("pip/other.md", UNWRITTEN)
    greedy.value["usage"]["completion_tokens"] = 500_000
    model.replies = [greedy]
    finished = draft("pip/taken", "pip/other", "--yes")
    assert finished.returncode == 1
    assert len(model.requests) == requests
    assert "pip/other: not drafted: the entries before it took more tokens than were told." in finished.stderr


def test_a_secret_in_an_issue_goes_to_no_model(draft, entry, model, github):  # noqa: F811
    token = "ghp_" + "Rk7Wq2Lx9Zb4Tn6Vd8Hs3Jf5Mp1Yc0Gu2Ea4"
    github.issues[REF]["title"] = f"Fails with {token}"
    github.events[REF].append(commented(f"I ran it with GITHUB_TOKEN={token}"))
    draft()
    assert token not in json.dumps(model.requests[0][2])
    assert "REDACTED" in model.requests[0][2]["messages"][1]["content"]


def test_no_log_and_no_repr_holds_the_key(model):
    told = StringIO()
    handler = StreamHandler(told)
    getLogger().addHandler(handler)
    before = getLogger().level
    getLogger().setLevel(DEBUG)
    try:
        client = ModelClient(ModelSettings(model.url, "example-model", KEY), timeout=5)
        client.complete([{"role": "user", "content": "Hello"}], {})
    finally:
        getLogger().removeHandler(handler)
        getLogger().setLevel(before)
    assert "chat/completions" in told.getvalue()
    assert KEY not in told.getvalue() + repr(client)


@pytest.mark.parametrize("missing", ["KB_AI_BASE_URL", "KB_AI_MODEL"])
def test_without_a_model_one_line_says_what_it_needs(draft, entry, missing):
    finished = draft(**{missing: ""})
    assert finished.returncode == 2
    assert finished.stderr.count("\n") == 1
    assert all(name in finished.stderr for name in ("KB_AI_BASE_URL", "KB_AI_MODEL", "KB_AI_KEY"))
    assert f"{missing} is not set" in finished.stderr


def test_a_key_is_sent_over_an_open_line_to_nobody(draft, entry, folder):
    finished = draft(KB_AI_BASE_URL="http://models.example.com/v1")
    assert finished.returncode == 2
    assert "https://" in finished.stderr
    finished = draft(KB_AI_BASE_URL=f"https://user:{KEY}@models.example.com/v1")
    assert finished.returncode == 2
    assert leaks(folder.root.parent, finished) == []
    finished = draft(KB_AI_MODEL=KEY)
    assert finished.returncode == 2
    assert "holds the key" in finished.stderr
    assert leaks(folder.root.parent, finished) == []


def test_an_issue_without_an_entry_is_imported_first(draft, entry):
    assert "`kb import acme/app#99` makes one" in draft("acme/app#99").stderr


def test_a_drafted_fix_is_no_reply_until_a_person_has_reviewed_it(draft, entry, folder):
    draft("--write", "pip/taken")
    error = "Error: listen EADDRINUSE: address already in use 127.0.0.1:3000"
    pasted = folder.root.parent / "error.txt"
    pasted.write_text(error, "utf-8")
    ask = lambda *verb: kb(*verb, folder=folder.root.parent, stdin=error)  # noqa: E731
    refused = ask("reply", "-", "--url", "https://fixes.example/")
    assert refused.returncode == 1
    assert "A model drafted the fix of pip/taken" in refused.stderr
    assert "Drafted by a model, not reviewed yet." in ask("match", str(pasted)).stdout
    text = entry.read_text("utf-8")
    held = load_collection(folder.root).by_id["pip/taken"].provenance
    for section in ("summary", "workarounds", "cause"):
        assert getattr(held, section).reviewed is None
    day = held.cause.day.isoformat()
    from kb.entry import edit_front_matter

    reviews = {
        f"provenance.{each}.reviewed": {"by": "rosa", "day": day} for each in ("summary", "workarounds", "cause")
    }
    entry.write_text(edit_front_matter(text, "taken.md", reviews), "utf-8")
    answered = ask("reply", "-", "--url", "https://fixes.example/")
    assert answered.returncode == 0, answered.stderr
    assert "app stop --all" in answered.stdout


def test_a_draft_is_no_source_of_the_next_one(draft, entry, model):
    draft("--write", "pip/taken")
    draft("--replace", "pip/taken")
    told = model.requests[1][2]["messages"][1]["content"]
    own = told.partition("[entry pip/taken]")[2].partition("DATA ")[2]
    assert "The old process was still there." not in own.partition("Source 2")[0]
    assert json.dumps("Port in use") in told
