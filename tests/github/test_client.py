"""Asking GitHub: what comes back, what it costs, and what happens when GitHub doesn't answer as it should."""

import sqlite3
import time
from datetime import UTC, datetime, timedelta
from io import StringIO
from logging import DEBUG, StreamHandler, getLogger

import documented
import pytest
from stand_in import CUT, Fault, Reply, serve, server_error, slow, too_fast, used_up

from kb.entry import IssueRef
from kb.github import AnswerStore, GitHubError, Missing, RateLimited, client_from, ref_of

REF = IssueRef.parse("acme/tool#7")
TOKEN = "ghp_0123456789abcdefghijABCDEFGHIJ"


def test_an_issue_comes_with_its_facts(github, client):
    github.add(REF, title="It fails", body="With an error.", author="ann", labels=("bug",), reacted=4)
    issue = client.issue(REF)
    assert (issue["title"], issue["body"], issue["user"]["login"]) == ("It fails", "With an error.", "ann")
    assert (issue["labels"][0]["name"], issue["reactions"]["total_count"]) == ("bug", 4)


def test_an_issue_of_an_account_that_is_gone_has_no_author(github, client):
    github.add(REF, author=None, body=None)
    issue = client.issue(REF)
    assert (issue["user"], issue["body"]) == (None, None)


def test_a_timeline_comes_with_comments_and_cross_references(github, client):
    pull = documented.issue("acme/tool#9", pull=True, merged=True)
    github.add(REF, events=[documented.commented("Me too."), documented.cross_referenced(pull)])
    comment, reference = client.timeline(REF).events
    assert comment["body"] == "Me too."
    assert str(ref_of(reference["source"]["issue"])) == "acme/tool#9"
    assert reference["source"]["issue"]["pull_request"]["merged_at"]


@pytest.mark.parametrize(
    ("events", "seen", "complete", "calls"),
    [(100, 100, True, 1), (101, 101, True, 2), (200, 200, True, 2), (950, 150, False, 2)],
)
def test_a_timeline_takes_no_more_calls_than_allowed(github, client, events, seen, complete, calls):  # noqa: PLR0917
    github.add(REF, events=[documented.labeled(str(number), minutes=number) for number in range(events)])
    timeline = client.timeline(REF, 2)
    assert (len(timeline.events), timeline.complete, client.requests) == (seen, complete, calls)


def test_of_a_long_timeline_the_start_and_the_end_are_read(github, client):
    github.add(REF, events=[documented.labeled(str(number), minutes=number) for number in range(950)])
    seen = [int(event["label"]["name"]) for event in client.timeline(REF, 3).events]
    assert seen == [*range(200), *range(900, 950)]


def test_of_a_pull_request_the_names_of_the_first_hundred_files_come(github, client):
    github.add("acme/tool#9", pull=True)
    files = [documented.changed_file("src/new.py", "src/old.py")]
    github.files["acme/tool#9"] = files + [documented.changed_file(f"docs/{number}.md") for number in range(150)]
    names = client.changed_files(IssueRef.parse("acme/tool#9"))
    assert names[:3] == ["src/new.py", "src/old.py", "docs/0.md"]
    assert (len(names), client.requests) == (101, 1)
    github.add(REF)
    assert isinstance(client.changed_files(REF), Missing)


def test_a_transferred_issue_is_found_where_it_is_now(github, client):
    github.add("acme/other#3", title="Moved")
    github.moved[str(REF)] = "acme/other#3"
    issue = client.issue(REF)
    assert (str(ref_of(issue)), issue["title"]) == ("acme/other#3", "Moved")
    assert client.timeline(REF).events == ()


def test_an_issue_that_moves_in_circles_is_missing(github, client):
    github.moved = {str(REF): "acme/tool#8", "acme/tool#8": str(REF)}
    assert client.issue(REF) == Missing(str(REF), "moved")


def test_what_is_not_there_is_said_so(github, client):
    github.deleted.add("acme/tool#8")
    assert client.issue(REF) == Missing(str(REF), "not found")
    assert client.issue(IssueRef.parse("acme/tool#8")) == Missing("acme/tool#8", "deleted")
    assert client.timeline(REF) == Missing(str(REF), "not found")
    assert client.comments(REF) == Missing(str(REF), "not found")
    assert client.pull(REF) == Missing(str(REF), "not found")
    assert client.user("nobody") == Missing("nobody", "not found")


