"""`kb run` in the places where a command stands: pipes, signals, terminals, and what a command leaves behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and terminals are POSIX's")

KB = [sys.executable, "-c", "from kb.cli import main; main()", "run", "--"]
MOST_SECONDS = 60
"""After so long a test fails: what is meant to end at once hangs."""


def started(*command: str, folder: Path, **keys: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*KB, *command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **keys)


def line_of(process: subprocess.Popen[bytes]) -> bytes:
    """The next line of a process: it runs."""
    assert process.stdout is not None
    return process.stdout.readline()


def test_a_command_ends_when_nobody_reads_its_output_any_more(tmp_path):
    process = started("sh", "-c", "yes || exit", folder=tmp_path)
    assert line_of(process) == b"y\n"
    process.stdout.close()
    assert process.wait(MOST_SECONDS) != 0


def test_a_command_that_leaves_a_program_behind_has_ended_all_the_same(tmp_path):
    process = started("sh", "-c", "sleep 300 & echo $!; exit 3", folder=tmp_path)
    left = int(line_of(process))
    try:
        assert process.wait(MOST_SECONDS) == 3
    finally:
        os.kill(left, signal.SIGKILL)


def test_what_a_left_program_prints_at_once_is_still_shown(tmp_path):
    process = started("sh", "-c", "(sleep 0.1; echo late) & exit 3", folder=tmp_path)
    assert process.communicate(timeout=MOST_SECONDS)[0] == b"late\n"


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_to_end_reaches_the_command_which_may_tidy_up(tmp_path, name):
    code = f"trap 'echo tidy; exit 9' {name[3:]}; echo ready; while :; do sleep 0.05; done"
    process = started("sh", "-c", code, folder=tmp_path)
    assert line_of(process) == b"ready\n"
    process.send_signal(signal.Signals[name])
    assert process.communicate(timeout=MOST_SECONDS)[0] == b"tidy\n"
    assert process.returncode == 9


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_a_command_ends_with_kb_where_that_is_killed_and_can_tell_nobody(tmp_path):
    process = started("sh", "-c", "trap '' TERM HUP; echo $$; while :; do sleep 0.05; done", folder=tmp_path)
    command = int(line_of(process))
    process.kill()
    assert ends(command)


def test_a_command_in_a_terminal_hears_a_hangup_where_kb_is_killed(tmp_path):
    code = (
        "trap 'echo tidy > tidied; exit' HUP; echo $$ > ready.part; mv ready.part ready; while :; do sleep 0.05; done"
    )
    kb = terminal(tmp_path, "sh", "-c", code)[0]
    ready = tmp_path / "ready"
    assert happens(lambda: ready.exists() and ready.read_text().endswith("\n"))
    os.kill(kb, signal.SIGKILL)
    os.waitpid(kb, 0)
    assert ends(int(ready.read_text()))
    assert (tmp_path / "tidied").read_text() == "tidy\n"


def ends(process: int) -> bool:
    """Whether a process that is nobody's here ends; if not, it is ended."""

    def is_gone() -> bool:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        return Path(f"/proc/{process}/stat").exists() and ") Z" in Path(f"/proc/{process}/stat").read_text()

    if happens(is_gone):
        return True
    os.kill(process, signal.SIGKILL)
    return False


def happens(what: Callable[[], bool]) -> bool:
    until = time.monotonic() + 10
    while not what():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def test_a_command_that_takes_no_notice_of_interrupts_is_waited_for(tmp_path):
    code = "trap '' INT; echo ready; sleep 1; exit 4"
    process = started("sh", "-c", code, folder=tmp_path, start_new_session=True)
    assert line_of(process) == b"ready\n"
    for _ in range(2):
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.1)
    process.communicate(timeout=MOST_SECONDS)
    assert process.returncode == 4


