"""What a collector does when something breaks: no vote that was answered with success is lost, nothing is half done."""

import asyncio
import shutil
import socket
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from collector_server import DAYS, ENTRIES, ORIGIN, PROXY, Reader, Server, running, site_folder
from command import kb

pytest.importorskip("sqlalchemy", reason="the extra known-fixes[votes] is not installed")

import uvicorn
from starlette.applications import Starlette
from uvicorn.server import ServerState

from kb.collector.database import Database
from kb.collector.service import Collector, Settings
from kb.collector.serving import BoundedProtocol

FREE = ("--trusted-proxy", PROXY, "--per-answer", "100000", "--per-second", "100000")


def stands(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        (rows, tallies) = connection.execute(
            "SELECT (SELECT sum(change) FROM votes), (SELECT sum(count) FROM tallies)"
        ).fetchone()
    assert rows == tallies
    return rows or 0


def vote_until_it_ends(server: Server, counted: list[str]) -> None:
    while True:
        reader = server.reader()
        try:
            if reader.vote(ENTRIES[0]).status == 200:
                counted.append(reader.token)
        except OSError:
            return


def test_a_collector_that_is_killed_under_load_has_lost_no_vote_that_counted(tmp_path):
    database = tmp_path / "votes.db"
    counted: list[str] = []
    with running(tmp_path, str(database), *FREE) as server:
        voters = [threading.Thread(target=vote_until_it_ends, args=(server, counted)) for _ in range(6)]
        for voter in voters:
            voter.start()
        while len(counted) < 60:
            time.sleep(0.01)
        server.kill()
        for voter in voters:
            voter.join()
    kept = stands(database)
    assert len(counted) <= kept <= len(counted) + len(voters)
    with running(tmp_path, str(database), *FREE) as again:
        assert again.reader().counts(ENTRIES[0]) == {"works": kept}
        assert again.reader().vote(ENTRIES[0]).json["counts"] == {"works": kept + 1}
        assert again.stop() == 0


def refused(reader: Reader) -> str:
    """The word by which a vote is refused for want of a database."""
    answer = reader.vote(ENTRIES[0])
    assert (answer.status, int(answer.headers["Retry-After"]) > 0) == (503, True)
    return answer.error


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("faults")
    with running(folder, str(folder / "votes.db"), *FREE) as server:
        yield server


@pytest.fixture
def database(server) -> Path:
    return server.log_file.parent / "votes.db"


def test_a_locked_database_is_said_and_waited_for(server, database):
    server.reader().vote(ENTRIES[0])
    before = server.reader().counts(ENTRIES[0])
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert refused(server.reader()) == "unavailable"
        assert server.reader().counts(ENTRIES[0]) == before
        other.execute("ROLLBACK")
    assert server.reader().vote(ENTRIES[0]).status == 200
    assert server.reader().counts(ENTRIES[0]) == {"works": before["works"] + 1}


def test_a_database_that_is_gone_takes_no_votes_until_it_is_back(server, database):
    server.reader().vote(ENTRIES[0])
    before = server.reader().counts(ENTRIES[0])
    away = database.with_name("away")
    away.mkdir()
    for path in list(database.parent.glob("votes.db*")):
        shutil.move(path, away / path.name)
    assert refused(server.reader()) == "unavailable"
    assert server.reader().ask("GET", "/healthz").status == 503
    assert not database.exists()
    for path in away.iterdir():
        shutil.move(path, database.parent / path.name)
    assert server.reader().vote(ENTRIES[0]).json["counts"] == {"works": before["works"] + 1}
    assert server.reader().ask("GET", "/healthz").status == 200


def test_the_log_says_why_votes_were_not_kept(server):
    lines = [line for line in server.log if line["event"] == "not-kept"]
    assert {line["failure"] for line in lines} == {
        "OperationalError: database is locked",
        "OSError: the database's file is gone",
    }


def test_a_full_disk_takes_no_vote_and_loses_none(tmp_path):
    database = tmp_path / "votes.db"
    with running(tmp_path, str(database), *FREE, "--per-network", "100000", most_bytes=200_000) as server:
        reader = server.reader()
        statuses = []
        while 503 not in statuses and len(statuses) < 400:
            statuses.append(server.reader().vote(ENTRIES[len(statuses)]).status)
        assert statuses[-1] == 503, server.log
        assert reader.ask("GET", "/healthz").status == 503
        kept = len(statuses) - 1
        shown = sum(each["counts"]["works"] for each in counts_of_all(reader).values())
        assert shown == kept
    assert stands(database) == kept


def counts_of_all(reader: Reader) -> dict:
    time.sleep(1.1)
    return reader.ask("GET", "/v1/counts.json").json["entries"]


@pytest.fixture(scope="module")
def pair(tmp_path_factory, new_database):
    """Two collectors on one database of PostgreSQL, and its address."""
    address = new_database()
    one, two = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")
    with running(one, address, *FREE) as first, running(two, address, *FREE) as second:
        yield first, second, address


def test_two_collectors_on_one_database_show_the_same_counts(pair):
    one, two, _ = pair
    votes = [server.reader().vote(ENTRIES[0]).status for _ in range(5) for server in (one, two)]
    assert votes == [200] * 10
    for _ in range(400):
        if one.reader().counts(ENTRIES[0]) == two.reader().counts(ENTRIES[0]) == {"works": 10}:
            break
        time.sleep(0.05)
    else:
        pytest.fail("they differ")


def test_postgresql_that_stops_is_said_and_its_return_is_noticed(pair):
    import psycopg

    server, _, address = pair
    assert server.reader().vote(ENTRIES[1]).status == 200
    with psycopg.connect(f"{address.rpartition('/')[0]}/postgres", autocommit=True) as connection:
        name = address.rpartition("/")[2]
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        answer = server.reader().vote(ENTRIES[1])
        assert (answer.status, answer.error) == (503, "unavailable")
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert server.reader().vote(ENTRIES[1]).json["counts"] == {"works": 2}


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://host/votes", "starts with postgresql://"),
        ("/nowhere/at/all/votes.db", "is its folder there"),
        ("postgresql://votes:secret@127.0.0.1:port/votes", "is not of the form postgresql://"),
        ("postgresql://votes:secret@127.0.0.1:1/votes", "nothing listens at this host and port"),
    ],
)
def test_a_database_that_cannot_be_had_is_said_without_a_traceback(tmp_path, address, said):
    site = str(site_folder(tmp_path / "site"))
    finished = kb("votes", "serve", "--site", site, "--origin", ORIGIN, "--database", address)
    assert (finished.returncode, said in finished.stderr, "secret" in finished.stderr) == (1, True, False)


