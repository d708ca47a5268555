"""GitLab's API through the same methods as GitHub's, against a stand-in with its documented JSON."""

from datetime import UTC, datetime

import gitlab_documented as documented
import pytest
from gitlab_stand_in import GitLabStandIn, running_gitlab, throttled
from stand_in import Fault, Reply, server_error

from kb.entry import IssueRef
from kb.github import GitHubError, Missing, RateLimited, facts_of, is_pull, parse_ref, tracker_from
from kb.github.errors import BadToken

gitlab = pytest.fixture(running_gitlab)
PROJECT = "group/sub/project"
NOW = datetime(2026, 2, 1, tzinfo=UTC)


@pytest.fixture
def new_client(gitlab):
    """A function that makes a client, which waits for little."""
    opened = []

    def new(token: str = "", **more: str):
        environ = {"GITLAB_API_URL": gitlab.url, "GITLAB_TOKEN": token} | more
        opened.append(tracker_from(environ, patience=2, timeout=2, backoff=0.01, pause=0))
        return opened[-1]

    yield new
    for client in opened:
        client.close()


@pytest.fixture
def client(new_client):
    return new_client()


def ref(gitlab: GitLabStandIn, name: str = f"{PROJECT}#12") -> IssueRef:
    return IssueRef.parse(name, gitlab.host)


def test_an_issue_of_nested_groups_comes_with_its_facts(gitlab, client):
    gitlab.add(f"{PROJECT}#12", title="It fails", labels=("bug",), state="closed", upvotes=2, author="rosa")
    gitlab.lists[f"{PROJECT}#12", "award_emoji"] = [{"id": 1, "name": "thumbsup"}] * 2 + [{"id": 3, "name": "rocket"}]
    found = client.issue(ref(gitlab))
    assert (found["number"], found["title"], found["state"], found["user"]) == (
        12, "It fails", "closed", {"login": "rosa", "type": "User"},
    )  # fmt: skip
    assert [label["name"] for label in found["labels"]] == ["bug"]
    assert found["reactions"]["total_count"] == 3
    assert gitlab.requests[0].path == "/api/v4/projects/group%2Fsub%2Fproject/issues/12"
    assert not is_pull(found)


def test_a_merge_request_is_a_pull_request(gitlab, client):
    gitlab.add(f"{PROJECT}!7", state="merged")
    found = client.issue(ref(gitlab, f"{PROJECT}!7"))
    assert is_pull(found)
    assert client.pull(ref(gitlab, f"{PROJECT}!7")) == {"state": "closed", "merged_at": documented.at(70)}


def long_story(gitlab: GitLabStandIn) -> IssueRef:
    """An issue with all that GitLab tells of one, in seven lists."""
    web = gitlab.web
    notes = [
        documented.note(web, "The same here.", "lena", 4),
        documented.told(web, "mentioned in issue #40", "ada", 5),
        documented.told(web, "mentioned in issue other#3", "ada", 6),
        documented.told(web, "mentioned in issue secret/place#8", "ada", 7),
        documented.told(web, "mentioned in merge request !7", "fixer", 10),
        documented.told(web, "mentioned in commit 0af3c1d9", "fixer", 11),
        documented.told(web, "changed title from **It {-breaks-}** to **It {+fails+}**", "rosa", 12),
        documented.told(web, "changed the description", "rosa", 13),
        documented.note(web, f"Duplicate of {PROJECT}#41", "rosa", 14),
    ]
    gitlab.add(f"{PROJECT}#12", title="It fails", author="rosa", state="closed", notes=notes)
    gitlab.add(f"{PROJECT}#40", title="Again")
    gitlab.add("group/sub/other#3", title="Elsewhere")
    merge = gitlab.add(f"{PROJECT}!7", state="merged")
    gitlab.lists[f"{PROJECT}#12", "resource_label_events"] = [
        documented.label_event(web, "bug"),
        documented.label_event(web, None, "remove", 8),
    ]
    gitlab.lists[f"{PROJECT}#12", "resource_state_events"] = [documented.state_event(web, "closed")]
    gitlab.lists[f"{PROJECT}#12", "resource_milestone_events"] = [documented.milestone_event(web, "2.0")]
    gitlab.lists[f"{PROJECT}#12", "related_merge_requests"] = [merge]
    gitlab.lists[f"{PROJECT}#12", "closed_by"] = [merge]
    return ref(gitlab)