def test_a_list_of_issues_comes_page_by_page(github, client):
    for number in range(1, 251):
        github.add(f"acme/tool#{number}", labels=("vote",) if number % 2 else ())
    found = [issue["number"] for issue in client.issues("acme/tool", labels=("vote",))]
    assert found == list(range(1, 251, 2))
    assert client.requests == 2


def test_a_search_comes_page_by_page(github, client):
    for number in range(1, 151):
        github.add(f"acme/tool#{number}", labels=("bug",))
    assert len(list(client.search("repo:acme/tool label:bug"))) == 150
    assert client.requests == 2


def test_what_did_not_change_is_not_sent_again(github, client):
    github.add(REF, body="x" * 10_000)
    assert client.issue(REF) == client.issue(REF)
    assert [request.status for request in github.requests] == [200, 304]


def test_what_changed_is_sent_again(github, client):
    github.add(REF)
    client.issue(REF)
    github.add(REF, title="Another title")
    assert client.issue(REF)["title"] == "Another title"


def test_pages_of_a_timeline_that_did_not_change_lead_on(github, client):
    github.add(REF, events=[documented.labeled(str(number), minutes=number) for number in range(150)])
    assert client.timeline(REF) == client.timeline(REF)
    assert [request.status for request in github.requests] == [200, 200, 304, 304]


def test_answers_outlive_the_program(github, new_client, tmp_path):
    github.add(REF)
    for _ in range(2):
        with AnswerStore(tmp_path / "cache/answers.db") as store:
            new_client(store=store).issue(REF)
    assert [request.status for request in github.requests] == [200, 304]


def test_another_token_reads_no_answers_of_the_first(github, new_client, tmp_path):
    github.add(REF)
    for token in ("first-token", "other-token"):
        with AnswerStore(tmp_path / "answers.db") as store:
            new_client(token, store).issue(REF)
    assert [request.status for request in github.requests] == [200, 200]


