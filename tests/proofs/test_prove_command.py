"""`kb prove`: what it says, what it writes, and with which code it ends."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from command import kb

from kb.entry import ErrorOutcome, load_collection, sealed, standing_record
from kb.proofs import Trying, record_of, with_record
from kb.proofs.sandbox import Bounds
from proofs.recipes import GOOD, PROGRAM, PROVOKE, entry_of, knowledge_base
from proofs.test_sandbox import processes_with


@pytest.fixture(autouse=True)
def own_cache(monkeypatch, tmp_path_factory):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


def record_in(folder: Path):
    return standing_record(load_collection(folder / "entries").by_id["demo/no-port"])


def prove(folder: Path, *arguments: str, **environ):
    return kb("prove", *arguments, folder=folder, **environ)


def told(folder: Path, *arguments: str):
    """The results as data."""
    return json.loads(prove(folder, "--format", "json", *arguments).stdout)["results"]


def test_an_error_that_happens_and_a_workaround_that_helps_are_proven(tmp_path):
    finished = prove(knowledge_base(tmp_path, GOOD))
    assert "no tools: provoked (signature 1) · workaround 1 proven · not recorded yet" in finished.stdout
    assert "Sandbox: " in finished.stderr
    assert finished.returncode == 0


def test_without_record_no_file_is_written(tmp_path):
    folder = knowledge_base(tmp_path, GOOD)
    before = entry_of(folder)
    prove(folder)
    assert entry_of(folder) == before


def test_a_record_says_what_was_found_and_how_the_message_read(tmp_path):
    folder = knowledge_base(tmp_path, GOOD)
    assert prove(folder, "--record").returncode == 0
    (run,) = record_in(folder).runs
    assert (run.error, run.signature, run.line) == (
        "provoked",
        1,
        "demo: no port is named in /home/user/project/settings.txt",
    )
    assert [(fix.workaround, fix.outcome) for fix in run.fixes] == [(1, "proven")]
    assert run.platform.startswith(sys.platform)


def test_a_record_adds_its_own_lines_and_changes_no_other(tmp_path):
    folder = knowledge_base(tmp_path, GOOD)
    before = entry_of(folder).splitlines()
    prove(folder, "--record")
    after = entry_of(folder).splitlines()
    start = after.index("proved:")
    end = next(number for number in range(start + 1, len(after)) if not after[number].startswith(" "))
    assert after[:start] + after[end:] == before
    assert kb("check", "--no-cache", folder=folder).returncode == 0


def test_the_run_that_records_says_what_it_recorded(tmp_path):
    unlike = PROGRAM + PROVOKE + "  fixes:\n    - {workaround: 1, run: touch nothing}"
    finished = prove(knowledge_base(tmp_path, GOOD, unlike.replace("demo: no", "demo 2: no")), "--record")
    assert "workaround 1 proven · recorded now\n" in finished.stdout
    assert "workaround 1 failed · different from what the recipe wants, recorded now\n" in finished.stdout
    assert "2 entries: 1 recorded now, 1 different from what the recipe wants, recorded now" in finished.stdout
    assert "not recorded" not in finished.stdout


def test_what_is_written_into_an_entry_while_it_is_tried_stays(tmp_path):
    file = tmp_path / "entries/demo/no-port.md"
    note = f"  provoke: echo 'A note.' >>{file}; sh demo.sh\n"
    folder = knowledge_base(tmp_path, GOOD.replace(PROVOKE, note))
    finished = prove(folder, "--record", "--without-sandbox")
    assert "recorded now" in finished.stdout
    assert "A note." in entry_of(folder)
    assert record_in(folder) is not None


def test_a_recipe_that_is_edited_while_it_is_tried_gets_no_record_of_another(tmp_path):
    file = tmp_path / "entries/demo/no-port.md"
    edit = f"  provoke: sed -i 's/exit 3/exit 4/' {file}; sh demo.sh\n"
    folder = knowledge_base(tmp_path, GOOD.replace(PROVOKE, edit))
    finished = prove(folder, "--record", "--without-sandbox")
    assert f"{Path('entries/demo/no-port.md')} was changed while it was tried. Nothing is recorded" in finished.stderr
    assert "not recorded yet" in finished.stdout
    assert finished.returncode == 1
    assert "proved:" not in entry_of(folder)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_entry_that_can_t_be_written_is_named_and_ends_with_1(tmp_path):
    folder = knowledge_base(tmp_path, GOOD)
    (folder / "entries/demo").chmod(0o555)
    finished = prove(folder, "--record")
    assert f"{Path('entries/demo/no-port.md')}: it can't be written: Permission denied." in finished.stderr
    assert "Nothing is recorded there" in finished.stderr
    assert finished.returncode == 1


def test_a_second_run_runs_nothing_and_needs_no_sandbox(tmp_path):
    folder = knowledge_base(tmp_path, GOOD)
    prove(folder, "--record")
    written = entry_of(folder)
    again = prove(folder, "--record", PATH="/nowhere")
    assert "recorded, not run again" in again.stdout
    assert again.returncode == 0
    assert entry_of(folder) == written


def test_a_program_of_another_version_than_recorded_is_tried_in_a_sandbox_too(tmp_path):
    marker = tmp_path / "marker"
    proof = f"  with: {{bash: installed}}\n{PROGRAM}  provoke: touch {marker}; sh demo.sh\n"
    folder = knowledge_base(tmp_path / "kb", proof)
    prove(folder, "--record")
    file = folder / "entries/demo/no-port.md"
    entry = load_collection(folder / "entries").by_id["demo/no-port"]
    (run,) = standing_record(entry).runs
    older = sealed(entry, [run.model_copy(update={"with_": {"bash": "1.0"}})])
    file.write_text(with_record(file.read_text(), file.name, older))
    finished = prove(folder)
    assert "Sandbox: " in finished.stderr
    assert "no sandbox" not in finished.stderr
    assert "no tools" not in finished.stdout
    assert "bash installed: other" in finished.stdout
    assert not marker.exists()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("exit 3", "exit 4"),
        ("no port is named in {{file:path}}", "no port is named in {{file}}"),
        ("port=80", "port=81"),
    ],
    ids=["recipe", "signature", "workaround"],
)
def test_what_changed_since_is_run_again(tmp_path, before, after):
    folder = knowledge_base(tmp_path, GOOD)
    prove(folder, "--record")
    file = folder / "entries/demo/no-port.md"
    file.write_text(file.read_text().replace(before, after))
    assert [result["state"] for result in told(folder)] == ["new"]


def test_a_record_that_a_hand_wrote_counts_for_nothing(tmp_path):
    folder = knowledge_base(tmp_path, GOOD.replace("printf", "true"))
    prove(folder, "--record")
    file = folder / "entries/demo/no-port.md"
    file.write_text(re.sub(r"outcome: \w+", "outcome: stopped", file.read_text()))
    assert record_in(folder) is None
    assert [result["state"] for result in told(folder)] == ["new"]


NOISE = """\
  files:
    demo.sh: |
      now=$(date '+%Y-%m-%d %H:%M:%S.%N')
      made=$(mktemp -d)
      printf '\\033[31m%s\\033[0m demo: no port is named in %s/settings.txt\\n' "$now" "$made"
      exit 1
  provoke: sh demo.sh