def test_of_a_merge_request_the_names_of_changed_files_come(gitlab, client):
    gitlab.add(f"{PROJECT}!7")
    gitlab.lists[f"{PROJECT}!7", "diffs"] = [documented.changed_file("a.py", "b.py"), documented.changed_file("c.py")]
    ref = IssueRef.parse(f"{gitlab.host}/{PROJECT}!7")
    assert client.changed_files(ref) == ["a.py", "b.py", "c.py"]


def test_a_timeline_is_put_together_from_gitlabs_lists(gitlab, client):
    events = client.timeline(long_story(gitlab)).events
    assert [event["event"] for event in events] == [
        *("labeled", "milestoned", "commented", "cross-referenced", "cross-referenced", "cross-referenced"),
        *("unlabeled", "cross-referenced", "referenced", "renamed", "commented", "closed"),
    ]
    assert events[9]["rename"] == {"to": "It fails"}
    assert [event["source"]["issue"]["title"] for event in events if "source" in event] == [
        *("Again", "Elsewhere", "Free the port"),
    ]


def test_facts_of_an_issue_on_gitlab_name_its_merge_request_and_its_reports(gitlab, client):
    asked = long_story(gitlab)
    facts = facts_of(client.issue(asked), client.timeline(asked), NOW)
    host = gitlab.host
    assert str(facts.issue.ref) == f"{host}/{PROJECT}#12"
    assert [(str(pull.ref), pull.state) for pull in facts.pulls] == [(f"{host}/{PROJECT}!7", "merged")]
    assert list(map(str, facts.reports)) == [
        *(f"{host}/{PROJECT}#41", f"{host}/{PROJECT}#40", f"{host}/group/sub/other#3"),
    ]
    assert (facts.status, facts.is_open, facts.issue.participants) == ("fixed", False, 2)


def test_what_closes_as_a_duplicate_is_one(gitlab, client):
    gitlab.add(f"{PROJECT}#12", state="closed", duplicate_of=f"{gitlab.url}/projects/1/issues/5")
    assert facts_of(client.issue(ref(gitlab)), client.timeline(ref(gitlab)), NOW).status == "duplicate"


@pytest.mark.parametrize("cuts_links", [False, True])
def test_lists_come_page_by_page(gitlab, client, cuts_links):
    gitlab.cuts_links = cuts_links  # then `x-next-page` leads on
    for number in range(1, 251):
        gitlab.add(f"{PROJECT}#{number}", labels=("bug",) if number % 2 else ())
    assert [issue["number"] for issue in client.issues(PROJECT, ("bug",))] == list(range(1, 251, 2))
    assert len(list(client.issues(PROJECT))) == 250
    assert len(gitlab.requests) == 2 + 3


def test_a_search_names_project_label_and_words(gitlab, client):
    gitlab.add(f"{PROJECT}#1", title="The worker stops", labels=("bug",))
    gitlab.add(f"{PROJECT}#2", title="The worker waits")
    gitlab.add(f"{PROJECT}#3", title="The disk is full", labels=("bug",))
    found = client.search(f"repo:{PROJECT} label:bug is:issue worker")
    assert [issue["number"] for issue in found] == [1]


def test_votes_are_found_by_the_title_that_the_form_fills_in(gitlab, client):
    gitlab.add(f"{PROJECT}#1", title="Vote: works on python/a")
    gitlab.add(f"{PROJECT}#2", title="No vote: it fails")
    assert [issue["number"] for issue in client.made_by_form(PROJECT, "vote")] == [1]


def test_closing_keeps_the_labels_that_are_named_and_taking_back_drops_the_counted_one(gitlab, client):
    gitlab.add(f"{PROJECT}#1", labels=("vote",))
    assert client.close_issue(ref(gitlab, f"{PROJECT}#1"), labels=("vote", "counted")) is None
    assert gitlab.issues[f"{PROJECT}#1"]["labels"] == ["vote", "counted"]
    client.close_issue(ref(gitlab, f"{PROJECT}#1"), "not_planned")
    assert (gitlab.issues[f"{PROJECT}#1"]["labels"], gitlab.issues[f"{PROJECT}#1"]["state"]) == (["vote"], "closed")


