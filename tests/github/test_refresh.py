"""`kb refresh`, against the stand-in: entries follow GitHub, and no line changes that doesn't have to."""

from datetime import UTC, datetime, timedelta

import documented
import pytest
from stand_in import CUT, server_error, slow, too_fast

from kb.github import in_turn

REF = "acme/tool#7"
NOW = datetime.now(UTC)
FRESH = f"{NOW:%Y-%m-%dT%H:%M:%SZ}"
PROSE = "## Summary\n\nS\n\n## Cause\n\nC\n\n## Workaround: W\n\nB\n"


def entry_text(name: str, front: str) -> str:
    return f"---\ntitle: About {name}\nsignatures:\n  - text: {name} failed  # as printed\n{front}\n---\n\n{PROSE}"


@pytest.fixture
def entry(folder):
    """A function that writes `git/<name>.md`, with an issue that was read just now, and gives its path."""

    def write(name: str = "a", ref: str = REF, fetched: str = FRESH, more: str = "status: workaround"):
        issue = (
            f'issue: {{ref: "{ref}", fetched: {fetched}, comments: 0, participants: 1, reactions: 0, timeline: {{}}}}'
        )
        return folder.file(f"git/{name}.md", entry_text(name, f"{more}\n{issue}\nupdated: 2026-01-02"))

    return write


def read(folder, name: str = "a"):
    return folder.load().by_id[f"git/{name}"]


def test_what_did_not_change_is_not_written(github, folder, entry, kb):
    github.add(REF)
    path = entry()
    before = path.read_bytes(), path.stat().st_mtime_ns
    assert kb("refresh").stdout == ""
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_counts_follow_github(github, folder, entry, kb):
    entry()
    github.add(REF, events=[documented.commented("Me too."), documented.labeled("bug")], reacted=4)
    found = kb("refresh").stdout
    issue = read(folder).issue
    assert (issue.comments, issue.participants, issue.reactions) == (1, 2, 4)
    assert issue.timeline == {"commented": 1, "labeled": 1}
    assert "git/a: comments 0 -> 1\n" in found


def test_only_lines_that_have_to_change_do(github, folder, entry, kb):
    path = entry()
    before = path.read_text("utf-8").splitlines()
    github.add(REF, reacted=4)
    kb("refresh")
    after = path.read_text("utf-8").splitlines()
    assert [line for line in before if line not in after] == [next(line for line in before if line.startswith("issue"))]
    assert len(before) == len(after)


def test_a_second_run_changes_nothing(github, folder, entry, kb):
    path = entry()
    github.add(REF, events=[documented.commented("Me too.")])
    kb("refresh")
    before = path.read_bytes()
    assert kb("refresh").stdout == ""
    assert path.read_bytes() == before


def test_a_second_run_is_sent_nothing_again(github, folder, entry, kb):
    for name, number in (("a", 7), ("b", 8), ("c", 9)):
        entry(name, f"acme/tool#{number}")
        github.add(f"acme/tool#{number}")
    kb("refresh")
    github.requests.clear()
    kb("refresh")
    assert [request.status for request in github.requests] == [304] * 6


def test_no_entry_takes_more_than_three_calls(github, folder, entry, kb):
    entry()
    github.add(REF, events=[documented.labeled(str(number)) for number in range(950)])
    kb("refresh")
    assert len(github.requests) == 3


def test_facts_that_were_never_read_get_their_day(github, folder, kb):
    folder.file("git/a.md", entry_text("a", f'issue: {{ref: "{REF}"}}\nupdated: 2026-01-02'))
    github.add(REF, author=None)
    kb("refresh")
    assert read(folder).issue.fetched >= NOW.replace(microsecond=0)


def test_after_a_month_the_day_of_reading_is_written_anew(github, folder, entry, kb):
    entry(fetched=f"{NOW - timedelta(days=31):%Y-%m-%dT%H:%M:%SZ}")
    github.add(REF)
    assert kb("refresh").stdout == ""
    assert NOW - read(folder).issue.fetched < timedelta(days=1)


