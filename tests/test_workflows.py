"""The workflows: linted, pinned, with few rights; and their scripts, run on a real git repository."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".github/workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
PROGRAMS = Path(sys.executable).parent

each_workflow = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)


def load(path: Path) -> dict[str, dict]:
    """A workflow. YAML 1.1 takes the key `on` for a boolean."""
    value = yaml.safe_load(path.read_text("utf-8"))
    return {"on" if key is True else key: held for key, held in value.items()}


def steps(path: Path) -> list[dict]:
    return [step for job in load(path)["jobs"].values() for step in job.get("steps", ())]


def script(workflow: str, step: str) -> str:
    """What a step of a workflow runs."""
    return next(one["run"] for one in steps(FOLDER / f"{workflow}.yml") if one.get("name") == step)


# Linters.


def test_zizmor_finds_nothing():
    command = [PROGRAMS / "zizmor", "--offline", "--persona", "pedantic", "--no-progress", FOLDER.parent]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout
    assert "No findings" in finished.stdout + finished.stderr


def test_actionlint_finds_nothing():
    command = [PROGRAMS / "actionlint", "-no-color", *WORKFLOWS]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr


@pytest.mark.parametrize("name", ["zizmor", "actionlint"])
def test_the_linters_would_find_something(tmp_path, name):
    file = tmp_path / ".github/workflows/bad.yml"
    file.parent.mkdir(parents=True)
    file.write_text(
        "name: Bad\non: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"
        "      - run: echo ${{ github.event.pull_request.title }}\n"
    )
    options = ["--offline"] if name == "zizmor" else []
    finished = subprocess.run([PROGRAMS / name, *options, file], capture_output=True, check=False)
    assert finished.returncode != 0


# Rights.


@each_workflow
def test_an_action_of_others_is_pinned_by_digest_with_its_version(workflow):
    used = re.findall(r"uses: *(\S+)(.*)", workflow.read_text("utf-8"))
    loose = [use for use, rest in used if not re.fullmatch(r"[\w-]+/[\w/-]+@[0-9a-f]{40}", use) or "# v" not in rest]
    assert loose == []


def test_an_action_is_pinned_to_the_same_version_everywhere():
    used = {use for path in WORKFLOWS for use in re.findall(r"uses: *(\S+)", path.read_text("utf-8"))}
    names = [use.partition("@")[0] for use in used]
    assert len(names) == len(set(names))


@each_workflow
def test_no_workflow_runs_a_strangers_code_with_the_repositorys_rights(workflow):
    content = load(workflow)
    assert "pull_request_target" not in content["on"]
    if "pull_request" in content["on"]:
        rights = [content.get("permissions"), *(job.get("permissions") for job in content["jobs"].values())]
        assert [held for held in rights if held not in (None, {}, {"contents": "read"})] == []
        assert "secrets." not in workflow.read_text("utf-8")


@each_workflow
def test_a_workflow_has_no_rights_but_those_that_a_job_asks_for(workflow):
    content = load(workflow)
    assert content["permissions"] in ({}, {"contents": "read"})


@each_workflow
def test_no_job_runs_for_ever_and_no_checkout_leaves_its_token_behind(workflow):
    content = load(workflow)
    assert [name for name, job in content["jobs"].items() if "timeout-minutes" not in job] == []
    checkouts = [step for step in steps(workflow) if step.get("uses", "").startswith("actions/checkout@")]
    assert [step for step in checkouts if step["with"].get("persist-credentials") is not False] == []


@each_workflow
def test_nothing_is_put_into_a_command_by_the_workflow_itself(workflow):
    assert [step["run"] for step in steps(workflow) if "${{" in step.get("run", "")] == []


def test_what_follows_a_review_checks_out_the_default_branch():
    checkouts = [step for step in steps(FOLDER / "comment.yml") if step.get("uses", "").startswith("actions/checkout@")]
    assert [step["with"]["ref"] for step in checkouts] == ["${{ github.event.repository.default_branch }}"]


# Scripts.


class Runner:
    """A clone on a machine of GitHub's: `main` with the repository's example of an entry, and what steps may use."""

    def __init__(self, root: Path) -> None:
        self.root = root / "clone"
        self.temp = root / "temp"
        self.origin = root / "origin.git"
        self.programs = root / "bin"
        self.output = root / "output"
        self.summary = root / "summary"
        for folder in (self.root, self.temp, self.programs):
            folder.mkdir()
        self.git("init", "--quiet", "--initial-branch", "main")
        self.git("config", "user.name", "A Person")
        self.git("config", "user.email", "person@example.org")
        self.git("config", "commit.gpgsign", "false")
        shutil.copytree(ROOT / "entries/git", self.root / "entries/git")
        for name in ("products.yml", "tools.yml"):
            shutil.copy(ROOT / "entries" / name, self.root / "entries")
        (self.root / ".gitignore").write_text("/.venv\n")
        (self.root / ".venv").mkdir()
        (self.root / ".venv/bin").symlink_to(PROGRAMS, target_is_directory=True)
        self.commit("Begin")
        subprocess.run(["git", "clone", "--quiet", "--bare", self.root, self.origin], check=True)
        self.git("remote", "add", "origin", str(self.origin))

    def git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.root), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def proposed(self, branch: str) -> list[str]:
        """The files that a branch of the repository on GitHub changes."""
        return self.git("-C", str(self.origin), "diff", "--name-only", "main", branch).split()

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def merge_of(self, change) -> None:
        """Put the clone where the checkout of a pull request puts it: on the merge of the change into `main`."""
        self.git("switch", "--quiet", "--create", "change")
        change(self.root / "entries")
        self.commit("Change")
        self.git("switch", "--quiet", "--detach", "main")
        self.git("merge", "--quiet", "--no-ff", "--message", "Merge", "change")

    def program(self, name: str, text: str) -> None:
        file = self.programs / name
        file.write_text(text)
        file.chmod(0o755)

    def run(self, workflow: str, step: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a step's script the way GitHub does: bash with -e and pipefail."""
        environment = {
            **os.environ,
            "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            **variables,
        }
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script(workflow, step)]
        return subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def runner(tmp_path) -> Runner:
    return Runner(tmp_path)


