"""One target of the fuzzer in a process of its own: mutate with coverage, or repeat a kept input.

    python tests/fuzz/one_target.py TARGET --seconds N    until something is found, or the time is over
    python tests/fuzz/one_target.py TARGET FILE           run an input again, as a debugger wants it
    python tests/fuzz/one_target.py TARGET --shrink       what was found last, as small as it gets

A target is the one test of `test_fuzz_<target>.py`. Hypothesis makes its values from bytes, Atheris (libFuzzer) changes
the bytes by what they reach in `kb/`, and Hypothesis makes what was found small.
"""

import argparse
import importlib
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.database import DirectoryBasedExampleDatabase

ROOT: Final = Path(__file__).parents[2]
SHARED: Final = ("tests", "tests/github")
"""Folders whose modules targets use, as pytest finds them."""
CACHE: Final = ROOT / ".cache/fuzz"
"""Inputs that reached something new, a folder for each target, and failures that are still to be made small."""
FOUND: Final = ROOT / "test-results/fuzz"

LONGEST: Final = 4096
"""Bytes of an input."""
MOST_SECONDS: Final = 30
"""After so long an input counts as one that hangs."""
MOST_MEBIBYTES: Final = 2048
STARTS: Final = 40
"""Inputs of random bytes that a run begins with, besides those that earlier runs kept."""
FEW_SECONDS: Final = 5.0
"""Seconds of a processor that an input may take: texts have a few thousand characters, and take milliseconds."""


def test_of(target: str) -> Callable[..., None]:
    """The one test of a target, imported so that what it reaches in `kb` is counted where Atheris is loaded."""
    sys.path += [str(ROOT / folder) for folder in SHARED]
    module = importlib.import_module(f"test_fuzz_{target}")
    (test,) = (
        value for name, value in vars(module).items() if name.startswith("test_") and hasattr(value, "hypothesis")
    )
    return test


def profile(**more: object) -> None:
    """Hypothesis keeps failures, and minds neither time nor how values come about."""
    database = DirectoryBasedExampleDatabase(CACHE / "failures")
    checks = list(HealthCheck)
    settings.register_profile("fuzz", deadline=None, database=database, suppress_health_check=checks, **more)
    settings.load_profile("fuzz")


def fuzz(target: str, seconds: int, seed: int) -> None:
    """Try inputs until one fails; then the process ends with a code that is not 0, and the input is in `FOUND`."""
    import atheris

    with atheris.instrument_imports(include=["kb"]):
        test = test_of(target)
    run = test.hypothesis.fuzz_one_input

    def bounded(data: bytes) -> None:
        start = time.process_time()
        run(data)
        taken = time.process_time() - start
        assert taken <= FEW_SECONDS, f"{taken:.1f} s of a processor for {len(data)} bytes"

    corpus = CACHE / target
    corpus.mkdir(parents=True, exist_ok=True)
    FOUND.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    for number in range(STARTS):
        # From nothing, Atheris would take minutes to find bytes that are enough for a whole text.
        (corpus / f"start-{number}").write_bytes(chance.randbytes(LONGEST >> chance.randrange(5)))
    options = {
        "max_total_time": seconds,
        "max_len": LONGEST,
        "timeout": MOST_SECONDS,
        "rss_limit_mb": MOST_MEBIBYTES,
        "seed": seed,
        "len_control": 0,
        "print_final_stats": 1,
        "artifact_prefix": f"{FOUND}/{target}-",
    }
    atheris.Setup([sys.argv[0], *(f"-{name}={value}" for name, value in options.items()), str(corpus)], bounded)
    atheris.Fuzz()


def repeat(target: str, file: Path) -> None:
    """Run one input, and show the values that were made of it."""
    profile(verbosity=Verbosity.verbose)
    test_of(target).hypothesis.fuzz_one_input(file.read_bytes())
    sys.stdout.write("Nothing fails.\n")


def shrink(target: str) -> None:
    """Make the failures that were kept small, and show them."""
    profile(phases=(Phase.reuse, Phase.shrink), print_blob=False)
    test_of(target)()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target")
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shrink", action="store_true")
    given = parser.parse_args()
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    if given.shrink:
        shrink(given.target)
    elif given.file:
        repeat(given.target, given.file)
    else:
        profile()
        fuzz(given.target, given.seconds, given.seed)


if __name__ == "__main__":
    main()
