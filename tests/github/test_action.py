"""The GitHub Action, run from its own entry point on example events, against the stand-in."""

import json
import re
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from answering import PROSE, SITE, TAKEN
from answering import action as run_action
from stand_in import Fault, Reply

from kb.match import build_index, fix_files

ROOT = Path(__file__).parents[2]
ERROR = "Error: listen EADDRINUSE: address already in use 127.0.0.1:3000"
REF = "acme/app#7"
COMMENTS = "/repos/acme/app/issues/7/comments"


@pytest.fixture
def base(folder):
    """A knowledge base with one entry about a port in use, and the folder that the action runs in."""
    folder.entry("pip/taken.md", PROSE, title="Port in use", signatures=[{"text": TAKEN}])
    return folder.root.parent


@pytest.fixture
def act(base, github):
    """A function that opens an issue on the stand-in, and runs the action on that event."""

    def opened(body: str = ERROR, environ: dict[str, str] | None = None, event: dict | None = None, **issue: object):
        if REF not in github.issues:
            github.add(REF, title="Does not start", body=body, **issue)
        payload = {
            "action": "opened",
            "issue": github.issues[REF],
            "repository": {"full_name": "acme/app"},
            "sender": github.issues[REF]["user"],
        }
        path = base / "event.json"
        path.write_text(json.dumps(payload | (event or {})))
        given = {"GITHUB_EVENT_PATH": str(path), "GITHUB_API_URL": github.url, "GITHUB_TOKEN": "ghs_example"}
        given |= {"KB_SITE_URL": SITE, "GITHUB_OUTPUT": str(base / "output")}
        return run_action(base, **(given | (environ or {})))

    return opened


def published(site: Path, **keys: object) -> Path:
    """A built site that knows the error; `keys` are those of its fix."""
    fix = {"id": "pip/taken", "title": "Port in use", "product": "pip", "summary": "Taken.", "step": "Stop it",
           "markdown": "Do it.", "html": "", "types": {}, "platforms": (), **keys}  # fmt: skip
    files = {f"match/index/{name}": content for name, content in build_index([("pip/taken", TAKEN)]).items()}
    files |= {f"match/fixes/{name}": content for name, content in fix_files([fix]).items()}
    for name, content in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
    return site


def outputs(base: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in (base / "output").read_text().splitlines())


def test_a_new_issue_with_a_known_error_is_answered(act, base, github):
    finished = act()
    assert finished.returncode == 0, finished.stdout
    ((path, comment),) = github.sent("POST")
    assert path == COMMENTS
    assert "**[Port in use](https://fixes.example/pip/taken/)**" in comment["body"]
    assert "lsof -i :3000" in comment["body"]
    assert "Written by a program" in comment["body"]
    assert outputs(base) == {"answered": "true", "entry": "pip/taken"}


def test_it_never_answers_twice(act, github):
    act()
    second = act()
    assert len(github.sent("POST")) == 1
    assert "has one" in second.stdout


def test_of_two_runs_at_once_one_answers(act, github):
    """The second looked before the first wrote, and takes back what it wrote."""
    act()
    (first,) = github.events[REF]
    github.fail(Fault(Reply(200, [])), on="comments?")
    assert "another run wrote" in act().stdout
    assert len(github.sent("POST")) == 2
    assert github.events[REF] == [first]


def test_an_earlier_reply_is_found_behind_many_comments(act, github):
    act()
    (reply,) = github.events[REF]
    github.events[REF] = [*({**reply, "body": f"comment {n}"} for n in range(250)), reply]
    act()
    assert len(github.sent("POST")) == 1


def test_an_unknown_error_is_left_alone(act, base, github):
    finished = act("Nothing that anybody knows.")
    assert finished.returncode == 0
    assert github.requests == []
    assert outputs(base) == {"answered": "false", "entry": ""}


def test_a_likely_match_is_answered_only_where_that_is_wanted(act, github):
    part = "it says: listen EADDRINUSE: address already in"
    act(part)
    assert github.sent("POST") == []
    act(part, {"KB_CONFIDENCE": "0.5"})
    assert "perhaps this known error" in github.sent("POST")[0][1]["body"]