def add_a_known_error(entries: Path) -> None:
    """A new entry with the error of one that is there already."""
    text = (entries / "git/src-refspec.md").read_text("utf-8")
    again = re.sub("^title: .*", "title: No such branch, once more", text, count=1, flags=re.MULTILINE)
    (entries / "git/second-refspec.md").write_text(again, "utf-8")


def break_an_entry(entries: Path) -> None:
    file = entries / "git/src-refspec.md"
    file.write_text(file.read_text("utf-8").replace("title: ", "titel: ", 1), "utf-8")


def test_the_review_annotates_the_line_that_is_wrong(runner):
    runner.merge_of(break_an_entry)
    finished = runner.run("review", "Check, with annotations on the lines")
    assert finished.returncode == 1
    assert re.search(r"^::error file=entries/git/src-refspec\.md,line=\d+,", finished.stdout, re.MULTILINE)


def test_the_review_passes_a_good_change(runner):
    runner.merge_of(
        lambda entries: (entries / "git/src-refspec.md").write_bytes(
            (entries / "git/src-refspec.md").read_bytes() + b"\n"
        )
    )
    finished = runner.run("review", "Check, with annotations on the lines")
    assert finished.returncode == 0, finished.stdout + finished.stderr


def test_the_review_tells_what_vanishes(runner):
    runner.merge_of(lambda entries: (entries / "git/src-refspec.md").unlink())
    finished = runner.run("review", "Check, with annotations on the lines")
    assert finished.returncode == 1
    assert "git/src-refspec" in finished.stdout


