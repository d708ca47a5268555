"""`kb report`: from an issue on GitHub to a report, through real sockets."""

import json
import re

import pytest
from answering import PROSE, SITE, TAKEN, kb
from documented import closed, commented, cross_referenced, labeled
from stand_in import CUT, server_error, used_up

REF = "acme/app#12"
ERROR = "Error: listen EADDRINUSE: address already in use 127.0.0.1:3000"


@pytest.fixture
def base(folder):
    """A knowledge base with one entry about a port in use, and the folder that commands run in."""
    folder.entry("pip/taken.md", PROSE, title="Port in use", signatures=[{"text": TAKEN}])
    return folder.root.parent


@pytest.fixture
def report(base, github):
    """A function that runs `kb report` with arguments."""
    return lambda *arguments, **environ: kb(
        "report", *arguments, "--url", SITE, folder=base, GITHUB_API_URL=github.url, **environ
    )


@pytest.fixture
def issues(github):
    """An issue that mentions one, is mentioned by one, and is closed by a pull request that closes another, too."""
    fix = github.add("acme/app#20", title="Free the port", body="Fixes #12, fixes #30", pull=True, merged=True)
    github.add("acme/app#30", title="Same on macOS", body="As in other/app#1")
    github.add("other/app#1", title="Far away")
    github.add("acme/app#5", title="An older one", body="Nothing")
    later = github.add("acme/app#40", title="Again", body="This is a duplicate of #12")
    events = [
        labeled("bug"),
        commented("See acme/app#5 as well, @rosa"),
        cross_referenced(fix),
        cross_referenced(later),
        closed(),
    ]
    github.add(REF, title="Does not start", body=f"```\n{ERROR}\n```", labels=("bug",), state="closed", events=events)
    return github


def data(finished) -> dict:
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


def test_a_report_has_the_issue_its_neighbours_and_what_is_known(report, issues):
    found = data(report(REF, "--format", "json"))
    assert [(node["ref"], node["state"], node["step"]) for node in found["nodes"]] == [
        ("acme/app#12", "closed", 0),
        ("acme/app#5", "open", 1),
        ("acme/app#20", "merged", 1),
        ("acme/app#40", "open", 1),
    ]
    assert {(edge["source"], edge["kind"], edge["target"]) for edge in found["edges"]} == {
        ("acme/app#12", "mentions", "acme/app#5"),
        ("acme/app#20", "closes", "acme/app#12"),
        ("acme/app#40", "duplicates", "acme/app#12"),
    }
    assert found["errors"] == [ERROR]
    assert [(known["url"], known["tier"]) for known in found["known"]] == [(f"{SITE}pip/taken/", "exact")]


def test_two_steps_reach_the_neighbours_of_neighbours(report, issues):
    found = data(report(REF, "--depth", "2", "--format", "json"))
    assert {node["ref"]: node["step"] for node in found["nodes"] if node["step"] == 2} == {"acme/app#30": 2}


def test_markdown_is_the_default_and_pings_nobody(report, issues):
    finished = report("https://github.com/acme/app/issues/12#issuecomment-1")
    assert finished.stdout.startswith("# Does not start\n")
    assert "```mermaid\nflowchart LR\n" in finished.stdout
    assert re.findall(r"@(?!&#8203;)", finished.stdout) == []


def test_a_cross_reference_brings_its_issue_so_it_is_not_asked_for(report, issues):
    report(REF)
    assert issues.calls() == {
        "GET /repos/acme/app/issues/12": 1,
        "GET /repos/acme/app/issues/12/timeline": 1,
        "GET /repos/acme/app/issues/5": 1,
    }


def test_a_report_is_written_to_a_file(report, issues, base):
    finished = report(REF, "-o", "report.md")
    assert (finished.returncode, finished.stdout) == (0, "")
    assert (base / "report.md").read_text("utf-8").startswith("# Does not start\n")


def test_a_file_that_cannot_be_written_is_told(report, issues):
    finished = report(REF, "-o", "no/such/folder/report.md")
    assert finished.returncode == 2
    assert "no/such/folder/report.md" in finished.stderr
    assert "Traceback" not in finished.stderr


def test_bounds_limit_issues_and_calls_and_say_what_was_left_out(report, github):
    github.add(REF, body=" ".join(f"#{number}" for number in range(100, 150)))
    for number in range(100, 150):
        github.add(f"acme/app#{number}")
    by_nodes = data(report(REF, "--nodes", "10", "--format", "json"))
    assert (len(by_nodes["nodes"]), by_nodes["left_out"]) == (10, 41)
    github.requests.clear()
    by_calls = data(report(REF, "--calls", "7", "--format", "json"))
    assert (len(github.requests), by_calls["left_out"]) == (7, 45)


def test_a_mentioned_issue_that_is_gone_is_shown_as_such(report, github):
    github.add(REF, body="See #3 and #4")
    github.add("acme/app#3")
    github.deleted.add("acme/app#3")
    found = data(report(REF, "--format", "json"))
    assert [(node["ref"], node["problem"]) for node in found["nodes"][1:]] == [
        ("acme/app#3", "deleted"),
        ("acme/app#4", "not found"),
    ]


def test_a_transferred_issue_is_reported_under_its_new_name(report, github):
    github.add("acme/core#1", title="Moved")
    github.moved[REF] = "acme/core#1"
    assert data(report(REF, "--format", "json"))["ref"] == "acme/core#1"


@pytest.mark.parametrize("ref", ["acme/app#404", "acme", "", "https://evil.example/acme/app/issues/1"])
def test_an_issue_that_cannot_be_had_is_told(report, ref):
    finished = report(ref)
    assert (finished.returncode, finished.stdout) == (2, "")
    assert finished.stderr.startswith("kb: ")
    assert "Traceback" not in finished.stderr


def test_a_cut_connection_and_a_server_error_are_tried_again(report, issues):
    issues.fail(CUT, server_error())
    assert report(REF).returncode == 0


def test_a_used_up_rate_limit_ends_with_the_time_to_go_on_and_writes_nothing(report, issues, base):
    issues.fail(*[used_up(3000)] * 9, on="timeline")
    finished = report(REF, "-o", "report.md")
    assert finished.returncode == 75
    assert re.search(r"until \d{4}-\d\d-\d\d", finished.stderr)
    assert not (base / "report.md").exists()


def test_a_report_that_a_rate_limit_stopped_is_gone_on_with(report, issues):
    issues.fail(used_up(3000), on="issues/5")
    assert report(REF).returncode == 75
    issues.requests.clear()
    assert report(REF, "--patience", "0").returncode == 0
    assert [request.status for request in issues.requests] == [304, 304, 200]


def test_the_token_is_sent_and_never_shown(report, issues):
    issues.token = "ghp_example"
    assert report(REF, GITHUB_TOKEN="ghp_example").returncode == 0
    refused = report(REF, GITHUB_TOKEN="ghp_other")
    assert refused.returncode == 2
    assert "ghp_other" not in refused.stdout + refused.stderr


def test_a_huge_hostile_issue_gives_a_small_report(report, github):
    github.add(REF, title="x" * 100_000, body="<!-- `#1 @a " * 400_000)
    finished = report(REF)
    assert finished.returncode == 0
    assert len(finished.stdout) < 20_000