@pytest.mark.parametrize("site", [False, True], ids=["entries", "a site"])
def test_an_issue_that_shows_another_platform_is_left_alone(act, base, github, folder, site):
    keys = {"signatures": [{"text": TAKEN}], "affects": {"platforms": ["linux"]}}
    folder.entry("pip/taken.md", PROSE, title="Port in use", **keys)
    environ = {"KB_CONFIDENCE": "0.5"}
    if site:
        environ |= {"KB_SITE": str(published(base / "site", platforms=("linux",)))}
    body = "In C:\\Users\\me\\app:\n" + "and so on\n" * 2000 + ERROR
    finished = act(body, environ)
    assert finished.returncode == 0
    assert github.requests == []
    assert "shows another platform than pip/taken is about" in finished.stdout
    assert outputs(base) == {"answered": "false", "entry": ""}


def test_a_dry_run_prints_the_reply_and_posts_nothing(act, github):
    finished = act(environ={"KB_DRY_RUN": "true"})
    assert "Port in use" in finished.stdout
    assert github.requests == []


def test_a_runner_takes_nothing_of_a_dry_run_for_a_command(act):
    hostile = "Error: listen EADDRINUSE: address already in use x\n::set-output name=a::b\n:3000\n\n" + ERROR
    printed = act(hostile, {"KB_DRY_RUN": "true"}).stdout
    (mark,) = re.findall(r"^::stop-commands::([0-9a-f]{32})$", printed, re.MULTILINE)
    outside = re.sub(rf"::stop-commands::{mark}\n.*\n::{mark}::", "", printed, flags=re.DOTALL)
    assert re.findall(r"^::(\S+)", outside, re.MULTILINE) == ["notice"]


@pytest.mark.parametrize(
    ("labels", "answers"), [("", 1), ("bug", 1), ("question, BUG", 1), ("question\nhelp", 0), (" , ", 1)]
)
def test_labels_limit_what_is_answered(act, github, labels, answers):
    act(environ={"KB_LABELS": labels}, labels=("bug",))
    assert len(github.sent("POST")) == answers


def test_an_issue_of_a_bot_is_left_alone(act, github):
    act(kind="Bot")
    assert github.requests == []


def test_an_account_that_is_named_as_a_bot_is_left_alone(act, github):
    act(author="helper[bot]")
    assert github.requests == []


def test_a_pull_request_is_left_alone(act, github):
    act(pull=True)
    assert github.requests == []


@pytest.mark.parametrize("event", [{"action": "edited"}, {"action": "reopened"}, {"issue": None}, {"issue": "x"}])
def test_only_issues_that_were_just_opened_are_answered(act, github, event):
    assert act(event=event).returncode == 0
    assert github.requests == []


@pytest.mark.parametrize("name", ["../../evil", "acme/app/../../x", "acme", "", "a b/c"])
def test_a_repository_with_a_wrong_name_is_left_alone(act, github, name):
    assert act(event={"repository": {"full_name": name}}).returncode == 0
    assert github.requests == []


