"""What a collector takes and answers: the same with every database, and on every host that speaks the protocol."""

import json
import re
from urllib.parse import urlencode

import pytest
from collector_server import ENTRIES, ORIGIN, Reader

from kb.mcp.outcomes import OutcomeError, report_outcome


@pytest.fixture
def reader(server) -> Reader:
    return server.reader()


def test_a_vote_counts_at_once(reader, entry):
    answer = reader.vote(entry)
    assert (answer.status, answer.json["counts"]) == (200, {"works": 1})
    assert reader.counts(entry) == {"works": 1}


def test_a_vote_that_is_sent_again_counts_once(reader, entry):
    assert [reader.vote(entry).status for _ in range(3)] == [200, 200, 200]
    assert reader.counts(entry) == {"works": 1}


def test_a_second_tap_takes_the_vote_back(reader, entry):
    reader.vote(entry)
    assert reader.vote(entry, on=False).json["counts"] == {}
    assert reader.vote(entry, on=True).json["counts"] == {"works": 1}


def test_taking_back_what_was_not_said_changes_nothing(reader, server, entry):
    server.reader().vote(entry)
    assert reader.vote(entry, on=False).json["counts"] == {"works": 1}


def test_two_readers_and_two_signals_are_counted_apart(reader, server, entry):
    reader.vote(entry)
    server.reader().vote(entry)
    reader.vote(entry, "flaky")
    assert reader.counts(entry) == {"flaky": 1, "works": 2}


def test_two_devices_at_one_address_are_two_readers(server, entry):
    for token in ("a" * 22, "b" * 22):
        server.reader(token=token, address="198.51.100.7").vote(entry)
    assert server.reader().counts(entry) == {"works": 2}


def test_a_device_that_moves_within_its_network_stays_the_same_reader(server, entry):
    for address in ("203.0.113.7", "203.0.113.99", "::ffff:203.0.113.5"):
        server.reader(token="c" * 22, address=address).vote(entry)
    for address in ("2001:db8:7:1::1", "2001:db8:7:9::2"):
        server.reader(token="c" * 22, address=address).vote(entry)
    assert server.reader().counts(entry) == {"works": 2}


def test_a_receipt_takes_back_a_vote_from_another_network(server, entry):
    at_home = server.reader()
    at_home.vote(entry)
    outside = server.reader(token=at_home.token)
    outside.receipt = at_home.receipt
    assert outside.vote(entry, on=False).json["counts"] == {}


def test_a_receipt_of_somebody_else_s_making_takes_nothing_back(server, entry):
    server.reader().vote(entry)
    stranger = server.reader()
    stranger.receipt = "0" * 32
    assert stranger.vote(entry, on=False).json["counts"] == {"works": 1}


def test_one_workaround_can_be_voted_on(reader, entry):
    answer = reader.vote(entry, workaround="update-it")
    assert (answer.json["counts"], answer.json["workarounds"]) == ({}, {"update-it": {"works": 1}})


def test_helpful_has_one_answer_a_reader(reader, entry):
    assert reader.helpful(entry, answer=True).json["counts"] == {"helpful": 1}
    assert reader.helpful(entry, answer=False).json["counts"] == {"unhelpful": 1}
    assert reader.helpful(entry, answer=None).json["counts"] == {}


def test_a_former_id_votes_for_the_entry(reader, server):
    before = reader.counts(ENTRIES[0]).get("verified", 0)
    assert reader.vote("acme/former", "verified").json["entry"] == ENTRIES[0]
    assert server.reader().counts("acme/former")["verified"] == before + 1


def test_all_counts_are_one_file_with_a_tag(reader, entry):
    reader.vote(entry, "blocking")
    for _ in range(60):
        answer = reader.ask("GET", "/v1/counts.json")
        if entry in answer.json["entries"]:
            break
    assert answer.json["entries"][entry] == {"counts": {"blocking": 1}, "workarounds": {}}
    again = reader.ask("GET", "/v1/counts.json", If_None_Match=answer.headers["ETag"])
    assert (again.status, again.body) == (304, b"")


def test_counts_may_be_read_by_any_page(reader, entry):
    assert (
        reader.ask("GET", f"/v1/counts/{entry}", Origin="https://else.example").headers["Access-Control-Allow-Origin"]
        == "*"
    )


def test_a_browser_is_told_that_the_site_may_send_json(reader):
    answer = reader.ask("OPTIONS", "/v1/votes", Access_Control_Request_Method="POST")
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (204, ORIGIN)
    assert (answer.headers["Access-Control-Allow-Headers"], answer.headers["Access-Control-Allow-Methods"]) == (
        "Content-Type",
        "POST",
    )
    assert reader.vote(ENTRIES[1]).headers["Access-Control-Allow-Origin"] == ORIGIN


