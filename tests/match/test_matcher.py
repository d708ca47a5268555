"""From a text to entries: tiers, order, several errors, streams, measures."""

import random

import pytest

from kb.entry import SignatureError
from kb.match import Case, Matcher, build_index, evaluate, match_stream
from kb.match.filter import build_filter

DAEMON = "Cannot connect to the Docker daemon at unix:///run/d.sock. Is the docker daemon running?"


def ids(answers, tier=None):
    return [answer.id for answer in answers if tier in (None, answer.tier)]


def test_a_whole_signature_is_exact_and_its_values_are_captured(matcher):
    (answer,) = matcher.match(f"$ make\n{DAEMON}\n")
    assert (answer.id, answer.tier, answer.score) == ("docker/daemon", "exact", 1.0)
    assert answer.captures == {"endpoint": "unix:///run/d.sock"}
    assert (answer.start, answer.end) == (7, 7 + len(DAEMON))


def test_a_part_of_a_signature_is_likely_and_scored_by_what_is_there(matcher):
    (half,) = matcher.match(DAEMON[:45])
    (more,) = matcher.match(DAEMON[:75])
    assert half.tier == more.tier == "likely"
    assert half.score < more.score < 1


@pytest.mark.parametrize(
    ("signature", "text"),
    [
        ("TypeError: 'NoneType' object is not iterable", "TypeError: 'set' object is not iterable"),
        ("TypeError: {{name}}() got '{{given}}' and 'NoneType'", "TypeError: sum() got 'int' and 'str'"),
        ('FATAL: role "{{role}}" does not exist', 'ERROR:  column "price" does not exist'),
        ("npm ERR! Missing script: {{script:quoted}}", "npm ERR! Failed at the shop@2.1.0 test script."),
        (
            "curl: (7) Failed to connect to {{host}}: Connection refused",
            "ssh: connect to host a.example: Connection refused",
        ),
        (
            "ReferenceError: {{name}} is not defined in ES module scope",
            "ReferenceError: y is not defined\n    at b.js:1:1",
        ),
        ("ERROR: Failed building wheel for {{package}}", "  Building wheel for acme (setup.py): started\n  Done"),
        ('MCP server "{{server}}" connection timed out', "ssh: connect to host a.example: Connection timed out"),
        (
            "listen {{address}}: bind: address already in use",
            "listen 192.0.2.7:80: bind: cannot assign requested address",
        ),
        ("has no attribute '{{name}}' (consider renaming it)", "module 'shop' has no attribute 'prices'."),
    ],
)
def test_a_message_with_another_word_where_its_own_decides_is_another_message(signature, text):
    assert Matcher.from_signatures([("a/b", signature)]).match(text) == []


@pytest.mark.parametrize(
    ("signature", "text"),
    [
        ("TypeError: 'NoneType' object is not iterable", "it says 'NoneType' object is not iterable and stops"),
        ("RuntimeError: asyncio.run() cannot be called from here", "asyncio.run() cannot be called from here"),
        (
            "Cannot reach the Podman daemon at {{socket:url}}. Is podman up?",
            "Cannot reach the Podman daemon at unix:///podman.",
        ),
        ("AttributeError: module has no attribute (most likely due to an import)", "most likely due to an import"),
        ("cannot reach the registry mirror of {{name}}", "cannot reach the reg\n  istry mirror of\n"),
        (
            "fatal: Need to specify how to reconcile branches",
            "hint: Pulling without specifying how to reconcile branches",
        ),
    ],
)
def test_a_message_in_part_or_in_other_forms_of_its_words_is_likely(signature, text):
    assert ids(Matcher.from_signatures([("a/b", signature)]).match(text)) == ["a/b"]


def test_a_text_without_known_errors_has_no_answer(matcher):
    assert matcher.match("All checks have passed. Nothing to do.\n" * 20) == []


@pytest.mark.parametrize(
    "text",
    [
        "error: pathspec 'feature/login' did not match any file(s) known to git",
        "fatal: not something we can merge in .git/MERGE_HEAD: histories",
        "bash: ./run.sh: Permission denied",
        "Error response from daemon: pull access denied for web, repository does not exist",
        "error TS2304: Cannot find name 'process'. Type of the argument is not known.",
        "failed: port is in use",
    ],
)
def test_another_error_that_shares_words_with_a_signature_has_no_answer(matcher, text):
    assert matcher.match(text) == []
    assert matcher.match(f"step 1\n{text}\nstep 2\n") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Resource not accessi", "actions/permission"),
        ("ource not accessible by integration", "actions/permission"),
        ("step 1\nResource not accessible by\nstep 2 of the plan\n", "actions/permission"),
        ("step 1\nfatal: refusing to merge...\nstep 2 of the plan\n", "git/unrelated"),
        ("Error: Cannot load native module 'C:\\Users\\dev\\app", "windows/module"),
        ("npm ERR! code", "npm/code"),
    ],
)
def test_a_message_that_was_cut_off_is_likely(matcher, text, name):
    assert [(answer.id, answer.tier) for answer in matcher.match(text)] == [(name, "likely")]