@pytest.mark.parametrize("site", ["nowhere", "fixes.example", "ftp://fixes.example"])
def test_a_site_that_is_none_is_said_before_a_database_is_made(tmp_path, site):
    database = tmp_path / "votes.db"
    finished = kb("votes", "serve", "--site", site, "--origin", ORIGIN, "--database", str(database))
    said = "no folder with a built site" in finished.stderr
    assert (finished.returncode, said, database.exists()) == (2, True, False), finished.stderr


def test_no_body_of_an_answer_waits_until_its_head_is_acknowledged():
    protocols: list[BoundedProtocol] = []

    def protocol() -> BoundedProtocol:
        protocols.append(BoundedProtocol(uvicorn.Config(Starlette(), lifespan="off"), ServerState(), {}))
        return protocols[-1]

    async def options() -> int:
        listener = socket.create_server(("127.0.0.1", 0))
        async with await asyncio.get_running_loop().create_server(protocol, sock=listener):
            _, writer = await asyncio.open_connection(*listener.getsockname())
            while not protocols or protocols[0].transport is None:
                await asyncio.sleep(0.01)
            found = protocols[0].transport.get_extra_info("socket")
            said = found.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            writer.close()
            protocols[0].transport.close()
            return said

    with ThreadPoolExecutor(1) as apart:
        assert apart.submit(asyncio.run, options()).result() != 0


def test_a_site_that_could_not_be_read_is_asked_again_soon(tmp_path):
    listed = (site_folder(tmp_path / "site") / "api/v1/entries.json").read_bytes()
    answers = iter([OSError("https://fixes.example/: refused"), listed])

    def read() -> bytes:
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    async def sizes() -> list[int]:
        database = Database(str(tmp_path / "votes.db"))
        database.prepare()
        collector = Collector(database, read, Settings(origins=frozenset(), try_again=0.01))
        await collector.start()
        found = [collector.catalog.size]
        async with asyncio.timeout(5):
            while not collector.catalog.size:
                await asyncio.sleep(0.01)
        await collector.stop()
        database.close()
        return [*found, collector.catalog.size]

    with ThreadPoolExecutor(1) as apart:  # this thread may have a browser's event loop
        assert apart.submit(asyncio.run, sizes()).result() == [0, len(ENTRIES) + len(DAYS)]
