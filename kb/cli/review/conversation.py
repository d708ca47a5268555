"""The comment on a pull request: made from the report that a run left, once, and kept up to date in its place.

The run was of a stranger's code, so all that it left is untrusted: its report is read from the archive without
unpacking, within bounds, and which pull request it belongs to is asked of GitHub and not of the report.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import httpx

from kb.cli.review.archive import ArchiveError, member
from kb.cli.review.report import MAX_BYTES, Report, ReportError, read_report
from kb.cli.review.text import Places, to_markdown
from kb.github import GitHubError
from kb.github.connection import checked_address, checked_token
from kb.web import OverdueError, within

ARTIFACT: Final = "changes"
MEMBER: Final = "changes.json"
MARK: Final = "<!-- kb: what this pull request changes -->"
"""The first line of the comment, by which it is found again."""
COMMENT: Final = "comment.md"
RENEWAL: Final = "renewal.md"
AUTHOR: Final = "github-actions[bot]"
"""Who writes with a workflow's token. A comment of someone else is left alone, whatever its first line."""
MAX_ANSWER: Final = 32_000_000
"""Largest answer of the API that is read: a hundred comments of GitHub's largest size stay below it."""
PAGES: Final = 20
"""Pages of 100 comments that are looked through."""
TIMEOUT: Final = 30.0
SECONDS: Final = 300.0
"""What it all may take: a server that answers byte by byte never runs into a timeout."""

_REPOSITORY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+")
_COMMIT: Final = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")


class CommentError(Exception):
    """The comment can't be written; the text says why. It holds nothing of the token."""


