"""What was computed once is there the next time, unless anything happened to it."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kb.process import KeptValues
from kb.process.kept_values import FORMAT, KEPT_DAYS


@pytest.fixture
def path(tmp_path, monkeypatch) -> Path:
    """Where the values of the kind `things` are kept; nothing is there yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / f"cache/known-fixes/things-{FORMAT}.sqlite"


def changed(path: Path, command: str) -> None:
    with sqlite3.connect(path) as database:
        assert database.execute(command).rowcount


@pytest.mark.parametrize("count", [1, 3, 1_500])
def test_what_was_written_is_read(path, count):
    values = {f"key {number}": bytes([number % 256]) * number for number in range(count)}
    assert KeptValues("things").write(values)
    assert KeptValues("things").read([*values, "another"]) == values
    assert KeptValues("things").has([*values, "another"]) == values.keys()


def test_kinds_have_nothing_in_common(path):
    KeptValues("things").write({"key": b"value"})
    assert KeptValues("others").read(["key"]) == {}


def test_the_last_value_counts(path):
    KeptValues("things").write({"key": b"one"})
    KeptValues("things").write({"key": b"other"})
    assert KeptValues("things").read(["key"]) == {"key": b"other"}


@pytest.mark.parametrize(
    "command",
    [
        "UPDATE kept SET value = CAST('valve' AS BLOB)",
        "UPDATE kept SET value = 'value'",
        "UPDATE kept SET value = NULL",
        "UPDATE kept SET checksum = NULL",
        "UPDATE kept SET key = 'key', day = 'never'",
    ],
)
def test_a_value_that_was_changed_is_none_or_the_one_that_was_written(path, command):
    KeptValues("things").write({"key": b"value"})
    changed(path, command)
    assert KeptValues("things").read(["key"]).get("key", b"value") == b"value"


def test_the_value_of_another_key_is_none(path):
    KeptValues("things").write({"one": b"value", "other": b"another"})
    with sqlite3.connect(path) as database:
        database.execute("DELETE FROM kept WHERE key = 'other'")
        database.execute("UPDATE kept SET key = 'other'")
    assert KeptValues("things").read(["other"]) == {}


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.9])
def test_a_database_that_is_cut_off_is_made_anew(path, share):
    values = {f"key {number}": b"value" * number for number in range(400)}
    KeptValues("things").write(values)
    whole = path.read_bytes()
    path.write_bytes(whole[: round(len(whole) * share)])
    found = KeptValues("things").read(values)
    assert found.items() <= values.items()
    KeptValues("things").write({"new": b"value"})
    assert KeptValues("things").write({"new": b"value"})
    assert KeptValues("things").read(["new"]) == {"new": b"value"}


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(4096)])
def test_a_file_that_is_no_database_is_made_one(path, content):
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    assert KeptValues("things").read(["key"]) == {}
    KeptValues("things").write({"key": b"value"})
    assert KeptValues("things").write({"key": b"value"})
    assert KeptValues("things").read(["key"]) == {"key": b"value"}


def test_a_database_of_another_shape_is_none(path):
    path.parent.mkdir(parents=True)
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE kept (something)")
    assert not KeptValues("things").write({"key": b"value"})
    assert KeptValues("things").read(["key"]) == {}


def test_where_nothing_can_be_written_nothing_is_kept(path):
    path.parent.parent.mkdir(parents=True)
    path.parent.write_text("a file stands where the folder would be")
    assert not KeptValues("things").write({"key": b"value"})
    assert KeptValues("things").read(["key"]) == {}


def test_what_nobody_asked_for_for_long_is_dropped_at_the_next_writing(path):
    KeptValues("things").write({"asked": b"1", "not asked": b"2"})
    changed(path, f"UPDATE kept SET day = day - {KEPT_DAYS + 1}")
    KeptValues("things").read(["asked"])
    KeptValues("things").write({"new": b"3"})
    assert KeptValues("things").read(["asked", "not asked", "new"]) == {"asked": b"1", "new": b"3"}


def test_what_was_only_looked_for_stays_as_well(path):
    KeptValues("things").write({"key": b"value"})
    changed(path, f"UPDATE kept SET day = day - {KEPT_DAYS + 1}")
    KeptValues("things").has(["key"])
    KeptValues("things").write({"new": b"value"})
    assert KeptValues("things").has(["key"])


def test_many_at_once_do_not_disturb_each_other(path):
    def work(number: int) -> dict[str, bytes]:
        KeptValues("things").write({f"key {number}": b"value"})
        return KeptValues("things").read([f"key {number}"])

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(40))) == [{f"key {number}": b"value"} for number in range(40)]
