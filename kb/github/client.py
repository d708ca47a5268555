"""What the project asks of GitHub: issues, timelines, comments, pull requests, searches. Typed, and in few calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from pydantic import TypeAdapter

from kb.entry import IssueRef
from kb.github.api_client import ApiClient
from kb.github.connection import Connection
from kb.github.discussions import discussions_of
from kb.github.errors import GitHubError
from kb.github.exchange import Absent, Answer
from kb.github.server import API_URL
from kb.github.service import GITHUB_SERVICE
from kb.github.shapes import (
    Artifact,
    Artifacts,
    ChangedFile,
    Comment,
    Event,
    Issue,
    Missing,
    OpenPull,
    Pull,
    Run,
    SearchPage,
    Timeline,
    User,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kb.github.answers import AnswerStore
    from kb.github.exchange import Change
    from kb.github.shapes import Discussion

PAGE: Final = 100
"""Things on a page: the most that the API gives."""
SEARCH_LIMIT: Final = 1000
"""Results that the API gives of a search, at most."""

_ISSUE: Final = TypeAdapter(Issue)
_ISSUES: Final = TypeAdapter(list[Issue])
_EVENTS: Final = TypeAdapter(list[Event])
_COMMENT: Final = TypeAdapter(Comment)
_COMMENTS: Final = TypeAdapter(list[Comment])
_PULL: Final = TypeAdapter(Pull)
_FILES: Final = TypeAdapter(list[ChangedFile])
_USER: Final = TypeAdapter(User)
_SEARCH: Final = TypeAdapter(SearchPage)
_RUN: Final = TypeAdapter(Run)
_ARTIFACTS: Final = TypeAdapter(Artifacts)
_OPEN_PULLS: Final = TypeAdapter(list[OpenPull])

_Value = TypeVar("_Value")


def client_from(
    environ: Mapping[str, str],
    *,
    store: AnswerStore | None = None,
    on_wait: Callable[[float, str], None] | None = None,
    **seconds: float,
) -> Client:
    """A client for `GITHUB_API_URL` with `GITHUB_TOKEN`, as GitHub's runners set them; the rest is `Connection`'s.

    Raises GitHubError.
    """
    api_url, token = environ.get("GITHUB_API_URL") or API_URL, environ.get("GITHUB_TOKEN", "")
    return Client(Connection(api_url, token, store=store, on_wait=on_wait, service=GITHUB_SERVICE, **seconds))


def ref_of(issue: Issue) -> IssueRef | None:
    """The name of an issue that was read: for a transferred one, not the name that was asked for."""
    return IssueRef.of_url(issue["html_url"]) or IssueRef.of_url(issue.get("url") or "")


class Client(ApiClient):
    """Asks GitHub. Every method raises GitHubError, or RateLimited where it would have to wait for too long."""

    def issue(self, ref: IssueRef) -> Issue | Missing:
        """An issue or pull request, as an issue. A transferred one is found where it is now: see `ref_of`."""
        return self._one(str(ref), self._path(ref), _ISSUE)

    def pull(self, ref: IssueRef) -> Pull | Missing:
        return self._one(str(ref), self._path(ref, "pulls"), _PULL)

    def changed_files(self, ref: IssueRef) -> list[str] | Missing:
        """The names of the first hundred files that a pull request changes, of renamed ones the former name, too."""
        found = self._one(str(ref), f"{self._path(ref, 'pulls')}/files?per_page={PAGE}", _FILES)
        if isinstance(found, Missing):
            return found
        return [name for file in found for name in (file["filename"], file.get("previous_filename")) if name]

    def user(self, login: str) -> User | Missing:
        return self._one(login, f"users/{quote(login, safe='')}", _USER)

    def timeline(self, ref: IssueRef, pages: int = 2) -> Timeline | Missing:
        """The events of an issue in at most so many calls: of a long timeline, the first pages and the last one.

        Comments come with their text, cross-references with the issue or pull request that they are in.
        """
        found = self._first_and_last(f"{self._path(ref)}/timeline?per_page={PAGE}", pages)
        if isinstance(found, Absent):
            return Missing(str(ref), found.reason)
        answers, is_complete = found
        return Timeline(tuple(event for answer in answers for event in self._parsed(_EVENTS, answer)), is_complete)

    def comments(self, ref: IssueRef, pages: int = 1) -> list[Comment] | Missing:
        """The first comments on an issue, a hundred a page."""
        found = self._first(f"{self._path(ref)}/comments?per_page={PAGE}", pages)
        if isinstance(found, Absent):
            return Missing(str(ref), found.reason)
        return [comment for answer in found for comment in self._parsed(_COMMENTS, answer)]

    def search(self, query: str, on_total: Callable[[int, bool], None] | None = None) -> Iterator[Issue]:
        """The issues that a search finds, oldest first: `repo:owner/name label:bug`.

        `on_total` is told how many there are, and whether GitHub looked through all; the API gives the first 1,000 of
        them (`SEARCH_LIMIT`).
        """
        fields = {"q": query, "sort": "created", "order": "asc", "per_page": PAGE}
        path = f"search/issues?{urlencode(fields)}"
        while path:
            answer = self._connection.get(path, keep=False)
            if isinstance(answer, Absent):
                raise GitHubError(f"GitHub has no search at {path.partition('?')[0]}.")
            page = self._parsed(_SEARCH, answer)
            if on_total:
                on_total(page["total_count"], not page.get("incomplete_results"))
            yield from page["items"]
            path = answer.next

    def issues(
        self, repository: str, labels: tuple[str, ...] = (), state: str = "all", since: str = ""
    ) -> Iterator[Issue]:
        """The issues of a repository, oldest first, that have all `labels`; `since`: changed at or after this time."""
        fields = {"state": state, "sort": "created", "direction": "asc", "per_page": str(PAGE)}
        fields |= {"labels": ",".join(labels)} if labels else {}
        fields |= {"since": since} if since else {}
        path = f"repos/{_quoted(repository)}/issues?{urlencode(fields)}"
        while path:
            answer = self._connection.get(path, keep=False)
            if isinstance(answer, Absent):
                raise GitHubError(f"{repository}: no such repository, or the token may not read it.")
            yield from self._parsed(_ISSUES, answer)
            path = _after(path, answer.next)

    def made_by_form(self, repository: str, label: str, state: str = "all") -> Iterator[Issue]:
        """The issues that were made with a form, oldest first: it puts its label on them."""
        return self.issues(repository, (label,), state)

    def discussions(self, repository: str, category: str) -> tuple[int, Iterator[Discussion]]:
        """The discussions of a category, named by its slug or name: how many there are, and each, oldest first."""
        return discussions_of(self._connection, repository, category)

    def comment(self, ref: IssueRef, text: str) -> Comment:
        """Write a comment."""
        return self._parsed(_COMMENT, self._change("POST", ref, f"{self._path(ref)}/comments", {"body": text}))

    def renew_comment(self, ref: IssueRef, comment_id: int, text: str) -> None:
        """Give a comment on an issue another text."""
        self._change("PATCH", ref, f"repos/{_quoted(ref.repository)}/issues/comments/{comment_id}", {"body": text})

    def delete_comment(self, ref: IssueRef, comment_id: int) -> None:
        """Take back a comment on an issue."""
        self._change("DELETE", ref, f"repos/{_quoted(ref.repository)}/issues/comments/{comment_id}")

    def close_issue(
        self, ref: IssueRef, reason: str = "completed", labels: tuple[str, ...] | None = None
    ) -> Missing | None:
        """Close an issue as `completed` or `not_planned`; `labels` are those that it has from then on.

        Returns why where there is no such issue any more.
        """
        value: dict[str, object] = {"state": "closed", "state_reason": reason}
        value |= {} if labels is None else {"labels": [*labels]}
        return self._why_not_written(ref, self._connection.send("PATCH", self._path(ref), value))

    def run(self, repository: str, number: int) -> Run | Missing:
        """A run of a workflow."""
        return self._one(f"{repository}, run {number}", f"repos/{_quoted(repository)}/actions/runs/{number}", _RUN)

    def artifacts(self, repository: str, run: int, name: str) -> list[Artifact] | Missing:
        """What a run left under a name, and what is still there of it."""
        path = f"repos/{_quoted(repository)}/actions/runs/{run}/artifacts?{urlencode({'name': name})}"
        found = self._one(f"{repository}, run {run}", path, _ARTIFACTS)
        return found if isinstance(found, Missing) else [one for one in found["artifacts"] if not one["expired"]]

    def archive(self, repository: str, artifact: int, most: int) -> bytes | Missing:
        """The zip archive of an artifact. Raises GitHubError for one of more than `most` bytes."""
        found = self._connection.download(f"repos/{_quoted(repository)}/actions/artifacts/{artifact}/zip", most)
        name = f"{repository}, artifact {artifact}"
        return Missing(name, found.reason) if isinstance(found, Absent) else found

    def open_pulls_from(self, repository: str, owner: str, branch: str) -> list[OpenPull] | Missing:
        """The open pull requests that ask a repository to take somebody's branch: from it or from a fork."""
        fields = {"state": "open", "per_page": "10", "head": f"{owner}:{branch}"}
        return self._one(repository, f"repos/{_quoted(repository)}/pulls?{urlencode(fields)}", _OPEN_PULLS)

    def _path(self, ref: IssueRef, kind: str = "issues") -> str:
        """Where the API has an issue. Raises GitHubError for one that is on another host."""
        self._check_host(ref)
        return f"repos/{_quoted(ref.repository)}/{kind}/{ref.number}"

    def _change(self, method: Change, ref: IssueRef, path: str, value: Mapping[str, object] | None = None) -> Answer:
        answer = self._connection.send(method, path, value)
        if isinstance(answer, Absent):
            raise GitHubError(f"{Missing(str(ref), answer.reason)}. Or the token may not write there.")
        return answer

    def _one(self, name: str, path: str, kind: TypeAdapter[_Value]) -> _Value | Missing:
        answer = self._connection.get(path)
        return Missing(name, answer.reason) if isinstance(answer, Absent) else self._parsed(kind, answer)


def _quoted(repository: str) -> str:
    return quote(repository, safe="/")


def _after(path: str, following: str) -> str:
    """The next page. Raises GitHubError where pages would go round in circles."""
    if following and parse_qs(urlsplit(following).query) == parse_qs(urlsplit(path).query):
        raise GitHubError("GitHub's list of issues leads back to itself.")
    return following
