"""What a keeper does with taps: bring them into entries, look for bursts, take back, forget, back up and restore."""

import gzip
import io
import json
import re

import pytest
from collector_server import ENTRIES, PROXY, running
from command import kb

pytest.importorskip("sqlalchemy", reason="the extra known-fixes[votes] is not installed")

from kb.collector.archive import back_up
from kb.collector.asked import read_vote
from kb.collector.catalog import Catalog, read_catalog
from kb.collector.database import Database
from kb.collector.ledger import Ballot, Ledger


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept")
    options = ("--trusted-proxy", PROXY, "--per-answer", "100", "--per-network", "1000")
    with running(folder, str(folder / "votes.db"), *options) as server:
        yield server


@pytest.fixture
def database(server) -> str:
    return str(server.log_file.parent / "votes.db")


@pytest.fixture
def address(server) -> str:
    return f"http://127.0.0.1:{server.port}"


@pytest.fixture
def entries(folder):
    """Entries with the ids that the collector knows."""
    folder.file("products.yml", "acme: {name: Acme, home: https://acme.example/, category: packages, tags: [acme]}\n")
    folder.entry("acme/error-1.md", prose=PROSE)
    folder.entry("acme/error-2.md", prose=PROSE, votes={"works": 3}, taps={"flaky": 1})
    return folder


PROSE = """\
## Summary

It fails.

## Cause

Something is missing.

## Workaround: Restart it

Restart it.

## Workaround: Update it

Update it.
"""


def test_counts_come_into_entries_apart_from_those_of_accounts(server, entries, address):
    for _ in range(2):
        server.reader().vote("acme/error-1")
    server.reader().vote("acme/error-1", workaround="update-it")
    found = kb("votes", "collect", "--from", address, folder=entries.root.parent, GITHUB_REPOSITORY=None)
    assert found.stdout == ("acme/error-1: works 0 -> 2, works@update-it 0 -> 1\nacme/error-2: flaky 1 -> 0\n"), (
        found.stderr
    )
    one, two = (entries.load().by_id[f"acme/error-{number}"] for number in (1, 2))
    assert (one.taps, two.taps, two.votes.works) == ({"works": 2, "works@update-it": 1}, {}, 3)
    assert kb("votes", "collect", "--from", address, folder=entries.root.parent).stdout == ""


def test_a_change_of_counts_changes_their_line_alone(server, entries, address):
    path = entries.entry("acme/error-1.md", prose=PROSE, taps={"works": 1})
    before = path.read_text().splitlines()
    server.reader().vote("acme/error-1")
    kb("votes", "collect", "--from", address, folder=entries.root.parent)
    after = path.read_text().splitlines()
    assert [line.split(":")[0] for line in after if line not in before] == ["taps"]


def test_a_collector_that_lost_its_votes_empties_no_entries(entries, address):
    entries.entry("acme/error-2.md", prose=PROSE, taps={"flaky": 100_000})
    found = kb("votes", "collect", "--from", address, folder=entries.root.parent)
    assert (found.returncode, "another database" in found.stderr) == (1, True)
    assert entries.load().by_id["acme/error-2"].taps == {"flaky": 100_000}
    assert kb("votes", "collect", "--from", address, "--fewer", folder=entries.root.parent).returncode == 0


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "nowhere"])
def test_a_collector_that_cannot_be_asked_is_said(entries, address):
    found = kb("votes", "collect", "--from", address, folder=entries.root.parent)
    assert (found.returncode != 0, "Traceback" in found.stderr, found.stderr != "") == (True, False, True)


def test_many_tokens_of_one_network_are_seen_and_taken_back(server, database):
    entry = ENTRIES[10]
    server.reader().vote(entry)
    for number in range(12):
        server.reader(address="198.51.100.9", token=f"stuffing-{number:08}").vote(entry)
    found = kb("votes", "audit", "--database", database, "--least", "10")
    assert (found.returncode, "12 readers of network" in found.stdout) == (1, True)
    (network,) = re.findall(rf"{entry}: 12 readers of network ([0-9a-f]+) said works, 12 count", found.stdout)
    assert kb("votes", "block", network, "--database", database).stderr == "12 votes taken back\n"
    again = server.reader(address="198.51.100.9").vote(entry)
    assert (again.status, again.error) == (403, "blocked")
    assert server.reader().vote(entry).json["counts"] in ({"works": 2}, {"works": 14})
    for _ in range(200):
        if server.reader().counts(entry) == {"works": 2}:
            break
    assert "12 readers" in kb("votes", "audit", "--database", database).stdout


def test_a_reader_who_shows_a_receipt_is_forgotten(server, database):
    reader = server.reader()
    reader.vote(ENTRIES[20])
    reader.vote(ENTRIES[21])
    assert kb("votes", "forget", reader.receipt, "--database", database).stderr == "2 votes forgotten\n"
    assert kb("votes", "forget", reader.receipt, "--database", database).stderr == "0 votes forgotten\n"
    assert server.reader().vote(ENTRIES[20], "flaky").status == 200


def test_what_agents_report_is_listed_by_workaround_and_version(server, database):
    assert kb("votes", "outcomes", "--database", database).stderr == "no outcome is reported yet\n"
    for helped, version in ((True, "pip 26.0"), (False, "pip 26.0"), (False, "pip 26.0"), (True, "")):
        said = {"entry": ENTRIES[30], "workaround": 2, "helped": helped, "version": version}
        assert server.reader().post("/v1/outcomes", said, Origin=None).status == 200
    found = kb("votes", "outcomes", "--database", database).stdout.splitlines()
    assert [re.sub(r" +\d{4}-\d\d-\d\d +", " ", line).strip() for line in found] == [
        f"1 helped       2 failed {ENTRIES[30]}  update-it  pip 26.0",
        f"1 helped       0 failed {ENTRIES[30]}  update-it",
    ]


