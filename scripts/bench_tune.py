"""How well are errors found with other numbers? Tries values of the numbers that tune matching on the evaluation's set.

    .venv/bin/python scripts/bench.py tune                             # half, three quarters, 1.5 times, twice each
    .venv/bin/python scripts/bench.py tune cut.REWORDED.share 0.5 0.6   # some values of one
    .venv/bin/python scripts/bench.py tune --cases FILE
    .venv/bin/python scripts/bench.py tune --first-sentences           # the shelf's own examples, each cut off early

For each value: recall at 1, recall at 3, false exact and false likely answers, of `kb eval` with the entries here. A
number is worth changing where one column gets better and none worse; a change is made in both languages at once, since
JavaScript takes its numbers from Python (`KB_UPDATE_SNAPSHOTS=1`, tests/match/test_tables.py).
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final, NamedTuple

from kb.entry import load_collection
from kb.match import Case, evaluate, from_entries

ROOT: Final = Path(__file__).resolve().parents[1]
NUMBERS: Final = (
    *(
        f"cut.{least}.{field}"
        for least in ("REWORDED", "OTHERWISE", "CUT", "FIRST_SENTENCE", "CUT_BY_LINE")
        for field in ("share", "weight", "words")
    ),
    *("cut.LONG", "cut.ALL", "cut.TELLING", "cut.MANY", "edges.BESIDE_VALUE", "likely.FOREIGN", "likely.GAP"),
    *("candidates.LEAST_KEYS", "candidates.MOST_KEYS", "candidates.SHORT", "matcher.NEARLY_WHOLE", "matcher.NEARBY"),
    *("matcher.MAY_BE_CUT", "matcher.FEWEST_PARTS", "matcher.PARTS_OF_SHORT", "matcher.PARTS_PER_KEY"),
    "lines.MIN_WIDTH",
)
FACTORS: Final = (0.5, 0.75, 1.5, 2)
FEWEST_WORDS: Final = 4
MOST_LEFT: Final = 0.85
"""Words of a message, and share of it, that a cut leaves at the least and at the most."""
_STOP: Final = re.compile(r"\n|(?<=[.;!?])\s|\s(?=\()")


class Tried(NamedTuple):
    """A value of a number, and what came of it."""

    value: float
    recall_at_1: float
    recall_at_3: float
    false_exact: int
    false_likely: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table for each number."""
    parser = argparse.ArgumentParser(prog="bench.py tune", description="Try other numbers for matching.")
    parser.add_argument("number", nargs="?", choices=NUMBERS, metavar="NUMBER", help=f"one of {', '.join(NUMBERS)}")
    parser.add_argument("values", nargs="*", type=float, help="values to try")
    given = parser.add_mutually_exclusive_group()
    given.add_argument("--cases", type=Path, default=ROOT / "tests/data/match/eval.jsonl")
    given.add_argument("--first-sentences", action="store_true", help="examples of the entries, cut off early")
    parser.add_argument("--entries", type=Path, default=ROOT / "entries")
    options = parser.parse_args(arguments)
    if options.first_sentences:
        cases = first_sentences(options.entries)
    else:
        lines = map(json.loads, filter(None, options.cases.read_text("utf-8").splitlines()))
        cases = [Case.of(case["text"], case["expect"]) for case in lines if "goals" not in case]
    for number in [options.number] if options.number else NUMBERS:
        now = value_of(number)
        values = options.values or sorted({_like(now, now * factor) for factor in FACTORS} - {now})
        print(f"{number:24} recall at 1  at 3    false exact  likely")
        for tried in tries(number, [now, *values], cases, options.entries):
            mark = "now" if tried.value == now else ""
            print(
                f"{tried.value:>12g} {mark:11} {tried.recall_at_1:11.4f}  {tried.recall_at_3:.4f} "
                f"{tried.false_exact:12}  {tried.false_likely:6}",
                flush=True,
            )
    return 0


def first_sentences(folder: Path) -> list[Case]:
    """The entries' own examples, each cut at the first end of a sentence or line behind some words of its message."""
    matcher = from_entries(folder).matcher
    found: dict[str, str] = {}
    for entry in load_collection(folder).entries:
        for example in (example for signature in entry.signatures for example in signature.examples):
            whole = next(
                (each for each in matcher.match(example) if each.id == entry.id and each.tier == "exact"), None
            )
            if whole is None:
                continue
            line = example.rfind("\n", 0, whole.start) + 1
            for stop in _STOP.finditer(example, whole.start + 1, whole.end):
                is_long = len(example[whole.start : stop.start()].split()) >= FEWEST_WORDS
                if is_long and stop.start() - line < MOST_LEFT * (whole.end - line):
                    found[example[line : stop.start()].rstrip()] = entry.id
                    break
    return [Case.of(text, entry_id) for text, entry_id in found.items()]


def tries(number: str, values: Sequence[float], cases: Sequence[Case], entries: Path) -> Iterator[Tried]:
    """What comes of each value; the number is as it was afterwards."""
    now = value_of(number)
    try:
        for value in values:
            set_value(number, _like(now, value))
            found = evaluate(cases, from_entries(entries).matcher)
            yield Tried(value, found.recall_at_1, found.recall_at_3, found.false_exact, found.false_likely)
    finally:
        set_value(number, now)


def value_of(number: str) -> float:
    """A number by its name: `module.NAME`, or `module.NAME.field` of a tuple."""
    module, name, *field = number.split(".")
    value = getattr(import_module(f"kb.match.{module}"), name)
    result: float = getattr(value, field[0]) if field else value
    return result


def set_value(number: str, value: float) -> None:
    """Give a number another value, in every module of the matcher that has it."""
    home, name, *field = number.split(".")
    old = getattr(import_module(f"kb.match.{home}"), name)
    new = old._replace(**{field[0]: value}) if field else value
    for module in list(sys.modules.values()):
        is_home = module.__name__ == f"kb.match.{home}"
        if is_home or (module.__name__.startswith("kb.match.") and getattr(module, name, None) is old):
            setattr(module, name, new)


def _like(now: float, value: float) -> float:
    return max(1, round(value)) if isinstance(now, int) else round(value, 4)


if __name__ == "__main__":
    sys.exit(main())