@pytest.mark.parametrize("content", [b"not a database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_broken_store_is_made_anew(github, new_client, tmp_path, content):
    github.add(REF)
    (tmp_path / "answers.db").write_bytes(content)
    with AnswerStore(tmp_path / "answers.db") as store:
        assert new_client(store=store).issue(REF)["number"] == 7


def test_a_store_that_can_not_be_had_is_done_without(github, new_client, tmp_path):
    github.add(REF)
    (tmp_path / "file").write_text("in the way")
    with AnswerStore(tmp_path / "file/answers.db") as store:
        assert new_client(store=store).issue(REF)["number"] == 7


def test_a_store_that_another_program_holds_is_left_alone(github, new_client, tmp_path):
    github.add(REF)
    path = tmp_path / "answers.db"
    AnswerStore(path).close()
    before = path.read_bytes()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with AnswerStore(path) as store:
        assert new_client(store=store).issue(REF)["number"] == 7
    holder.close()
    assert path.read_bytes() == before


def test_answers_that_nobody_asked_for_in_a_quarter_of_a_year_go(github, new_client, tmp_path):
    github.add(REF)
    with AnswerStore(tmp_path / "answers.db") as store:
        new_client(store=store).issue(REF)
    with sqlite3.connect(tmp_path / "answers.db") as connection:
        connection.execute("UPDATE answers SET day = day - 91")
    connection.close()
    AnswerStore(tmp_path / "answers.db").close()
    with sqlite3.connect(tmp_path / "answers.db") as connection:
        assert connection.execute("SELECT count(*) FROM answers").fetchone() == (0,)
    connection.close()


@pytest.mark.parametrize("fault", [server_error(500), server_error(503), CUT, slow(3)], ids=repr)
def test_trouble_that_passes_is_waited_out(github, new_client, fault):
    github.add(REF)
    github.fail(fault)
    assert new_client(timeout=0.5).issue(REF)["number"] == 7


@pytest.mark.parametrize(("fault", "said"), [(server_error(502), "trouble (502)"), (CUT, "cut"), (slow(2), "in time")])
def test_trouble_that_stays_is_told(github, new_client, fault, said):
    github.add(REF)
    github.fail(*[fault] * 4)
    with pytest.raises(GitHubError, match="Try again later") as caught:
        new_client(timeout=0.2).issue(REF)
    assert said in str(caught.value)


def test_a_server_that_is_not_there_is_told(new_client):
    with pytest.raises(GitHubError, match=r"GET http://127\.0\.0\.1:1/repos/acme/tool/issues/7: .* Try again later"):
        new_client(url="http://127.0.0.1:1").issue(REF)


@pytest.mark.parametrize("fault", [lambda: too_fast(1), lambda: too_fast(1, 403), lambda: used_up(1)])
def test_a_short_rate_limit_is_waited_for(github, new_client, fault):
    github.add(REF)
    github.fail(fault())
    waits = []
    client = new_client(on_wait=lambda seconds, cause: waits.append((seconds, cause)))
    assert client.issue(REF)["number"] == 7
    assert [cause for _, cause in waits] == ["rate limit"]


def test_no_request_goes_out_before_a_rate_limit_ends(github, client):
    github.add(REF)
    github.fail(too_fast(1))
    start = time.monotonic()
    client.issue(REF)
    assert time.monotonic() - start >= 1


@pytest.mark.parametrize("fault", [too_fast, used_up], ids=["secondary", "primary"])
def test_a_long_rate_limit_stops_and_says_when_to_go_on(github, client, fault):
    github.fail(fault(1800))
    with pytest.raises(RateLimited, match=r"until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\. Run the same command") as caught:
        client.issue(REF)
    assert abs(caught.value.until - datetime.now(UTC) - timedelta(minutes=30)) < timedelta(minutes=1)
    assert len(github.requests) == 1


def test_a_limit_that_names_no_time_lasts_a_minute(github, client):
    github.fail(too_fast(None))
    with pytest.raises(RateLimited) as caught:
        client.issue(REF)
    assert abs(caught.value.until - datetime.now(UTC) - timedelta(minutes=1)) < timedelta(seconds=20)


def test_a_limit_that_never_ends_is_not_waited_for_for_ever(github, client):
    github.fail(*[too_fast(0)] * 10)
    with pytest.raises(RateLimited):
        client.issue(REF)
    assert len(github.requests) == 4


def test_a_comment_is_never_sent_twice(github, client):
    """The connection was cut after GitHub took it: nobody knows, so nobody repeats it."""
    github.add(REF)
    github.fail(CUT)
    with pytest.raises(GitHubError):
        client.comment(REF, "An answer.")
    assert github.calls()["POST /repos/acme/tool/issues/7/comments"] == 1


def test_issues_can_be_answered_labelled_and_closed(github, client):
    github.add(REF)
    client.comment(REF, "An answer.")
    client.close_issue(REF, labels=("counted",))
    assert client.comments(REF)[0]["body"] == "An answer."
    assert (client.issue(REF)["state"], client.issue(REF)["labels"][0]["name"]) == ("closed", "counted")


def test_a_write_to_what_is_not_there_is_told(client):
    with pytest.raises(GitHubError, match="acme/tool#7: not found"):
        client.comment(REF, "An answer.")


def test_closing_what_is_gone_says_that_it_is(github, client):
    github.deleted.add("acme/tool#8")
    github.moved["acme/tool#9"] = "acme/other#1"
    gone = [client.close_issue(IssueRef.parse(f"acme/tool#{number}")) for number in (7, 8, 9)]
    assert [one and one.reason for one in gone] == ["not found", "deleted", "moved"]


def test_a_token_that_may_not_close_hears_so(github, client):
    """GitHub says 404 to it, as of an issue that isn't there."""
    github.add(REF)
    github.fail(Fault(Reply(404, {"message": "Not Found"})))
    with pytest.raises(GitHubError, match="the token may not write"):
        client.close_issue(REF)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html>", "not what GitHub's API documents"),
        (b'{"number": "seven"}', "not what GitHub's API documents"),
        (b"[" * 100_000, "not what GitHub's API documents"),
        (b'{"title": "\xff"}', "not what GitHub's API documents"),
    ],
)
def test_an_answer_of_another_shape_is_told(github, client, body, said):
    github.fail(Fault(Reply(200, body)))
    with pytest.raises(GitHubError, match=said):
        client.issue(REF)


def test_an_answer_without_end_is_not_read(github, client):
    github.fail(Fault(Reply(200, b" " * 70_000_000)))
    with pytest.raises(GitHubError, match="more than 64 MB"):
        client.issue(REF)


