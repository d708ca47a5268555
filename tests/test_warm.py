"""A command that starts warm does what it does when it is really started, as far as it can tell."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from warm import really_started, started

BOTH = pytest.mark.parametrize("start", [started, really_started])
SHOWN = """\
import json, os, sys
given = [os.environ.get(name) for name in ("ONLY", "HOME", "PATH")]
json.dump([sys.argv[1:], os.getcwd(), given, sys.stdin.read()], sys.stdout)
"""


def python(folder: Path, code: str) -> str:
    file = folder / "program.py"
    file.write_text(code)
    return str(file)


@pytest.mark.parametrize(
    "arguments", [["rule", "KB401"], ["mtach"], ["match"], ["check", "--format", "json", "tests/data/broken"]]
)
def test_a_verb_says_and_returns_the_same(repository_root, arguments):
    said = []
    for start in (started, really_started):
        command = [*start("kb"), *arguments]
        finished = subprocess.run(
            command, input=b"listen EADDRINUSE: \xff", capture_output=True, cwd=repository_root, check=False
        )
        said.append((finished.returncode, finished.stdout, finished.stderr))
    assert said[0] == said[1]


def test_arguments_folder_environment_and_input_are_the_same(tmp_path):
    program, arguments = python(tmp_path, SHOWN), ["a b", "", "ä\udcff", "--site"]
    environment = {**os.environ, "ONLY": "here"}
    del environment["PATH"]
    said = {
        subprocess.run(
            [*start(program), *arguments], input=b"\xc3\xa4", stdout=subprocess.PIPE, cwd=tmp_path, env=environment,
            check=True,
        ).stdout
        for start in (started, really_started)
    }  # fmt: skip
    assert len(said) == 1

    assert b'["here", "' in said.pop()


@BOTH
def test_a_command_ends_as_its_process_ended(tmp_path, start):
    code = "import os, sys\nsys.exit(7) if sys.argv[1] == 'exit' else os.kill(os.getpid(), 9)"
    program = python(tmp_path, code)
    assert [subprocess.run([*start(program), how], check=False).returncode for how in ("exit", "kill")] == [7, -9]


@BOTH
def test_what_it_imports_is_not_the_tests_own(tmp_path, start):
    program = python(tmp_path, "import stand_in")
    finished = subprocess.run([*start(program)], capture_output=True, check=False)
    assert (finished.returncode, b"ModuleNotFoundError" in finished.stderr) == (1, True)


def test_what_only_a_start_can_bring_about_is_really_started(tmp_path):
    program = python(tmp_path, "print(hash('the same'))")
    seeds = [os.environ | {"PYTHONHASHSEED": seed} for seed in ("1", "2", "1")]
    one, two, again = [subprocess.check_output([*started(program)], env=seed) for seed in seeds]
    assert one == again != two


@pytest.mark.skipif(sys.platform != "linux", reason="nothing starts warm elsewhere")
def test_nothing_is_left_when_the_tests_end(tmp_path):
    code = "import os, sys\nfrom warm import started\nprint(os.path.dirname(started('kb')[-2]))"
    command = [sys.executable, "-c", code]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    folder = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()
    assert folder
    assert not Path(folder).exists()
    told = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
    assert [line for line in told if folder.encode() in line] == []
