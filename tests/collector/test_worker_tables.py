"""What the worker and the server share: the worker's tables are Python's, and its database has the server's tables."""

import json
import os
import sqlite3
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy", reason="the extra known-fixes[votes] is not installed")

from kb.collector import asked, service
from kb.collector.database import Database
from kb.entry import FEEDBACK_SIGNALS, VOTE_SIGNALS

WORKER = Path(__file__).parents[2] / "kb/collector/hosts/worker"
TABLES = {
    "SIGNALS": {signal.name: signal.words for signal in VOTE_SIGNALS},
    "WORDS_OF_HELPFUL": {signal.name: signal.words for signal in FEEDBACK_SIGNALS},
    "HELPFUL": asked.HELPFUL,
    "UNHELPFUL": asked.UNHELPFUL,
    "OF_WORKAROUNDS": asked.OF_WORKAROUNDS,
    "LEFT": service._LONGEST,
}


def test_the_worker_s_tables_are_those_of_python():
    """KB_UPDATE_SNAPSHOTS=1 writes them anew."""
    file = WORKER / "src/tables.js"
    lines = ["/** What the server and the worker share, written from Python by tests, not by hand. */", ""]
    lines += (f"export const {name} = {json.dumps(value)};" for name, value in TABLES.items())
    expected = "\n".join([*lines, ""])
    if os.environ.get("KB_UPDATE_SNAPSHOTS"):
        file.write_text(expected)
    assert file.read_text() == expected


def columns(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Each table's columns: name, type, whether it may be null, and its place in the primary key."""
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name: [
            (column, kind, not_null, key)
            for _, column, kind, not_null, _, key in connection.execute(f"PRAGMA table_info({name})")
        ]
        for name in names
    }


def indexes(connection: sqlite3.Connection) -> set[tuple[object, ...]]:
    """Each index's table and columns, and whether it is unique."""
    found = set()
    for table in columns(connection):
        for _, name, unique, *_ in connection.execute(f"PRAGMA index_list({table})").fetchall():
            found.add((table, unique, *(row[2] for row in connection.execute(f"PRAGMA index_info({name})"))))
    return found


@pytest.fixture
def tables(tmp_path):
    """The database of a server, and the one of a worker."""
    database = Database(str(tmp_path / "server.db"))
    database.prepare()
    database.close()
    server, worker = sqlite3.connect(tmp_path / "server.db"), sqlite3.connect(tmp_path / "worker.db")
    for file in sorted((WORKER / "migrations").iterdir()):
        worker.executescript(file.read_text())
    yield server, worker
    server.close()
    worker.close()


def test_the_worker_s_database_has_the_server_s_tables(tables):
    server, worker = tables
    of_its_own = {"allowances", "measures"}
    assert {name: its for name, its in columns(worker).items() if name not in of_its_own} == columns(server)
    assert {each for each in indexes(worker) if each[0] not in of_its_own} == indexes(server)
    version = "SELECT version_num FROM alembic_version"
    assert worker.execute(version).fetchall() == server.execute(version).fetchall()