@pytest.mark.parametrize(
    "environ",
    [{"KB_CONFIDENCE": "sure"}, {"KB_CONFIDENCE": "0.2"}, {"KB_CONFIDENCE": "nan"}, {"KB_DRY_RUN": "yes"},
     {"KB_ENTRIES": "no/such/folder"}, {"KB_SITE": "http://127.0.0.1:1/"}, {"KB_SITE_URL": ""},
     {"GITHUB_EVENT_PATH": ""}, {"GITHUB_EVENT_PATH": "mkdocs.yml"}],
    ids=lambda environ: "-".join([*environ, *environ.values()]),
)  # fmt: skip
def test_a_wrong_setting_is_an_error_with_a_reason(act, base, github, environ):
    (base / "mkdocs.yml").write_text("site_name: No JSON\n")
    finished = act(environ=environ)
    assert finished.returncode == 2
    assert re.search(r"^::error title=Known Fixes::.{10,}", finished.stdout, re.MULTILINE)
    assert "Traceback" not in finished.stderr
    assert github.sent("POST") == []


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff{}", b"{", b"[" * 200_000, b'{"issue":' * 100_000],
    ids=["empty", "no-text", "cut", "deep", "deep-object"],
)
def test_an_event_that_can_not_be_read_is_an_error_with_a_reason(act, base, tmp_path, content):
    (tmp_path / "other.json").write_bytes(content)
    finished = act(environ={"GITHUB_EVENT_PATH": str(tmp_path / "other.json")})
    assert (finished.returncode, finished.stderr) == (2, "")
    assert "GITHUB_EVENT_PATH holds no JSON" in finished.stdout


@pytest.mark.parametrize(
    "issue",
    [{"number": 10**400}, {"number": -1}, {"number": True}, {"number": "7"}, {"number": None}, {"body": ["x"]},
     {"title": None, "body": None}, {"user": [], "body": ""}, {"labels": [None, 1, {"name": ["x"]}], "body": "\ud800"}],
    ids=range(9),
)  # fmt: skip
def test_an_issue_of_other_types_is_left_alone(act, github, issue):
    whole = {"number": 7, "title": "t", "body": ERROR, "state": "open", "locked": False, "labels": [],
             "user": {"login": "reader", "type": "User"}}  # fmt: skip
    finished = act(event={"issue": whole | issue})
    assert (finished.returncode, finished.stderr) == (0, "")
    assert github.sent("POST") == []


def test_outputs_that_can_not_be_written_are_told(act, base):
    finished = act(environ={"GITHUB_OUTPUT": str(base / "no/such/folder")})
    assert (finished.returncode, finished.stderr) == (2, "")
    assert "GITHUB_OUTPUT" in finished.stdout


def test_a_token_that_may_not_write_is_told_and_never_shown(act, github):
    github.token = "ghs_another"
    finished = act()
    assert finished.returncode == 2
    assert "ghs_example" not in finished.stdout + finished.stderr


def test_a_published_site_is_matched_without_a_checkout(act, base, github, tmp_path, served_folder):
    site = published(tmp_path / "site")
    (base / "entries" / "pip" / "taken.md").unlink()
    address = served_folder(site)
    finished = act(environ={"KB_SITE": address, "KB_SITE_URL": ""})
    assert finished.returncode == 0, finished.stdout
    assert f"({address}pip/taken/)" in github.sent("POST")[0][1]["body"]


@pytest.fixture
def served_folder():
    """A function that serves a folder, and gives its address."""
    servers = []

    def serve(folder: Path) -> str:
        class Handler(SimpleHTTPRequestHandler):
            def log_message(self, *args):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def action() -> dict:
    return yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))


def test_no_step_puts_an_input_or_an_event_into_its_script(action):
    assert [step["name"] for step in action["runs"]["steps"] if "${{" in step["run"]] == []


def test_every_input_is_handed_on_in_the_environment(action):
    handed = " ".join(value for step in action["runs"]["steps"] for value in step["env"].values())
    assert [name for name in action["inputs"] if f"inputs.{name} " not in handed] == []


def test_the_settings_that_action_yml_hands_on_are_those_that_are_read(action):
    given = {name for step in action["runs"]["steps"] for name in step["env"] if name.startswith("KB_")}
    source = (ROOT / "kb/github/action.py").read_text("utf-8")
    assert given - {"KB_ACTION", "KB_PYTHON"} == set(re.findall(r'"(KB_[A-Z_]+)"', source))


def test_what_is_installed_is_locked(action):
    install = action["runs"]["steps"][0]["run"]
    assert "--require-hashes" in install
    assert (ROOT / "requirements.lock").is_file()


@pytest.mark.parametrize("step", [0, 1])
def test_the_scripts_of_the_steps_are_good_shell(action, step):
    script = action["runs"]["steps"][step]["run"]
    assert subprocess.run(["bash", "-n"], input=script, text=True, check=False, capture_output=True).stderr == ""


@pytest.mark.parametrize("section", ["summary", "cause", "workarounds"])
def test_a_fix_that_a_model_drafted_is_posted_once_a_person_has_reviewed_it(act, folder, github, section):
    drafted = {"model": "m", "day": "2026-01-02", "sources": [REF], "text": "0123456789abcdef0123"}
    keys = {"title": "Port in use", "signatures": [{"text": TAKEN}]}
    folder.entry("pip/taken.md", PROSE, provenance={section: drafted}, **keys)
    told = act().stdout
    assert "No reply: a model drafted the fix of pip/taken, and nobody has reviewed it." in told
    assert github.sent("POST") == []
    reviewed = drafted | {"reviewed": {"by": "rosa", "day": "2026-01-03"}}
    folder.entry("pip/taken.md", PROSE, provenance={section: reviewed}, **keys)
    act()
    assert [path for path, _ in github.sent("POST")] == [COMMENTS]
