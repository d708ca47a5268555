"""What the project asks of GitLab's REST API, behind the same methods as GitHub's client."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import quote, urlencode

from pydantic import TypeAdapter

from kb.entry import IssueRef
from kb.github.api_client import ApiClient
from kb.github.errors import GitHubError
from kb.github.exchange import Absent
from kb.github.gitlab.translation import Answers, issue_of, mentions_of, timeline_of, user_of
from kb.github.report.reading import text
from kb.github.service import Service
from kb.github.shapes import Comment, Event, Issue, Missing, Pull, Timeline, User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kb.github.exchange import Answer
    from kb.github.report.model import Json

GITLAB_SERVICE: Final = Service(
    name="GitLab",
    address="GITLAB_API_URL",
    token="GITLAB_TOKEN",  # noqa: S106 - a variable's name
    example="https://gitlab.com/api/v4",
    headers={"Accept": "application/json"},
    token_header="PRIVATE-TOKEN",  # noqa: S106 - a header's name
    reset_header="RateLimit-Reset",
)
"""https://docs.gitlab.com/api/rest/, https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/"""

PAGE: Final = 100
"""Things on a page: the most that the API gives."""
MOST_PROJECTS: Final = 5
"""Other projects that are asked for the issues that mention one; each takes a call."""
MOST_MENTIONS: Final = 100

_OBJECT: Final = TypeAdapter(Mapping[str, object])
_OBJECTS: Final = TypeAdapter(list[Mapping[str, object]])
_ISSUE: Final = TypeAdapter(Issue)
_EVENTS: Final = TypeAdapter(list[Event])
_COMMENTS: Final = TypeAdapter(list[Comment])
_STATES: Final = {"open": "opened", "closed": "closed", "all": "all"}
_FORM: Final = {"vote": "Vote: "}
"""A form's label -> how titles that it fills in begin. Who is no member of a project can't label its issues."""


