"""The collector for Cloudflare beyond the protocol: days, readers at once, a restart, what a keeper does with D1."""

import json
import random
import re
import sqlite3
import subprocess
import threading
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from collector_server import DAYS, ENTRIES, Reader, Worker, worker, worker_folder
from command import kb
from hypothesis import example, given, settings
from hypothesis import strategies as st
from votes_model import DAY, NOON, ROUNDS, STEPS, Model

pytest.importorskip("sqlalchemy", reason="the extra known-fixes[votes] is not installed")

from kb.collector.readers import shortened
from kb.match import without_values

HERE = Path(__file__).parent
WITHOUT_LIMITS = dict.fromkeys(("PER_READER", "PER_NETWORK", "PER_ANSWER", "PER_SECOND"), "1000000")


@pytest.fixture(scope="module")
def server(cloud, tmp_path_factory):
    """A worker whose clock stands where a test puts it, and that takes any number of votes."""
    with worker(tmp_path_factory.mktemp("worker"), cloud, "clocked.js", **WITHOUT_LIMITS) as started:
        yield started


def database(server: Worker) -> Path:
    """The file of the D1 database."""
    (file,) = (
        path for path in (server.log_file.parent / "database").rglob("*.sqlite") if path.name != "metadata.sqlite"
    )
    return file


def rows(server: Worker, query: str) -> list[tuple]:
    with closing(sqlite3.connect(database(server))) as connection:
        return connection.execute(query).fetchall()


def at(reader: Reader, seconds: float) -> None:
    """Let a reader tell the worker what time it is."""
    reader.more = {"X-Now": str(int(seconds * 1000))}


# Days.

_EXAMPLES = iter(range(10_000))


@settings(max_examples=ROUNDS)
@example([("a", "works", True), ("clock", 13 * 3600), ("a", "works", True), ("a", "works", False)])
@example(
    [("a", "works", True), ("clock", 13 * 3600), ("b", "works", True), ("clock", -13 * 3600), ("b", "works", True)]
)
@given(st.lists(STEPS, max_size=14))
def test_any_order_of_taps_and_days_gives_the_counts_of_the_model(server, steps):
    number = next(_EXAMPLES)
    entry, now = DAYS[number % len(DAYS)], NOON + number * 50 * DAY
    devices = {name: server.reader(token=f"{name}-{number:016}", address="192.0.2.1") for name in "ab"}
    model = Model()
    model.at(now)
    for step in steps:
        if step[0] == "clock":
            now += step[1]
        elif step[0] != "restart":
            name, signal, on = step
            model.at(now)
            model.tap(name, signal, on)
            at(devices[name], now)
            said = {"helpful": on or None} if signal == "helpful" else {"signal": signal, "on": on}
            path = "/v1/helpful" if signal == "helpful" else "/v1/votes"
            receipt = {"receipt": devices[name].receipt} if devices[name].receipt else {}
            answer = devices[name].post(path, {"entry": entry, "token": devices[name].token, **said, **receipt})
            devices[name].receipt = answer.json["receipt"]
            assert answer.json["counts"] == model.counts
        at(devices["a"], now)
        devices["a"].ask("POST", "/", X_Hourly="yes")
        model.at(now)
    assert devices["a"].counts(entry) == model.counts
    assert rows(server, "SELECT count FROM tallies WHERE count < 0") == []


def test_a_salt_is_deleted_when_its_day_is_over(server, entry):
    reader = server.reader()
    at(reader, NOON + 40_000 * DAY)
    reader.vote(entry)
    (before,) = rows(server, "SELECT day, key FROM salts")
    at(reader, NOON + 40_001 * DAY)
    reader.ask("POST", "/", X_Hourly="yes")
    (after,) = rows(server, "SELECT day, key FROM salts")
    assert (after[0], after[1] != before[1]) == (before[0] + 1, True)
    assert rows(server, "SELECT count(*) FROM allowances") == [(0,)]


