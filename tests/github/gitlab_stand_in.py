"""A stand-in for GitLab's REST API: the server of `stand_in`, filled and asked as GitLab documents it."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import gitlab_documented as documented
from stand_in import Fault, Headers, Reply, StandIn, serve

PREFIX = "/api/v4"
NOT_FOUND = Reply(404, {"message": "404 Project Not Found"})


@dataclass
class GitLabStandIn(StandIn):
    """What this GitLab holds: `issues` by `group/project#1` and `group/project!1`. Tests change it while it runs."""

    lists: dict[tuple[str, str], list[dict]] = field(default_factory=dict)
    """Name of an issue and end of an address -> what stands there: `("group/project#1", "notes")`."""
    refusal: str = "401 Unauthorized"
    taken_headers: str = "private-token, accept"
    cuts_links: bool = False
    """Whether a proxy takes the Link header off."""

    @property
    def web(self) -> str:
        return self.url.removesuffix(PREFIX)

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    def add(self, ref: object, *, notes: list[dict] | None = None, **keys: object) -> dict:
        """Add an issue or merge request, or replace it. `keys` are those of `gitlab_documented`."""
        name, notes = str(ref), notes or []
        make = documented.merge_request if "!" in name else documented.issue
        self.issues[name] = make(self.web, name, **keys)
        self.issues[name]["user_notes_count"] = sum(not note["system"] for note in notes)
        self.lists[name, "notes"] = notes
        return self.issues[name]

    def lets_in(self, headers: Message) -> bool:
        return not self.token or headers.get("PRIVATE-TOKEN") == self.token

    def limits(self) -> Headers:
        reset = str(int(time.time()) + 60)
        counts = {"RateLimit-Limit": "2000", "RateLimit-Observed": "1", "RateLimit-Remaining": "1999"}
        exposed = "Link, X-Total, X-Total-Pages, X-Per-Page, X-Page, X-Next-Page, X-Prev-Page, Retry-After"
        return counts | {"RateLimit-Reset": reset, "Access-Control-Expose-Headers": exposed}

    def answer(self, method: str, target: str, value: object) -> Reply:
        parts = urlsplit(target)
        path, query = parts.path.removeprefix(PREFIX), parse_qs(parts.query)
        if path == "/issues" or path.startswith("/users"):
            return self._outside(path, query)
        found = re.fullmatch(r"/projects/([^/]+)/(issues|merge_requests)(?:/([0-9]+)(?:/(\w+))?)?", path)
        if not found:
            return NOT_FOUND
        project, kind, number, rest = unquote(found[1]), found[2], found[3], found[4]
        mark = "!" if kind == "merge_requests" else "#"
        if number is None:
            held = [issue for name, issue in self.issues.items() if name.startswith(f"{project}#")]
            return self._page(path, query, [issue for issue in held if _is_wanted(issue, query)]) if held else NOT_FOUND
        name = f"{project}{mark}{number}"
        if name not in self.issues:
            return Reply(404, {"message": "404 Not found"})
        if rest:
            return self._page(path, query, self.lists.get((name, rest), []))
        if method == "PUT":
            self._change(self.issues[name], value)
        return Reply(200, self.issues[name])

    def _outside(self, path: str, query: dict[str, list[str]]) -> Reply:
        if path == "/issues":
            return self._page(path, query, [each for name, each in self.issues.items() if "#" in name])
        if path == "/users":
            held = [user for login, user in self.users.items() if login == query["username"][0]]
            return Reply(200, [{name: user[name] for name in ("id", "username", "name", "state")} for user in held])
        found = [user for user in self.users.values() if path == f"/users/{user['id']}"]
        return Reply(200, found[0]) if found else Reply(404, {"message": "404 User Not Found"})

    @staticmethod
    def _change(issue: dict, value: dict) -> None:
        if value.get("state_event") == "close":
            issue |= {"state": "closed", "closed_at": documented.at(90)}
        if "labels" in value:
            issue["labels"] = value["labels"].split(",")
        gone = value.get("remove_labels", "").split(",")
        issue["labels"] = [label for label in issue["labels"] if label not in gone]

    def _page(self, path: str, query: dict[str, list[str]], items: list) -> Reply:
        """A page of a list, with the headers that lead on: https://docs.gitlab.com/api/rest/#pagination."""
        one = {name: values[-1] for name, values in query.items()}
        size, number = min(int(one.get("per_page", 20)), 100), int(one.get("page", 1))
        last = max(1, -(-len(items) // size))
        pages = {"next": number + 1, "first": 1, "last": last} if number < last else {"first": 1, "last": last}
        asked = [(name, value) for name, values in query.items() if name != "page" for value in values]
        address = f"{self.url}{path}"
        links = [f'<{address}?{urlencode([*asked, ("page", page)])}>; rel="{name}"' for name, page in pages.items()]
        headers = {"X-Next-Page": str(pages.get("next", "")), "X-Page": str(number), "X-Total": str(len(items))}
        headers |= {} if self.cuts_links else {"Link": ", ".join(links)}
        return Reply(200, items[(number - 1) * size : number * size], headers)


def _is_wanted(issue: dict, query: dict[str, list[str]]) -> bool:
    one = {name: values[-1] for name, values in query.items()}
    labels = set(filter(None, one.get("labels", "").split(",")))
    return (
        labels <= set(issue["labels"])
        and one.get("state", "all") in ("all", issue["state"])
        and one.get("search", "").lower() in issue["title"].lower()
        and ("iids[]" not in query or str(issue["iid"]) in query["iids[]"])
    )


def throttled(seconds: float, *, says_when: bool = True) -> Fault:
    """The answer to too many requests: plain text, and either header that says when to come back."""
    headers = {"RateLimit-Remaining": "0", "RateLimit-Reset": str(int(time.time() + seconds))}
    headers |= {"Retry-After": str(int(seconds))} if says_when else {}
    return Fault(Reply(429, b"Retry later\n", headers | {"Content-Type": "text/plain"}))


def serve_gitlab() -> AbstractContextManager[GitLabStandIn]:
    """A running stand-in."""
    serving: Callable[..., AbstractContextManager] = serve
    return serving(PREFIX, GitLabStandIn)


def running_gitlab() -> Iterator[GitLabStandIn]:
    """What a fixture yields."""
    with serve_gitlab() as api:
        yield api