def comment_on_run(
    run: int,
    repository: str,
    token: str,
    *,
    api: str,
    server: str,
    folder: str = "entries",
    keep: Path | None = None,
    seconds: float = SECONDS,
) -> str:
    """Write or renew the comment for a finished run of the review workflow. Returns what was done, for the log.

    `repository` is `owner/name`; `api` and `server` are GitHub's addresses; `folder` is where entries lie in the
    repository. With `keep` nothing is sent: the text goes into that folder, as `COMMENT`, or as `RENEWAL` where nothing
    is to be said but in place of an earlier comment. It all may take so many `seconds`. Raises CommentError, OSError.
    """
    if not _REPOSITORY.fullmatch(repository):
        raise CommentError(f"{repository!r} is no repository; expected owner/name")
    try:
        api = checked_address(api)
        token = checked_token(token, api)
    except GitHubError as error:
        raise CommentError(str(error)) from None
    headers = {
        "Authorization": f"Bearer {token}",
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    try:
        with httpx.Client(base_url=f"{api}/repos/{repository}", headers=headers, timeout=TIMEOUT) as client:
            return within(
                seconds, lambda: _comment(client, run, f"{server.rstrip('/')}/", repository, folder, keep=keep)
            )
    except httpx.HTTPStatusError as error:
        answer = error.response
        raise CommentError(f"{answer.request.method} {answer.request.url.path}: HTTP {answer.status_code}") from None
    except OverdueError:
        raise CommentError(f"GitHub took more than {seconds:g} s") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise CommentError(f"GitHub can't be reached: {type(error).__name__}") from None
    except (KeyError, TypeError, ValueError) as error:
        raise CommentError(f"GitHub's answer is not as expected: {error!r}") from None


def _comment(client: httpx.Client, run: int, server: str, repository: str, folder: str, *, keep: Path | None) -> str:
    facts = _get(client, f"/actions/runs/{run}")
    if facts["event"] != "pull_request":
        return f"Run {run} was not of a pull request."
    pull = _pull_of(client, facts)
    if pull is None:
        return f"Run {run} belongs to no open pull request, or not to its last commit."
    report = _report_of(client, run)
    if report is None:
        return f"Run {run} left no report."
    head = pull["head"]["repo"]["full_name"]
    base = pull["base"]["sha"]
    places = Places(
        new=f"{server}{_repository(head)}/blob/{_commit(pull['head']['sha'])}/{folder}",
        known=f"{server}{repository}/blob/{_commit(base)}/{folder}",
        preview=f"{server}{repository}/actions/runs/{run}",
    )
    number = int(pull["number"])
    text = f"{MARK}\n{to_markdown(report, places)}"
    if keep is None:
        return _write(client, number, report, text)
    (keep / (RENEWAL if report.is_empty else COMMENT)).write_text(text, "utf-8")
    return f"Kept what is to be said on #{number}."


def _write(client: httpx.Client, number: int, report: Report, text: str) -> str:
    """Renew the comment of an earlier run, or write one where there is something to say."""
    found = next(_own_comments(client, number), None)
    if found is not None:
        if found["body"].replace("\r\n", "\n").strip() == text.strip():
            return f"The comment on #{number} is up to date."
        client.patch(f"/issues/comments/{int(found['id'])}", json={"body": text}).raise_for_status()
        return f"Renewed the comment on #{number}."
    if report.is_empty:
        return f"#{number} changes no entry."
    client.post(f"/issues/{number}/comments", json={"body": text}).raise_for_status()
    return f"Commented on #{number}."


def _own_comments(client: httpx.Client, number: int) -> Iterator[dict[str, Any]]:
    for page in range(1, PAGES + 1):
        comments = _get(client, f"/issues/{number}/comments?per_page=100&page={page}")
        for comment in comments:
            if comment["user"] and comment["user"]["login"] == AUTHOR and comment["body"].startswith(MARK):
                yield comment
        if len(comments) < 100:
            return


def _pull_of(client: httpx.Client, facts: dict[str, Any]) -> dict[str, Any] | None:
    """The open pull request whose last commit a run was for.

    The run names none where it comes from a fork, so it is found by the fork's owner and branch.
    """
    source = facts["head_repository"]
    if source is None:  # the fork was deleted
        return None
    branch = quote(f"{source['owner']['login']}:{facts['head_branch']}", safe="")
    for pull in _get(client, f"/pulls?state=open&per_page=10&head={branch}"):
        head = pull["head"]
        if head["repo"] and head["repo"]["id"] == source["id"] and head["sha"] == facts["head_sha"]:
            found: dict[str, Any] = pull
            return found
    return None


def _report_of(client: httpx.Client, run: int) -> Report | None:
    """The report that a run left as an artifact, or None if it left none. Raises CommentError."""
    artifacts = _get(client, f"/actions/runs/{run}/artifacts?name={ARTIFACT}")["artifacts"]
    artifact = next((one for one in artifacts if one["name"] == ARTIFACT and not one["expired"]), None)
    if artifact is None:
        return None
    content = _bounded(client, f"/actions/artifacts/{int(artifact['id'])}/zip", MAX_BYTES)
    try:
        return read_report(member(content, MEMBER, MAX_BYTES + 1))
    except (ArchiveError, ReportError) as error:
        raise CommentError(f"the report of run {run} can't be read: {error}") from None


def _bounded(client: httpx.Client, path: str, most: int = MAX_ANSWER) -> bytes:
    """The body of an answer of at most so many bytes. Raises CommentError.

    An archive's comes from GitHub's storage, which gets no token: httpx sends none to another host.
    """
    with client.stream("GET", path, follow_redirects=True) as answer:
        answer.raise_for_status()
        content = bytearray()
        for chunk in answer.iter_bytes():
            content += chunk
            if len(content) > most:
                raise CommentError(f"an answer, or the report's archive, is larger than {most:,} bytes")
    return bytes(content)


def _get(client: httpx.Client, path: str) -> Any:
    return json.loads(_bounded(client, path))


def _checked(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not pattern.fullmatch(value):
            raise ValueError(f"{value!r} can't stand in an address")
        return value

    return check


_repository = _checked(_REPOSITORY)
_commit = _checked(_COMMIT)