def test_an_account_has_its_day(gitlab, client):
    gitlab.users["rosa"] = documented.full_user("rosa", documented.at(0), gitlab.web)
    assert client.user("rosa")["created_at"] == documented.at(0)
    assert isinstance(client.user("nobody"), Missing)


def test_accounts_of_access_tokens_are_programs(gitlab, client):
    gitlab.add(f"{PROJECT}#1", author="project_12_bot_a1b2c3")
    assert client.issue(ref(gitlab, f"{PROJECT}#1"))["user"]["type"] == "Bot"


def test_comments_are_those_of_people(gitlab, client):
    long_story(gitlab)
    found = client.comments(ref(gitlab))
    assert [comment["user"]["login"] for comment in found] == ["lena", "rosa"]


def test_what_is_not_there_is_missing(gitlab, client):
    gitlab.add(f"{PROJECT}#12")
    assert str(client.issue(ref(gitlab, "group/private#1"))).endswith("not found; it is private, or was never there")
    assert isinstance(client.timeline(ref(gitlab, f"{PROJECT}#13")), Missing)


def test_a_token_goes_where_gitlab_takes_it(gitlab, new_client):
    gitlab.token = "glpat-of-a-test"
    gitlab.add(f"{PROJECT}#12")
    with pytest.raises(BadToken, match=r"GitLab asks for a token; set GITLAB_TOKEN"):
        new_client().issue(ref(gitlab))
    with pytest.raises(BadToken, match=r"GitLab asks for GITLAB_TOKEN that is valid"):
        new_client("glpat-of-another").issue(ref(gitlab))
    assert new_client("glpat-of-a-test").issue(ref(gitlab))["number"] == 12
    headers = gitlab.requests[-1].headers
    assert headers["private-token"] == "glpat-of-a-test"
    assert not {"authorization", "x-github-api-version"} & set(headers)


@pytest.mark.parametrize("fault", [throttled(1), throttled(1, says_when=False), server_error()])
def test_trouble_that_passes_is_waited_out(gitlab, client, fault):
    gitlab.add(f"{PROJECT}#12")
    gitlab.fail(fault)
    assert client.issue(ref(gitlab))["number"] == 12


def test_a_long_limit_stops_and_names_gitlab(gitlab, client):
    gitlab.fail(throttled(600, says_when=False))
    with pytest.raises(RateLimited, match="GitLab takes no more requests until"):
        client.issue(ref(gitlab))


def test_what_is_refused_is_told_in_gitlabs_words(gitlab, client):
    gitlab.fail(Fault(Reply(403, {"message": "403 Forbidden"})))
    with pytest.raises(GitHubError, match=r"GitLab refuses \(403\): 403 Forbidden"):
        client.issue(ref(gitlab))


def test_an_answer_of_another_shape_is_told(gitlab, client):
    gitlab.add(f"{PROJECT}#12")["iid"] = None
    with pytest.raises(GitHubError, match="not what GitLab's API documents"):
        client.issue(ref(gitlab))


def test_an_issue_on_another_host_is_not_asked_for(gitlab, client):
    with pytest.raises(GitHubError, match="GITLAB_API_URL says which server is asked"):
        client.issue(IssueRef.parse("owner/name#1"))
    assert gitlab.requests == []


@pytest.mark.parametrize(
    ("environ", "host"),
    [
        ({}, "github.com"),
        ({"CI_API_V4_URL": "https://gitlab.example.com/api/v4"}, "gitlab.example.com"),
        ({"GITHUB_API_URL": "https://api.github.com", "CI_API_V4_URL": "https://gitlab.com/api/v4"}, "github.com"),
        ({"GITHUB_API_URL": "https://api.github.com", "GITLAB_API_URL": "https://gitlab.com/api/v4"}, "gitlab.com"),
    ],
)
def test_the_environment_says_which_host_is_asked(environ, host):
    with tracker_from(environ) as client:
        assert client.host == host


def test_an_issue_on_gitlab_is_named_as_people_there_name_it():
    web = "https://gitlab.example.com"
    expected = f"gitlab.example.com/{PROJECT}#12"
    for text in (f"{PROJECT}#12", expected, f"{web}/{PROJECT}/-/issues/12", f"{web}/{PROJECT}/-/work_items/12#note_1"):
        assert str(parse_ref(text, web)) == expected
    assert str(parse_ref(f"{PROJECT}!7", web)) == f"gitlab.example.com/{PROJECT}!7"
