"""A stand-in for GitHub's API: a real HTTP server on loopback that a test fills, and that can fail as GitHub can."""

import json
import re
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

import documented

Headers = dict[str, str]


class Reply(NamedTuple):
    """An answer: status, JSON (or bytes as they are), more headers."""

    status: int
    value: object = None
    headers: Headers = {}  # noqa: RUF012 - never changed


@dataclass(frozen=True)
class Fault:
    """What goes wrong with a request: an answer of its own, a pause before it, or a connection that ends midway."""

    reply: Reply | None = None
    pause: float = 0
    cut: bool = False


def server_error(status: int = 502) -> Fault:
    return Fault(Reply(status, {"message": "Server Error"}))


def used_up(seconds: float) -> Fault:
    """The primary rate limit: no request left until its window ends."""
    headers = {"X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "0", "X-RateLimit-Used": "60"}
    headers["X-RateLimit-Reset"] = str(int(time.time() + seconds))
    return Fault(Reply(403, {"message": "API rate limit exceeded for 192.0.2.1.", "documentation_url": ""}, headers))


def too_fast(seconds: int | None, status: int = 429) -> Fault:
    """The secondary rate limit, with the time to wait or without it."""
    headers = {} if seconds is None else {"Retry-After": str(seconds)}
    return Fault(
        Reply(status, {"message": "You have exceeded a secondary rate limit.", "documentation_url": ""}, headers)
    )


def slow(seconds: float) -> Fault:
    return Fault(pause=seconds)


CUT = Fault(cut=True)


class Request(NamedTuple):
    """A request as it came, and the status it was answered with."""

    method: str
    path: str
    headers: Headers
    status: int
    value: object = None


@dataclass
class StandIn:
    """What this GitHub holds. Tests change it while it runs."""

    issues: dict[str, dict] = field(default_factory=dict)
    events: dict[str, list[dict]] = field(default_factory=dict)
    users: dict[str, dict] = field(default_factory=dict)
    files: dict[str, list[dict]] = field(default_factory=dict)
    """The files that pull requests change: `acme/tool#9` -> as `documented.changed_file` gives them."""
    discussions: dict[str, list[dict]] = field(default_factory=dict)
    """Discussions by repository and category: `git/git q-a`."""
    moved: dict[str, str] = field(default_factory=dict)
    """Transferred issues: where they were -> where they are."""
    deleted: set[str] = field(default_factory=set)
    token: str = ""
    """The one token that is let in; without it, everyone is."""
    requests: list[Request] = field(default_factory=list)
    url: str = ""
    faults: deque[tuple[str, Fault]] = field(default_factory=deque)
    refusal: str = "Bad credentials"
    taken_headers: str = "Authorization, Accept, X-GitHub-Api-Version, If-None-Match"
    """Those that a page of another site may send."""

    def lets_in(self, headers: Message) -> bool:
        return not self.token or headers.get("Authorization") in (f"token {self.token}", f"Bearer {self.token}")

    def limits(self) -> Headers:
        """The headers of each answer that say how much is left, and those that a page of another site may read."""
        exposed = "ETag, Link, Location, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset"
        counts = {"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "4999", "X-RateLimit-Used": "1"}
        reset = {"X-RateLimit-Reset": str(int(time.time()) + 3600)}
        return counts | reset | {"Access-Control-Expose-Headers": exposed}

    def add(self, ref: object, *, events: list[dict] | None = None, **keys: object) -> dict:
        """Add an issue, or replace it. `keys` are those of `documented.issue`."""
        ref, events = str(ref), events or []
        comments = sum(event["event"] == "commented" for event in events)
        self.issues[ref] = documented.issue(ref, **({"comments": comments} | keys))
        self.events[ref] = events
        return self.issues[ref]

    def fail(self, *faults: Fault, on: str = "") -> None:
        """The next requests whose path contains `on` go wrong, one after the other."""
        self.faults.extend((on, fault) for fault in faults)

    def calls(self) -> Counter[str]:
        """How many requests came, by method and path without its query."""
        return Counter(f"{request.method} {request.path.partition('?')[0]}" for request in self.requests)

    def sent(self, method: str) -> list[tuple[str, object]]:
        """Path and JSON of the requests of a method."""
        return [(request.path, request.value) for request in self.requests if request.method == method]

    def next_fault(self, path: str) -> Fault | None:
        for place, (on, fault) in enumerate(self.faults):
            if on in path:
                del self.faults[place]
                return fault
        return None

    def answer(self, method: str, target: str, value: object) -> Reply:
        path, query = urlsplit(target).path.removeprefix("/api/v3"), dict(parse_qsl(urlsplit(target).query))
        for pattern, handle in _ROUTES:
            match = re.fullmatch(f"{method} {pattern}", f"{method} {path}")
            if match:
                return handle(self, match, query, value, method)
        return Reply(404, {"message": "Not Found"})


def _found(api: StandIn, ref: str, rest: str = "") -> Reply | None:
    """Why there is no such issue, if there is none; `rest` is the part of the path after its number."""
    if ref in api.moved:
        repository, _, number = api.moved[ref].partition("#")
        location = f"{api.url}/repos/{repository}/issues/{number}{rest}"
        return Reply(301, {"message": "Moved Permanently", "url": location}, {"Location": location})
    if ref in api.deleted:
        return Reply(410, {"message": "This issue was deleted"})
    return None if ref in api.issues else Reply(404, {"message": "Not Found"})


def _issue(api: StandIn, match: re.Match, _query: dict, value: object, method: str) -> Reply:
    ref = f"{match[1]}#{match[2]}"
    absent = _found(api, ref)
    if absent:
        return absent
    if method == "PATCH":
        change = value | {"closed_at": documented.at(90)}
        if "labels" in value:
            change["labels"] = [documented.label(name) for name in value["labels"]]
        api.issues[ref] = api.issues[ref] | change
    return Reply(200, api.issues[ref])


def _timeline(api: StandIn, match: re.Match, query: dict, _value: object, _method: str) -> Reply:
    ref = f"{match[1]}#{match[2]}"
    return _found(api, ref, "/timeline") or page(api, match[0], query, api.events.get(ref, []))


def _comments(api: StandIn, match: re.Match, query: dict, value: dict, method: str) -> Reply:
    ref = f"{match[1]}#{match[2]}"
    absent = _found(api, ref, "/comments")
    if absent:
        return absent
    if method == "POST":
        comment = documented.commented(value["body"], "replier", 100 + len(api.events[ref]))
        comment["id"] = 10**6 + len(api.requests)  # grows with time, as GitHub's do
        api.events[ref].append(comment)
        return Reply(201, comment)
    return page(api, match[0], query, [event for event in api.events[ref] if event["event"] == "commented"])


def _one_comment(api: StandIn, match: re.Match, _query: dict, _value: object, _method: str) -> Reply:
    for events in api.events.values():
        for event in events:
            if event.get("id") == int(match[2]):
                events.remove(event)
                return Reply(204)
    return Reply(404, {"message": "Not Found"})


def _labels(api: StandIn, match: re.Match, _query: dict, value: dict, _method: str) -> Reply:
    ref = f"{match[1]}#{match[2]}"
    absent = _found(api, ref)
    if absent:
        return absent
    api.issues[ref]["labels"] += [documented.label(name) for name in value["labels"]]
    return Reply(200, api.issues[ref]["labels"])


def _pull(api: StandIn, match: re.Match, _query: dict, _value: object, _method: str) -> Reply:
    found = api.issues.get(f"{match[1]}#{match[2]}", {})
    if "pull_request" not in found:
        return Reply(404, {"message": "Not Found"})
    return Reply(200, {**found, "url": found["pull_request"]["url"], "merged_at": found["pull_request"]["merged_at"]})


def _files(api: StandIn, match: re.Match, query: dict, _value: object, _method: str) -> Reply:
    ref = f"{match[1]}#{match[2]}"
    if "pull_request" not in api.issues.get(ref, {}):
        return Reply(404, {"message": "Not Found"})
    return page(api, match[0], query, api.files.get(ref, []))


def _list(api: StandIn, match: re.Match, query: dict, _value: object, _method: str) -> Reply:
    wanted = set(filter(None, query.get("labels", "").split(",")))
    found = [issue for ref, issue in api.issues.items() if ref.startswith(f"{match[1]}#")]
    return page(api, match[0], query, [issue for issue in found if _is_wanted(issue, wanted, query)])


def _is_wanted(issue: dict, labels: set[str], query: dict) -> bool:
    state = query.get("state", "open")
    return (
        labels <= {label["name"] for label in issue["labels"]}
        and state in ("all", issue["state"])
        and issue["updated_at"] >= query.get("since", "")
    )


def _search(api: StandIn, match: re.Match, query: dict, _value: object, _method: str) -> Reply:
    """Words `repo:`, `label:`, `is:`, `state:` of the search language."""
    words = [word.replace('"', "").partition(":")[::2] for word in query["q"].split()]
    found = list(api.issues.items())
    for name, value in words:
        if name == "repo":
            found = [(ref, issue) for ref, issue in found if ref.startswith(f"{value}#")]
        elif name == "label":
            found = [(ref, issue) for ref, issue in found if value in {label["name"] for label in issue["labels"]}]
        elif (name, value) == ("is", "issue"):
            found = [(ref, issue) for ref, issue in found if "pull_request" not in issue]
    items = [issue | {"score": 1.0} for _, issue in found[:1000]]
    reply = page(api, match[0], query, items)
    return reply._replace(
        value={"total_count": len(found), "incomplete_results": False, "search_type": "lexical", "items": reply.value}
    )


def _user(api: StandIn, match: re.Match, _query: dict, _value: object, _method: str) -> Reply:
    found = api.users.get(match[1])
    return Reply(200, found) if found else Reply(404, {"message": "Not Found"})


def _graphql(api: StandIn, _match: re.Match, _query: dict, value: dict, _method: str) -> Reply:
    """Categories and discussions of a repository. What goes wrong comes as `errors`, with the status 200."""
    names = value["variables"]
    repository = f"{names['owner']}/{names['name']}"
    slugs = [key.partition(" ")[2] for key in api.discussions if key.startswith(f"{repository} ")]
    if not slugs:
        told = f"Could not resolve to a Repository with the name '{repository}'."
        return Reply(200, {"data": {"repository": None}, "errors": [{"type": "NOT_FOUND", "message": told}]})
    if "discussionCategories" in value["query"]:
        nodes = [{"id": f"DIC_{slug}", "name": slug.title(), "slug": slug} for slug in slugs]
        held = {"hasDiscussionsEnabled": True, "discussionCategories": {"nodes": nodes}}
        return Reply(200, {"data": {"repository": held}})
    found = api.discussions[f"{repository} {names['category'].removeprefix('DIC_')}"]
    start = int(names["after"] or 0)
    end = start + names["first"]
    info = {"hasNextPage": end < len(found), "endCursor": str(end)}
    held = {"discussions": {"totalCount": len(found), "pageInfo": info, "nodes": found[start:end]}}
    return Reply(200, {"data": {"repository": held}})


def page(api: StandIn, path: str, query: dict, items: list) -> Reply:
    """A page of a list, with the Link header that leads on (RFC 8288)."""
    size, number = min(int(query.get("per_page", 30)), 100), int(query.get("page", 1))
    last = max(1, -(-len(items) // size))
    pages = {"prev": number - 1, "next": number + 1, "first": 1, "last": last}
    if number == 1:
        del pages["prev"], pages["first"]
    if number >= last:
        del pages["next"], pages["last"]
    address = api.url + path.partition(" ")[2]
    links = [f'<{address}?{urlencode(query | {"page": page})}>; rel="{name}"' for name, page in pages.items()]
    return Reply(200, items[(number - 1) * size : number * size], {"Link": ", ".join(links)} if links else {})


_REPO = r"/repos/([^/]+/[^/]+)"
_ROUTES: tuple[tuple[str, Callable[..., Reply]], ...] = (
    (rf"{_REPO}/issues/(\d+)", _issue),
    (rf"{_REPO}/issues/(\d+)/timeline", _timeline),
    (rf"{_REPO}/issues/(\d+)/comments", _comments),
    (rf"{_REPO}/issues/(\d+)/labels", _labels),
    (rf"{_REPO}/issues/comments/(\d+)", _one_comment),
    (rf"{_REPO}/pulls/(\d+)", _pull),
    (rf"{_REPO}/pulls/(\d+)/files", _files),
    (rf"{_REPO}/issues", _list),
    (r"/search/issues", _search),
    (r"/users/([^/]+)", _user),
    (r"(?:/api)?/graphql", _graphql),
)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # headers and body in one packet
    disable_nagle_algorithm = True
    api: StandIn

    def log_message(self, *_: object) -> None:
        pass

    def _serve(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        value = json.loads(self.rfile.read(size)) if size else None
        fault = self.api.next_fault(self.path)
        reply = fault.reply if fault and fault.reply else self._reply(value)
        body = reply.value if isinstance(reply.value, bytes) else json.dumps(reply.value).encode()
        etag = f'W/"{sha256(body).hexdigest()}"'
        unchanged = reply.status == 200 and self.headers.get("If-None-Match") == etag
        status = 304 if unchanged else reply.status
        headers = {k.lower(): v for k, v in self.headers.items()}
        # Noted when it comes, not when it is answered: another test may have begun by then.
        self.api.requests.append(Request(self.command, self.path, headers, status, value))
        if fault and fault.pause:
            time.sleep(fault.pause)
        self._write(
            status, b"" if status in (204, 304) else body, {"ETag": etag} | reply.headers, bool(fault and fault.cut)
        )

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815 - named as the base class calls them

    def do_OPTIONS(self) -> None:
        self._write(204, b"", {"Access-Control-Allow-Headers": self.api.taken_headers}, cut=False)

    def _reply(self, value: object) -> Reply:
        if not self.api.lets_in(self.headers):
            return Reply(401, {"message": self.api.refusal})
        return self.api.answer(self.command, self.path, value)

    def _write(self, status: int, body: bytes, headers: Headers, cut: bool) -> None:
        self.send_response(status)
        shared = {"Access-Control-Allow-Origin": "*", "Content-Type": "application/json; charset=utf-8"}
        for name, text in (self.api.limits() | shared | headers).items():
            self.send_header(name, text)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        self.wfile.flush()
        if cut:
            self.close_connection = True


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that went away is no news here."""


@contextmanager
def serve(prefix: str = "", kind: type[StandIn] = StandIn) -> Iterator[StandIn]:
    """A running stand-in. With the prefix `/api/v3` its address is as GitHub Enterprise's."""
    api = kind()
    handler = type("Handler", (_Handler,), {"api": api})
    server = _Server(("127.0.0.1", 0), handler)
    api.url = f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()