def test_errors_that_were_looked_for_in_vain_are_listed_without_values(server, database):
    for text in ("Cannot frobnicate /home/joe/a", "cannot frobnicate '/home/ann/b'", "Widget exploded at 10:30"):
        reader = server.reader()
        reader.post("/v1/missing", {"skeleton": text, "token": reader.token})
    found = kb("votes", "missing", "--database", database).stdout.splitlines()
    assert [re.sub(r" +\d{4}-\d\d-\d\d +", " ", line).strip() for line in found] == [
        "2 Cannot frobnicate *",
        "1 Widget exploded at *",
    ]


def lines_of(file: str) -> list[str]:
    with gzip.open(file, "rt") as lines:
        return lines.readlines()


def test_a_backup_moves_from_sqlite_to_postgresql_whole(server, database, tmp_path, new_database):
    server.reader().vote(ENTRIES[30], workaround="restart-it")
    file = str(tmp_path / "votes.gz")
    assert kb("votes", "backup", file, "--database", database).returncode == 0
    other = new_database()
    assert kb("votes", "restore", file, "--database", other).returncode == 0
    second = str(tmp_path / "again.gz")
    kb("votes", "backup", second, "--database", other)
    assert sorted(lines_of(second)) == sorted(lines_of(file))
    refused = kb("votes", "restore", file, "--database", other)
    assert (refused.returncode, "has votes already" in refused.stderr) == (1, True)


def test_a_backup_that_is_cut_off_restores_nothing(server, database, tmp_path):
    server.reader().vote(ENTRIES[31])
    file = tmp_path / "votes.gz"
    kb("votes", "backup", str(file), "--database", database)
    lines = lines_of(str(file))
    with gzip.open(file, "wt") as out:
        out.writelines(lines[:-1])
    fresh = str(tmp_path / "fresh.db")
    found = kb("votes", "restore", str(file), "--database", fresh)
    assert (found.returncode, "cut off" in found.stderr) == (1, True)
    assert kb("votes", "audit", "--database", fresh, "--least", "2").returncode == 0


def test_a_file_that_is_no_backup_is_said_so(tmp_path):
    file = tmp_path / "votes.gz"
    file.write_text("no backup")
    found = kb("votes", "restore", str(file), "--database", str(tmp_path / "votes.db"))
    assert (found.returncode, "is not restored: Not a gzipped file" in found.stderr) == (1, True), found.stderr


def test_a_database_that_is_not_there_is_not_made_by_looking_at_it(tmp_path):
    database, file = tmp_path / "votes.db", tmp_path / "votes.gz"
    file.write_text("the last backup")
    for verb in (["missing"], ["audit"], ["backup", str(file)], ["block", "0" * 16]):
        found = kb("votes", *verb, "--database", str(database))
        assert (found.returncode, "There is no database" in found.stderr) == (1, True), found.stderr
    assert (database.exists(), file.read_text()) == (False, "the last backup")


def catalog_of(**known: list[str]) -> Catalog:
    """A catalog of entries of `acme` with their former ids."""
    listed = [
        {"id": f"acme/{name}", "url": "", "aliases": [f"acme/{each}" for each in former]}
        for name, former in known.items()
    ]
    return read_catalog(json.dumps({"entries": listed}).encode())


def test_a_renamed_entry_counts_its_readers_once_and_they_can_take_it_back(tmp_path):
    database = Database(str(tmp_path / "votes.db"))
    database.prepare()
    ledger = Ledger(database, lambda: 1_800_000_000.0)

    def say(catalog: Catalog, entry: str, *, on: bool) -> None:
        fields = {"entry": entry, "signal": "works", "on": on, "token": "device-of-a-reader"}
        assert isinstance(ledger.record([Ballot(read_vote(fields, catalog, is_form=False), "n")]).outcomes[0], str)

    say(catalog_of(old=[]), "acme/old", on=True)
    renamed = catalog_of(new=["old"])
    say(renamed, "acme/new", on=True)
    assert sum(ledger.counts()[1].values()) == 1
    say(renamed, "acme/old", on=False)
    assert sum(ledger.counts()[1].values()) == 0
    say(renamed, "acme/new", on=True)
    assert ledger.counts()[1]["acme/new", "", "works"] == 1
    database.close()


def test_a_backup_keeps_nobody_from_voting(tmp_path):
    database = Database(str(tmp_path / "votes.db"))
    database.prepare()
    ledger = Ledger(database, lambda: 1_800_000_000.0)

    def vote(token: str) -> None:
        fields = {"entry": "acme/a", "signal": "works", "on": True, "token": token}
        ledger.record([Ballot(read_vote(fields, catalog_of(a=[]), is_form=False), "n")])

    class Voting(io.StringIO):
        """A file at whose second line somebody votes."""

        lines = 0

        def write(self, text: str) -> int:
            self.lines += 1
            if self.lines == 2:
                vote("device-of-another")
            return super().write(text)

    vote("device-of-a-reader")
    file = Voting()
    assert back_up(database, file) == 2
    assert [row["count"] for row in map(json.loads, file.getvalue().splitlines()) if row.get("table") == "tallies"] == [
        1
    ]
    assert ledger.counts()[1]["acme/a", "", "works"] == 2
    database.close()
