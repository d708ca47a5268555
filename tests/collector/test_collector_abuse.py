"""What somebody who means harm can do to a collector: little, and it shows."""

import socket
import time

import pytest
from collector_server import ENTRIES, ORIGIN, PROXY, Server, running


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A collector that no proxy stands before."""
    folder = tmp_path_factory.mktemp("bare")
    with running(folder, str(folder / "votes.db"), "--per-answer", "5") as server:
        yield server


@pytest.fixture(scope="module")
def behind(tmp_path_factory):
    """A collector behind a proxy."""
    folder = tmp_path_factory.mktemp("behind")
    options = ("--trusted-proxy", PROXY, "--trusted-proxy", "10.9.0.0/16", "--per-answer", "5", "--per-network", "40")
    with running(folder, str(folder / "votes.db"), *options) as server:
        yield server


def votes(server: Server, entry: str, addresses: list[str]) -> int:
    """How many of so many tokens get their vote counted, one from each of these addresses."""
    readers = [server.reader(address=address) for address in addresses]
    return [reader.vote(entry).status for reader in readers].count(200)


def test_addresses_that_a_reader_makes_up_make_no_new_readers(bare):
    assert votes(bare, ENTRIES[0], [f"203.0.{number}.1" for number in range(12)]) == 5


def test_addresses_that_a_reader_puts_before_the_proxy_s_make_no_new_readers(behind):
    assert votes(behind, ENTRIES[0], [f"203.0.{number}.1, 198.51.100.9" for number in range(12)]) == 5
    assert votes(behind, ENTRIES[1], [f"203.0.{number}.1, 198.51.101.9, 10.9.0.{number}" for number in range(12)]) == 5


def test_a_proxy_s_readers_are_told_apart(behind):
    assert votes(behind, ENTRIES[2], [f"203.0.{number}.1" for number in range(12)]) == 12


@pytest.mark.parametrize("address", ["nonsense", "203.0.113.7:80", "'; DROP TABLE votes; --", "9" * 500])
def test_an_address_that_is_none_is_one_network_with_all_such(behind, address):
    reader = behind.reader(address=address)
    assert reader.vote(ENTRIES[3]).status in (200, 429)
    assert behind.reader(address="203.9.9.9").vote(ENTRIES[4]).status == 200


def test_many_tokens_from_one_address_are_bounded(behind):
    """Forty taps an hour, and five for one answer, however many tokens there are."""
    address = "192.0.2.4"
    counted = [
        behind.reader(address=address).vote(ENTRIES[5 + number % 20], signal).status == 200
        for number in range(100)
        for signal in ("works",)
    ]
    assert sum(counted) == 40
    assert behind.reader(address="192.0.3.4").vote(ENTRIES[5]).status == 200
    text = behind.reader().ask("GET", "/metrics").body.decode()
    assert 'kb_votes_refused_total{word="too-many"}' in text


def test_a_replayed_request_counts_once(behind):
    reader = behind.reader()
    assert [reader.vote(ENTRIES[30]).json["counts"] for _ in range(4)] == [{"works": 1}] * 4


def raw(server: Server, sent: bytes, *, then: bytes = b"", wait: float = 0) -> bytes:
    """What comes back until the server ends the connection, or says no more for a second."""
    with socket.create_connection(("127.0.0.1", server.port), 20) as connection:
        connection.sendall(sent)
        if then:
            try:
                for start in range(0, len(then), 65536):
                    connection.sendall(then[start : start + 65536])
            except OSError:
                pass
        connection.settimeout(wait or 10)
        answer = b""
        try:
            while part := connection.recv(65536):
                answer += part
        except OSError:
            pass
        return answer


HEAD = f"POST /v1/votes HTTP/1.1\r\nHost: x\r\nOrigin: {ORIGIN}\r\nContent-Type: application/json\r\n".encode()


def test_a_body_of_ten_megabytes_is_refused_by_its_length(bare):
    answer = raw(bare, HEAD + b"Content-Length: 10000000\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413")
    assert b'"too-large"' in answer


def test_a_body_that_does_not_say_its_length_is_cut_off(bare):
    chunk = b"10000\r\n" + b" " * 65536 + b"\r\n"
    raw(bare, HEAD + b"Transfer-Encoding: chunked\r\n\r\n", then=chunk * 160, wait=3)
    text = bare.reader().ask("GET", "/metrics").body.decode()
    assert 'kb_votes_refused_total{word="too-large"}' in text


def test_who_sends_slowly_keeps_nobody_waiting(bare):
    """A hundred heads and bodies that never end: the next reader is answered, and they are sent away in time."""
    slow = [socket.create_connection(("127.0.0.1", bare.port)) for _ in range(100)]
    try:
        for number, connection in enumerate(slow):
            connection.sendall(HEAD if number % 2 else HEAD + b"Content-Length: 100\r\n\r\n{")
        began = time.monotonic()
        assert bare.reader().vote(ENTRIES[50]).status == 200
        assert time.monotonic() - began < 5
        slow[0].settimeout(30)
        assert slow[0].recv(100).startswith(b"HTTP/1.1 408")
        slow[1].settimeout(30)
        assert slow[1].recv(100) == b""
    finally:
        for connection in slow:
            connection.close()


@pytest.mark.parametrize("sent", [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"nonsense\r\n\r\n"])
def test_what_is_no_http_is_answered_in_a_word(bare, sent):
    assert b'"bad-request"' in raw(bare, sent)


def test_a_head_without_end_is_refused(bare):
    answer = raw(bare, b"GET /healthz HTTP/1.1\r\nHost: x\r\n", then=b"X-Filler: " + b"y" * 200_000)
    assert answer == b"" or b'"bad-request"' in answer
    assert bare.reader().ask("GET", "/healthz").status == 200
