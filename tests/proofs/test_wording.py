"""How a message read, without what is another at each run or would give a machine away."""

import pytest

from kb.proofs.wording import wording

CHANGING = {
    "a day and a time": ("2026-11-29 03:12:45.123 fatal", "… fatal"),
    "a time in a file's name": ("_logs/2026-11-29T03_12_45_123Z-debug.log", "_logs/…-debug.log"),
    "a time": ("[03:12:45] fatal", "[…] fatal"),
    "a duration": ("failed after 12 ms", "failed after …"),
    "a made-up folder": ("in /tmp/pip-req-build-x7k2_9ab/setup.py", "in /tmp/…/setup.py"),
    "an address in memory": ("object at 0x7f3a2c1d0e50", "object at …"),
    "a thread": ("809BB8D6397F0000:error:05800074:x509", "…:error:05800074:x509"),
    "an identifier": ("run 3f2b8c1e-1d2a-4b5c-8d9e-0a1b2c3d4e5f", "run …"),
    "a number of a process": ("(node:11201) Warning", "(node:…) Warning"),
    "colours": ("\x1b[31mfatal\x1b[0m", "fatal"),
    "a folder of a tool": ("/somewhere/kept/pip-1/pip/main.py", "/opt/pip/pip/main.py"),
    "a person's home folder": ("open /home/carol/app.js", "open /home/user/app.js"),
    "an address of a person": ("sent to carol.smith@acme-corp.com", "sent to name@example.org"),
}
STAYING = (
    "pip 26.3 needs Python 3.10",
    "line 1, column 7",
    "port 3000 after 3 tries",
    "ERROR: Cannot install idna==2.7",
    "fatal: not a git repository",
    "error TS2322: Type 'string' is not assignable",
)


@pytest.mark.parametrize(("printed", "shown"), CHANGING.values(), ids=CHANGING)
def test_what_changes_or_gives_away_is_replaced(printed, shown):
    assert wording(printed, 0, len(printed), [("/somewhere/kept/pip-1", "/opt/pip")]) == shown


@pytest.mark.parametrize("line", STAYING)
def test_what_tells_the_message_stays(line):
    assert wording(line, 0, len(line), []) == line


def test_the_whole_lines_of_the_message_are_taken_and_no_others():
    output = "before\nERROR: it is broken, really\nafter\n"
    start = output.index("it is")
    assert wording(output, start, start + 12, []) == "ERROR: it is broken, really"


def test_lines_with_a_secret_are_not_shown():
    line = "token ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8 is wrong"
    assert wording(line, 0, len(line), []) is None