def test_what_is_full_again_is_forgotten(server, entry):
    reader = server.reader()
    at(reader, NOON + 50_000 * DAY)
    reader.vote(entry)
    assert rows(server, "SELECT count(*) FROM allowances")[0][0] == 4
    at(reader, NOON + 50_000 * DAY + 3600)
    reader.ask("POST", "/", X_Hourly="yes")
    assert rows(server, "SELECT count(*) FROM allowances") == [(0,)]


def test_neither_address_nor_token_nor_receipt_is_kept(server, entry):
    reader = server.reader(address="198.51.100.23")
    reader.vote(entry)
    on_disk = b"".join(path.read_bytes() for path in database(server).parent.iterdir())
    words = (b"198.51.100", reader.token.encode(), reader.receipt.encode())
    assert [word for word in words if word in on_disk] == []


def test_what_was_said_under_a_former_id_stands_and_is_taken_back(server):
    reader, entry = server.reader(), ENTRIES[0]
    before = reader.counts(entry).get("flaky", 0)
    reader.vote(entry, "flaky")
    with closing(sqlite3.connect(database(server))) as connection:
        for table in ("votes", "tallies"):
            connection.execute(
                f"UPDATE {table} SET entry = 'acme/former' WHERE entry = ? AND signal = 'flaky'", [entry]
            )
        connection.commit()
    assert reader.vote(entry, "flaky").json["counts"]["flaky"] == before + 1
    assert reader.vote(entry, "flaky", on=False).json["counts"].get("flaky", 0) == before


# Many at once.


def at_once(readers: list[Reader], entry: str) -> None:
    voting = [threading.Thread(target=reader.vote, args=(entry,)) for reader in readers]
    for each in voting:
        each.start()
    for each in voting:
        each.join()


def test_one_reader_who_votes_many_times_at_once_counts_once(server, entry):
    at_once([server.reader(token="e" * 16, address="192.0.2.9") for _ in range(20)], entry)
    assert server.reader().counts(entry) == {"works": 1}
    assert rows(server, f"SELECT turn, change FROM votes WHERE entry = '{entry}'") == [(1, 1)]


def test_many_readers_at_once_are_all_counted(server, entry):
    at_once([server.reader() for _ in range(20)], entry)
    assert server.reader().counts(entry) == {"works": 20}


def test_one_reader_who_asks_much_at_once_is_bounded(cloud, tmp_path):
    with worker(tmp_path, cloud, PER_READER="5") as server:
        at_once([server.reader(token="f" * 16, address="192.0.2.10") for _ in range(20)], ENTRIES[0])
        text = server.reader().ask("GET", "/metrics").body.decode()
        assert re.search(r"^kb_votes_kept_total 5$", text, re.MULTILINE)
        assert re.search(r'^kb_votes_refused_total\{word="too-many"\} 15$', text, re.MULTILINE)


# Faults.


def test_a_worker_that_is_killed_has_lost_no_vote_that_counted(cloud, tmp_path):
    with worker(tmp_path, cloud) as server:
        assert [server.reader().vote(ENTRIES[0]).status for _ in range(5)] == [200] * 5
    with worker(tmp_path, cloud) as again:
        assert again.reader().vote(ENTRIES[0]).json["counts"] == {"works": 6}


def test_a_database_without_tables_keeps_nothing_and_says_so(cloud, tmp_path):
    with worker(tmp_path, cloud) as server:
        with closing(sqlite3.connect(database(server))) as connection:
            connection.execute("DROP TABLE votes")
        answer = server.reader().vote(ENTRIES[0])
        assert (answer.status, answer.error, answer.headers["Retry-After"]) == (503, "unavailable", "5")
        assert rows(server, "SELECT revision FROM state") == [(0,)]


def test_a_site_that_cannot_be_read_takes_no_votes(cloud, tmp_path):
    with worker(tmp_path, cloud, SITE="http://127.0.0.1:1/") as server:
        answer = server.reader().vote(ENTRIES[0])
        assert (answer.status, answer.error) == (503, "no-entries")
        assert server.reader().ask("GET", "/healthz").status == 503


