"""`kb import`, against the stand-in: from issues to draft entries that pass the checks."""

import os
import pty
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import documented
import pytest
from stand_in import CUT, Fault, Reply, server_error, too_fast

from kb.checks import check

REF = "git/git#7"
BODY = """\
### What happened?

I pushed, and got this:

```
$ git push
error: cannot lock the ref store of remote 'origin' at /srv/git/x.git: 13 tries
```

### git version

2.47.1

### Operating System

Ubuntu 24.04

### Terminal/Shell

zsh

### Anything else?

_No response_
"""


def problem(number: int, word: str, detail: str = "x") -> dict[str, object]:
    """Title and text of an issue about an error of its own."""
    body = f"It broke.\n\n```\nfatal: the {word} could not be opened by the worker, {number} tries: {detail}\n```\n"
    return {"title": f"The {word} can't be opened", "body": body}


def problems_of(folder) -> list[str]:
    return [str(found) for found in check(folder.load(), datetime.now(UTC).date() + timedelta(days=1))]


def files_of(folder) -> dict[str, bytes]:
    return {path.relative_to(folder.root).as_posix(): path.read_bytes() for path in folder.root.rglob("*.*")}


def only(folder):
    """The one entry there is, which has to pass the checks."""
    assert problems_of(folder) == []
    (entry,) = folder.load().entries
    return entry


@pytest.fixture
def drafted(github, folder, kb):
    """A function that imports an issue of these keys, and gives its entry."""

    def imported(**keys: object):
        github.add(REF, **{"title": "Pushing fails", "body": BODY} | keys)
        kb("import", REF)
        return only(folder)

    return imported


def test_an_issue_becomes_a_draft_that_passes_the_checks(drafted):
    entry = drafted(title="[BUG] Pushing fails with a lock")
    assert (entry.id, entry.title, entry.status) == (
        "git/pushing-fails-with-a-lock",
        "Pushing fails with a lock",
        "open",
    )
    assert "None known yet" in entry.workarounds[0].title
    assert str(entry.issue.ref) == REF


def test_its_signatures_are_drafted_from_the_error(drafted):
    (signature,) = drafted().signatures
    assert signature.text.startswith("error: cannot lock the ref store of remote {{")
    assert "13" not in signature.text
    assert signature.examples == ("error: cannot lock the ref store of remote 'origin' at /srv/git/x.git: 13 tries",)


def test_its_form_says_where_it_happened(drafted):
    affects = drafted().affects
    assert (affects.versions, affects.platforms, affects.environment) == (("2.47.1",), ("linux",), "zsh")


def test_its_labels_are_tags(drafted):
    assert drafted(labels=("Bug Report", "area: push")).tags == ("bug-report", "area-push")


def test_its_day_is_the_issues(drafted):
    assert str(drafted(created=60 * 24 * 3).updated) == "2026-01-04"


def test_its_facts_are_those_of_github(drafted):
    pull = documented.issue("git/git#9", "Mend it", body="Fixes #7", pull=True)
    other = documented.issue("git/git#8")
    events = [
        documented.commented("Duplicate of #5", "ann"),
        documented.cross_referenced(pull),
        documented.cross_referenced(other),
    ]
    entry = drafted(events=events, author="bob", reacted=2)
    assert (entry.issue.comments, entry.issue.participants, entry.issue.reactions) == (1, 2, 2)
    assert entry.issue.timeline == {"cross-referenced": 2, "commented": 1}
    assert [(str(one.ref), one.state) for one in entry.pulls] == [("git/git#9", "open")]
    assert list(map(str, entry.reports)) == ["git/git#5", "git/git#8"]


def test_an_issue_that_was_fixed_says_so(drafted):
    pull = documented.issue("git/git#9", body="Fixes #7", pull=True, merged=True, state="closed")
    entry = drafted(state="closed", state_reason="completed", events=[documented.cross_referenced(pull)])
    assert entry.status == "fixed"
    assert "git/git#9" in entry.workarounds[0].body