def test_the_review_keeps_a_report_of_what_is_new_and_known(runner):
    runner.merge_of(add_a_known_error)
    finished = runner.run("review", "Compare")
    assert finished.returncode == 0, finished.stderr
    report = json.loads((runner.temp / "changes.json").read_text("utf-8"))
    assert [(one["id"], one["known"][0]["id"]) for one in report["new"]] == [("git/second-refspec", "git/src-refspec")]
    assert "1 new entry" in runner.summary.read_text("utf-8")


def test_the_review_reports_a_change_that_breaks_an_entry_too(runner):
    runner.merge_of(break_an_entry)
    assert runner.run("review", "Compare").returncode == 0
    assert json.loads((runner.temp / "changes.json").read_text("utf-8"))["unreadable"] == 1


def count_a_vote(entries: Path) -> None:
    file = entries / "git/src-refspec.md"
    text = file.read_text("utf-8")
    file.write_text(text.replace("\nupdated: ", "\nvotes: {works: 7}\nupdated: ", 1), "utf-8")


def test_the_review_passes_facts_from_the_workflows_that_fetch_them_alone(runner):
    runner.merge_of(count_a_vote)
    finished = runner.run("review", "Check, with annotations on the lines", FACTS="")
    assert finished.returncode == 1
    assert "votes were changed by hand" in finished.stdout
    assert runner.run("review", "Check, with annotations on the lines", FACTS="--facts-may-change").returncode == 0


def test_no_fork_can_have_its_facts_passed():
    (step,) = (step for step in steps(FOLDER / "review.yml") if "FACTS" in step.get("env", {}))
    assert "pull_request.head.repo.full_name == github.repository &&" in " ".join(step["env"]["FACTS"].split())


# Stands in for GitHub's own program: writes down how it was called, and gives git no credentials.
GH = """#!/bin/sh
printf '%s\\n' "$*" >> "$RUNNER_TEMP/gh.log"
case "$1 $2" in "pr list") echo "${PULLS:-0}";; esac
while [ $# -gt 0 ]; do [ "$1" = --body-file ] && cp "$2" "$RUNNER_TEMP/posted.md"; shift; done
"""

FORM = """\
### Product

git

### The error, as it is printed

```text
fatal: the eels in 'origin' refuse to move: 17 of them
```

### Why it happens

The water is too cold.

### What got you past it

Warm it up:

```sh
git config eels.warm true
```

### Version and platform

2.39 on Linux
"""


def drafted(runner: Runner, body: str | None) -> subprocess.CompletedProcess[str]:
    event = runner.temp / "event.json"
    event.write_text(json.dumps({"issue": {"body": body}}), "utf-8")
    return runner.run("draft", "Draft", GITHUB_EVENT_PATH=str(event))


def test_a_form_becomes_a_branch_with_a_drafted_entry_and_a_pull_request(runner):
    runner.program("gh", GH)
    finished = drafted(runner, FORM)
    said = (runner.temp / "said.txt").read_text("utf-8")
    assert runner.output.read_text("utf-8") == "drafted=yes\n", finished.stderr + said
    finished = runner.run("draft", "Open a pull request", NUMBER="12", BASE="main", GH_TOKEN="t")
    assert finished.returncode == 0, finished.stderr
    changed = runner.git("diff", "--name-only", "main", "origin/draft/issue-12").split()
    assert len(changed) == 1
    assert changed[0].startswith("entries/git/")
    assert "--head draft/issue-12" in (runner.temp / "gh.log").read_text("utf-8")
    assert "Closes #12." in (runner.temp / "posted.md").read_text("utf-8")


def test_a_second_event_of_the_same_issue_opens_nothing(runner):
    runner.program("gh", GH)
    drafted(runner, FORM)
    finished = runner.run("draft", "Open a pull request", NUMBER="12", BASE="main", GH_TOKEN="t", PULLS="1")
    assert finished.returncode == 0
    assert "pr create" not in (runner.temp / "gh.log").read_text("utf-8")
    assert "draft/issue-12" not in runner.git("branch", "--all")


