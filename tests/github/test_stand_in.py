"""The stand-in speaks as GitHub documents it: githubkit's own models, made from GitHub's description, take its JSON."""

import documented
import pytest
from githubkit import GitHub
from githubkit.exception import PrimaryRateLimitExceeded, RequestFailed, SecondaryRateLimitExceeded
from stand_in import too_fast, used_up

EVENTS = [
    documented.labeled("bug"),
    documented.labeled("bug", kind="unlabeled"),
    documented.commented("The same here."),
    documented.cross_referenced(documented.issue("acme/tool#9", pull=True, merged=True)),
    documented.cross_referenced(documented.issue("acme/tool#8")),
    documented.closed(commit="a" * 40),
]


@pytest.fixture
def kit(github):
    with GitHub(base_url=github.url, http_cache=False, auto_retry=False) as kit:
        yield kit


def test_an_issue_is_one(github, kit):
    github.add("acme/tool#7", title="It fails", labels=("bug",), state="closed", state_reason="completed", reacted=3)
    found = kit.rest.issues.get("acme", "tool", 7).parsed_data
    assert (found.number, found.title, found.state_reason, found.labels[0].name) == (7, "It fails", "completed", "bug")


def test_a_pull_request_as_an_issue_is_one(github, kit):
    github.add("acme/tool#7", pull=True, merged=True, state="closed")
    assert kit.rest.issues.get("acme", "tool", 7).parsed_data.pull_request.merged_at


def test_a_timeline_is_one(github, kit):
    github.add("acme/tool#7", events=EVENTS)
    found = kit.rest.issues.list_events_for_timeline("acme", "tool", 7).parsed_data
    assert [event.event for event in found] == [event["event"] for event in EVENTS]


def test_comments_are(github, kit):
    github.add("acme/tool#7", events=EVENTS)
    assert [one.body for one in kit.rest.issues.list_comments("acme", "tool", 7).parsed_data] == ["The same here."]


def test_an_account_is_one(github, kit):
    github.users["reader"] = documented.full_user("reader", documented.at(0))
    assert kit.rest.users.get_by_username("reader").parsed_data.login == "reader"


def test_a_search_is_one(github, kit):
    github.add("acme/tool#7", labels=("bug",))
    github.add("acme/tool#8")
    found = kit.rest.search.issues_and_pull_requests(q="repo:acme/tool label:bug").parsed_data
    assert [issue.number for issue in found.items] == [7]


def test_pages_follow_each_other(github, kit):
    for number in range(1, 251):
        github.add(f"acme/tool#{number}")
    pages = kit.rest.paginate(kit.rest.issues.list_for_repo, owner="acme", repo="tool", state="all", per_page=100)
    assert [issue.number for issue in pages] == list(range(1, 251))
    assert len(github.requests) == 3


def test_a_primary_rate_limit_is_taken_for_one(github, kit):
    github.fail(used_up(30))
    with pytest.raises(PrimaryRateLimitExceeded) as caught:
        kit.rest.issues.get("acme", "tool", 7)
    assert 20 < caught.value.retry_after.total_seconds() <= 30


@pytest.mark.parametrize("status", [403, 429])
def test_a_secondary_rate_limit_is_taken_for_one(github, kit, status):
    github.fail(too_fast(30, status))
    with pytest.raises(SecondaryRateLimitExceeded) as caught:
        kit.rest.issues.get("acme", "tool", 7)
    assert caught.value.retry_after.total_seconds() == 30


@pytest.mark.parametrize(("ref", "status"), [("acme/tool#7", 404), ("acme/tool#8", 410)])
def test_what_is_not_there_is_an_error(github, kit, ref, status):
    github.deleted.add("acme/tool#8")
    with pytest.raises(RequestFailed) as caught:
        kit.rest.issues.get("acme", "tool", int(ref[-1]))
    assert caught.value.response.status_code == status