@pytest.mark.parametrize(
    "form", ["git/git#7", "https://github.com/git/git/issues/7", "github.com/git/git/issues/7#issuecomment-1"]
)
def test_an_issue_is_named_in_more_than_one_way(github, folder, kb, form):
    github.add(REF, title="Pushing fails", body=BODY)
    kb("import", form)
    assert str(only(folder).issue.ref) == REF


def test_an_import_takes_three_calls_an_issue_at_most(github, folder, kb):
    github.add(REF, title="Pushing fails", body=BODY, events=[documented.labeled(str(n)) for n in range(450)])
    assert "a long timeline" in kb("import", REF).stdout
    assert len(github.requests) == 3


def test_importing_again_changes_nothing_and_asks_nothing(github, folder, kb):
    github.add(REF, title="Pushing fails", body=BODY)
    kb("import", REF)
    before = files_of(folder)
    github.requests.clear()
    assert kb("import", REF).stdout == "known    git/git#7 git/pushing-fails\n"
    assert files_of(folder) == before
    assert github.requests == []


def test_an_error_that_is_known_gets_a_report_and_no_second_page(github, folder, kb):
    folder.entry("git/lock.md", signatures=[{"text": "cannot lock the ref store of remote {{remote}} at {{path}}"}])
    github.add(REF, title="Pushing fails", body=BODY)
    assert kb("import", REF).stdout == "report   git/git#7 git/lock\n"
    assert list(map(str, only(folder).reports)) == [REF]
    assert kb("import", REF).stdout == "known    git/git#7 git/lock\n"


def test_a_report_changes_one_line(github, folder, kb):
    signatures = [{"text": "cannot lock the ref store of remote {{remote}} at {{path}}"}]
    path = folder.entry("git/lock.md", signatures=signatures, reports=["git/git#1"])
    before = path.read_text("utf-8").splitlines()
    github.add(REF, title="Pushing fails", body=BODY)
    kb("import", REF)
    after = path.read_text("utf-8").splitlines()
    assert len([line for line in after if line not in before]) == 1


def test_issues_about_the_same_error_become_one_entry(github, folder, kb):
    for number, remote in ((7, "origin"), (8, "upstream"), (9, "backup")):
        github.add(f"git/git#{number}", title=f"Pushing to {remote} fails", body=BODY.replace("origin", remote))
    found = kb("import", "git/git#7", "git/git#8", "git/git#9").stdout
    assert found.split() == [
        *("new", "git/git#7", "git/pushing-to-origin-fails"),
        *("report", "git/git#8", "git/pushing-to-origin-fails"),
        *("report", "git/git#9", "git/pushing-to-origin-fails"),
    ]
    assert list(map(str, only(folder).reports)) == ["git/git#8", "git/git#9"]


def test_an_issue_that_two_entries_could_report_stays_with_the_first(github, folder, kb):
    folder.entry("git/first.md", reports=["git/git#8"])
    github.add(
        REF, title="Pushing fails", body=BODY, events=[documented.cross_referenced(documented.issue("git/git#8"))]
    )
    kb("import", REF)
    assert folder.load().by_id["git/pushing-fails"].reports == ()
    assert problems_of(folder) == []


def test_a_search_imports_what_it_finds_without_pull_requests(github, folder, kb):
    for number in range(1, 131):
        github.add(
            f"git/git#{number}",
            labels=("bug",),
            **problem(number, "".join("abcdefghij"[int(d)] for d in str(number)) + "store"),
        )
    github.add("git/git#131", labels=("bug",), pull=True, **problem(131, "pull"))
    github.add("git/git#132", **problem(132, "unlabelled"))
    found = kb("import", "--search", "repo:git/git label:bug")
    assert "130 new; 132 requests to GitHub" in found.stderr
    assert len(folder.load().entries) == 130
    assert problems_of(folder) == []


def test_two_issues_of_one_title_become_two_entries(github, folder, kb):
    for number, word in ((7, "moonstone"), (8, "sunstone")):
        github.add(f"git/git#{number}", **problem(number, word) | {"title": "It fails"})
    kb("import", "git/git#7", "git/git#8")
    assert [entry.id for entry in folder.load().entries] == ["git/it-fails", "git/it-fails-2"]


