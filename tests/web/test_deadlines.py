"""Whatever asks another host ends in time, although no single read of the answer takes long."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar

import pytest
from dripping import answering, dripping

from kb.checks.web import LinkAnswer, Manners, Outcome, ask
from kb.entry import IssueRef
from kb.github import GitHubError, client_from
from kb.match import SourceError
from kb.match.sources import from_site
from kb.review import comment_of_run
from kb.web import OverdueError, within

each_way = pytest.mark.parametrize("where", ["head", "body"])
SOON = 0.2
REF = IssueRef.parse("acme/tool#7")


@each_way
def test_github(where):
    with dripping(where) as url, client_from({"GITHUB_API_URL": url}, deadline=SOON, backoff=0) as client:
        with pytest.raises(GitHubError, match=r"no whole answer within 0\.2 s. Try again later"):
            client.issue(REF)
        assert client.requests == 4


@each_way
def test_a_change_on_github_is_not_sent_twice(where):
    with dripping(where) as url, client_from({"GITHUB_API_URL": url}, deadline=SOON) as client:
        with pytest.raises(GitHubError, match="no whole answer"):
            client.comment(REF, "Hello")
        assert client.requests == 1


@each_way
def test_a_site_that_is_matched_against(where):
    with dripping(where) as url, pytest.raises(SourceError, match=r"root\.json: no whole answer within 0\.2 s"):
        from_site(url, seconds=SOON)


@pytest.mark.parametrize(
    "parts",
    [
        [b"SSH-2.0-OpenSSH_9.2\r\n"],
        [b""],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx"],
        [b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000],
        [b"HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n"],
        [b"HTTP/1.1 200 OK\r\n\r\n", *[b" " * 1_000_000] * 33],
    ],
    ids=["no HTTP", "nothing", "half of it", "a long head", "a broken redirect", "too much"],
)
def test_a_site_that_answers_badly_is_said_to(parts):
    with answering(lambda: parts) as url, pytest.raises(SourceError, match="has no index of errors"):
        from_site(url)


def ask_apart(url: str, manners: Manners) -> dict[str, LinkAnswer]:
    """Ask in a thread of its own: a browser's test before may have left an event loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ask, [url], manners).result()


def test_a_link_to_another_site():
    with dripping("head") as url:
        found = ask_apart(url, Manners(seconds=SOON, pause=0, only_public=False))
    assert found == {url: LinkAnswer(Outcome.FAILED, "no answer within 0.2 s")}


def test_a_link_s_answer_is_in_its_head():
    with dripping("body") as url:
        found = ask_apart(url, Manners(seconds=5, pause=0, only_public=False))
        assert found == {url: LinkAnswer(Outcome.FINE)}


@each_way
def test_the_comment_on_a_pull_request(where):
    with dripping(where) as url, client_from({"GITHUB_API_URL": url}, lifetime=SOON) as client:
        with pytest.raises(GitHubError, match=r"more than 0\.2 s for all"):
            comment_of_run(client, "acme/fixes", 5, server="https://git.example")
        assert client.requests == 1


def test_waits_for_github_count_too():
    trouble = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"
    with answering(lambda: [trouble]) as url, client_from({"GITHUB_API_URL": url}, lifetime=SOON, backoff=60) as client:
        with pytest.raises(GitHubError, match=r"more than 0\.2 s for all"):
            client.user("somebody")
        assert client.requests <= 2


def test_work_that_is_done_in_time_returns_or_raises_as_it_would():
    assert within(5, lambda: 7) == 7
    with pytest.raises(KeyError, match="x"):
        within(5, lambda: {}["x"])


def test_work_that_returns_nothing_was_done():
    assert within(5, lambda: None) is None


def test_work_sees_what_its_caller_set():
    held = ContextVar("held", default="nothing")
    held.set("mine")
    assert within(5, held.get) == "mine"


def test_overdue_work_keeps_no_program_from_ending():
    over = threading.Event()
    with pytest.raises(OverdueError):
        within(0.01, over.wait)
    assert all(thread.daemon for thread in threading.enumerate() if thread is not threading.main_thread())
    over.set()