def test_arguments_are_the_commands_and_no_shell_reads_them(tmp_path):
    hostile = ["$(touch pwned)", "; touch pwned", "a b", "--site", "*", "\x1b[31m", ""]
    code = "import sys; print(sys.argv[1:])"
    process = started(sys.executable, "-c", code, *hostile, folder=tmp_path)
    assert process.communicate(timeout=MOST_SECONDS)[0].decode().strip() == repr(hostile)
    assert list(tmp_path.iterdir()) == []


def test_bytes_pass_unchanged_and_input_reaches_the_command(tmp_path):
    content = bytes(range(256)) * 4096
    process = started("cat", folder=tmp_path, stdin=subprocess.PIPE)
    assert process.communicate(content, timeout=MOST_SECONDS)[0] == content


def test_memory_does_not_grow_with_the_output(tmp_path):
    code = (
        "import resource, sys; from kb.cli import main\ntry: main()\n"
        "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    printed = {}
    for size in (1, 64):
        command = [sys.executable, "-c", code, "run", "--", "head", "-c", f"{size}M", "/dev/zero"]
        finished = subprocess.run(command, capture_output=True, cwd=tmp_path, check=True)
        assert len(finished.stdout) == size << 20
        printed[size] = int(finished.stderr.split()[-1])
    assert printed[64] - printed[1] < 16 << 10


def test_a_name_that_is_empty_is_no_command(tmp_path):
    process = started("", folder=tmp_path)
    assert process.communicate(timeout=MOST_SECONDS)[1] == b"kb run: '': No such file or directory\n"
    assert process.returncode == 127


@pytest.mark.parametrize("in_terminal", [False, True])
def test_a_file_that_is_no_program_is_told_from_one_that_is_not_there(tmp_path, in_terminal):
    (tmp_path / "notes.txt").write_text("no program\n")
    for name, code, said in (("./notes.txt", 126, "Permission denied"), ("./other.txt", 127, "No such file")):
        found, output = run_in_terminal(tmp_path, name) if in_terminal else run_in_pipes(tmp_path, name)
        assert (found, said in output) == (code, True), output


@pytest.mark.parametrize("in_terminal", [False, True])
@pytest.mark.parametrize("kind", ["a link to itself", "closed"])
def test_a_folder_of_path_that_can_not_be_looked_into_hides_no_other(tmp_path, monkeypatch, kind, in_terminal):
    folder = tmp_path / "bin"
    if kind == "closed":
        if os.geteuid() == 0:
            pytest.skip("nothing is closed to root")
        folder.mkdir(mode=0o600)
    else:
        folder.symlink_to(folder)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    code, output = (run_in_terminal if in_terminal else run_in_pipes)(tmp_path, "no-such-command-here")
    assert (code, output.strip()) == (127, "kb run: no-such-command-here: No such file or directory")
    assert (run_in_terminal if in_terminal else run_in_pipes)(tmp_path, "true") == (0, "")


def test_a_file_of_path_that_is_no_program_is_told_from_none(tmp_path, monkeypatch):
    (tmp_path / "notes").write_text("no program\n")
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}:{tmp_path}")
    assert run_in_pipes(tmp_path, "notes") == (126, "kb run: notes: Permission denied\n")


def run_in_pipes(folder: Path, name: str) -> tuple[int, str]:
    process = started(name, folder=folder)
    output = process.communicate(timeout=MOST_SECONDS)[1].decode()
    return process.returncode, output


def terminal(folder: Path, *command: str) -> tuple[int, int]:
    """`kb run` in a terminal of its own: its process, and the terminal's other side."""
    import pty

    pid, descriptor = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execv(sys.executable, [*KB, *command])
    return pid, descriptor


def run_in_terminal(folder: Path, name: str) -> tuple[int, str]:
    pid, descriptor = terminal(folder, name)
    output = b""
    while True:
        try:
            piece = os.read(descriptor, 4096)
        except OSError:
            break
        if not piece:
            break
        output += piece
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), output.decode()