"""


def test_times_random_paths_and_colours_give_the_same_record_twice(tmp_path):
    records = []
    for name in ("one", "other"):
        folder = knowledge_base(tmp_path / name, NOISE)
        assert prove(folder, "--record").returncode == 0
        records.append(entry_of(folder))
    assert records[0] == records[1]
    assert "… demo: no port is named in /tmp/…/settings.txt" in records[0]


def test_a_record_that_comes_out_the_same_is_not_written_anew(tmp_path):
    folder = knowledge_base(tmp_path, NOISE)
    prove(folder, "--record")
    written = entry_of(folder)
    assert [result["state"] for result in told(folder, "--record", "--again")] == ["as recorded"]
    assert entry_of(folder) == written


def test_a_secret_in_the_output_is_not_recorded(tmp_path):
    key = "ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"
    proof = f'  provoke: "echo demo: no port is named in /srv/{key}/settings.txt; exit 1"\n'
    folder = knowledge_base(tmp_path, proof)
    prove(folder, "--record")
    assert key not in entry_of(folder).split("proved:")[1]
    assert record_in(folder).runs[0].error == "provoked"


def test_why_a_workaround_fails_gives_nothing_away(tmp_path):
    key = "ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"
    fix = f"  fixes:\n    - {{workaround: 1, run: 'echo the key is {key}; exit 1'}}\n"
    finished = prove(knowledge_base(tmp_path, PROGRAM + PROVOKE + fix))
    assert "workaround 1: its output holds what is not shown" in finished.stdout
    assert key not in finished.stdout + finished.stderr


OUTCOMES = {
    "succeeds": ("  provoke: 'true'\n", "absent", ""),
    "something else": ("  provoke: echo demo is broken; exit 1\n", "other", "no signature of this entry matches"),
    "another program": ("  provoke: nosuchprogram --now\n", "other", "a program that is not there"),
    "message and success": (PROGRAM.replace("exit 3", "exit 0") + PROVOKE, "other", "the exit code is 0"),
    "another exit code": (PROGRAM + PROVOKE + "  exit: 4\n", "other", "the exit code is 3 and not 4"),
    "set-up fails": ("  setup: echo lacking; exit 1\n  provoke: 'true'\n", "not-tried", "setup failed: lacking"),
}


@pytest.mark.parametrize(("proof", "error", "why"), OUTCOMES.values(), ids=OUTCOMES)
def test_an_error_that_is_not_provoked_is_told_with_the_reason(tmp_path, proof, error, why):
    (result,) = told(knowledge_base(tmp_path, proof))
    assert result["error"] == error
    assert why in result.get("why", "")


def test_an_error_with_the_exit_code_0_can_be_proven_where_the_recipe_says_so(tmp_path):
    (result,) = told(knowledge_base(tmp_path, PROGRAM.replace("exit 3", "exit 0") + PROVOKE + "  exit: 0\n"))
    assert result["error"] == "provoked"


def test_an_error_that_another_entry_answers_first_is_not_this_one_s(tmp_path):
    folder = knowledge_base(tmp_path, GOOD, GOOD)
    other = folder / "entries/demo/no-port-2.md"
    # A longer signature of the same message.
    other.write_text(
        other.read_text().replace(
            "demo 2: no port is named in {{file:path}}", "demo: no port is named in {{folder:path}}/settings.txt"
        )
    )
    (result,) = told(folder, "demo/no-port")
    assert (result["error"], result["why"]) == ("other", "another entry comes first: demo/no-port-2")


FIXES = {
    "does nothing": ("{workaround: 1, run: ':'}", "failed", "the check fails after it"),
    "fails": ("{workaround: 1, run: 'echo lacking; exit 1'}", "failed", "its commands fail: lacking"),
    "is needless": ("{workaround: 1, run: true, check: 'true'}", "needless", "succeeds without the workaround"),
    "helps by a change": ("{workaround: 1, change: {settings.txt: port=1}}", "proven", ""),
    "helps by a block as a file": ("{workaround: 1, change: {demo.sh: true}}", "proven", ""),
    "has an open place": ("{workaround: 2, run: true}", "failed", "nothing says what is put in"),
    "is filled in": (
        "{workaround: 2, run: true, values: {<port>: '80'}, check: test -e started}",
        "failed",
        "check fails",
    ),
    "is told by its title": ("{workaround: Name a port, run: true}", "proven", ""),
    "needs a tool that is not here": (
        "{workaround: 1, with: {python: '1.4'}, run: true}",
        "not-tried",
        "no Python 1.4",
    ),
}


@pytest.mark.parametrize(("fix", "outcome", "why"), FIXES.values(), ids=FIXES)
def test_a_workaround_is_proven_only_if_the_check_fails_before_and_succeeds_after(tmp_path, fix, outcome, why):
    proof = PROGRAM + PROVOKE + f"  fixes:\n    - {fix}"
    (result,) = told(knowledge_base(tmp_path, proof))
    assert [each["outcome"] for each in result["fixes"]] == [outcome]
    assert why in "".join(result["reasons"].values())


def test_an_error_that_happens_only_the_first_time_proves_no_workaround(tmp_path):
    proof = """\
  files:
    demo.sh: |
      [ -e seen ] && exit 0
      touch seen
      echo "demo: no port is named in $PWD/settings.txt"
      exit 1
  provoke: sh demo.sh
  fixes:
    - {workaround: 1, run: true}
