"""What GitHub's API answers: the part of its documented JSON that is used here, as typed dictionaries.

Each answer is validated when it comes; what is not named here is dropped, so that the same JSON can be stored and be
read by other programs. A key that isn't needed may be missing or null: Enterprise servers leave out what they don't
know yet. https://docs.github.com/rest/issues
"""

from dataclasses import dataclass
from typing import Annotated, Literal, NotRequired

from pydantic import BeforeValidator, Field
from typing_extensions import TypedDict  # pydantic takes no other before Python 3.12

Time = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")]
"""A point in time as the API writes it: `2026-04-09T08:14:31Z`."""


Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
Number = Annotated[int, Field(ge=1, le=10**12)]


RepositoryName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$")]
Commit = Annotated[str, Field(pattern=r"^[0-9a-f]{40}([0-9a-f]{24})?$")]


class User(TypedDict):
    """An account. `created_at` comes only with an account that was asked for by name."""

    login: str
    type: NotRequired[str | None]
    created_at: NotRequired[Time | None]


class Label(TypedDict):
    """A label; old ones come as text alone, and are given this shape."""

    name: NotRequired[str | None]


class Reactions(TypedDict):
    """Reactions, all kinds together."""

    total_count: NotRequired[Count | None]


class PullPart(TypedDict):
    """What an issue says of the pull request that it is."""

    url: NotRequired[str | None]
    html_url: NotRequired[str | None]
    merged_at: NotRequired[Time | None]


def _label(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


class Issue(TypedDict):
    """An issue, or a pull request as an issue. The API gives `user: null` for an account that is gone."""

    number: Number
    title: str
    state: str
    html_url: str
    created_at: Time
    url: NotRequired[str | None]
    user: NotRequired[User | None]
    comments: NotRequired[Count | None]
    labels: NotRequired[list[Annotated[Label, BeforeValidator(_label)]] | None]
    body: NotRequired[str | None]
    closed_at: NotRequired[Time | None]
    state_reason: NotRequired[str | None]
    author_association: NotRequired[str | None]
    reactions: NotRequired[Reactions | None]
    pull_request: NotRequired[PullPart | None]
    draft: NotRequired[bool | None]
    closed_by: NotRequired[User | None]


class ChangedFile(TypedDict):
    """A file that a pull request changes; a renamed one with its former name."""

    filename: str
    previous_filename: NotRequired[str | None]


class Comment(TypedDict):
    """A comment on an issue."""

    id: NotRequired[int | None]
    body: NotRequired[str | None]
    user: NotRequired[User | None]


class LabelNodes(TypedDict):
    """Labels, as GraphQL gives them."""

    nodes: NotRequired[list[Label] | None]


class Total(TypedDict):
    """How many there are of something."""

    totalCount: Count


class DiscussionAnswer(TypedDict):
    """The comment that was chosen as the answer."""

    body: NotRequired[str | None]


class Discussion(TypedDict):
    """A discussion. https://docs.github.com/graphql/guides/using-the-graphql-api-for-discussions#discussion"""

    number: Number
    title: str
    url: str
    createdAt: Time
    comments: Total
    body: NotRequired[str | None]
    updatedAt: NotRequired[Time | None]
    labels: NotRequired[LabelNodes | None]
    answer: NotRequired[DiscussionAnswer | None]


class DiscussionCategory(TypedDict):
    """A category of discussions."""

    id: str
    name: str
    slug: NotRequired[str | None]


class Source(TypedDict):
    """Where a cross-reference comes from."""

    issue: NotRequired[Issue | None]


class Rename(TypedDict):
    """The title before and after. (`from` can't be a name in Python's class syntax, and is not needed.)"""

    to: NotRequired[str | None]


class Milestone(TypedDict):
    """What an issue is planned for."""

    title: NotRequired[str | None]


class Event(TypedDict):
    """An event of an issue's timeline; which keys there are depends on `event`."""

    event: NotRequired[str | None]
    created_at: NotRequired[Time | None]
    actor: NotRequired[User | None]
    user: NotRequired[User | None]
    body: NotRequired[str | None]
    author_association: NotRequired[str | None]
    label: NotRequired[Label | None]
    milestone: NotRequired[Milestone | None]
    rename: NotRequired[Rename | None]
    commit_id: NotRequired[str | None]
    state_reason: NotRequired[str | None]
    source: NotRequired[Source | None]
    closes: NotRequired[bool]
    """Whether a merge request closes the issue: GitLab says it by itself, GitHub in the text alone."""


class Pull(TypedDict):
    """A pull request."""

    state: str
    merged_at: NotRequired[Time | None]


class Account(TypedDict):
    """Whose a repository is."""

    login: str


class HeadRepository(TypedDict):
    """The repository that a run's commit, or a pull request, comes from."""

    id: Number
    full_name: NotRequired[RepositoryName | None]
    owner: NotRequired[Account | None]


class Head(TypedDict):
    """The last commit of a pull request. There is no repository any more where a fork was deleted."""

    sha: Commit
    repo: NotRequired[HeadRepository | None]


class Base(TypedDict):
    """The commit that a pull request goes on from."""

    sha: Commit


class OpenPull(TypedDict):
    """A pull request of a list. https://docs.github.com/rest/pulls/pulls#list-pull-requests"""

    number: Number
    head: Head
    base: Base


class Run(TypedDict):
    """A run of a workflow. https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run"""

    event: str
    head_sha: Commit
    head_branch: NotRequired[str | None]
    head_repository: NotRequired[HeadRepository | None]


class Artifact(TypedDict):
    """What a run left. https://docs.github.com/rest/actions/artifacts#list-workflow-run-artifacts"""

    id: Number
    name: str
    expired: bool


class Artifacts(TypedDict):
    """A page of what a run left."""

    artifacts: list[Artifact]


class SearchPage(TypedDict):
    """A page of what a search found."""

    total_count: Count
    incomplete_results: NotRequired[bool | None]
    items: list[Issue]


@dataclass(frozen=True, slots=True)
class Missing:
    """A thing that GitHub doesn't give: it was never there or is private, it was deleted, or it moved out of reach."""

    ref: str
    reason: Literal["not found", "deleted", "moved"]

    def __str__(self) -> str:
        told = {
            "not found": "not found; it is private, or was never there",
            "deleted": "deleted",
            "moved": "moved to where it can't be read",
        }
        return f"{self.ref}: {told[self.reason]}"


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events of an issue, oldest first. Not `complete` where there were more than were asked for."""

    events: tuple[Event, ...]
    complete: bool = True