@pytest.mark.parametrize(
    ("change", "status", "word"),
    [
        ({"entry": "acme/none"}, 404, "unknown-entry"),
        ({"entry": 7}, 400, "bad-entry"),
        ({"entry": "../../etc/passwd"}, 404, "unknown-entry"),
        ({"signal": "loved"}, 400, "unknown-signal"),
        ({"signal": "helpful"}, 400, "unknown-signal"),
        ({"signal": None}, 400, "bad-signal"),
        ({"workaround": "third"}, 404, "unknown-workaround"),
        ({"workaround": "restart-it", "signal": "flaky"}, 400, "unknown-signal"),
        ({"on": "yes"}, 400, "bad-on"),
        ({"on": None}, 400, "bad-on"),
        ({"token": "short"}, 400, "bad-token"),
        ({"token": None}, 400, "bad-token"),
        ({"token": "x" * 65}, 400, "bad-token"),
        ({"receipt": "<script>"}, 400, "bad-receipt"),
    ],
)
def test_what_is_wrong_is_said_in_a_word(reader, entry, change, status, word):
    said = {"entry": entry, "signal": "works", "on": True, "token": reader.token, **change}
    answer = reader.post("/v1/votes", said)
    assert (answer.status, answer.error) == (status, word)
    assert "<" not in answer.json["message"]
    assert reader.counts(entry) == {}


@pytest.mark.parametrize(
    ("body", "headers", "status", "word"),
    [
        (b"{", {}, 400, "bad-json"),
        (b"[1]", {}, 400, "bad-json"),
        (b"\xff\xfe", {}, 400, "bad-json"),
        (b"[" * 1000, {}, 400, "bad-json"),
        (b"{}", {"Content_Type": "text/plain"}, 415, "wrong-type"),
        (b"{}", {"Content_Type": None}, 415, "wrong-type"),
        (b" " * 1025, {}, 413, "too-large"),
        (b"{}", {"Origin": None}, 403, "foreign-origin"),
        (b"{}", {"Origin": "null"}, 403, "foreign-origin"),
        (b"{}", {"Origin": "https://fixes.example.evil.example"}, 403, "foreign-origin"),
        (b"{}", {"Origin": "http://fixes.example"}, 403, "foreign-origin"),
    ],
)
def test_a_request_that_is_none_is_refused(reader, body, headers, status, word):
    answer = reader.ask("POST", "/v1/votes", body, **headers)
    assert (answer.status, answer.error) == (status, word)


@pytest.mark.parametrize(
    ("method", "path", "status", "word"),
    [
        ("GET", "/", 404, "not-found"),
        ("GET", "/v1/votes", 405, "wrong-method"),
        ("DELETE", "/v1/votes", 405, "wrong-method"),
        ("POST", "/v1/counts.json", 405, "wrong-method"),
        ("GET", "/v1/counts/acme/none", 404, "unknown-entry"),
        ("GET", "/v1/counts/%3Cscript%3E", 404, "unknown-entry"),
    ],
)
def test_another_path_or_method_is_refused(reader, method, path, status, word):
    answer = reader.ask(method, path)
    assert (answer.status, answer.error) == (status, word)
    assert b"script" not in answer.body


def form(reader: Reader, path: str, **fields: str):
    body = urlencode(fields).encode()
    return reader.ask("POST", path, body, Content_Type="application/x-www-form-urlencoded")


def test_a_form_is_counted_and_answered_with_a_page(reader, entry):
    answer = form(reader, "/v1/votes", entry=entry, signal="works")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert f'href="{ORIGIN}/{entry}/"' in answer.body.decode()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert reader.counts(entry) == {"works": 1}


def test_the_page_s_own_form_takes_it_back(reader, server, entry):
    page = form(reader, "/v1/votes", entry=entry, signal="works", workaround="restart-it").body.decode()
    assert re.findall("<form[^>]*>", page) == ['<form method="post">']  # to the page's own address
    fields = dict(re.findall(r'name="([^"]*)" value="([^"]*)"', page))
    own = f"http://127.0.0.1:{reader.port}"
    sent = urlencode(fields).encode()
    later = server.reader()  # who was given another address in between
    answer = later.ask("POST", "/v1/votes", sent, Content_Type="application/x-www-form-urlencoded", Origin=own)
    assert (answer.status, "Taken back" in answer.body.decode()) == (200, True)
    assert reader.ask("GET", f"/v1/counts/{entry}").json["workarounds"] == {}


def test_a_form_s_yes_is_taken_back_by_its_no(reader, entry):
    form(reader, "/v1/helpful", entry=entry, helpful="true")
    form(reader, "/v1/helpful", entry=entry, helpful="false")
    assert reader.counts(entry) == {"unhelpful": 1}