def test_no_former_id_is_taken(github, folder, kb):
    folder.entry("git/other.md", aliases=["git/pushing-fails"])
    github.add(REF, title="Pushing fails", body=BODY)
    kb("import", REF)
    assert [entry.id for entry in folder.load().entries] == ["git/other", "git/pushing-fails-2"]


def test_a_transferred_issue_is_filed_where_it_is_now(github, folder, kb):
    github.add("pypa/pip#3", title="Pushing fails", body=BODY)
    github.moved[REF] = "pypa/pip#3"
    kb("import", REF)
    entry = only(folder)
    assert (entry.product, str(entry.issue.ref)) == ("pip", "pypa/pip#3")


@pytest.mark.parametrize(
    ("ref", "keys", "reason"),
    [
        ("git/git#404", {}, "not found; it is private, or was never there"),
        ("git/git#410", {}, "deleted"),
        ("acme/tool#7", {}, "no product in products.yml has the repository acme/tool"),
        (REF, {"pull": True, "body": BODY}, "a pull request; name the issue that it deals with"),
        (REF, {"body": "Please add dark mode."}, "no error message found in its text"),
        (REF, {"body": None, "title": "x"}, "no error message found in its text"),
    ],
)
def test_what_can_not_be_a_draft_is_refused_with_a_reason(github, folder, kb, ref, keys, reason):  # noqa: PLR0917
    github.deleted.add("git/git#410")
    github.add(REF, **keys)
    before = files_of(folder)
    assert f"refused  {ref}: {reason}" in kb("import", ref, code=1).stdout
    assert files_of(folder) == before


def test_what_is_refused_stops_no_other(github, folder, kb):
    github.add(REF, title="Pushing fails", body=BODY)
    kb("import", "git/git#404", REF, code=1)
    assert str(only(folder).issue.ref) == REF


def test_a_product_can_be_named(github, folder, kb):
    github.add("acme/tool#7", title="Pushing fails", body=BODY)
    kb("import", "acme/tool#7", "--product", "pip")
    assert only(folder).id == "pip/pushing-fails"


@pytest.mark.parametrize(
    "arguments",
    [(), ("git/git#7", "--search", "x"), ("git/git",), ("git/git#0",), ("../x#1",), ("https://evil.example/a/b/issues/1",),
     (REF, "--product", "none"), (REF, "--product", "../git")],
)  # fmt: skip
def test_bad_use_is_told_before_anything_is_asked(github, folder, kb, arguments):
    kb("import", *arguments, code=2)
    assert github.requests == []


@pytest.mark.parametrize("fault", [too_fast(1800), server_error(), CUT], ids=["rate limit", "5xx", "cut"])
def test_an_import_that_was_stopped_is_gone_on_with(github, folder, kb, fault):
    """What stands there is whole, and the second run does the rest: the result is that of one run."""
    in_a_row = ["issues/3"] if fault == too_fast(1800) else ["issues/3", "issues/4", "issues/5"]
    for number, word in ((1, "moonstone"), (2, "sunstone"), (3, "moonstone"), (4, "firestone"), (5, "sunstone")):
        github.add(f"git/git#{number}", **problem(number, word))
    refs = [f"git/git#{number}" for number in range(1, 6)]
    for path in in_a_row:
        github.fail(*[fault] * 4, on=path)
    kb("import", *refs, code=75 if fault == too_fast(1800) else 1)
    assert problems_of(folder) == []
    assert len(folder.load().entries) == 2
    github.faults.clear()
    kb("import", *refs)
    assert problems_of(folder) == []
    assert [tuple(map(str, entry.refs)) for entry in folder.load().entries] == [
        ("git/git#4",),
        ("git/git#1", "git/git#3"),
        ("git/git#2", "git/git#5"),
    ]


