"""What the project asks of any host of issues, GitHub or GitLab. Both answer in GitHub's shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kb.entry import IssueRef
    from kb.github.service import Service
    from kb.github.shapes import Comment, Issue, Missing, Pull, Timeline, User


class Tracker(Protocol):
    """Asks a host of issues. Every method raises GitHubError, or RateLimited where it would have to wait for long."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    @property
    def service(self) -> Service:
        """Which API it is."""
        ...

    @property
    def requests(self) -> int:
        """Requests sent so far."""
        ...

    @property
    def web_url(self) -> str:
        """Where people read what the API serves."""
        ...

    @property
    def host(self) -> str:
        """The host of the issues that it can ask for."""
        ...

    def issue(self, ref: IssueRef) -> Issue | Missing:
        """An issue, or a pull or merge request as an issue."""
        ...

    def pull(self, ref: IssueRef) -> Pull | Missing:
        """A pull or merge request."""
        ...

    def changed_files(self, ref: IssueRef) -> list[str] | Missing:
        """The names of the first files that a pull or merge request changes, former names with them."""
        ...

    def user(self, login: str) -> User | Missing:
        """An account."""
        ...

    def timeline(self, ref: IssueRef, pages: int = 2) -> Timeline | Missing:
        """The events of an issue, oldest first, comments with their text."""
        ...

    def comments(self, ref: IssueRef, pages: int = 1) -> list[Comment] | Missing:
        """The first comments on an issue, a hundred a page."""
        ...

    def search(self, query: str, on_total: Callable[[int, bool], None] | None = None) -> Iterator[Issue]:
        """The issues that a search finds, oldest first."""
        ...

    def issues(
        self, repository: str, labels: tuple[str, ...] = (), state: str = "all", since: str = ""
    ) -> Iterator[Issue]:
        """The issues of a repository, oldest first, that have all `labels`; `since`: changed at or after this time."""
        ...

    def made_by_form(self, repository: str, label: str, state: str = "all") -> Iterator[Issue]:
        """The issues that were made with a form, oldest first; `label` is the form's."""
        ...

    def close_issue(
        self, ref: IssueRef, reason: str = "completed", labels: tuple[str, ...] | None = None
    ) -> Missing | None:
        """Close an issue as `completed` or `not_planned`; `labels` are those that it has from then on.

        Returns why where there is no such issue any more.
        """
        ...
