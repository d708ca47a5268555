"""Any order of taps, repeats, two devices, days, clocks that are set back, and restarts: the counts of a model.

The collector runs in the process of the test with a clock that the test sets. `KB_VOTE_ROUNDS` tries more examples.
"""

import asyncio
import json
import shutil
import sqlite3
import threading
from collections.abc import Coroutine
from contextlib import closing
from pathlib import Path

import pytest
from collector_server import ENTRIES, site_folder
from hypothesis import example, given, settings
from hypothesis import strategies as st
from votes_model import DAY, NOON, ROUNDS, STEPS, Model

pytest.importorskip("sqlalchemy", reason="the extra known-fixes[votes] is not installed")

from kb.collector.asked import Asked, read_helpful, read_vote
from kb.collector.catalog import read_catalog
from kb.collector.database import Database, DatabaseError
from kb.collector.limits import Allowance, Limits
from kb.collector.service import Collector, Settings

MUCH = Allowance(10**6, 1)
WITHOUT_LIMITS = Settings(frozenset(), limits=Limits(MUCH, MUCH, MUCH, MUCH))


def in_a_loop(work: Coroutine[object, object, object]) -> None:
    """Run something in a loop of its own, and so in a thread: Playwright's loop may run in this one."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(work)
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]


class Clock:
    def __init__(self) -> None:
        self.now = float(NOON)

    def __call__(self) -> float:
        return self.now


class House:
    """A collector over a file, that can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.folder = folder
        self.receipts: dict[str, str] = {}
        self.entries = (site_folder(folder / "site") / "api/v1/entries.json").read_bytes()
        self.catalog = read_catalog(self.entries)

    async def start(self) -> None:
        self.database = Database(str(self.folder / "votes.db"))
        self.database.prepare()
        self.collector = Collector(self.database, lambda: self.entries, WITHOUT_LIMITS, self.clock)
        await self.collector.start()

    async def stop(self) -> None:
        await self.collector.stop()
        self.database.close()

    async def tap(self, device: str, signal: str, on: bool, address: str = "192.0.2.1") -> None:
        said = {"entry": ENTRIES[0], "token": device * 16, "receipt": self.receipts.get(device, "")}
        asked: Asked
        if signal == "helpful":
            asked = read_helpful({**said, "helpful": on or None}, self.catalog, is_form=False)
        else:
            asked = read_vote({**said, "signal": signal, "on": on}, self.catalog, is_form=False)
        self.receipts[device] = await self.collector.vote(asked, address)

    def counts(self) -> dict[str, int]:
        return dict(self.collector.counts.of(self.catalog, ENTRIES[0])["counts"])

    def rows(self, query: str) -> list[tuple]:
        with closing(sqlite3.connect(self.folder / "votes.db")) as connection:
            return connection.execute(query).fetchall()


@settings(max_examples=ROUNDS)
@example([("a", "works", True), ("clock", 13 * 3600), ("a", "works", True), ("a", "works", False)])
@example(
    [("a", "works", True), ("clock", 13 * 3600), ("b", "works", True), ("clock", -13 * 3600), ("b", "works", True)]
)
@given(st.lists(STEPS, max_size=14))
def test_any_order_of_taps_days_and_restarts_gives_the_counts_of_the_model(tmp_path_factory, steps):
    in_a_loop(_compare(House(tmp_path_factory.mktemp("votes")), steps))


async def _compare(house: House, steps: list[tuple]) -> None:
    model = Model()
    model.at(house.clock.now)
    await house.start()
    for step in steps:
        if step[0] == "clock":
            house.clock.now += step[1]
            await house.collector.look()
        elif step[0] == "restart":
            await house.stop()
            await house.start()
        else:
            model.at(house.clock.now)
            model.tap(*step)
            await house.tap(*step)
        model.at(house.clock.now)
        assert house.counts() == model.counts
    await house.stop()
    summed = house.rows("SELECT signal, sum(change) FROM votes GROUP BY signal HAVING sum(change) != 0")
    assert dict(summed) == model.counts
    assert house.rows("SELECT count FROM tallies WHERE count < 0") == []


@pytest.fixture
def house(tmp_path) -> House:
    return House(tmp_path)


def test_a_salt_is_gone_from_the_files_when_its_day_is_over(house):
    async def over_midnight() -> bytes:
        await house.start()
        await house.tap("a", "works", on=True)
        (key,) = house.rows("SELECT key FROM salts")[0]
        house.clock.now += DAY
        await house.collector.look()
        on_disk = b"".join(path.read_bytes() for path in house.folder.glob("votes.db*"))
        assert (key.encode() in on_disk, house.rows("SELECT count(*) FROM salts")) == (False, [(1,)])
        await house.stop()

    in_a_loop(over_midnight())


def test_neither_address_nor_token_is_kept(house):
    async def vote() -> None:
        await house.start()
        await house.tap("a", "works", on=True, address="198.51.100.23")
        await house.stop()

    in_a_loop(vote())
    on_disk = b"".join(path.read_bytes() for path in house.folder.glob("votes.db*"))
    assert [word for word in (b"198.51.100", b"a" * 16, house.receipts["a"].encode()) if word in on_disk] == []


def test_a_change_of_mind_is_a_row_that_compensates(house):
    async def change_minds() -> None:
        await house.start()
        for on in (True, False, True):
            await house.tap("a", "works", on=on)
        await house.stop()

    in_a_loop(change_minds())
    assert house.rows("SELECT turn, change FROM votes ORDER BY id") == [(1, 1), (2, -1), (3, 1)]


def test_a_database_of_the_first_release_is_brought_up_to_date(house, data):
    shutil.copy(data / "votes/first_release.db", house.folder / "votes.db")

    async def go_on() -> None:
        await house.start()
        assert house.counts() == {"helpful": 1, "works": 2}
        other = house.collector.counts.of(house.catalog, ENTRIES[1])
        assert other["workarounds"] == {"update-it": {"works": 1}}
        await house.tap("a", "works", on=True)
        assert house.counts() == {"helpful": 1, "works": 3}
        await house.stop()

    in_a_loop(go_on())


def test_a_database_of_a_newer_release_is_left_alone(house):
    with closing(sqlite3.connect(house.folder / "votes.db")) as connection:
        connection.executescript(
            "CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES ('9');"
        )
    with pytest.raises(DatabaseError, match="newer release"):
        Database(str(house.folder / "votes.db")).prepare()


def test_a_site_that_cannot_be_read_takes_no_votes_and_keeps_the_entries_it_had(house):
    async def lose_the_site() -> None:
        await house.start()
        house.entries = json.dumps({"entries": "none"}).encode()
        await house.collector._read_catalog()
        await house.tap("a", "works", on=True)
        assert house.counts() == {"works": 1}
        await house.stop()

    in_a_loop(lose_the_site())
