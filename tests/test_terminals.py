"""Whatever a stranger wrote, and whatever a file is called: a terminal or a log shows it, and obeys none of it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import kb

from kb.checks import json_text
from kb.match import build_index, fix_files

HOSTILE = "a\x1b]0;x\x07\x1b[2Jb\u009b1mc\x7fd\u202ee\u2066f"
"""A title for the terminal's window, a cleared screen, a C1 control, DEL, and marks that turn what follows around."""
MESSAGE = "widget {} is already taken by another factory"


@pytest.fixture
def project(tmp_path, folder) -> Path:
    """A repository in which a stranger's values, titles and names of files are hostile."""
    git = ["git", "-C", str(tmp_path), "-c", "user.name=A Person", "-c", "user.email=person@host.example"]
    subprocess.run([*git, "init", "--quiet", "--initial-branch", "main"], check=True)
    signature = [{"text": MESSAGE.format("{{name}}"), "examples": [MESSAGE.format("w")]}]
    folder.entry("git/taken.md", title="The widget is taken", signatures=signature)
    subprocess.run([*git, "add", "--all"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--message", "A change"], check=True)
    (tmp_path / "paste").write_text(MESSAGE.format(HOSTILE) + "\n")
    case = {"text": MESSAGE.format(HOSTILE) + " " + HOSTILE, "expect": HOSTILE}
    (tmp_path / "cases").write_text(json.dumps(case) + "\n")
    (tmp_path / "queries").write_text(json.dumps({"query": HOSTILE, "expect": HOSTILE, "kind": HOSTILE}) + "\n")
    return tmp_path


def obeyed(finished: subprocess.CompletedProcess[str]) -> list[str]:
    return [letter for letter in finished.stdout + finished.stderr if letter != "\n" and not letter.isprintable()]


SAID = (
    *("match paste", "match --json paste", "match HOSTILE", "match --site HOSTILE paste", "rule HOSTILE", "HOSTILE"),
    *("eval cases", "eval --json cases", "eval queries", "eval --json queries", "eval HOSTILE", "schema HOSTILE"),
    *("search HOSTILE", "search --json widget HOSTILE", "check HOSTILE", "changes HOSTILE", "fmt HOSTILE"),
    *("reply HOSTILE", "report HOSTILE", "import HOSTILE", "new HOSTILE --error x --fix y", "match --HOSTILE"),
    "init HOSTILE/x/y --generator HOSTILE",
)


@pytest.mark.parametrize("command", SAID)
def test_what_is_said_to_a_verb_is_shown(project, command):
    finished = kb(*command.replace("HOSTILE", HOSTILE).split(" "), folder=project)
    assert finished.stdout + finished.stderr
    assert obeyed(finished) == []


READING = (
    *("check", "check --format json", "check --format github", "check --format sarif", "changes HEAD"),
    *("changes HEAD --json", "fmt", "fmt --check", "fmt --diff", "match paste", "match --json paste", "search widget"),
    "search --json widget",
)


@pytest.mark.parametrize("place", ["title", "body", "file", "folder"])
@pytest.mark.parametrize("command", READING)
def test_what_stands_in_a_file_and_its_name_is_shown(project, folder, command, place):
    hostile = HOSTILE.replace("/", "")
    name = {"file": f"git/{hostile}.md", "folder": f"{hostile}/other.md"}.get(place, "git/other.md")
    file = folder.entry(name, title=HOSTILE if place == "title" else "Other", tags=["b", "a"])
    if place == "body":
        file.write_text(f"{file.read_text()}\n## Notes\n{HOSTILE}\n")
    assert obeyed(kb(*command.split(" "), folder=project)) == []


def test_a_reply_is_shown_too_where_it_is_printed_to_a_terminal(tmp_path):
    fix = dict.fromkeys(("title", "summary", "step", "markdown"), HOSTILE)
    fix |= {"id": "git/taken", "product": "git", "html": ""}
    files = {f"match/index/{name}": content for name, content in build_index([("git/taken", MESSAGE)]).items()}
    files |= {f"match/fixes/{name}": content for name, content in fix_files([fix]).items()}
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    output, terminal = os.openpty()
    command = [sys.executable, "-c", "from kb.cli import main; main()", "reply", "-", "--site", str(tmp_path)]
    command += ["--url", "https://host.example"]
    finished = subprocess.run(command, input=MESSAGE.encode(), stdout=terminal, stderr=subprocess.PIPE, check=False)
    os.close(terminal)
    text = os.read(output, 1 << 16).decode()
    assert finished.returncode == 0, finished.stderr
    assert "The cause" in text
    assert [letter for letter in text if letter not in "\r\n" and not letter.isprintable()] == []


@pytest.mark.parametrize("text", [HOSTILE, "\U000e0041\u2028\u2029", "\ud800", "é中"])
def test_json_is_the_same_value_in_plain_letters(text):
    assert json_text({"a": text}).isascii()
    assert json_text({"a": text}).isprintable()
    assert json.loads(json_text({"a": text})) == {"a": text}