def test_the_more_specific_signature_wins_over_one_that_it_contains():
    matcher = Matcher.from_signatures(
        [
            ("a/general", "Error: Cannot find module {{module}}"),
            ("a/native", "Error: Cannot find module {{m}}.node for abi"),
        ]
    )
    assert ids(matcher.match("Error: Cannot find module build.node for abi 108")) == ["a/native"]
    assert ids(matcher.match("Error: Cannot find module express"), "exact") == ["a/general"]


def test_several_errors_in_one_text_give_several_answers(matcher):
    text = f"{DAEMON}\nlater\nfatal: refusing to merge unrelated histories\n"
    assert set(ids(matcher.match(text), "exact")) == {"docker/daemon", "git/unrelated"}
    assert len(matcher.match(text, top=1)) == 1


def test_a_signature_of_common_words_only_is_found():
    common = [
        (f"x/{n}", f"file {a} not {b}") for n, (a, b) in enumerate([("is", "found"), ("was", "read"), ("has", "data")])
    ]
    matcher = Matcher.from_signatures([*common, ("x/failed", "{{what}} failed")])
    assert ids(matcher.match("the file was not read"), "exact") == ["x/1"]
    assert ids(matcher.match("make failed"), "exact") == ["x/failed"]


def test_an_entry_with_several_signatures_is_answered_once():
    matcher = Matcher.from_signatures([("x/a", "disk quota exceeded"), ("x/a", "no space left on device")])
    assert ids(matcher.match("disk quota exceeded\nno space left on device")) == ["x/a"]


def test_a_stream_gives_each_answer_once_with_its_place_in_the_whole():
    matcher = Matcher.from_signatures([("git/unrelated", "fatal: refusing to merge unrelated histories")])
    for size, lines in ((1000, 3_000), (70_000, 30_000), (2_000_000, 30_000)):
        noise = "a line of something else\n" * lines
        text = (
            noise
            + "fatal: refusing to merge unrelated histories\n"
            + noise
            + "fatal: refusing to merge unrelated histories"
        )
        pieces = (text[start : start + size] for start in range(0, len(text), size))
        (answer,) = match_stream(matcher, pieces)
        assert text[answer.start : answer.end] == "fatal: refusing to merge unrelated histories"
        assert answer.start == len(noise)


def test_a_stream_answers_before_it_ends():
    matcher = Matcher.from_signatures([("git/unrelated", "fatal: refusing to merge unrelated histories")])

    def pieces():
        yield "fatal: refusing to merge unrelated histories\nmore\n"
        raise AssertionError("asked for more before answering")

    assert next(match_stream(matcher, pieces())).id == "git/unrelated"


def test_the_same_signatures_give_the_same_bytes(signatures):
    assert build_index(signatures) == build_index(signatures)


def test_a_bad_signature_is_refused():
    with pytest.raises(SignatureError):
        build_index([("x/a", "no end {{x")])


def test_an_index_without_signatures_knows_nothing():
    assert Matcher.from_signatures([]).match("error: anything") == []


def test_an_index_of_thousands_finds_each_of_its_signatures():
    choose = random.Random(1)
    vocabulary = ["".join(choose.choices("abcdefghijklmnopqrstuvwxyz", k=choose.randint(3, 9))) for _ in range(400)]
    listed = [(f"x/{n}", " ".join(choose.choices(vocabulary, k=9))) for n in range(3000)]
    matcher = Matcher.from_signatures(listed)
    for name, text in listed[::50]:
        assert ids(matcher.match(f"2026-01-02 03:04:05 INFO {text}\n"))[:1] == [name]


@pytest.mark.parametrize("bits", [2, 5, 8])
def test_the_filter_is_as_small_as_it_says(bits):
    numbers = random.Random(3).sample(range(2**32), 5000)
    _, packed = build_filter(numbers, bits)
    assert len(packed) <= 5000 * 1.24 * bits / 8 + 40


def test_measures_count_what_is_found_and_what_is_found_wrongly(matcher):
    cases = [
        Case.of(DAEMON, "docker/daemon"),
        Case.of("nothing known", "docker/daemon"),
        Case.of("nothing known", None),
        Case.of(DAEMON, None),
        Case.of(DAEMON[:60], None),
        Case.of(f"{DAEMON}\nfatal: refusing to merge unrelated histories", ["git/unrelated", "docker/daemon"]),
    ]
    result = evaluate(cases, matcher)
    assert (result.cases, result.unknown, result.false_exact, result.false_likely) == (6, 3, 1, 1)
    assert result.recall_at_1 == result.recall_at_3 == result.mean_reciprocal_rank == pytest.approx(2 / 3)
    assert [miss.case for miss in result.misses] == [cases[1], cases[3], cases[4]]


def test_a_line_longer_than_any_screen_is_read_like_short_ones(matcher):
    filler = "a step of it and " * 3000
    text = f"{filler}fatal: refusing to merge unrelated histories {filler}"
    (answer,) = matcher.match(text)
    assert (answer.id, answer.tier) == ("git/unrelated", "exact")
    assert text[answer.start : answer.end] == "fatal: refusing to merge unrelated histories"
