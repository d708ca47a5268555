"""Work in forked processes: all results in order, and a process that dies costs the one item it was at."""

import faulthandler
import os
import signal
import subprocess
import sys
import time

import pytest

from kb.process import WorkerDiedError, map_forked
from kb.process.forks import FEWEST

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks only on Linux")
MANY = list(range(FEWEST + 50))


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server's thread that another test left behind in this process would keep all work in it, and end it."""
    monkeypatch.setattr("kb.process.forks.can_fork", lambda: True)


def die_of(*bad: int, of: int = signal.SIGKILL):
    """Work that ends its own process at some items: as a crash or the system would."""

    def work(item: int) -> int:
        if item in bad:
            faulthandler.disable()  # the test runner's would tell a long story
            os.kill(os.getpid(), of)
        return item * item

    return work


def told(item: int, how: str) -> str:
    return f"{item} {how}"


@pytest.mark.parametrize("count", [0, 1, 5, FEWEST, FEWEST + 50])
def test_results_stand_in_the_order_of_their_items(count):
    assert map_forked(lambda item: item * 2, MANY[:count]) == [item * 2 for item in MANY[:count]]


@pytest.mark.parametrize("items", [MANY, MANY[:7]], ids=["many", "few"])
def test_a_process_that_is_killed_costs_the_one_item_that_it_was_at(items):
    found = map_forked(die_of(0, 3, items[-1]), items, instead=told)
    dead = [result for result in found if isinstance(result, str)]
    assert dead == [f"{item} was killed, perhaps because memory ran out" for item in (0, 3, items[-1])]
    assert [result for result in found if isinstance(result, int)] == [
        item * item for item in items if item not in (0, 3, items[-1])
    ]


def test_a_crash_says_what_it_was():
    assert map_forked(die_of(1, of=signal.SIGSEGV), [1], instead=told) == ["1 crashed: Segmentation fault"]


def test_a_process_that_leaves_says_with_which_code():
    assert map_forked(lambda _: os._exit(3), [1], instead=told) == ["1 ended with exit code 3"]


def test_without_a_result_to_take_instead_the_item_is_named():
    with pytest.raises(WorkerDiedError, match=r"^7: the process that worked on it was killed") as raised:
        map_forked(die_of(7), MANY)
    assert raised.value.item == 7


def test_a_process_that_is_stuck_is_ended():
    found = map_forked(lambda item: time.sleep(60 * (item == 2)), [1, 2, 3], instead=told, patience=2)
    assert found == [None, "2 took too long, and was ended", None]


def test_what_the_work_raises_is_raised_where_it_was_asked_for():
    with pytest.raises(ZeroDivisionError):
        map_forked(lambda item: 1 // (item - 9), MANY)


WORK = {
    "a map": "map_forked(wait, [1, 2, 3])",
    "a fork": "fork = Fork(wait, 'the rest'); fork.wait()",
}
INTERRUPTED = """
import signal, time
from kb.process import Fork, map_forked

signal.signal(signal.SIGINT, signal.default_int_handler)

def wait(*_):
    print("at work", flush=True)
    time.sleep(60)

try:
    {work}
except KeyboardInterrupt:
    time.sleep(0.5)  # what else would be said is said meanwhile
    print("interrupted", flush=True)
"""


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="nothing is forked on one processor")
@pytest.mark.parametrize("work", WORK)
def test_an_interrupt_is_one_for_the_whole_program(work):
    code = INTERRUPTED.format(work=WORK[work])
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    assert process.stdout
    assert process.stdout.readline() == b"at work\n"
    os.killpg(process.pid, signal.SIGINT)
    assert process.communicate(timeout=30) == (b"interrupted\n", b"")