def test_counts_are_committed_and_what_was_counted_may_be_closed(runner):
    runner.program("gh", GH)
    count_a_vote(runner.root / "entries")
    finished = runner.run("votes", "Commit", BASE="main", GH_TOKEN="t")
    assert finished.returncode == 0, finished.stderr
    assert "Count votes" in runner.git("log", "--format=%s", "-1", "origin/main")
    assert runner.output.read_text("utf-8") == "published=yes\n"


def test_counts_come_as_a_pull_request_where_the_branch_is_protected(runner):
    runner.program("gh", GH)
    hook = runner.origin / "hooks/update"
    hook.write_text('#!/bin/sh\n[ "$1" != refs/heads/main ] || { echo "GH006: protected" >&2; exit 1; }\n')
    hook.chmod(0o755)
    base = runner.git("rev-parse", "HEAD").strip()
    for _ in range(2):
        count_a_vote(runner.root / "entries")
        finished = runner.run("votes", "Commit", BASE="main", GH_TOKEN="t")
        assert finished.returncode == 0, finished.stderr
        assert not runner.output.exists()  # nothing was published, so nothing is closed
        assert runner.proposed("votes/count") == ["entries/git/src-refspec.md"]
        runner.git("reset", "--quiet", "--hard", base)
    assert "pr create --base main --head votes/count" in (runner.temp / "gh.log").read_text("utf-8")


@pytest.mark.parametrize(("pulls", "asked"), [("0", "pr create"), ("31", "api --silent --method PATCH")])
def test_fresh_facts_come_as_one_pull_request_that_is_renewed(runner, pulls, asked):
    runner.program("gh", GH)
    count_a_vote(runner.root / "entries")
    (runner.temp / "changes.txt").write_text("git/a: comments 0 -> 1\n@everyone\n")
    finished = runner.run("refresh", "Open a pull request", BASE="main", GH_TOKEN="t", PULLS=pulls)
    assert finished.returncode == 0, finished.stderr
    assert runner.proposed("refresh/github") == ["entries/git/src-refspec.md"]
    log = (runner.temp / "gh.log").read_text("utf-8")
    assert asked in log
    assert ("pulls/31" in log) == (pulls == "31")
    assert "    @everyone" in (runner.temp / "body.md").read_text("utf-8")


@pytest.mark.parametrize(("code", "goes_on"), [(0, True), (75, True), (1, True), (2, False)])
def test_what_was_refreshed_until_it_ended_is_kept(runner, code, goes_on):
    (runner.root / ".venv/bin").unlink()
    (runner.root / ".venv/bin").mkdir()
    kb = runner.root / ".venv/bin/kb"
    kb.write_text(f'#!/bin/sh\n[ "$1" = refresh ] && exit {code}\nexit 0\n')
    kb.chmod(0o755)
    assert (runner.run("refresh", "Refresh").returncode == 0) == goes_on


@pytest.mark.parametrize(
    "body",
    [
        None,
        "",
        "no form at all",
        "$(touch stolen) `touch stolen`; touch stolen",
        FORM.replace("### Product\n\ngit", "### Product\n\n../../../stolen"),
        FORM.replace("### Product\n\ngit", "### Product\n\n@everyone\n::set-output name=a::b"),
    ],
)
def test_an_issue_that_makes_no_entry_is_told_why_as_a_code_block(runner, body):
    runner.program("gh", GH)
    finished = drafted(runner, body)
    assert finished.returncode == 0
    assert finished.stdout == ""
    assert runner.output.read_text("utf-8") == "drafted=no\n"
    assert runner.git("status", "--porcelain") == ""
    assert runner.run("draft", "Say why there is none", NUMBER="12", GH_TOKEN="t").returncode == 0
    told = (runner.temp / "posted.md").read_text("utf-8").splitlines()[2:-2]
    assert [line for line in told if line.strip() and not line.startswith("    ")] == []
    assert list(runner.root.parent.rglob("stolen*")) == []