def test_measures_are_for_who_has_the_token(server):
    reader = server.reader()
    for authorization in (None, "Bearer guessed"):
        answer = reader.ask("GET", "/metrics", Authorization=authorization)
        assert (answer.status, answer.error) == (404, "not-found")


# What a keeper does.


@pytest.fixture
def exported(server, entry, tmp_path):
    """A copy of the database with three votes of one network and two of others, and that network's name."""
    readers = [server.reader(address=f"203.0.113.{number}") for number in range(3)]
    for reader in [*readers, server.reader(), server.reader()]:
        reader.vote(entry)
    copy = tmp_path / "votes.db"
    with closing(sqlite3.connect(database(server))) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    query = f"SELECT network FROM votes WHERE entry = '{entry}' GROUP BY network HAVING count(*) = 3"
    ((network,),) = rows(server, query)
    return copy, network, readers


def run_sql(file: Path, name: str, who: str) -> None:
    statements = (HERE.parents[1] / "kb/collector/hosts/worker/keeper" / name).read_text().replace("WHO", who)
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(statements)
        differing = connection.execute(
            "SELECT * FROM (SELECT entry, workaround, signal, sum(change) FROM votes GROUP BY 1, 2, 3) "
            "EXCEPT SELECT entry, workaround, signal, count FROM tallies"
        ).fetchall()
    assert differing == []


def counted_of(file: Path, entry: str) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT count FROM tallies WHERE entry = ?", [entry]).fetchone()[0]


def test_the_server_s_audit_reads_what_d1_exports(exported, entry):
    copy, network, _ = exported
    finished = kb("votes", "audit", "--database", str(copy), "--least", "3")
    assert f"{entry}: 3 readers of network {network} said works, 3 count" in finished.stdout, finished.stderr


def test_block_takes_the_votes_of_a_network_back(exported, entry):
    copy, network, _ = exported
    run_sql(copy, "block.sql", network)
    assert counted_of(copy, entry) == 2


def test_forget_deletes_a_reader(exported, entry):
    copy, _, (reader, *_) = exported
    run_sql(copy, "forget.sql", sha256(reader.receipt.encode()).hexdigest()[:32])
    assert counted_of(copy, entry) == 4


# Twins.

ADDRESSES = [
    *("192.0.2.1", "192.0.2.01", "192.0.2", "192.0.2.256", "0.0.0.0", "255.255.255.255", "1.2.3.4.5", " 1.2.3.4", ""),
    *("2001:db8:7:1::1", "2001:DB8:7::", "::", "::1", "::ffff:203.0.113.5", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8:9"),
    *(
        "fe80::1:2",
        "2001:db8::g",
        ":::",
        "unknown",
        "[::1]",
        "203.0.113.7:80",
        "2001:0db8:0000:0001::",
        "64:ff9b::1.2.3.4",
    ),
]


def test_the_worker_leaves_out_values_and_shortens_addresses_as_the_server_does(cloud, tmp_path, data):
    pasted = [json.loads(line) for line in (data / "match/eval.jsonl").read_text("utf-8").splitlines()]
    texts = [each["text"][:1000] for each in pasted if "text" in each]
    chance = random.Random(7)
    noise = [
        "user ",
        "'a b'",
        '"',
        "\x1b[31m",
        "\\n",
        "can't ",
        "naïve",
        "\xa0",
        "\x85",
        "E404",
        "😀",
        "A_B",
        "‘x’",
        "*",
    ]
    texts += ["".join(chance.choices([*noise, *" \n\tab:."], k=30)) for _ in range(2_000)]
    cases = tmp_path / "cases.json"
    cases.write_text(json.dumps({"texts": texts, "addresses": ADDRESSES}))
    command = [cloud, HERE / "worker/twin.mjs", worker_folder(tmp_path / "worker"), cases]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert len(texts) > 2_100
    assert found["texts"] == [without_values(text)[:400] for text in texts]
    assert found["addresses"] == [shortened(address) for address in ADDRESSES]
