"""Links to other sites, asked for over real connections to a server of our own on this machine."""

import asyncio
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest

from kb.checking import link_answers
from kb.checks.web import LinkAnswer, Manners, Outcome, ask, web_addresses


@pytest.fixture(autouse=True)
def no_loop_runs() -> Iterator[None]:
    """Links are asked for in an event loop of their own; one runs here for good once a test has opened a browser."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)


MANNERS = Manners(seconds=20, pause=0, longest_wait=1, only_public=False)


@dataclass
class Site:
    """A server, and what it was asked."""

    root: str
    asked: list[tuple[str, str, float]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    named: dict[str, str] = field(default_factory=dict)
    """Path -> when it was to be asked again, as it was said the first time."""

    def count(self, path: str) -> Counter[str]:
        """How often a path was asked for, by method."""
        return Counter(method for method, asked, _ in self.asked if asked == path)


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            site.asked.append((self.command, self.path, time.monotonic()))
            site.agents.add(self.headers.get("User-Agent", ""))
            status, headers = answer_for(self.command, self.path, site.count(self.path))
            if status == 0:
                time.sleep(2)
                return
            site.named.setdefault(self.path, headers.get("Retry-After", ""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_HEAD = do_GET = answer  # noqa: N815 - names of http.server

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()


def answer_for(method: str, path: str, count: Counter[str]) -> tuple[int, dict[str, str]]:
    """Status and headers; status 0 is no answer at all."""
    asked = count.total()
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)
    answers: dict[str, tuple[int, dict[str, str]]] = {
        "/fine": (200, {}),
        "/moved": (301, {"Location": "/fine"}),
        "/moved-twice": (308, {"Location": "/moved"}),
        "/for-now": (302, {"Location": "/fine"}),
        "/partly-for-now": (301, {"Location": "/for-now"}),
        "/moved-to-nothing": (301, {"Location": "/gone"}),
        "/round": (302, {"Location": "/round"}),
        "/missing": (404, {}),
        "/gone": (410, {}),
        "/private": (403, {}),
        "/broken": (500, {}),
        "/recovers": (500 if asked <= 2 else 200, {}),
        "/busy-once": (429 if asked == 1 else 200, {"Retry-After": "0"}),
        "/busy-until": (429 if asked == 1 else 200, {"Retry-After": soon}),
        "/busy-for-long": (429, {"Retry-After": "3600"}),
        "/busy": (429, {}),
        "/no-head": (405 if method == "HEAD" else 200, {}),
        "/head-lies": (404 if method == "HEAD" else 200, {}),
        "/head-fails": (500 if method == "HEAD" else 200, {}),
        "/slow": (0, {}),
        "/to-a-file": (302, {"Location": "file:///etc/hostname"}),
    }
    return answers[path]


def answer(site: Site, path: str, manners: Manners = MANNERS) -> LinkAnswer:
    return ask([f"{site.root}{path}"], manners)[f"{site.root}{path}"]


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/fine", Outcome.FINE),
        ("/for-now", Outcome.FINE),
        ("/partly-for-now", Outcome.FINE),
        ("/moved", Outcome.MOVED),
        ("/moved-twice", Outcome.MOVED),
        ("/moved-to-nothing", Outcome.GONE),
        ("/round", Outcome.GONE),
        ("/missing", Outcome.GONE),
        ("/gone", Outcome.GONE),
        ("/private", Outcome.UNKNOWN),
        ("/broken", Outcome.FAILED),
        ("/recovers", Outcome.FINE),
        ("/busy-once", Outcome.FINE),
        ("/busy-until", Outcome.FINE),
        ("/busy-for-long", Outcome.UNKNOWN),
        ("/busy", Outcome.UNKNOWN),
        ("/no-head", Outcome.FINE),
        ("/head-lies", Outcome.FINE),
        ("/head-fails", Outcome.FINE),
        ("/to-a-file", Outcome.UNKNOWN),
    ],
)
def test_the_outcome_of_an_answer(site, path, outcome):
    assert answer(site, path).outcome is outcome


def test_who_does_not_answer_is_not_waited_for(site):
    found = answer(site, "/slow", Manners(seconds=0.3, pause=0, only_public=False))
    assert (found.outcome, found.why) == (Outcome.FAILED, "no answer within 0.3 s")


def test_where_a_page_moved_to_is_the_end_of_the_way(site):
    assert answer(site, "/moved-twice").moved_to == f"{site.root}/fine"


def test_head_is_enough_where_it_is_answered(site):
    answer(site, "/fine")
    assert site.count("/fine") == {"HEAD": 1}


def test_a_site_that_asks_for_an_hour_is_not_asked_again(site):
    answer(site, "/busy-for-long")
    assert site.count("/busy-for-long").total() == 1


def test_retry_after_is_kept(site):
    answer(site, "/busy-until")
    _, second = [when for _, path, when in site.asked if path == "/busy-until"]
    asked_again = time.time() - (time.monotonic() - second)
    # A date has no fractions of a second: it may be any moment of the next one.
    assert asked_again >= parsedate_to_datetime(site.named["/busy-until"]).timestamp() - 0.02


def test_what_fails_is_given_one_more_chance_and_no_more(site):
    answer(site, "/broken")
    assert site.count("/broken").total() == 4


def test_a_host_is_asked_one_question_at_a_time_with_pauses(site):
    manners = Manners(seconds=20, pause=0.1, only_public=False)
    ask([f"{site.root}/{path}" for path in ("fine", "no-head", "moved")], manners)
    times = [when for *_, when in site.asked]
    assert len(times) == 5
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.09


def test_a_server_learns_who_asks(site):
    answer(site, "/fine")
    assert site.agents == {MANNERS.name}


def test_each_address_is_asked_for_once(site):
    ask([f"{site.root}/fine"] * 3, MANNERS)
    assert len(site.asked) == 1


def test_a_server_that_is_not_there_is_no_reason_to_stop(site):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    answers = ask([nobody, f"{site.root}/fine"], MANNERS)
    assert [each.outcome for each in answers.values()] == [Outcome.FAILED, Outcome.FINE]


@pytest.mark.parametrize(
    "address", ["http://[::1", "https://", "http://a b/", "https://\udcff.example/", "http://:99999/"]
)
def test_what_is_no_address_is_said_to_be_none(address):
    assert ask([address], Manners(pause=0))[address].outcome in (Outcome.GONE, Outcome.UNKNOWN, Outcome.FAILED)


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "169.254.169.254", "10.0.0.1", "192.168.0.1", "0.0.0.0"])
def test_hosts_that_are_not_public_are_left_alone(host):
    """An entry comes from a stranger, and the check may run where such an address leads to something."""
    assert ask([f"http://{host}/"], Manners(pause=0))[f"http://{host}/"].why == "it is not on the public web"


def test_a_server_of_our_own_gets_no_question_unless_it_is_allowed(site):
    answer(site, "/fine", Manners(pause=0))
    assert site.asked == []


def test_addresses_are_those_of_prose_without_fragments(folder):
    prose = "[a](https://a.example/x#y) [b](https://a.example/x#z) <http://b.example/> [c](c.md) `https://d.example/`"
    folder.entry("git/a.md", f"## Summary\n\nS\n\n## Cause\n\n{prose}\n\n## Workaround: W\n\nB\n")
    assert web_addresses(folder.load().sources) == ["http://b.example/", "https://a.example/x"]


def linking(folder, site: Site, *paths: str):
    """A collection with an entry that links some paths of a site."""
    links = "\n".join(f"- [x]({site.root}{path})" for path in paths)
    folder.entry("git/a.md", f"## Summary\n\nS\n\n## Cause\n\n{links}\n\n## Workaround: W\n\nB\n")
    return folder.load()


def test_what_was_answered_is_not_asked_for_again_unless_it_was_gone_or_failed(folder, site, tmp_path):
    collection = linking(folder, site, "/fine", "/moved", "/private", "/gone", "/broken")
    first = link_answers(collection, cache=tmp_path / "links.json", manners=MANNERS)
    asked = len(site.asked)
    assert link_answers(collection, cache=tmp_path / "links.json", manners=MANNERS) == first
    assert {path for _, path, _ in site.asked[asked:]} == {"/gone", "/broken"}


def test_an_answer_is_believed_for_a_week(folder, site, tmp_path):
    collection, cache = linking(folder, site, "/fine"), tmp_path / "links.json"
    link_answers(collection, cache=cache, manners=MANNERS)
    for days, count in ((6, 1), (8, 2)):
        old = (datetime.now(UTC) - timedelta(days=days)).isoformat()
        cache.write_text(f'{{"{site.root}/fine": ["{old}", "fine", "", ""]}}', "utf-8")
        link_answers(collection, cache=cache, manners=MANNERS)
        assert site.count("/fine").total() == count


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A shell lets what it starts in the background ignore interrupts."""
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, handler)


@pytest.mark.usefixtures("interruptible")
def test_who_is_stopped_goes_on_from_there(folder, site, tmp_path):
    collection, cache = linking(folder, site, "/fine", "/for-now", "/slow"), tmp_path / "links.json"

    def stop() -> None:
        while not site.count("/slow"):
            time.sleep(0.02)
        signal.raise_signal(signal.SIGINT)

    stopper = threading.Thread(target=stop)
    stopper.start()
    with pytest.raises(KeyboardInterrupt):
        link_answers(collection, cache=cache, manners=MANNERS)
    stopper.join()
    collection = linking(folder, site, "/fine", "/for-now")
    link_answers(collection, cache=cache, manners=MANNERS)
    assert (site.count("/fine").total(), site.count("/for-now").total()) == (2, 1)
