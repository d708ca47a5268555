"""The sandbox, tried with harmless probes: each of these is refused or bounded, and nothing of it is left."""

import os
import socket
import time
from pathlib import Path

import pytest

from kb.proofs.sandbox import Bounds, End, Finished, Room, Sandbox, SandboxError, Step, Trial
from kb.proofs.sandbox.laying import settings_of_runtimes

QUICK = Bounds(seconds=10)


def run(sandbox: Sandbox, *scripts: str, bounds: Bounds = QUICK, **keys) -> Finished:
    return sandbox.run(Trial(tuple(map(Step, scripts)), bounds=bounds, **keys))


def output(sandbox: Sandbox, script: str, **keys) -> str:
    return run(sandbox, script, **keys).steps[0].output


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def processes_with(mark: str) -> list[str]:
    """The processes of this machine in whose command line a text stands."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            # Any program of the machine may have arguments in no encoding at all.
            line = (folder / "cmdline").read_text(errors="replace") if folder.name.isdigit() else ""
        except OSError:
            continue
        if mark in line:
            found.append(line.replace("\0", " "))
    return found


def left_with(mark: str) -> list[str]:
    """Those that are left of them: what was killed is there until the system has come to it."""
    for _ in range(100):
        if not processes_with(mark):
            return []
        time.sleep(0.1)
    return processes_with(mark)


def test_steps_run_in_one_fresh_folder_with_their_output_and_exit_codes(sandbox):
    finished = run(sandbox, "echo one > a; echo out; echo err >&2", "cat a; exit 7")
    assert [(ran.output, ran.code) for ran in finished.steps] == [("out\nerr\n", 0), ("one\n", 7)]
    assert finished.end is End.ITSELF
    assert output(sandbox, "ls -A") == ""


def test_a_step_that_must_succeed_ends_the_trial(sandbox):
    finished = sandbox.run(Trial((Step("exit 3", must_succeed=True), Step("echo never")), bounds=QUICK))
    assert [ran.code for ran in finished.steps] == [3]


def test_files_are_laid_into_the_folder_before_their_step(sandbox):
    trial = Trial((Step("cat sub/a.txt", {"sub/a.txt": "one\n"}), Step("cat sub/a.txt", {"sub/a.txt": "two\n"})))
    assert [ran.output for ran in sandbox.run(trial).steps] == ["one\n", "two\n"]


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", ""])
def test_a_file_that_leads_out_of_the_folder_is_refused(sandbox, name):
    with pytest.raises(SandboxError, match="not in the project's folder"):
        sandbox.run(Trial((Step(":", {name: "x"}),)))


def test_a_symbolic_link_out_of_the_folder_leads_to_nothing(sandbox, tmp_path):
    (tmp_path / "secret.txt").write_text("a secret")
    script = f"ln -s {tmp_path} link; cat link/secret.txt; echo x > link/new.txt"
    assert "a secret" not in output(sandbox, script)
    assert names_in(tmp_path) == ["secret.txt"]


def test_a_file_laid_over_a_symbolic_link_writes_nothing_outside(sandbox, tmp_path):
    sandbox.run(Trial((Step(f"ln -s {tmp_path} sub"), Step(":", {"sub/a.txt": "x"})), bounds=QUICK))
    assert names_in(tmp_path) == []


def test_the_home_folder_of_whoever_runs_it_is_not_there(sandbox, monkeypatch, tmp_path):
    (tmp_path / ".token").write_text("a secret")
    monkeypatch.setenv("HOME", str(tmp_path))
    said = output(sandbox, f"cat {tmp_path}/.token ~/.token; ls -A {Path('~root').expanduser()}; ls -A ~; true")
    assert "a secret" not in said
    assert ".ssh" not in said
    assert ".bashrc" not in said


def test_a_runtime_has_the_settings_that_debian_keeps_apart_from_it(sandbox):
    names = settings_of_runtimes()
    if not names:
        pytest.skip("no runtime of this machine keeps settings in /etc")
    places = " ".join(f"/etc/{name}" for name in names)
    said = output(sandbox, f"for place in {places}; do [ -r $place ] && echo $place; done; ls /etc/maven; true")
    assert said.split()[: len(names)] == places.split()
    assert "settings.xml" not in said, "which may hold somebody's passwords"


def test_the_environment_is_a_fixed_one(sandbox, monkeypatch):
    monkeypatch.setenv("KB_PROBE_TOKEN", "a secret")
    said = output(sandbox, "env; cat /proc/*/environ 2>/dev/null | tr '\\0' '\\n'")
    assert "a secret" not in said
    assert "TZ=UTC\n" in said


def test_the_processes_of_others_can_be_neither_read_nor_ended(sandbox):
    here = os.getpid()
    said = output(sandbox, f"cat /proc/{here}/environ /proc/{here}/cmdline; kill -0 {here} && echo it could be ended")
    assert "pytest" not in said
    assert "it could be ended" not in said


def test_nothing_can_be_written_outside(sandbox, tmp_path):
    places = [str(tmp_path), "/usr/bin", "/etc", "/var/tmp", "/root", "/dev", "/"]
    said = output(sandbox, f"for place in {' '.join(places)}; do touch $place/kb-probe && echo $place; done; true")
    assert [line for line in said.splitlines() if line in places and Path(line, "kb-probe").exists()] == []
    assert names_in(tmp_path) == []


def test_what_may_be_read_may_not_be_written(sandbox, tmp_path):
    (tmp_path / "tool.txt").write_text("a tool")
    room = Room(readable=(tmp_path,))
    assert output(sandbox, f"cat {tmp_path}/tool.txt; echo x > {tmp_path}/tool.txt", room=room).startswith("a tool")
    assert (tmp_path / "tool.txt").read_text() == "a tool"


def test_no_socket_reaches_a_server_of_the_machine(sandbox):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        said = output(sandbox, f"exec 3<>/dev/tcp/127.0.0.1/{port} && echo reached; true")
        server.setblocking(False)
        with pytest.raises(BlockingIOError):  # nobody waits to be let in
            server.accept()
    assert "reached" not in said


def test_no_other_host_is_reached(sandbox):
    assert "reached" not in output(sandbox, "exec 3<>/dev/tcp/192.0.2.1/80 && echo reached; true")


def test_what_runs_too_long_is_stopped_and_says_so(sandbox):
    started = time.monotonic()
    finished = run(sandbox, "echo begun; sleep 300.125", bounds=Bounds(seconds=1))
    assert finished.end is End.TIME
    assert [(ran.output, ran.code) for ran in finished.steps] == [("begun\n", None)]
    assert time.monotonic() - started < 30
    assert left_with("300.125") == []


def test_of_steps_that_print_nothing_the_one_that_runs_too_long_is_told(sandbox):
    finished = run(sandbox, ":", "sleep 300.125", ":", bounds=Bounds(seconds=1))
    assert [(ran.output, ran.code) for ran in finished.steps] == [("", 0), ("", None)]


def test_nothing_outlives_a_run(sandbox):
    run(sandbox, "(setsid nohup sleep 300.25 >/dev/null 2>&1 &); sleep 300.25 & disown; echo done")
    assert left_with("300.25") == []


def test_a_tree_of_forks_is_stopped(sandbox):
    # Each starts one more, and waits: bounded by itself, too, at 400.
    script = 'grow() { [ "$1" -gt 0 ] && { (grow $(($1 - 1))) & sleep 20.375; }; }; grow 400; wait'
    finished = run(sandbox, script, bounds=Bounds(seconds=5, processes=50))
    assert finished.end is End.PROCESSES or "fork" in finished.steps[0].output
    assert processes_with("20.375") == []


def test_memory_is_bounded(sandbox):
    script = "python3 -c 'x = bytearray(400 << 20)' && echo enough"
    finished = run(sandbox, script, bounds=Bounds(seconds=20, memory=100 << 20))
    assert "enough" not in finished.steps[0].output
    assert finished.end is End.MEMORY or "MemoryError" in finished.steps[0].output or finished.steps[0].code == 137


def test_memory_of_many_processes_together_is_bounded(sandbox, tmp_path, monkeypatch):
    one = 'python3 -c \'import time; x = bytearray(b"x") * (60 << 20); time.sleep(5)\' & pids="$pids $!"; '
    script = one * 4 + "for pid in $pids; do wait $pid; done; echo enough"
    monkeypatch.chdir(tmp_path)
    finished = run(sandbox, script, bounds=Bounds(seconds=20, memory=150 << 20))
    assert finished.end is End.MEMORY or finished.steps[0].code != 0
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("place", ["$PWD", "$HOME", "/tmp", "/dev/shm"])
def test_disk_is_bounded(sandbox, place):
    script = f"head -c 700M /dev/zero > {place}/fill; stat -c %s {place}/fill"
    finished = run(sandbox, script, bounds=Bounds(seconds=20, disk=20 << 20))
    said = finished.steps[0].output.split()
    assert finished.end is End.DISK or not said[-1].isdigit() or int(said[-1]) < 700 << 20


def test_many_files_together_are_bounded(sandbox):
    script = "for i in 1 2 3 4 5 6 7 8; do head -c 10M /dev/zero > f$i || exit 9; done; sleep 3; echo enough"
    finished = run(sandbox, script, bounds=Bounds(seconds=20, disk=20 << 20))
    assert "enough" not in finished.steps[0].output


def test_output_is_bounded(sandbox):
    finished = run(sandbox, "yes", bounds=Bounds(seconds=20, output=10_000))
    assert finished.end is End.OUTPUT
    assert len(finished.steps[0].output) <= 10_000


def test_what_is_printed_can_be_anything(sandbox):
    script = r"printf 'a\r\nb\xff\0 0123456789abcdef0123456789abcdef 0\n'; exit 2"
    assert [(ran.output, ran.code) for ran in run(sandbox, script).steps] == [
        ("a\nb\ufffd\0 0123456789abcdef0123456789abcdef 0\n", 2)
    ]


def test_nothing_of_a_trial_is_left_on_the_disk(sandbox, monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    run(sandbox, "mkdir -p a/b; echo x > a/b/c; chmod 000 a/b")
    assert names_in(tmp_path) == []