def test_a_run_that_a_rate_limit_stops_goes_on_with_the_others(github, folder, entry, kb):
    """The oldest facts come first, so that no entry waits for ever."""
    for number, days in ((1, 40), (2, 80), (3, 60)):
        entry(f"e{number}", f"acme/tool#{number}", f"{NOW - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}")
        github.add(f"acme/tool#{number}", reacted=1)
    github.fail(too_fast(1800), on="issues/3")
    assert "Run the same command again" in kb("refresh", code=75).stderr
    assert [read(folder, f"e{number}").issue.reactions for number in (1, 2, 3)] == [0, 1, 0]
    github.requests.clear()
    kb("refresh")
    assert [request.path.split("/")[5] for request in github.requests][:2] == ["3", "3"]
    assert [read(folder, f"e{number}").issue.reactions for number in (1, 2, 3)] == [1, 1, 1]


def test_entries_take_turns_from_day_to_day(folder, entry):
    """With a thousand requests an hour not all can be asked for in a run, and who is unchanged gets no new date."""
    for name in "abcdefgh":
        entry(name)
    entry("never", fetched="null")
    entry("old", fetched=f"{NOW - timedelta(days=40):%Y-%m-%dT%H:%M:%SZ}")
    days = [[one.id for one in in_turn(folder.load().entries, NOW + timedelta(days=day))] for day in range(20)]
    assert {tuple(order[:2]) for order in days} == {("git/never", "git/old")}
    assert len({order[2] for order in days}) > 4
    assert days[0] == [one.id for one in in_turn(reversed(folder.load().entries), NOW)]


def test_what_github_fails_in_stops_no_other(github, folder, entry, kb):
    for number in (1, 2):
        entry(f"e{number}", f"acme/tool#{number}")
        github.add(f"acme/tool#{number}", reacted=1)
    github.fail(*[server_error()] * 4, on="issues/1/timeline")
    found = kb("refresh", code=1)
    assert "git/e1: GET" in found.stdout
    assert "1 of 2 entries read, 1 changed" in found.stderr
    assert [read(folder, f"e{number}").issue.reactions for number in (1, 2)] == [0, 1]


def test_trouble_with_everything_ends_a_run(github, folder, entry, kb):
    for number in range(1, 6):
        entry(f"e{number}", f"acme/tool#{number}")
    github.fail(*[server_error()] * 20)
    assert "0 of 5 entries read" in kb("refresh", code=1).stderr
    assert len(github.requests) == 12


def test_an_issue_that_a_merged_pull_request_closed_is_fixed(github, folder, entry, kb):
    path = entry(more="status: open  # as of 2026")
    pull = documented.issue("acme/tool#9", "Mend it", body="Fixes #7", pull=True, merged=True, state="closed")
    github.add(REF, state="closed", state_reason="completed", events=[documented.cross_referenced(pull)])
    found = kb("refresh").stdout
    assert (read(folder).status, [(str(one.ref), one.state) for one in read(folder).pulls]) == (
        "fixed",
        [("acme/tool#9", "merged")],
    )
    assert "git/a: status open -> fixed\n" in found
    assert "status: fixed  # as of 2026\n" in path.read_text("utf-8")


def test_an_issue_that_nobody_will_mend_is_not_fixed(github, folder, entry, kb):
    entry()
    github.add(REF, state="closed", state_reason="not_planned", events=[documented.closed(reason="not_planned")])
    kb("refresh")
    assert read(folder).status == "wontfix"


@pytest.mark.parametrize("status", ["fixed", "wontfix", "duplicate"])
def test_what_a_person_settled_stays_and_is_told(github, folder, entry, kb, status):
    entry(more=f"status: {status}")
    github.add(REF)
    assert f"note: {REF} is open, but the entry says {status}" in kb("refresh").stdout
    assert read(folder).status == status


def test_an_issue_that_was_closed_without_a_fix_is_told(github, folder, entry, kb):
    entry()
    github.add(REF, state="closed", state_reason="completed")
    assert f"note: {REF} is closed without a fix; the entry says workaround" in kb("refresh").stdout
    assert read(folder).status == "workaround"