"""
    (result,) = told(knowledge_base(tmp_path, proof))
    assert [each["outcome"] for each in result["fixes"]] == ["needless"]


def test_a_tool_that_can_t_be_had_is_not_tried_and_never_passed(tmp_path):
    folder = knowledge_base(tmp_path, '  with: {python: "1.4"}\n' + GOOD)
    finished = prove(folder, "--record")
    assert "not tried" in finished.stdout
    assert finished.returncode == 3
    (run,) = record_in(folder).runs
    assert (run.error, run.fixes) == ("not-tried", ())
    assert "no Python 1.4 was found" in run.why


def test_what_was_tried_once_stays_where_it_can_t_be_tried(tmp_path):
    folder = knowledge_base(tmp_path, "  with: {bash: installed}\n" + GOOD)
    prove(folder, "--record")
    entry = load_collection(folder / "entries").by_id["demo/no-port"]
    (run,) = record_in(folder).runs
    lost = run.model_copy(update={"error": ErrorOutcome.NOT_TRIED, "line": None, "fixes": ()})
    assert record_of(entry, entry.proof, [lost]).runs == (run,)


def test_combinations_that_can_t_be_are_skipped_with_their_reason(tmp_path):
    proof = '  with: {python: ["1.4"], git: ["0.1"]}\n' + GOOD + "\n  skip: {python 1.4: it is too old}"
    finished = prove(knowledge_base(tmp_path, proof))
    assert "python 1.4, git 0.1: skipped: it is too old · skipped" in finished.stdout


def test_leaving_out_the_newest_version_leaves_out_no_other(tmp_path):
    proof = '  with: {git: ["0.1", latest]}\n' + GOOD + "\n  skip: {git latest: it is too new}"
    finished = prove(knowledge_base(tmp_path, proof))
    assert "git latest: skipped: it is too new" in finished.stdout
    assert "git 0.1: not-tried" in finished.stdout


def test_a_difference_from_the_record_is_told_and_ends_with_1(tmp_path):
    folder = knowledge_base(tmp_path, PROGRAM.replace("exit 3", "exit $(cat /etc/hostname | wc -l)") + PROVOKE)
    prove(folder, "--record")
    file = folder / "entries/demo/no-port.md"
    # As a release would change it: the record is true, and what happens now is another thing.
    collection = load_collection(folder / "entries")
    entry = collection.by_id["demo/no-port"]
    (run,) = standing_record(entry).runs
    other = sealed(entry, [run.model_copy(update={"line": "demo: no port was named in settings.txt"})])
    file.write_text(with_record(file.read_text(), file.name, other))
    finished = prove(folder, "--again")
    assert finished.returncode == 1
    assert "it read: demo: no port was named in settings.txt" in finished.stdout
    assert "it reads: demo: no port is named in /home/user/project/settings.txt" in finished.stdout


MANY = "[" + ", ".join(f'"{number}"' for number in range(50)) + "]"


@pytest.mark.parametrize(
    ("proof", "why"),
    [
        ("  files: {../a: x}\n" + PROVOKE, "the file '../a' is not in the project's folder"),
        ("  files: {a: x, a/b: y}\n" + PROVOKE, "the file 'a/b' can't be made: File exists"),
        (f"  files: {{{'長' * 150}: x}}\n" + PROVOKE, "can't be made: File name too long"),
        ("  with: {git: installed}\n  skip: {'???': x}\n" + PROVOKE, "'???' is not a tool and a version"),
        (
            "  with: {" + ", ".join(f"tool{number}: {MANY}" for number in range(20)) + "}\n" + PROVOKE,
            "combinations of versions; the limit is 60",
        ),
    ],
    ids=["outside", "file as a folder", "long name", "skip", "combinations"],
)
def test_a_recipe_that_can_t_be_tried_as_it_stands_keeps_no_other_from_being_tried(tmp_path, proof, why):
    finished = prove(knowledge_base(tmp_path, proof, GOOD), "--record")
    assert why in finished.stdout
    assert "workaround 1 proven · recorded now" in finished.stdout
    assert "Traceback" not in finished.stderr


def test_a_workaround_whose_files_can_t_be_made_fails_and_is_told(tmp_path):
    proof = PROGRAM + PROVOKE + "  fixes: [{workaround: 1, change: {a: x, a/b: y}}]"
    finished = prove(knowledge_base(tmp_path, proof))
    assert "workaround 1: the file 'a/b' can't be made: File exists" in finished.stdout


def test_an_entry_that_can_t_be_read_is_named_and_the_others_are_tried(tmp_path):
    finished = prove(knowledge_base(tmp_path, GOOD, "  provoke: [a, b]"))
    assert "1 entry can't be read, and is not tried: demo/no-port-2; `kb check` says what is wrong" in finished.stderr
    assert "workaround 1 proven" in finished.stdout


def test_where_no_sandbox_works_nothing_runs(tmp_path, monkeypatch):
    marker = tmp_path / "marker"
    folder = knowledge_base(tmp_path / "kb", f"  provoke: touch {marker}; exit 1\n")
    shadow = tmp_path / "shadow"
    shadow.mkdir()
    (shadow / "sandlock.py").write_text('raise ImportError("it is not for this kernel")\n')
    monkeypatch.syspath_prepend(shadow)
    finished = prove(folder, PATH="/nowhere")
    assert finished.returncode == 3
    assert "no sandbox works here, so nothing is run" in finished.stderr
    assert "bubblewrap is not installed" in finished.stderr
    assert "it is not for this kernel" in finished.stderr
    assert not marker.exists()


def test_without_a_sandbox_a_recipe_runs_only_where_it_is_typed(tmp_path):
    marker = tmp_path / "marker"
    folder = knowledge_base(tmp_path / "kb", PROGRAM + f"  provoke: touch {marker}; sh demo.sh\n")
    finished = prove(folder, "--without-sandbox")
    assert "Sandbox: no sandbox" in finished.stderr
    assert marker.exists()
    assert finished.returncode == 0


def test_a_chosen_version_takes_the_place_of_those_of_the_recipe(tmp_path):
    folder = knowledge_base(tmp_path, '  with: {python: ["3.4", "3.5"]}\n' + GOOD)
    assert [result["asked"] for result in told(folder, "--with", "python=1.4")] == [{"python": "1.4"}]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("demo/nothing",), "There is no entry 'demo/nothing'"),
        (("--with", "pip"), "is not TOOL=VERSION"),
        (("--changed-since", "nothing"), "Invalid value for --changed-since"),
        (("--folder", "nowhere"), "does not exist"),
    ],
)
def test_bad_use_is_told(tmp_path, arguments, said):
    finished = prove(knowledge_base(tmp_path, GOOD), *arguments)
    assert finished.returncode == 2
    assert said in finished.stderr


def test_entries_are_named_by_id_or_by_file(tmp_path):
    folder = knowledge_base(tmp_path, GOOD, GOOD)
    assert {result["entry"] for result in told(folder, "demo/no-port")} == {"demo/no-port"}
    assert {result["entry"] for result in told(folder, "entries/demo/no-port-2.md")} == {"demo/no-port-2"}


def test_entries_without_a_recipe_are_left_alone(tmp_path):
    finished = prove(knowledge_base(tmp_path, "  unprovable: it takes a paid account\n"))
    assert (finished.returncode, finished.stdout) == (0, "No entry of these has a recipe that can be tried.\n")


@pytest.mark.parametrize(
    ("proof", "arguments", "why"),
    [
        ("  unprovable: it takes a paid account\n", (), "no machine can try it: it takes a paid account"),
        ("  files: {a: x}\n", (), "its recipe has no command that provokes the error"),
        ("  with: {git: installed}\n" + GOOD, ("--with", "pip=26.3"), "its recipe has no pip"),
    ],
    ids=["unprovable", "no command", "another tool"],
)
def test_an_entry_that_is_asked_for_and_can_t_be_tried_says_why(tmp_path, proof, arguments, why):
    finished = prove(knowledge_base(tmp_path, proof), "demo/no-port", *arguments)
    assert f"kb prove: demo/no-port is not tried: {why}.\n" in finished.stderr
    assert finished.returncode == 3


def test_only_what_changed_since_a_commit_is_tried(tmp_path):
    folder = knowledge_base(tmp_path, GOOD, GOOD)
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null"}
    for arguments in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=u", "-c", "user.email=u@host.example", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *arguments], cwd=folder, check=True, env=environment)
    file = folder / "entries/demo/no-port-2.md"
    file.write_text(file.read_text().replace("exit 3", "exit 4"))
    assert {result["entry"] for result in told(folder, "--changed-since", "HEAD")} == {"demo/no-port-2"}


@pytest.mark.parametrize("entries", ["entries", "notes/of eels"])
def test_annotations_stand_at_the_recipe(tmp_path, entries):
    folder = knowledge_base(tmp_path, "  provoke: 'true'\n")
    if entries != "entries":
        (folder / entries).parent.mkdir()
        (folder / "entries").rename(folder / entries)
    (first, _) = prove(folder, "--format", "github", "--folder", entries).stdout.splitlines()
    assert first.startswith(f"::error file={entries}/demo/no-port.md,line=7,col=1,title=demo/no-port%3A different")


def test_data_is_ascii(tmp_path):
    folder = knowledge_base(tmp_path, "  provoke: |-\n    echo 'demo: no port is named in /srv/żółw'; exit 1\n")
    printed = prove(folder, "--format", "json").stdout
    assert printed.isascii()
    assert "żółw" in json.loads(printed)["results"][0]["line"]


HANGING = {
    "the error": ("  provoke: sleep 300.625\n", "stopped: it ran for more than 2 s"),
    "the set-up": ("  setup: sleep 300.625\n  provoke: 'true'\n", "stopped: setup: it ran for more than 2 s"),
    "a workaround": (
        PROGRAM + PROVOKE + "  fixes:\n    - {workaround: 1, run: sleep 300.625}",
        "workaround 1: it ran for more than 2 s",
    ),
    "a check": (
        PROGRAM + PROVOKE + "  fixes:\n    - {workaround: 1, run: true, check: sleep 300.625}",
        "workaround 1: the check was stopped before the workaround",
    ),
}


@pytest.fixture
def hasty(monkeypatch) -> None:
    """A second for each trial, in place of a minute."""
    monkeypatch.setattr("kb.cli.prove.Trying", partial(Trying, bounds=Bounds(seconds=1)))


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(("proof", "said"), HANGING.values(), ids=HANGING)
def test_a_recipe_that_hangs_is_stopped_and_named_and_the_others_go_on(tmp_path, proof, said):
    good = "  provoke: |-\n    echo 'demo 2: no port is named in x'; exit 1\n"
    finished = prove(knowledge_base(tmp_path, proof, good))
    hanging, other = finished.stdout.split("demo/no-port\n")[1], finished.stdout.split("demo/no-port-2\n")[1]
    assert said in hanging
    assert "provoked (signature 1)" in other
    assert finished.returncode == 1
    assert processes_with("300.625") == []


def hanging_while(there: Path) -> str:
    """A recipe that takes for ever as long as a file is there: as on a machine that is busy with other things."""
    return GOOD.replace(PROVOKE, f"  provoke: |-\n    [ ! -e {there} ] || sleep 300.625; sh demo.sh\n")


@pytest.mark.usefixtures("hasty")
def test_what_runs_out_of_time_is_tried_once_more_by_itself(tmp_path):
    busy = tmp_path / "busy"
    busy.touch()
    once = GOOD.replace(PROVOKE, f"  provoke: |-\n    rm {busy} 2>/dev/null && sleep 300.625; sh demo.sh\n")
    finished = prove(knowledge_base(tmp_path / "kb", once), "--record", "--without-sandbox")
    assert "provoked (signature 1) · workaround 1 proven · recorded now" in finished.stdout
    assert finished.returncode == 0


@pytest.mark.usefixtures("hasty")
def test_a_run_that_was_out_of_time_takes_no_record_of_the_same_versions_away(tmp_path):
    busy = tmp_path / "busy"
    folder = knowledge_base(tmp_path / "kb", hanging_while(busy))
    prove(folder, "--record", "--without-sandbox")
    written = entry_of(folder)
    busy.touch()
    finished = prove(folder, "--record", "--again", "--without-sandbox", "--report", str(tmp_path / "report"))
    assert "stopped: it ran for more than 2 s · out of time, and the record stays" in finished.stdout
    assert "recorded on" in finished.stdout
    assert finished.returncode == 1
    assert entry_of(folder) == written
    (result,) = json.loads((tmp_path / "report").read_text())["results"]
    assert (result["state"], result["record_stays"]) == ("differs", True)


@pytest.mark.usefixtures("hasty")
def test_a_run_that_was_out_of_time_is_recorded_where_another_version_was_tried_before(tmp_path):
    busy = tmp_path / "busy"
    folder = knowledge_base(tmp_path / "kb", "  with: {bash: installed}\n" + hanging_while(busy))
    prove(folder, "--record", "--without-sandbox")
    file = folder / "entries/demo/no-port.md"
    entry = load_collection(folder / "entries").by_id["demo/no-port"]
    (run,) = standing_record(entry).runs
    older = sealed(entry, [run.model_copy(update={"with_": {"bash": "1.0"}})])
    file.write_text(with_record(file.read_text(), file.name, older))
    busy.touch()
    finished = prove(folder, "--record", "--again", "--without-sandbox")
    assert "stopped: it ran for more than 2 s" in finished.stdout
    assert [run.error for run in record_in(folder).runs if run.with_ != {"bash": "1.0"}] == ["stopped"]


def test_a_registry_that_does_not_answer_is_not_tried(tmp_path, monkeypatch):
    """It takes calls, and says nothing."""
    for name in [name for name in os.environ if name.startswith("UV_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("UV_HTTP_TIMEOUT", "1")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    python = ".".join(map(str, sys.version_info[:2]))
    proof = f'  with: {{python: "{python}", pypi/demo-tool: ["1.0", latest]}}\n' + GOOD
    folder = knowledge_base(tmp_path, proof)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://127.0.0.1:{silent.getsockname()[1]}/simple")
        finished = prove(folder, "--record")
    assert finished.returncode == 3
    assert finished.stdout.count("· not tried") == 2
    assert [(run.error, run.fixes) for run in record_in(folder).runs] == [("not-tried", ())] * 2
    assert "127.0.0.1" not in finished.stdout + entry_of(folder)


def with_no_sandbox_but(name: str, folder: Path) -> dict[str, str]:
    """The environment of a process that finds one kind of sandbox alone."""
    if name == "bubblewrap":
        return {}
    shadow, programs = folder / "shadow", folder / "programs"
    for made in (shadow, programs):
        made.mkdir()
    if name == "podman":
        (shadow / "sandlock.py").write_text('raise ImportError("it is not for this kernel")\n')
        if program := shutil.which("podman"):
            (programs / "podman").symlink_to(program)
    return {"PATH": str(programs), "PYTHONPATH": str(shadow)}


@pytest.mark.parametrize("name", ["bubblewrap", "sandlock", "podman"])
def test_a_killed_run_leaves_no_half_record_and_no_process(tmp_path, name):
    proof = PROGRAM + "  provoke: sh demo.sh || { sleep 300.5; exit 1; }\n"
    folder = knowledge_base(tmp_path, GOOD, proof)
    before = (folder / "entries/demo/no-port-2.md").read_text()
    command = [sys.executable, "-c", "from kb.cli import main; main()", "prove", "--record", "--jobs", "2"]
    log = (tmp_path / "log").open("w+")
    environment = {**os.environ, **with_no_sandbox_but(name, tmp_path)}
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=log, env=environment)
    until = time.monotonic() + 60
    while "proved:" not in entry_of(folder) or not processes_with("300.5"):
        if process.poll() is not None:
            log.seek(0)
            assert "no sandbox works here" in log.read()
            pytest.skip(f"{name} does not work on this machine")
        assert time.monotonic() < until
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    log.seek(0)
    assert f"Sandbox: {name}" in log.read()
    while processes_with("300.5") and time.monotonic() < until:
        time.sleep(0.05)
    assert processes_with("300.5") == []
    assert record_in(folder).runs[0].error == "provoked"
    assert (folder / "entries/demo/no-port-2.md").read_text() == before
