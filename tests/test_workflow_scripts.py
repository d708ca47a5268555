"""What the steps of the workflows run, on a real git repository, against a stand-in for GitHub."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from collector_server import published
from stand_in_gh import id_of, pull_of
from workflow_runner import ROOT, Runner

from kb.entry import load_collection, sealed, standing_record
from kb.proofs import SandboxError, choose_sandbox, with_record
from kb.review.comment import AUTHOR, MARK
from kb.review.proofs import read_proofs

sys.path.append(str(ROOT / "tests/github"))  # where the stand-in for the API lives

import ballots
from stand_in import serve

FORK = "stranger/fixes"


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


# What a job without rights left, and what is taken of it.


def take(runner: Runner, name: str, kind: str) -> subprocess.CompletedProcess[str]:
    return runner.bash(f'bash .github/scripts/take.sh "$RUNNER_TEMP/left/{name}" {kind}')


def staged(runner: Runner) -> list[str]:
    return runner.git("diff", "--cached", "--name-only").split()


def test_counts_are_taken(runner):
    count_a_vote(runner.root / "entries")
    runner.keep("a.patch")
    assert take(runner, "a.patch", "counts").returncode == 0
    assert staged(runner) == ["entries/git/src-refspec.md"]
    assert runner.git("diff", "--name-only").split() == staged(runner)  # and no file is written


@pytest.mark.parametrize("line", ["taps: {works: 3, works@fetch-it-first: 2}", "taps:\n  works@fetch-it-first: 2"])
def test_taps_are_counts_as_well(runner, line):
    file = runner.root / "entries/git/src-refspec.md"
    file.write_text(file.read_text("utf-8").replace("\nupdated: ", f"\n{line}\nupdated: ", 1), "utf-8")
    runner.keep("a.patch")
    assert take(runner, "a.patch", "counts").returncode == 0


def test_where_nothing_changed_nothing_is_taken(runner):
    runner.keep("a.patch")
    finished = take(runner, "a.patch", "counts")
    assert (finished.returncode, staged(runner)) == (0, [])


def link(root: Path) -> None:
    (root / "entries/git/src-refspec.md").unlink()
    (root / "entries/git/src-refspec.md").symlink_to("/etc/hostname")


def new_link(root: Path) -> None:
    (root / "entries/git/linked.md").symlink_to("../../.github/scripts/take.sh")


def program(root: Path) -> None:
    (root / "entries/git/src-refspec.md").chmod(0o755)


def workflow(root: Path) -> None:
    (root / ".github/scripts/take.sh").write_text("exit 0\n")


def new_workflow(root: Path) -> None:
    (root / ".github/workflows").mkdir()
    (root / ".github/workflows/evil.yml").write_text("on: push\n")


def removal(root: Path) -> None:
    (root / "entries/git/src-refspec.md").unlink()


def renaming(root: Path) -> None:
    (root / "entries/git/src-refspec.md").rename(root / "entries/git/renamed.md")


def catalog(root: Path) -> None:
    (root / "entries/products.yml").write_text("{}\n")


def odd_name(root: Path) -> None:
    (root / "entries/git/$(touch stolen).md").write_text("x\n")


def hook(root: Path) -> None:
    (root / "entries/git/.gitattributes").write_text("* filter=x\n")


def two_entries(root: Path) -> None:
    for name in ("one", "two"):
        (root / f"entries/git/{name}.md").write_text("x\n")


@pytest.mark.parametrize("kind", ["counts", "entries", "entry"])
@pytest.mark.parametrize(
    "change",
    [link, new_link, program, workflow, new_workflow, removal, renaming, catalog, odd_name, hook, two_entries],
)
def test_nothing_is_taken_of_what_is_no_change_of_entries(runner, change, kind):
    count_a_vote(runner.root / "entries")  # among it something good
    change(runner.root)
    runner.keep("a.patch")
    finished = take(runner, "a.patch", kind)
    assert finished.returncode == 1
    assert "::error::" in finished.stdout
    assert staged(runner) == []
    assert runner.git("status", "--porcelain") == ""
    assert not (runner.root / "stolen").exists()


@pytest.mark.parametrize(
    "place", ["../outside.md", "/tmp/outside.md", ".git/hooks/pre-commit", "entries/git/../../x.md"]
)
def test_a_patch_that_names_a_place_elsewhere_is_not_taken(runner, place):
    (runner.left / "a.patch").write_text(
        f"diff --git a/{place} b/{place}\nnew file mode 100644\n--- /dev/null\n+++ b/{place}\n@@ -0,0 +1 @@\n+x\n"
    )
    assert take(runner, "a.patch", "entry").returncode == 1
    assert (staged(runner), runner.git("status", "--porcelain")) == ([], "")


@pytest.mark.parametrize(
    "line", ["title: Buy this", "  comments: 5", "works: 7; x", "<script>", "  works: -1", "  exit@a: 1"]
)
def test_of_a_count_only_counts_are_taken(runner, line):
    file = runner.root / "entries/git/src-refspec.md"
    file.write_text(file.read_text("utf-8").replace("\nupdated: ", f"\n{line}\nupdated: ", 1), "utf-8")
    runner.keep("a.patch")
    finished = take(runner, "a.patch", "counts")
    assert finished.returncode == 1
    assert "more than counts is changed" in finished.stdout
    assert staged(runner) == []


def test_a_patch_that_is_a_link_or_too_large_is_not_taken(runner):
    (runner.left / "a.patch").symlink_to("/etc/hostname")
    with (runner.left / "b.patch").open("wb") as file:
        file.truncate(20_000_001)
    assert [take(runner, name, "entries").returncode for name in ("a.patch", "b.patch", "none.patch")] == [1, 1, 1]


# The pull request from a branch.


@pytest.mark.parametrize(
    ("pulls", "number"),
    [
        ([], "0"),
        ([pull_of(5, "refresh/github", FORK)], "0"),
        ([pull_of(5, "refresh/github", FORK), pull_of(7, "refresh/github")], "7"),
        # An organization may have a fork of its own.
        ([pull_of(5, "refresh/github", "acme/fork")], "0"),
        ([pull_of(5, "refresh/other")], "0"),
        ([pull_of(5, "refresh/github", state="closed")], "0"),
    ],
)
def test_a_pull_request_from_a_fork_s_branch_of_the_same_name_is_none_of_ours(runner, pulls, number):
    runner.github(pulls=pulls)
    finished = runner.bash("bash .github/scripts/own-pull.sh refresh/github open")
    assert (finished.stdout.strip(), finished.stderr) == (number, "")


def test_a_fork_that_was_deleted_is_none_of_ours(runner):
    gone = pull_of(5, "refresh/github")
    gone["head"]["repo"] = None
    runner.github(pulls=[gone])
    assert runner.bash("bash .github/scripts/own-pull.sh refresh/github open").stdout == "0\n"


# Refresh.


def refreshed(runner: Runner) -> subprocess.CompletedProcess[str]:
    count_a_vote(runner.root / "entries")
    runner.keep("entries.patch")
    (runner.left / "changes.txt").write_text("git/a: comments 0 -> 1\n@everyone\n")
    return runner.run("refresh", "Open a pull request")


@pytest.mark.parametrize("others", [[], [pull_of(31, "refresh/github", FORK)]], ids=["alone", "a fork of that name"])
def test_fresh_facts_come_as_one_pull_request_that_is_renewed(runner, others):
    runner.github(pulls=others)
    for _ in range(2):
        finished = refreshed(runner)
        assert finished.returncode == 0, finished.stderr
        runner.check_out()
        assert runner.proposed("refresh/github") == ["entries/git/src-refspec.md"]
    *strangers, pull = runner.github()["pulls"]
    assert strangers == others
    assert (pull["head"]["repo"]["full_name"], pull["title"]) == ("acme/fixes", "Refresh facts from GitHub")
    assert "    @everyone" in pull["body"]


def test_where_no_fact_changed_there_is_no_pull_request(runner):
    runner.keep("entries.patch")
    assert runner.run("refresh", "Open a pull request").returncode == 0
    assert runner.github()["calls"] == []


@pytest.mark.parametrize(("code", "goes_on"), [(0, True), (75, True), (1, True), (2, False)])
def test_what_was_refreshed_until_it_ended_is_kept(runner, code, goes_on):
    refreshes = f'[ "$1" = refresh ] && echo "# seen" >> entries/git/src-refspec.md && exit {code}'
    runner.program("kb", f"#!/bin/sh\n{refreshes}\nexit 0\n", runner.root / ".venv/bin")
    assert (runner.run("refresh", "Refresh").returncode == 0) == goes_on
    assert (runner.left / "entries.patch").exists() == goes_on


# Votes.


def vote_on(number: int, **keys: object) -> dict:
    return ballots.vote(number, "git/src-refspec", "easy_fix", author=f"reader{number}", **keys)


def test_votes_go_from_issues_to_a_commit_and_are_closed(runner):
    with serve() as api:
        for number in (1, 2):
            api.issues[f"acme/fixes#{number}"] = vote_on(number)
        finished = runner.run(
            "votes", "Count", GITHUB_API_URL=api.url, GITHUB_TOKEN="", XDG_CACHE_HOME=str(runner.temp)
        )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    runner.check_out()
    runner.github(issues={str(number): vote_on(number) for number in (1, 2)})
    finished = runner.run("votes", "Commit")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert runner.output.read_text("utf-8") == "published=yes\n"
    assert "easy_fix: 2" in runner.git("show", "--format=%s", "origin/main")
    assert runner.run("votes", "Close what was counted").returncode == 0
    issues = runner.github()["issues"].values()
    assert {(issue["state"], issue["state_reason"]) for issue in issues} == {("closed", "completed")}
    assert [[label["name"] for label in issue["labels"]] for issue in issues] == [["counted", "vote"]] * 2


TAPS = {"git/src-refspec": {"counts": {"works": 6}, "workarounds": {}}}


@pytest.mark.parametrize("written", ['"{url}"', "{url}  # of readers without an account"])
def test_taps_are_counted_with_the_votes_where_the_site_has_a_collector(runner, tmp_path, written):
    (tmp_path / "v1").mkdir()
    (tmp_path / "v1/counts.json").write_text(json.dumps({"entries": TAPS}))
    with published(tmp_path) as collector, serve() as api:
        config = f"site_name: Fixes\nplugins:\n  - kb:\n      votes_url: {written.format(url=collector)}\n"
        (runner.root / "mkdocs.yml").write_text(config)
        known = {"GITHUB_API_URL": api.url, "GITHUB_TOKEN": "", "XDG_CACHE_HOME": str(runner.temp)}
        finished = runner.run("votes", "Count", **known)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    runner.git("checkout", "--quiet", "HEAD", "--", "entries")
    runner.check_out()
    finished = runner.run("votes", "Commit")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "taps: {works: 6}" in runner.git("show", "--format=%s", "origin/main")


def test_a_collector_that_does_not_answer_stops_no_vote(runner):
    with serve() as api:
        api.issues["acme/fixes#1"] = vote_on(1)
        (runner.root / "mkdocs.yml").write_text("plugins:\n  - kb:\n      votes_url: http://127.0.0.1:1/\n")
        known = {"GITHUB_API_URL": api.url, "GITHUB_TOKEN": "", "XDG_CACHE_HOME": str(runner.temp)}
        finished = runner.run("votes", "Count", **known)
    assert (finished.returncode, "::warning::Taps were not brought in" in finished.stdout) == (0, True), finished.stderr
    assert "easy_fix: 1" in (runner.left / "counts.patch").read_text()


@pytest.mark.parametrize("others", [[], [pull_of(31, "votes/count", FORK)]], ids=["alone", "a fork of that name"])
def test_counts_come_as_a_pull_request_where_the_branch_is_protected(runner, others):
    hook = runner.origin / "hooks/update"
    hook.write_text('#!/bin/sh\n[ "$1" != refs/heads/main ] || { echo "GH006: protected" >&2; exit 1; }\n')
    hook.chmod(0o755)
    runner.github(pulls=others)
    for _ in range(2):
        count_a_vote(runner.root / "entries")
        runner.keep("counts.patch")
        finished = runner.run("votes", "Commit")
        assert finished.returncode == 0, finished.stdout + finished.stderr
        assert not runner.output.exists()  # nothing was published, so nothing is closed
        assert runner.proposed("votes/count") == ["entries/git/src-refspec.md"]
        runner.check_out()
    *strangers, pull = runner.github()["pulls"]
    assert strangers == others
    assert (pull["head"]["label"], pull["title"]) == ("acme:votes/count", "Count votes")


def closed_of(runner: Runner, numbers: str) -> list[str]:
    (runner.left / "counted.txt").write_text(numbers)
    runner.run("votes", "Close what was counted")
    return [number for number, issue in runner.github()["issues"].items() if issue["state"] == "closed"]


def test_only_open_votes_are_closed_whatever_the_counting_job_left(runner):
    held = {
        "1": vote_on(1),
        "2": vote_on(2, labels=("bug",)),
        "3": vote_on(3) | {"pull_request": {"url": "x"}},
        "4": vote_on(4, state="closed", state_reason="not_planned"),
    }
    runner.github(issues=held)
    assert closed_of(runner, "1\n2\n3\n4\n99\n") == ["1", "4"]
    assert runner.github()["issues"]["4"]["state_reason"] == "not_planned"


@pytest.mark.parametrize(
    "line", ["../../other/repo/issues/1", "1; touch stolen", "$(touch stolen)", "-1", "1 --input x", ""]
)
def test_what_is_no_number_closes_nothing(runner, line):
    runner.github(issues={"1": vote_on(1)})
    assert closed_of(runner, f"{line}\n1\n") == []
    assert not list(runner.root.rglob("stolen"))


# Prove.

PROOF = """\
proof:
  provoke: |-
    {said}
