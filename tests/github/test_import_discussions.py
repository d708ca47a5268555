"""`kb import --discussions`, against the stand-in: a category of a repository's discussions."""

import documented
from stand_in import Fault, Reply, server_error


def fill(github, count: int = 1) -> None:
    """Answered discussions, each about an error of its own, in the category `q-a`."""
    words = ("alpha", "beta", "gamma", "delta")
    github.discussions["git/git q-a"] = [
        documented.discussion(
            f"git/git#{number + 1}",
            f"Locking of {words[number % 4]}-{number} fails",
            f"I get\n\n```\nfatal: the {words[number % 4]}{number} store could not be locked by its worker\n```\n",
            f"Remove the lock of {words[number % 4]}{number}.",
            comments=2,
        )
        for number in range(count)
    ]


def test_an_answered_discussion_is_an_entry(github, folder, kb):
    fill(github)
    kb("import", "--discussions", "git/git", "--product", "git")
    (entry,) = folder.load().entries
    assert entry.signatures[0].text == "fatal: the alpha0 store could not be locked by its worker"
    assert entry.workarounds[0].body == "Remove the lock of alpha0."
    assert "2 more comments stand there." in entry.notes
    assert "[Locking of alpha-0 fails](<https://github.com/git/git/discussions/1>)" in entry.notes


def test_one_that_nobody_answered_is_a_draft(github, folder, kb):
    fill(github)
    github.discussions["git/git q-a"][0]["answer"] = None
    assert "no part of it is known as the fix" in kb("import", "--discussions", "git/git", "--product", "git").stdout
    assert folder.load().entries == ()


def test_what_is_no_repository_is_told_before_anybody_is_asked(github, kb):
    refused = kb("import", "--discussions", "git", code=2)
    assert "--discussions: 'git' is no repository; write OWNER/NAME" in refused.output
    assert github.requests == []


def test_all_pages_of_a_category_are_read(github, folder, kb):
    fill(github, 120)
    kb("import", "--discussions", "git/git", "--product", "git")
    assert len(folder.load().entries) == 120
    assert github.calls() == {"POST /graphql": 4}


def test_a_category_that_is_not_there_is_told_with_those_that_are(github, folder, kb):
    fill(github)
    found = kb("import", "--discussions", "git/git", "--category", "ideas", code=1)
    assert "git/git: no category 'ideas'. It has q-a." in found.stderr


def test_a_repository_that_is_not_there_is_told_in_github_s_words(github, folder, kb):
    found = kb("import", "--discussions", "git/gone", code=1)
    assert "Could not resolve to a Repository with the name 'git/gone'." in found.stderr


def test_trouble_of_the_server_is_waited_for(github, folder, kb):
    fill(github)
    limited = {"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded"}]}
    github.fail(server_error(), Fault(Reply(200, limited, {"X-RateLimit-Reset": "1"})))
    kb("import", "--discussions", "git/git", "--product", "git")
    assert len(folder.load().entries) == 1


def test_a_rate_limit_that_lasts_ends_the_run(github, folder, kb):
    fill(github)
    github.fail(
        Fault(Reply(200, {"errors": [{"type": "RATE_LIMITED", "message": "x"}]}, {"X-RateLimit-Reset": "99999999999"}))
    )
    assert "takes no more requests" in kb("import", "--discussions", "git/git", code=75).stderr