@pytest.mark.parametrize("location", ["https://evil.example/repos/acme/tool/issues/7", "//evil.example/x"])
def test_no_other_server_is_asked(github, new_client, location):
    github.fail(Fault(Reply(301, {}, {"Location": location})))
    with pytest.raises(GitHubError, match="another server"):
        new_client(TOKEN).issue(REF)


def test_pages_on_another_server_are_not_read(github, client):
    github.add(REF)
    link = '<https://evil.example/issues?page=2>; rel="next"'
    github.fail(Fault(Reply(200, [], {"Link": link})))
    with pytest.raises(GitHubError, match="another server"):
        list(client.issues("acme/tool"))


def test_pages_that_lead_in_circles_end(github, client):
    path = "/repos/acme/tool/issues?state=all&sort=created&direction=asc&per_page=100"
    github.fail(Fault(Reply(200, [], {"Link": f'<{github.url}{path}>; rel="next"'})))
    with pytest.raises(GitHubError, match="leads back to itself"):
        list(client.issues("acme/tool"))


def test_a_token_is_sent(github, new_client):
    github.token = TOKEN
    github.add(REF)
    assert new_client(TOKEN).issue(REF)["number"] == 7


def test_a_bad_token_is_told_without_showing_it(github, new_client):
    github.token = "another"
    with pytest.raises(GitHubError, match="GITHUB_TOKEN that is valid") as caught:
        new_client(TOKEN).issue(REF)
    assert TOKEN not in str(caught.value)


def test_a_token_shows_up_nowhere(github, new_client, tmp_path):
    """Not in errors and what they come from, reprs, logs at their most talkative, or files."""
    log = StringIO()
    root = getLogger()
    handler, level = StreamHandler(log), root.level
    root.addHandler(handler)
    root.setLevel(DEBUG)
    shown: list[str] = []
    try:
        github.add(REF)
        with AnswerStore(tmp_path / "answers.db") as store:
            client = new_client(TOKEN, store, timeout=0.3)
            client.issue(REF)
            shown += [repr(client), str(vars(client))]
            echo = Fault(Reply(403, {"message": f"no {TOKEN}"}))
            for fault in (echo, used_up(900), server_error(), CUT, slow(1), Fault(Reply(200, b"<"))):
                github.fail(*[fault] * 4)
                with pytest.raises(GitHubError) as caught:
                    client.issue(IssueRef.parse("acme/tool#8"))
                github.faults.clear()
                shown += [str(caught.value), repr(caught.value), str(caught.getrepr(showlocals=False, chain=True))]
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert any(request.headers["authorization"].endswith(TOKEN) for request in github.requests)
    assert TOKEN not in "".join(shown) + log.getvalue()
    assert TOKEN.encode() not in files


@pytest.mark.parametrize("token", ["two words", "line\nbreak", "naïve", "\x00"])
def test_a_token_that_is_none_is_refused_without_showing_it(new_client, token):
    with pytest.raises(GitHubError, match="GITHUB_TOKEN") as caught:
        new_client(f"ghp_{token}")
    assert token not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://github.example", "github.example", "https://user:pass@github.example", "https://"),
        *("https://[::1", "https://github.example:99999", "https://github.example:x", "https://git hub.example"),
    ],
)
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(GitHubError, match="GITHUB_API_URL"):
        client_from({"GITHUB_API_URL": url})


def test_a_token_is_not_sent_in_the_open():
    with pytest.raises(GitHubError, match="Write https:"):
        client_from({"GITHUB_API_URL": "http://github.example/api/v3", "GITHUB_TOKEN": TOKEN})


def test_github_enterprise_is_asked_at_its_own_address():
    with serve("/api/v3") as api, client_from({"GITHUB_API_URL": api.url}) as client:
        api.add(REF)
        assert client.issue(IssueRef.parse("acme/tool#7", client.host))["number"] == 7
        assert api.requests[0].path == "/api/v3/repos/acme/tool/issues/7"
        assert client.web_url == api.url.removesuffix("/api/v3")


@pytest.mark.parametrize(
    ("api", "web"),
    [
        ("", "https://github.com"),
        ("https://api.github.com/", "https://github.com"),
        ("https://api.acme.ghe.com", "https://acme.ghe.com"),
        ("https://git.acme.example/api/v3/", "https://git.acme.example"),
    ],
)
def test_where_people_read_what_an_api_serves_is_known(api, web):
    with client_from({"GITHUB_API_URL": api}) as client:
        assert client.web_url == web