updated:"""
REFSPEC = "error: src refspec main does not match any"


def with_recipe(entries: Path, said: str) -> None:
    """The entry with a recipe that needs no tools, and no other one."""
    for file in entries.rglob("*.md"):
        text = re.sub(r"(?ms)^(proof|proved):.*?(?=^\w)", "", file.read_text("utf-8"))
        file.write_text(text.replace("updated:", PROOF.format(said=said), 1) if file.stem == "src-refspec" else text)


@pytest.fixture
def proving(runner, monkeypatch, tmp_path) -> Runner:
    """A clone with one recipe, of which nothing is recorded."""
    try:
        choose_sandbox()
    except SandboxError:
        pytest.skip("no sandbox works on this machine")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with_recipe(runner.root / "entries", f"echo '{REFSPEC}'; exit 1")
    runner.commit("Add a recipe")
    runner.git("push", "--quiet", "origin", "main")
    return runner


TRY = "Try the recipes of changed entries, with annotations"


def test_the_review_tries_the_recipes_of_changed_entries_alone(proving):
    proving.merge_of(lambda entries: (entries / "git/merge-conflict.md").open("a").write("\nMore words.\n"))
    tried = proving.run("review", TRY)
    assert tried.returncode == 0, tried.stderr
    assert json.loads((proving.temp / "proofs.json").read_text("utf-8"))["results"] == []


def test_the_review_annotates_a_recipe_that_comes_out_otherwise_and_keeps_what_came_of_it(proving):
    proving.merge_of(lambda entries: with_recipe(entries, "echo 'error: the refspec is a stranger'; exit 1"))
    tried = proving.run("review", TRY)
    assert tried.returncode == 1
    assert re.search(r"^::error file=entries/git/src-refspec\.md,", tried.stdout, re.MULTILINE)
    (result,) = read_proofs((proving.temp / "proofs.json").read_bytes()).results
    assert (result.entry, result.state, result.error) == ("git/src-refspec", "differs", "other")


def test_a_review_where_nothing_can_be_tried_does_not_fail(proving):
    def ask_for_too_much(entries: Path) -> None:
        file = entries / "git/src-refspec.md"
        file.write_text(file.read_text("utf-8").replace("proof:\n", 'proof:\n  with: {python: "1.4"}\n'), "utf-8")

    proving.merge_of(ask_for_too_much)
    tried = proving.run("review", TRY)
    assert tried.returncode == 0, tried.stderr
    assert "::notice::No recipe could be tried here" in tried.stdout


def weekly(runner: Runner) -> None:
    tried = runner.run("prove", "Try all recipes")
    assert tried.returncode == 0, tried.stdout + tried.stderr
    runner.check_out()
    proposed = runner.run("prove", "Open a pull request")
    assert proposed.returncode == 0, proposed.stdout + proposed.stderr


@pytest.mark.parametrize("others", [[], [pull_of(31, "prove/weekly", FORK)]], ids=["alone", "a fork of that name"])
def test_what_comes_out_otherwise_is_one_pull_request_that_is_renewed(proving, others):
    proving.github(pulls=others)
    for _ in range(2):
        weekly(proving)
        assert proving.proposed("prove/weekly") == ["entries/git/src-refspec.md"]
    *strangers, pull = proving.github()["pulls"]
    assert strangers == others
    assert pull["head"]["label"] == "acme:prove/weekly"


def test_the_weekly_pull_request_says_how_the_message_read_and_reads(proving):
    """As a release would change it: what stands recorded is true, and what happens now is another thing."""
    file = proving.root / "entries/git/src-refspec.md"
    subprocess.run([proving.root / ".venv/bin/kb", "prove", "--record"], cwd=proving.root, check=True)
    collection = load_collection(proving.root / "entries")
    entry = collection.by_id["git/src-refspec"]
    (run,) = standing_record(entry).runs
    other = sealed(entry, [run.model_copy(update={"line": "error: src refspec main was never seen"})])
    file.write_text(with_record(file.read_text("utf-8"), file.name, other), "utf-8")
    proving.commit("Record")
    proving.git("push", "--quiet", "origin", "main")
    weekly(proving)
    (pull,) = proving.github()["pulls"]
    assert "    git/src-refspec: error provoked\n      recorded on " in pull["body"]
    assert f"    it read: error: src refspec main was never seen\n      it reads: {REFSPEC}\n" in pull["body"]


def test_where_all_comes_out_as_it_was_recorded_there_is_no_pull_request(proving):
    subprocess.run([proving.root / ".venv/bin/kb", "prove", "--record"], cwd=proving.root, check=True)
    proving.commit("Record")
    proving.git("push", "--quiet", "origin", "main")
    weekly(proving)
    assert proving.github()["pulls"] == []


# Draft.


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


def drafted(runner: Runner, body: str | None) -> None:
    """The steps from an issue to what the job that writes takes."""
    event = runner.temp / "event.json"
    event.write_text(json.dumps({"issue": {"body": body}}), "utf-8")
    finished = runner.run("draft", "Draft", GITHUB_EVENT_PATH=str(event))
    assert (finished.returncode, finished.stdout) == (0, ""), finished.stderr
    runner.check_out()
    finished = runner.run("draft", "Take the draft")
    assert finished.returncode == 0, finished.stdout + finished.stderr


@pytest.mark.parametrize("others", [[], [pull_of(31, "draft/issue-12", FORK)]], ids=["alone", "a fork of that name"])
def test_a_form_becomes_a_branch_with_a_drafted_entry_and_a_pull_request(runner, others):
    runner.github(pulls=others)
    drafted(runner, FORM)
    assert runner.output.read_text("utf-8") == "drafted=yes\n", (runner.left / "said.txt").read_text("utf-8")
    finished = runner.run("draft", "Open a pull request", NUMBER="12")
    assert finished.returncode == 0, finished.stderr
    (changed,) = runner.proposed("draft/issue-12")
    assert changed.startswith("entries/git/")
    *strangers, pull = runner.github()["pulls"]
    assert strangers == others
    assert pull["head"]["label"] == "acme:draft/issue-12"
    assert "Closes #12." in pull["body"]


@pytest.mark.parametrize("state", ["open", "closed"])
def test_a_second_event_of_the_same_issue_opens_nothing(runner, state):
    runner.github(pulls=[pull_of(13, "draft/issue-12", state=state)])
    drafted(runner, FORM)
    assert runner.run("draft", "Open a pull request", NUMBER="12").returncode == 0
    assert len(runner.github()["pulls"]) == 1
    assert "draft/issue-12" not in runner.git("branch", "--all")


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
    drafted(runner, body)
    assert runner.output.read_text("utf-8") == "drafted=no\n"
    assert runner.git("status", "--porcelain") == ""
    assert runner.run("draft", "Say why there is none", NUMBER="12").returncode == 0
    told = runner.github()["comments"]["12"][0]["body"].splitlines()[2:-2]
    assert [line for line in told if line.strip() and not line.startswith("    ")] == []
    assert list(runner.root.parent.rglob("stolen*")) == []


# Comment.


def commented(runner: Runner, name: str, text: str, **variables: str) -> subprocess.CompletedProcess[str]:
    (runner.left / name).write_text(text, "utf-8")
    run = {"HEAD_OWNER": "stranger", "HEAD_BRANCH": "fix/a b&c", "HEAD_ID": str(id_of(FORK)), "HEAD_SHA": "a" * 40}
    return runner.run("comment", "Comment", **(run | variables))


def comments(runner: Runner) -> list[str]:
    return [comment["body"] for comment in runner.github()["comments"].get("7", [])]


@pytest.fixture
def reviewed(runner) -> Runner:
    """Pull request 7 from a fork, and others that a run of it must not be taken for."""
    others = [pull_of(8, "fix/a b&c"), pull_of(9, "fix/a b&c", "stranger/other"), pull_of(6, "fix/a b&c", FORK)]
    others[2]["head"]["sha"] = "b" * 40
    runner.github(pulls=[*others, pull_of(7, "fix/a b&c", FORK)])
    return runner


def test_the_comment_is_written_once_and_renewed(reviewed):
    assert commented(reviewed, "comment.md", f"{MARK}\none").returncode == 0
    assert comments(reviewed) == [f"{MARK}\none"]
    assert commented(reviewed, "comment.md", f"{MARK}\ntwo").returncode == 0
    assert comments(reviewed) == [f"{MARK}\ntwo"]
    assert list(reviewed.github()["comments"]) == ["7"]


def test_where_nothing_changes_only_an_earlier_comment_is_renewed(reviewed):
    assert commented(reviewed, "renewal.md", f"{MARK}\nnothing").returncode == 0
    assert comments(reviewed) == []
    reviewed.github(comments={"7": [{"id": 4, "user": {"login": AUTHOR}, "body": f"{MARK}\none"}]})
    assert commented(reviewed, "renewal.md", f"{MARK}\nnothing").returncode == 0
    assert comments(reviewed) == [f"{MARK}\nnothing"]


def test_a_comment_of_someone_else_is_left_alone(reviewed):
    theirs = {"id": 4, "user": {"login": "stranger"}, "body": f"{MARK}\nmine"}
    reviewed.github(comments={"7": [theirs]})
    commented(reviewed, "comment.md", f"{MARK}\none")
    assert comments(reviewed) == [f"{MARK}\nmine", f"{MARK}\none"]


@pytest.mark.parametrize("text", ["no mark", f"x\n{MARK}", f"{MARK}\n" + "x" * 250_001])
def test_what_is_no_comment_of_ours_is_not_posted(reviewed, text):
    assert commented(reviewed, "comment.md", text).returncode == 1
    assert comments(reviewed) == []


def test_where_the_reading_job_left_nothing_nothing_is_said(reviewed):
    finished = reviewed.run("comment", "Comment", HEAD_OWNER="", HEAD_BRANCH="", HEAD_ID="", HEAD_SHA="")
    assert (finished.returncode, reviewed.github()["calls"]) == (0, [])


def test_a_run_of_an_earlier_commit_says_nothing(reviewed):
    assert commented(reviewed, "comment.md", f"{MARK}\none", HEAD_SHA="c" * 40).returncode == 0
    assert reviewed.github()["comments"] == {}


def test_the_mark_is_the_command_s_own():
    assert f"mark='{MARK}'" in (ROOT / ".github/scripts/comment.sh").read_text("utf-8")


def test_the_counts_that_are_taken_are_all_there_are():
    from kb.votes import SIGNALS

    (signals,) = re.findall(r"^signal='\((.*)\)'$", (ROOT / ".github/scripts/take.sh").read_text("utf-8"), re.MULTILINE)
    assert signals.split("|") == list(SIGNALS)