def test_what_github_fails_in_stops_no_other(github, folder, kb):
    """A timeline that is too long for GitHub, say, must not end each import that has its issue in it."""
    github.add("git/git#1", **problem(1, "moonstone"))
    github.add("git/git#2", **problem(2, "sunstone"))
    github.fail(*[server_error()] * 4, on="issues/1/timeline")
    found = kb("import", "git/git#1", "git/git#2", code=1)
    assert "failed   git/git#1: GET" in found.stdout
    assert "1 new, 1 failed" in found.stderr
    assert str(only(folder).issue.ref) == "git/git#2"


def test_keys_that_say_nothing_may_be_missing_or_null(github, folder, kb):
    issue = github.add(REF, title="Pushing fails", body=BODY, events=[documented.labeled("bug"), {"event": None}])
    needed = ("number", "title", "state", "html_url", "created_at", "body")
    github.issues[REF] = {key: value if key in needed else None for key, value in issue.items()}
    github.events[REF][0]["label"] = github.events[REF][0]["actor"] = None
    kb("import", REF)
    github.issues[REF] = {key: issue[key] for key in needed} | {"key_of_next_year": [1]}
    kb("refresh")
    assert only(folder).issue.timeline == {"labeled": 1}


@pytest.mark.parametrize(
    ("reason", "status"),
    [("not_planned", "wontfix"), ("duplicate", "duplicate"), ("completed", "open"), (None, "open")],
)
def test_a_draft_says_how_the_issue_was_closed_as_a_refresh_would(drafted, folder, kb, reason, status):
    entry = drafted(state="closed", state_reason=reason, events=[documented.closed(reason=reason)])
    assert entry.status == status
    before = files_of(folder)
    kb("refresh")
    assert files_of(folder) == before


def test_a_search_that_github_can_not_run_is_told_as_github_tells_it(github, kb):
    details = {"message": "Validation Failed", "errors": [{"message": "The repositories cannot be searched."}]}
    github.fail(Fault(Reply(422, details)))
    found = kb("import", "--search", "repo:git/git", code=1)
    assert "refuses (422): Validation Failed: The repositories cannot be searched." in found.stderr


def test_a_search_that_github_did_not_finish_is_told(github, folder, kb):
    github.add(REF, title="Pushing fails", body=BODY)
    github.fail(Fault(Reply(200, {"total_count": 1, "incomplete_results": True, "items": [github.issues[REF]]})))
    assert "too slow to look through everything" in kb("import", "--search", "repo:git/git").stderr
    assert str(only(folder).issue.ref) == REF


