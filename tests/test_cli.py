"""The command `kb`, as a person runs it: in a process where that makes a difference, else in that of the tests."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import command
import pytest
from warm import really_started, started

from kb.cli.main import VERBS

ROOT = Path(__file__).parents[1]
IN_USE = (
    "\x1b[31mError: listen EADDRINUSE: address already in use :::3000\x1b[0m\n    at Server.listen (node:net:2562:7)\n"
)


def kb(
    *arguments: str, stdin: str | bytes = "", folder: Path = ROOT, start: Callable[[str], list[str]] = started
) -> subprocess.CompletedProcess[str]:
    """Run `kb` in a folder. What is not text in its output is replaced."""
    command = [*start("kb"), *arguments]
    given = stdin.encode() if isinstance(stdin, str) else stdin
    finished = subprocess.run(command, input=given, capture_output=True, cwd=folder, check=False)
    output, errors = (text.decode("utf-8", "replace") for text in (finished.stdout, finished.stderr))
    return subprocess.CompletedProcess(command, finished.returncode, output, errors)


def answer_to(text: str, *arguments: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """What `kb match` says to a text in a file, in the process of the tests."""
    file = tmp_path / "error.txt"
    file.write_text(text, "utf-8")
    return command.kb("match", *arguments, str(file), folder=ROOT)


def test_the_help_shows_every_verb_with_a_whole_sentence():
    lines = kb("--help", start=really_started).stdout.splitlines()
    shown = {line.split()[0] for line in lines if line.startswith("  ") and line[2:3].isalpha()}
    assert set(VERBS) <= shown
    assert "..." not in "".join(lines).replace("[ARGS]...", "")


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_is_defined_in_the_file_of_its_name_and_in_no_other(verb):
    command = getattr(import_module(f"kb.cli.{verb}"), f"{verb}_command")
    assert (command.name, command.callback.__module__) == (verb, f"kb.cli.{verb}")
    files = {path.name: path.read_text("utf-8") for path in (ROOT / "kb/cli").glob("*.py")}
    marks = (f'@click.command("{verb}"', f'@click.group("{verb}"')
    assert [name for name, text in files.items() if any(mark in text for mark in marks)] == [f"{verb}.py"]


def test_a_mistyped_verb_is_told_the_one_that_is_meant():
    finished = kb("mtach")
    assert finished.returncode == 2
    assert "Did you mean 'match'?" in finished.stderr


@pytest.mark.parametrize("start", [started, really_started])
def test_check_counts_what_it_found_nothing_wrong_with(start):
    finished = kb("check", start=start)
    assert finished.returncode == 0
    assert "no problems" in finished.stdout


def test_check_exits_with_1_and_names_file_line_and_rule():
    finished = command.kb("check", str(ROOT / "tests/data/broken/kb104-misspelt-key/entries"), folder=ROOT)
    assert finished.returncode == 1
    assert "KB104" in finished.stdout


def test_rule_explains_a_rule():
    finished = kb("rule", "kb401")
    assert finished.returncode == 0
    assert "example-mismatch" in finished.stdout


def test_a_rule_that_does_not_exist_is_bad_use():
    finished = command.kb("rule", "KB999", folder=ROOT)
    assert finished.returncode == 2
    assert "KB999" in finished.stderr


def test_schema_prints_json_schema():
    assert json.loads(kb("schema", "entry").stdout)["$schema"].startswith("https://json-schema.org/")


def test_match_shows_the_entry_and_its_commands_with_the_values_from_the_text():
    finished = kb("match", stdin=IN_USE)
    assert finished.returncode == 0
    assert finished.stdout.startswith("exact  node/eaddrinuse\n")
    assert "lsof -nP -iTCP:3000" in finished.stdout


def test_match_gives_json_with_positions_in_the_text():
    answer = json.loads(kb("match", "--json", stdin=IN_USE).stdout)
    assert (answer["id"], answer["tier"]) == ("node/eaddrinuse", "exact")
    assert answer["captures"] == {"address": "::", "port": "3000"}
    assert IN_USE[answer["start"] : answer["end"]].startswith("listen EADDRINUSE")


def test_match_exits_with_1_where_nothing_is_known():
    finished = kb("match", stdin="Nobody complained today.\n")
    assert (finished.returncode, finished.stdout) == (1, "")


def test_match_takes_bytes_that_are_no_text():
    assert kb("match", stdin=b"\xff\xfe" + IN_USE.encode()).returncode == 0


def test_match_without_entries_says_what_to_do(tmp_path):
    finished = kb("match", folder=tmp_path)
    assert finished.returncode == 2
    assert "--site" in finished.stderr


def test_match_takes_signatures_from_a_file(tmp_path):
    file = tmp_path / "signatures.jsonl"
    file.write_text('{"id": "a", "text": "disk {{name}} is full of eels"}\n', "utf-8")
    found = answer_to("disk sda is full of eels", "--json", "--signatures", str(file), tmp_path=tmp_path)
    answer = json.loads(found.stdout)
    assert (answer["id"], answer["captures"]) == ("a", {"name": "sda"})


@pytest.mark.parametrize("line", ["not json", "[]", '{"id": "a"}'])
def test_a_bad_line_of_signatures_is_named(tmp_path, line):
    file = tmp_path / "signatures.jsonl"
    file.write_text(f'{{"id": "a", "text": "eels in the disk drive"}}\n{line}\n', "utf-8")
    finished = answer_to("x", "--signatures", str(file), tmp_path=tmp_path)
    assert finished.returncode == 2
    assert f"{file}:2:" in finished.stderr


def test_an_answer_comes_before_the_input_ends():
    command = [sys.executable, "-c", "from kb.cli import main; main()", "match"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(
            (IN_USE + "\n".join(f"line {number} of an uneventful log" for number in range(3000))).encode()
        )
        process.stdin.flush()
        assert process.stdout.readline().startswith(b"exact")
        process.stdin.close()


def test_run_leaves_output_and_exit_code_as_they_are():
    script = "import sys; print('out'); print('err', file=sys.stderr); sys.exit(7)"
    finished = kb("run", "--", sys.executable, "-c", script)
    assert (finished.returncode, finished.stdout) == (7, "out\n")
    assert finished.stderr == "err\n"


def test_run_adds_what_is_known_when_the_command_fails(tmp_path):
    script = f"import sys; sys.stderr.write({IN_USE!r}); sys.exit(1)"
    finished = kb("run", "--", sys.executable, "-c", script)
    assert finished.returncode == 1
    assert finished.stderr.startswith(IN_USE)
    assert "node/eaddrinuse" in finished.stderr


def test_run_says_nothing_of_a_command_that_succeeds():
    finished = kb("run", "--", sys.executable, "-c", f"print({IN_USE!r})")
    assert (finished.returncode, finished.stderr) == (0, "")


def test_run_runs_the_command_where_nothing_can_be_known_too(tmp_path):
    finished = kb("run", "--", sys.executable, "-c", "import sys; print('out'); sys.exit(7)", folder=tmp_path)
    assert (finished.returncode, finished.stdout) == (7, "out\n")
    assert finished.stderr == (
        "kb: entries: no such folder. Name a site with --site, or run this where the entries are.\n"
    )


def test_run_of_a_command_that_does_not_exist_exits_like_a_shell():
    finished = kb("run", "--", "no-such-command-here")
    assert finished.returncode == 127
    assert "no-such-command-here" in finished.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_run_of_a_command_that_a_signal_ended_exits_like_a_shell():
    assert kb("run", "--", "sh", "-c", "kill -TERM $$").returncode == 143


@pytest.mark.parametrize("cases", ["eval", "pastes-infrastructure", "pastes-languages"])
def test_eval_reaches_the_goals_that_the_repositorys_own_cases_set(cases):
    finished = command.kb("eval", "--json", f"tests/data/match/{cases}.jsonl", folder=ROOT)
    result = json.loads(finished.stdout)
    assert (finished.returncode, result["short"]) == (0, [])
    assert result["cases"] > 200


def test_eval_exits_with_1_and_names_the_goal_that_is_missed(tmp_path):
    cases = tmp_path / "cases.jsonl"
    cases.write_text('{"goals": {"recall_at_1": 0.5}}\n{"text": "nothing of the kind", "expect": "node/eaddrinuse"}\n')
    finished = kb("eval", str(cases))
    assert finished.returncode == 1
    assert "Goal missed: recall_at_1 is 0.000, and has to be 0.5" in finished.stdout


def test_eval_refuses_a_goal_for_what_it_does_not_measure(tmp_path):
    cases = tmp_path / "cases.jsonl"
    cases.write_text('{"goals": {"recall": 0.5}}\n{"text": "a", "expect": null}\n')
    finished = command.kb("eval", str(cases), folder=ROOT)
    assert finished.returncode == 2
    assert "there is no measure 'recall'; there are recall_at_1" in finished.stderr


def test_eval_names_the_line_that_is_no_utf_8(tmp_path):
    cases = tmp_path / "cases.jsonl"
    cases.write_bytes('{"text": "a", "expect": null}\n{"text": "é", "expect": null}\n'.encode("latin-1"))
    finished = command.kb("eval", str(cases), folder=ROOT)
    assert finished.returncode == 2
    assert f"{cases}:2: not UTF-8: byte 0xe9" in finished.stderr


def test_search_finds_an_entry_by_words_and_shows_a_line_of_its_fix():
    finished = kb("search", "have to use sudo for every docker command")
    assert finished.returncode == 0
    assert finished.stdout.startswith("docker/permission-denied-docker-socket\n")
    assert "Join the docker group" in finished.stdout


def test_search_gives_json_a_line_for_each_result():
    found = [
        json.loads(line)
        for line in command.kb(
            "search", "--json", "--top", "2", "node", "port", "in", "use", folder=ROOT
        ).stdout.splitlines()
    ]
    assert [each["known"] for each in found] == [True, True]
    assert {each["id"] for each in found} >= {"node/eaddrinuse"}
    assert all(each["workaround"]["title"] for each in found)


def test_search_narrows_to_a_product():
    lines = command.kb("search", "--json", "--product", "ssh", "permission", "denied", folder=ROOT).stdout.splitlines()
    assert {json.loads(line)["id"].partition("/")[0] for line in lines} == {"ssh"}


@pytest.mark.parametrize("word", ["SOAP", "451", "bluetooth pairing"])
def test_search_exits_with_1_where_nothing_is_known(word):
    finished = command.kb("search", word, folder=ROOT)
    assert (finished.returncode, finished.stdout) == (1, "")
    assert "Nothing known" in finished.stderr


def test_search_without_entries_says_what_to_do(tmp_path):
    finished = command.kb("search", "anything", folder=tmp_path)
    assert finished.returncode == 2
    assert "--site" in finished.stderr


def test_search_of_a_site_without_an_index_says_so(tmp_path):
    finished = command.kb("search", "--site", str(tmp_path), "anything", folder=ROOT)
    assert finished.returncode == 2
    assert "no index" in finished.stderr


@pytest.mark.parametrize(
    ("code", "entry"),
    [
        ("EADDRINUSE", "node/eaddrinuse"),
        ("ERESOLVE", "npm/eresolve"),
        ("E0382", "cargo/e0382-use-of-moved-value"),
        ("28P01", "postgres/password-authentication-failed"),
        ("0308010C", "node/err-ossl-evp-unsupported"),
        ("TS2307", "typescript/ts2307"),
        ("errno 98", "python/address-already-in-use"),
    ],
)
def test_match_answers_a_bare_code(tmp_path, code, entry):
    finished = answer_to(f"{code}\n", "--json", tmp_path=tmp_path)
    assert finished.returncode == 0
    assert json.loads(finished.stdout.splitlines()[0])["id"] == entry


def test_match_of_an_unknown_error_names_what_comes_nearest_and_exits_with_1(tmp_path):
    text = "Quibbet 7 is out of joint\nerror: docker quibbet socket permission denied by flux\n"
    finished = answer_to(text, tmp_path=tmp_path)
    assert (finished.returncode, finished.stdout) == (1, "")
    assert "Nothing known" in finished.stderr
    assert "docker/permission-denied-docker-socket" in finished.stderr


@pytest.mark.parametrize(
    ("content", "word"),
    [
        pytest.param(b"", "nothing in it", id="empty"),
        pytest.param(b" \r\n\t\n", "nothing in it", id="white space"),
        pytest.param(bytes(range(256)) * 40, "no text", id="bytes"),
        pytest.param(b"\x7fELF" + bytes(4000), "no text", id="a program"),
    ],
)
def test_match_of_what_is_no_text_says_so(tmp_path, content, word):
    file = tmp_path / "pasted.txt"
    file.write_bytes(content)
    finished = command.kb("match", str(file), folder=ROOT)
    assert (finished.returncode, finished.stdout) == (1, "")
    assert word in finished.stderr


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8"])
def test_match_reads_a_file_that_says_its_encoding_first(tmp_path, encoding):
    file = tmp_path / "pasted.txt"
    file.write_bytes("\ufeffPS> git merge topic\r\nfatal: refusing to merge unrelated histories\r\n".encode(encoding))
    finished = command.kb("match", "--json", str(file), folder=ROOT)
    assert json.loads(finished.stdout)["id"] == "git/unrelated-histories"
