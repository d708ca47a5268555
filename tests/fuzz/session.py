"""A session of the fuzzer: its time spread over the targets, two at once, and what was found made small and shown.

    python3 scripts/test.py --fuzz SECONDS [TARGET…]

Ends with 1 where something was found. It lies in `test-results/fuzz/`: the bytes, and a text with the values that they
stand for and the command that runs them again.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
FOUND: Final = ROOT / "test-results/fuzz"
TARGETS: Final = tuple(sorted(file.stem.removeprefix("test_fuzz_") for file in HERE.glob("test_fuzz_*.py")))

AT_ONCE: Final = 2
LONGEST_TURN: Final = 300
"""Seconds that a target has before the next ones get their turn: in a long session each comes again and again."""
MOST_SECONDS_TO_SHRINK: Final = 400
"""Hypothesis itself stops after 300."""


class Turn(NamedTuple):
    """One target for some seconds. Runs of a seed are alike as long as the kept inputs are."""

    target: str
    seconds: int
    seed: int


def turns(targets: Sequence[str], seconds: int, seed: int) -> list[Turn]:
    """How the time of all processes is spread: every target gets as much, in turns of equal length."""
    share = max(1, AT_ONCE * seconds // len(targets))
    rounds = -(-share // LONGEST_TURN)
    return [Turn(target, share // rounds, seed + number) for number in range(rounds) for target in targets]


def take(turn: Turn, failed: set[str]) -> None:
    """Fuzz one target, unless it failed before: it would find the same again."""
    if turn.target in failed:
        return
    command = one_target(turn.target, "--seconds", str(turn.seconds), "--seed", str(turn.seed))
    before = set(FOUND.glob(f"{turn.target}-*"))
    start = time.monotonic()
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
    taken = time.monotonic() - start
    runs = next((line.split()[1] for line in finished.stderr.splitlines() if line.startswith("Done ")), "some")
    if finished.returncode == 0:
        print(f"{turn.target:<8} {taken:5.0f} s  seed {turn.seed}  {runs} inputs, nothing found", flush=True)
        return
    failed.add(turn.target)
    kept = sorted(set(FOUND.glob(f"{turn.target}-*")) - before)
    print(
        f"{turn.target:<8} {taken:5.0f} s  seed {turn.seed}  FOUND\n\n{told(turn.target, kept, finished)}\n", flush=True
    )


def told(target: str, kept: Sequence[Path], finished: subprocess.CompletedProcess[str]) -> str:
    """What was found, as small as it gets, and how to run it again."""
    try:
        small = subprocess.run(
            one_target(target, "--shrink"),
            cwd=ROOT, capture_output=True, text=True, errors="replace", timeout=MOST_SECONDS_TO_SHRINK, check=False,
        )  # fmt: skip
        text = small.stderr if small.returncode else ""
    except subprocess.TimeoutExpired:
        text = ""
    # What hangs, ends the process or fails only once can't be made small: then what Python and the fuzzer said last
    # tells of it.
    text = text or "\n".join((*finished.stdout.splitlines()[-60:], *finished.stderr.splitlines()[-60:]))
    again = [f"Again: .venv/bin/python tests/fuzz/one_target.py {target} {file.relative_to(ROOT)}" for file in kept]
    text = "\n".join([text.rstrip(), "", *again])
    (FOUND / f"{target}.txt").write_text(text + "\n", "utf-8")
    return text


def one_target(*arguments: str) -> list[str]:
    return [sys.executable, str(HERE / "one_target.py"), *arguments]


def main() -> int:
    parser = argparse.ArgumentParser(prog="test.py --fuzz", description="Fuzz for some seconds, two targets at once.")
    parser.add_argument("seconds", type=int, metavar="SECONDS")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; all without")
    parser.add_argument("--seed", type=int, default=int(time.time()) % 10**6, help="another one each time without")
    given = parser.parse_args()
    if unknown := [target for target in given.targets if target not in TARGETS]:
        parser.error(f"there is no target {unknown[0]!r}; there are {', '.join(TARGETS)}")
    if given.seconds < 1:
        parser.error("SECONDS has to be 1 or more")
    FOUND.mkdir(parents=True, exist_ok=True)
    failed: set[str] = set()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [
            pool.submit(take, turn, failed) for turn in turns(given.targets or TARGETS, given.seconds, given.seed)
        ]:
            done.result()
    print(f"Found in: {', '.join(sorted(failed))}; see {FOUND.relative_to(ROOT)}/" if failed else "Nothing found.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