def test_a_form_that_is_refused_shows_nothing_of_what_was_sent(reader):
    answer = form(reader, "/v1/votes", entry="<script>alert(1)</script>", signal="works")
    assert (answer.status, "Not counted" in answer.body.decode()) == (404, True)
    assert b"<script" not in answer.body


def test_a_foreign_page_s_form_is_refused(reader, entry):
    body = urlencode({"entry": entry, "signal": "works"}).encode()
    kind = "application/x-www-form-urlencoded"
    assert reader.ask("POST", "/v1/votes", body, Content_Type=kind, Origin="https://evil.example").status == 403
    assert reader.counts(entry) == {}


def test_an_error_that_was_looked_for_in_vain_is_taken(reader):
    said = {"skeleton": "Cannot frobnicate the widget", "token": reader.token}
    assert reader.post("/v1/missing", said).json == {"kept": True}


def test_an_error_of_which_nothing_is_left_is_refused(reader):
    answer = reader.post("/v1/missing", {"skeleton": "/home/joe/.ssh/id_rsa 10.0.0.1", "token": reader.token})
    assert (answer.status, answer.error) == (400, "no-words")


def outcome(reader, id_of_entry, **said):
    return reader.post("/v1/outcomes", {"entry": id_of_entry, "workaround": 1, "helped": True, **said}, Origin=None)


def test_what_an_agent_reports_is_taken_and_is_no_vote(reader, server, entry):
    report_outcome(f"http://127.0.0.1:{server.port}", entry, 1, "pip 26.0", helped=True)
    with pytest.raises(OutcomeError, match="HTTP 404 Not Found"):
        report_outcome(f"http://127.0.0.1:{server.port}/", entry, 3, "", helped=True)
    assert reader.counts(entry) == {}


@pytest.mark.parametrize(
    ("said", "status", "word"),
    [
        ({"workaround": 3}, 404, "unknown-workaround"),
        ({"workaround": 0}, 404, "unknown-workaround"),
        ({"workaround": True}, 404, "unknown-workaround"),
        ({"helped": "yes"}, 400, "bad-helped"),
        ({"version": "<b>1</b>"}, 400, "bad-version"),
        ({"version": "1" * 81}, 400, "bad-version"),
        ({"entry": "acme/none"}, 404, "unknown-entry"),
    ],
)
def test_a_report_that_can_not_be_true_is_refused(reader, entry, said, status, word):
    answer = outcome(reader, entry, **said)
    assert (answer.status, answer.error) == (status, word)


def test_no_page_reports_outcomes(reader, entry):
    answer = reader.post("/v1/outcomes", {"entry": entry, "workaround": 1, "helped": True})
    assert (answer.status, answer.error) == (403, "foreign-origin")


def test_one_network_can_report_one_workaround_so_often_a_day(reader, entry):
    answers = [outcome(reader, entry, version=str(number)) for number in range(21)]
    assert [answer.status for answer in answers] == [200] * 20 + [429]


def test_a_reader_who_never_stops_is_told_when_to_go_on(server, entry):
    reader = server.reader()
    answers = [reader.vote(entry, on=False) for _ in range(61)]
    assert [answer.status for answer in answers[:60]] == [200] * 60
    assert (answers[60].status, answers[60].error) == (429, "too-many")
    assert 1 <= int(answers[60].headers["Retry-After"]) == answers[60].json["retry_after"] <= 10
    assert server.reader().vote(entry, "flaky").status == 200


def test_it_says_that_it_is_well(reader):
    assert (reader.ask("GET", "/healthz").status, reader.ask("GET", "/healthz").json) == (200, {"status": "ok"})


def test_its_measures_are_in_prometheus_format(reader, entry):
    reader.vote(entry)
    reader.post("/v1/votes", {"entry": "acme/none"})
    text = reader.ask("GET", "/metrics").body.decode()
    line = re.compile(r'# (?:HELP|TYPE) \w+ .+|\w+(?:\{\w+="[\w-]+"\})? [0-9.]+')
    assert [each for each in text.splitlines() if not line.fullmatch(each)] == []
    assert re.search(r'^kb_votes_refused_total\{word="unknown-entry"\} [1-9]', text, re.MULTILINE)
    assert re.search(r"^kb_votes_kept_total [1-9]", text, re.MULTILINE)


def test_the_log_knows_nobody(server, entry):
    reader = server.reader(address="192.0.2.77")
    reader.ask("POST", "/v1/votes", b'{"entry": "line one\\nline two"}', User_Agent="Browser/1.0", Cookie="who=me")
    reader.vote(entry)
    text = json.dumps(server.log)
    assert [
        word for word in ("192.0.2", "Browser", "who=me", "line one", reader.token, reader.receipt) if word in text
    ] == []