class GitLabClient(ApiClient):
    """Asks GitLab. Every method raises GitHubError, or RateLimited where it would have to wait for too long."""

    def issue(self, ref: IssueRef) -> Issue | Missing:
        """An issue or merge request, as an issue, with all reactions, which take a call of their own."""
        found = self._one(str(ref), self._path(ref))
        if isinstance(found, Missing):
            return found
        issue = self._issue(found, is_merge=ref.mark == "!")
        emoji = self._list(f"{self._path(ref)}/award_emoji?per_page={PAGE}")
        issue["reactions"] = {"total_count": max(len(emoji), (issue.get("reactions") or {}).get("total_count") or 0)}
        return issue

    def pull(self, ref: IssueRef) -> Pull | Missing:
        """A merge request. GitLab counts them apart: an issue of that number is none."""
        found = self._one(str(ref), self._path(ref)) if ref.mark == "!" else Missing(str(ref), "not found")
        if isinstance(found, Missing):
            return found
        issue = self._issue(found, is_merge=True)
        return {"state": issue["state"], "merged_at": (issue.get("pull_request") or {}).get("merged_at")}

    def changed_files(self, ref: IssueRef) -> list[str] | Missing:
        """The names of the first files that a merge request changes, of renamed ones the former name, too.

        As many as GitLab gives if nobody says how many: some of its versions fail where a number is asked for
        (https://gitlab.com/gitlab-org/gitlab/-/issues/427168).
        """
        answer = self._connection.get(f"{self._path(ref)}/diffs") if ref.mark == "!" else Absent("not found")
        if isinstance(answer, Absent):
            return Missing(str(ref), answer.reason)
        files = self._objects(answer)
        return list(dict.fromkeys(text(file, key) for file in files for key in ("new_path", "old_path")))

    def user(self, login: str) -> User | Missing:
        """An account. A search gives its number, and only the account itself its day."""
        found = self._list(f"users?{urlencode({'username': login})}")
        number = found[0].get("id") if found else None
        account = self._one(login, f"users/{number}") if isinstance(number, int) else Missing(login, "not found")
        if isinstance(account, Missing):
            return account
        made = user_of(account)
        if made is None:
            return Missing(login, "not found")
        return cast("User", made | {"created_at": text(account, "created_at") or None})

    def timeline(self, ref: IssueRef, pages: int = 2) -> Timeline | Missing:
        """The events of an issue: of many notes, those of the first pages and of the last one.

        GitLab keeps labels, states, milestones and merge requests apart, each in a list that takes a call.
        """
        path = self._path(ref)
        found = self._first_and_last(f"{path}/notes?sort=asc&order_by=created_at&per_page={PAGE}", pages)
        if isinstance(found, Absent):
            return Missing(str(ref), found.reason)
        answers, is_complete = found
        notes = [note for answer in answers for note in self._objects(answer)]
        label, state, milestone = (
            self._list(f"{path}/resource_{kind}_events?per_page={PAGE}") for kind in ("label", "state", "milestone")
        )
        of_issue = ref.mark == "#"
        related = self._list(f"{path}/related_merge_requests?per_page={PAGE}") if of_issue else []
        closing = self._list(f"{path}/closed_by?per_page={PAGE}") if of_issue else []
        home = f"{ref.repository}{ref.mark}{ref.number}"
        events = timeline_of(
            home, Answers(notes, label, state, milestone, related, closing), self._others(mentions_of(notes, home))
        )
        checked: list[Event] = self._made(_EVENTS, events, path)
        return Timeline(tuple(checked), is_complete)

    def comments(self, ref: IssueRef, pages: int = 1) -> list[Comment] | Missing:
        """The first comments on an issue, a hundred notes a page."""
        found = self._first(f"{self._path(ref)}/notes?sort=asc&order_by=created_at&per_page={PAGE}", pages)
        if isinstance(found, Absent):
            return Missing(str(ref), found.reason)
        made = [
            {"id": note.get("id"), "body": text(note, "body"), "user": user_of(cast("Json", note.get("author") or {}))}
            for answer in found
            for note in self._objects(answer)
            if note.get("system") is not True
        ]
        return self._made(_COMMENTS, made, self._path(ref))

    def search(self, query: str, on_total: Callable[[int, bool], None] | None = None) -> Iterator[Issue]:
        """The issues that a search finds, oldest first: `repo:group/project label:bug state:opened words`.

        GitLab does not say how many there are where they are many, so `on_total` is told nothing.
        """
        fields: dict[str, list[str]] = defaultdict(list)
        for word in query.split():
            name, colon, value = word.partition(":")
            known = colon and name in ("repo", "project", "label", "state", "is", "type")
            fields[name if known else "search"].append(value if known else word)
        place = (fields["repo"] + fields["project"])[-1:]
        states = [_STATES.get(state, state) for state in fields["state"] + fields["is"] if state != "issue"]
        asked = {"labels": ",".join(fields["label"]), "state": (states or ["all"])[-1]}
        asked |= {"search": " ".join(fields["search"])}
        yield from self._issues(place[0] if place else "", asked)

    def issues(
        self, repository: str, labels: tuple[str, ...] = (), state: str = "all", since: str = ""
    ) -> Iterator[Issue]:
        """The issues of a repository, oldest first, that have all `labels`; `since`: changed at or after this time."""
        asked = {"labels": ",".join(labels), "state": _STATES[state], "updated_after": since}
        yield from self._issues(repository, asked)

    def made_by_form(self, repository: str, label: str, state: str = "all") -> Iterator[Issue]:
        """The issues whose titles begin as the form fills them in."""
        start = _FORM[label]
        found = self._issues(repository, {"search": start.strip(" :"), "in": "title", "state": _STATES[state]})
        yield from (issue for issue in found if issue["title"].startswith(start))

    def close_issue(
        self, ref: IssueRef, reason: str = "completed", labels: tuple[str, ...] | None = None
    ) -> Missing | None:
        """Close an issue; `labels` are those that it has from then on.

        GitLab keeps no reason: as not planned, it loses the label `counted` in the same request.
        """
        value: dict[str, object] = {"state_event": "close"}
        value |= {"remove_labels": "counted"} if reason == "not_planned" else {}
        value |= {} if labels is None else {"labels": ",".join(labels)}
        return self._why_not_written(ref, self._connection.send("PUT", self._path(ref), value))

    def _others(self, names: list[str]) -> dict[str, Json]:
        """The issues of these names that can be read, those of a project in one call. Merge requests come otherwise."""
        numbers: dict[str, list[str]] = defaultdict(list)
        for name in names[:MOST_MENTIONS]:
            place, mark, number = name.rpartition("#")
            if mark:
                numbers[place].append(number)
        found: dict[str, Json] = {}
        for place, iids in list(numbers.items())[:MOST_PROJECTS]:
            asked = [("iids[]", number) for number in iids] + [("per_page", str(PAGE))]
            for issue in self._list(f"{_project(place)}/issues?{urlencode(asked)}"):
                found[f"{place}#{issue.get('iid')}"] = issue
        return found

    def _issues(self, repository: str, asked: dict[str, str]) -> Iterator[Issue]:
        """The issues of a project, or of all that the token may read."""
        fields = {name: value for name, value in asked.items() if value}
        fields |= {"order_by": "created_at", "sort": "asc", "per_page": str(PAGE)}
        fields |= {} if repository else {"scope": "all"}
        path = f"{_project(repository)}/issues" if repository else "issues"
        following, seen = f"{path}?{urlencode(fields)}", set[str]()
        while following:
            if following in seen:
                raise GitHubError("GitLab's list of issues leads back to itself.")
            seen.add(following)
            answer = self._connection.get(following, keep=False)
            if isinstance(answer, Absent):
                raise GitHubError(f"{repository or 'issues'}: no such project, or the token may not read it.")
            for found in self._objects(answer):
                yield self._issue(found)
            following = answer.next

    def _path(self, ref: IssueRef) -> str:
        """Where the API has an issue or merge request. Raises GitHubError for one that is on another host."""
        self._check_host(ref)
        return f"{_project(ref.repository)}/{'merge_requests' if ref.mark == '!' else 'issues'}/{ref.number}"

    def _one(self, name: str, path: str) -> Json | Missing:
        answer = self._connection.get(path)
        return Missing(name, answer.reason) if isinstance(answer, Absent) else self._parsed(_OBJECT, answer)

    def _list(self, path: str) -> list[Json]:
        """The first page of a list; nothing where an older GitLab, or this project, has no such list."""
        answer = self._connection.get(path)
        return [] if isinstance(answer, Absent) else self._objects(answer)

    def _objects(self, answer: Answer) -> list[Json]:
        return self._parsed(_OBJECTS, answer)

    def _issue(self, found: Json, *, is_merge: bool = False) -> Issue:
        return self._made(_ISSUE, issue_of(found, is_merge=is_merge), text(found, "web_url") or "an issue")


def _project(path: str) -> str:
    """A project by its path, which is one part of an address: https://docs.gitlab.com/api/rest/#namespaced-paths."""
    return f"projects/{quote(path, safe='')}"