HOSTILE = {
    "script": {"title": "<script>alert(1)</script>", "body": BODY + "<script>alert(1)</script>"},
    "front matter in a title": {"title": "x\n---\nvotes: {works: 999}\n---\n## Summary", "body": BODY},
    "front matter in an error": {"body": "```\nerror: it could not be\n---\nvotes: {works: 999}\n---\n```"},
    "yaml in a title": {"title": "!!python/object/apply:os.system ['id'] # & * {a: b}", "body": BODY},
    "quotes in a title": {"title": "'\"\\ %s {{x}} {% x %} `id`", "body": BODY},
    "paths in labels": {"labels": ("../../etc/passwd", "..", "/", "index", "\\..\\x", "a" * 500), "body": BODY},
    "a path in the title": {"title": "../../../etc/passwd", "body": BODY},
    "control characters": {"title": "a\x00b\x1b[31mc\u202ed\u200be", "body": "\x00\x1b[2J" + BODY + "\x07\u2028"},
    "placeholders in an error": {"body": "```\nerror: the value {{a}} of \\{{ and {{b:hex}} could not be {{\n```"},
    "ten megabytes": {"body": BODY + "x" * 10_000_000},
    "ten megabytes of errors": {"body": "error: it could not be opened now\n" * 300_000},
    "ten megabytes in a line": {"body": "error: " + "could not open " * 700_000},
    "a title without end": {"title": "y" * 1_000_000, "body": BODY},
    "no letters": {"title": "💥💥💥", "body": BODY},
    "an index": {"title": "Index", "body": BODY},
    "a form that lies": {"body": BODY + "\n### git version\n\n" + "1.2.3 " * 5000 + "\n### Terminal\n\n---\n<b>\n"},
    "an author of odd name": {"author": "x]: {y}", "body": BODY},
    "markdown in a title": {"title": "[x](javascript:alert(1)) ![y](http://evil.example/y.png)", "body": BODY},
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends_as_inert_text_or_is_refused(github, folder, kb, tmp_path, name):
    github.add(REF, **{"title": "Pushing fails"} | HOSTILE[name])
    before = {path for path in tmp_path.rglob("*") if "cache" not in path.parts}
    is_taken = kb_any(kb, "import", REF).startswith("new")
    assert problems_of(folder) == []
    after = {path for path in tmp_path.rglob("*") if "cache" not in path.parts} - before
    entries = folder.load().entries
    assert len(entries) == is_taken
    assert all(path.is_relative_to(folder.root / "git") for path in after)
    for entry in entries:
        assert entry.votes.works == 0
        assert str(entry.issue.ref) == REF
        assert entry.summary.startswith("Reported as [git/git#7](https://github.com/git/git/issues/7).")
        assert entry.title.isprintable()


def kb_any(kb, *arguments: str) -> str:
    """The output of a verb that may refuse."""
    try:
        return kb(*arguments).stdout
    except AssertionError:
        return kb(*arguments, code=1).stdout


def test_a_colour_in_an_error_leaves_no_trace(drafted):
    entry = drafted(
        title="\x1b[31mPushing\x1b[0m fails", body="```\n\x1b[31merror:\x1b[0m cannot lock the ref store\n```"
    )
    assert entry.title == "Pushing fails"
    assert [one.text for one in entry.signatures] == ["error: cannot lock the ref store"]


def test_a_killed_import_leaves_only_whole_entries_and_is_gone_on_with(github, folder, kb, tmp_path):
    """Killed at once, without a chance to tidy up, while it takes in one issue after the other."""
    refs = [f"git/git#{number}" for number in range(1, 31)]
    for number, ref in enumerate(refs, 1):
        github.add(ref, **problem(number, "".join("abcdefghij"[int(digit)] for digit in f"{number:02}") + "store"))
    command = [sys.executable, "-c", "from kb.cli import main; main()", "import", *refs, "--cache", "cache/github.db"]
    environ = os.environ | {"GITHUB_API_URL": github.url, "GITHUB_TOKEN": ""}
    with subprocess.Popen(command, cwd=tmp_path, env=environ, stdout=subprocess.PIPE) as process:
        for _ in range(3):
            process.stdout.readline()
        process.kill()
    assert problems_of(folder) == []
    assert 3 <= len(folder.load().entries) < 30
    kb("import", *refs)
    assert problems_of(folder) == []
    assert len(folder.load().entries) == 30


def test_on_a_terminal_a_bar_shows_how_far_it_is_and_outcomes_go_where_they_are_sent(github, folder, tmp_path):
    refs = [f"git/git#{number}" for number in range(1, 5)]
    for number, ref in enumerate(refs, 1):
        github.add(ref, **problem(number, f"{'abcd'[number - 1]}store"))
    command = [sys.executable, "-c", "from kb.cli import main; main()", "import", *refs, "--cache", "cache/github.db"]
    environ = os.environ | {"GITHUB_API_URL": github.url, "GITHUB_TOKEN": "", "TERM": "xterm", "COLUMNS": "80"}
    terminal, its_end = pty.openpty()
    with subprocess.Popen(command, cwd=tmp_path, env=environ, stdout=subprocess.PIPE, stderr=its_end) as process:
        os.close(its_end)
        shown = read_terminal(terminal)
        outcomes = process.stdout.read().decode()
    assert [line.split()[:2] for line in outcomes.splitlines()] == [["new", ref] for ref in refs]
    assert "Importing" in shown
    assert "4/4" in shown


def read_terminal(terminal: int) -> str:
    """All that is written to a terminal until its other end is closed."""
    shown = b""
    with suppress(OSError):
        while piece := os.read(terminal, 4096):
            shown += piece
    os.close(terminal)
    return shown.decode()


def test_a_folder_that_leads_elsewhere_is_not_written_to(github, folder, kb, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (folder.root / "git").symlink_to(tmp_path / "elsewhere")
    github.add(REF, title="Pushing fails", body=BODY)
    assert "symbolic link" in kb("import", REF, code=1).stdout
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_token_shows_up_nowhere(github, folder, kb, tmp_path):
    kb.environ["GITHUB_TOKEN"] = github.token = "ghp_0123456789abcdefghij"
    github.add(REF, title="Pushing fails", body=BODY)
    output = kb("import", REF).output
    github.token = "another"
    output += kb("import", "git/git#8", code=1).output
    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert "ghp_" not in output
    assert b"ghp_" not in files


# An issue is taken in once, whatever it is called

LOCK = [{"text": "cannot lock the ref store of remote {{remote}} at {{path}}"}]


@pytest.mark.parametrize("name", ["Git/Git#7", "https://github.com/GIT/git/issues/7"])
def test_an_issue_in_another_spelling_is_the_same_one(github, folder, kb, name):
    folder.entry("git/lock.md", signatures=LOCK, reports=["git/git#7"])
    before = files_of(folder)
    assert kb("import", name).stdout.startswith("known ")
    assert files_of(folder) == before
    assert github.requests == []


def test_an_issue_that_is_named_twice_is_taken_in_once(github, folder, kb):
    github.add(REF, title="Pushing fails", body=BODY)
    assert kb("import", REF, "GIT/git#7", "github.com/git/git/issues/7").stdout.count("\n") == 1


def test_an_issue_that_was_transferred_is_no_second_report(github, folder, kb):
    """The entry has its former name; GitHub leads from that to the name it has now."""
    folder.entry("git/lock.md", signatures=LOCK, reports=["old/place#3", "old/place#4"])
    github.add(REF, title="Pushing fails", body=BODY)
    github.add("old/place#3", title="Another")
    github.moved["old/place#4"] = REF
    assert kb("import", REF).stdout == "known    git/git#7 git/lock\n"
    assert list(map(str, only(folder).reports)) == ["old/place#3", "old/place#4"]


def test_the_main_issue_of_an_entry_is_no_report_of_another(github, folder, kb):
    folder.entry("git/lock.md", signatures=LOCK)
    folder.entry("git/other.md", issue={"ref": "Git/git#7"})
    github.add(REF, title="Pushing fails", body=BODY)
    assert kb("import", REF).stdout == "known    git/git#7 git/other\n"


def test_a_pull_request_of_an_entry_is_no_report_of_another(github, folder, kb):
    folder.entry("git/lock.md", signatures=LOCK, pulls=[{"ref": "git/git#9", "state": "open"}])
    comment = documented.commented("Duplicate of GIT/git#9, and duplicate of Git/Git#8")
    other = {
        "title": "Another thing fails",
        "body": "```\nfatal: the index could not be opened by the worker: x\n```\n",
    }
    github.add(REF, **other, events=[comment, documented.cross_referenced(documented.issue("git/git#8"))])
    kb("import", REF)
    assert list(map(str, folder.load().by_id["git/another-thing-fails"].reports)) == ["Git/Git#8"]


def test_an_entry_that_can_not_be_read_whole_has_its_reports_still(github, folder, kb):
    folder.entry("git/lock.md", signatures=LOCK, reports=["git/git#7"], updated="tomorrow")
    github.add(REF, title="Pushing fails", body=BODY)
    before = files_of(folder)
    assert kb("import", REF).stdout == "known    git/git#7 git/lock\n"
    assert files_of(folder) == before


@pytest.mark.parametrize("name", ["ghe.example.com/git/git#7", "gitlab.example.com/git/git#7"])
def test_an_issue_of_another_server_is_refused(github, folder, kb, name):
    assert f"refused  {name}: it is not on github.com, the server that is asked" in kb("import", name, code=1).stdout
    assert github.requests == []