def test_a_pull_request_that_a_person_listed_keeps_place_and_title(github, folder, entry, kb):
    pulls = 'pulls:\n  - {ref: "acme/other#4", state: open, title: By hand}\n  - {ref: "acme/tool#9", state: open}'
    entry(more=f"status: workaround\n{pulls}")
    pull = documented.issue("acme/tool#9", "Mend it", pull=True, merged=True, state="closed")
    new = documented.issue("acme/tool#10", "Mend more", pull=True)
    github.add(REF, events=[documented.cross_referenced(pull), documented.cross_referenced(new)])
    github.add("acme/other#4", title="Another title", pull=True, merged=True, state="closed")
    kb("refresh")
    assert [(str(one.ref), one.state, one.title) for one in read(folder).pulls] == [
        ("acme/other#4", "merged", "By hand"),
        ("acme/tool#9", "merged", "Mend it"),
        ("acme/tool#10", "open", "Mend more"),
    ]


def test_a_transferred_issue_is_followed_and_its_old_address_goes_on_to_lead_here(github, folder, entry, kb):
    entry(more='reports: ["acme/tool#3"]')
    github.add("acme/other#1")
    github.moved[REF] = "acme/other#1"
    kb("refresh")
    assert (str(read(folder).issue.ref), [*map(str, read(folder).reports)]) == ("acme/other#1", ["acme/tool#3", REF])


def test_an_issue_that_is_gone_changes_nothing_and_is_told(github, folder, entry, kb):
    path = entry()
    before = path.read_bytes()
    github.deleted.add(REF)
    assert kb("refresh").stdout == f"git/a: note: {REF}: deleted\n"
    assert path.read_bytes() == before


def test_a_yaml_entry_is_refreshed_too(github, folder, kb):
    folder.file(
        "git/y.yml",
        f"title: T\nsignatures: [{{text: y failed}}]\nissue: {{ref: {REF}, comments: 0}}\nupdated: 2026-01-02\n"
        "summary: S\ncause: C\nworkarounds: [{title: W, body: B}]\n",
    )
    github.add(REF, reacted=2)
    kb("refresh")
    assert read(folder, "y").issue.reactions == 2


def test_entries_can_be_named(github, folder, entry, kb):
    entry("a", "acme/tool#7")
    entry("b", "acme/tool#8")
    github.add("acme/tool#8", reacted=1)
    assert "git/b: reactions 0 -> 1\n" in kb("refresh", "git/b").stdout
    assert not [call for call in github.calls() if call.endswith("/7")]


@pytest.mark.parametrize(("name", "said"), [("git/none", "no entry 'git/none'"), ("git/broken", "kb check")])
def test_an_entry_that_can_not_be_refreshed_is_told(folder, kb, name, said):
    folder.file("git/broken.md", "---\ntitle: [\n---\n")
    assert said in kb("refresh", name, code=2).stderr


def test_an_entry_without_an_issue_costs_nothing(github, folder, kb):
    folder.entry("git/a.md")
    kb("refresh")
    assert github.requests == []


def test_a_trial_writes_nothing(github, folder, entry, kb):
    path = entry()
    before = path.read_bytes()
    github.add(REF, reacted=1)
    assert "reactions 0 -> 1" in kb("refresh", "--dry-run").stdout
    assert path.read_bytes() == before


@pytest.mark.parametrize("fault", [server_error(), CUT], ids=["5xx", "cut"])
def test_trouble_leaves_the_entry_whole(github, entry, kb, fault):
    path = entry()
    before = path.read_bytes()
    github.add(REF, reacted=1)
    github.fail(*[fault] * 4, on="timeline")
    assert "Try again later" in kb("refresh", code=1).stdout
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_slow_answer_is_waited_for(github, folder, entry, kb):
    entry()
    github.add(REF, reacted=1)
    github.fail(slow(0.3))
    kb("refresh")
    assert read(folder).issue.reactions == 1


def test_the_token_shows_up_nowhere(github, folder, entry, kb, tmp_path):
    kb.environ["GITHUB_TOKEN"] = "ghp_0123456789abcdefghij"
    github.token = kb.environ["GITHUB_TOKEN"]
    entry()
    github.add(REF, reacted=1)
    output = kb("refresh").output
    github.token = "another"
    output += kb("refresh", code=1).output
    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert "ghp_" not in output
    assert b"ghp_" not in files


def test_an_issue_of_another_server_is_left_as_it_is(github, folder, entry, kb):
    path = entry(ref="ghe.example.com/acme/tool#7")
    before = path.read_text("utf-8")
    assert "ghe.example.com/acme/tool#7 is not on github.com, so it was not asked for" in kb("refresh").stdout
    assert (path.read_text("utf-8"), github.requests) == (before, [])
