"""How well a matcher finds what it should: the measures behind `kb eval`."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.match.matcher import Answer, Matcher

DEPTH = 10
"""Answers looked at for each case."""


@dataclass(frozen=True, slots=True)
class Case:
    """A text and the ids of the entries that it shows; none if nothing in it is known."""

    text: str
    expect: tuple[str, ...]

    @classmethod
    def of(cls, text: str, expect: str | list[str] | None) -> Case:
        """A case as `kb eval` reads it: `expect` is one id, several, or null."""
        return cls(text, () if expect is None else (expect,) if isinstance(expect, str) else tuple(expect))


@dataclass(frozen=True, slots=True)
class Miss:
    """A case whose first answer was wrong, or that should have had none and got one."""

    case: Case
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Measures over all cases; recalls and mean reciprocal rank are 0 to 1 and count the cases that expect something.

    Of the others, the unknown ones, those count as false that got an `exact` answer, or only `likely` ones.
    Recall at k is the share of the expected entries among the first k answers, of the k that there is room for.
    """

    cases: int
    recall_at_1: float
    recall_at_3: float
    mean_reciprocal_rank: float
    unknown: int
    false_exact: int
    false_likely: int
    milliseconds: float
    misses: tuple[Miss, ...]

    def below(self, goals: Mapping[str, float]) -> list[str]:
        """What falls short of goals, a sentence each.

        Goals are measure -> share: the least of recalls, the most of false answers among the unknown.

        Raises ValueError for a measure that there isn't.
        """
        unknown = max(self.unknown, 1)
        least = {"recall_at_1": self.recall_at_1, "recall_at_3": self.recall_at_3}
        most = {"false_exact": self.false_exact / unknown, "false_likely": self.false_likely / unknown}
        if strange := [name for name in goals if name not in least | most]:
            raise ValueError(f"there is no measure {strange[0]!r}; there are {', '.join(least | most)}")
        return [
            f"{name} is {(least | most)[name]:.3f}, and has to be {goal:g}"
            for name, goal in goals.items()
            if (least[name] < goal if name in least else most[name] > goal)
        ]


def evaluate(cases: Iterable[Case], matcher: Matcher) -> Evaluation:
    """Match every case and measure. `milliseconds` is the time for a case on average."""
    recalls: list[tuple[float, float, float]] = []
    misses: list[Miss] = []
    unknown = false_exact = false_likely = 0
    started = perf_counter()
    for case in cases:
        answers = matcher.match(case.text, DEPTH)
        ids = [answer.id for answer in answers]
        if case.expect:
            recalls.append((_recall(case, ids, 1), _recall(case, ids, 3), _reciprocal_rank(case, ids)))
            if recalls[-1][0] < 1:
                misses.append(Miss(case, tuple(answers[:3])))
            continue
        unknown += 1
        if answers:
            is_exact = any(answer.tier == "exact" for answer in answers)
            false_exact += is_exact
            false_likely += not is_exact
            misses.append(Miss(case, tuple(answers[:3])))
    total = len(recalls) + unknown
    milliseconds = (perf_counter() - started) * 1000 / max(total, 1)
    at_1, at_3, rank = (sum(column) / max(len(recalls), 1) for column in zip(*recalls or [(0, 0, 0)], strict=True))
    return Evaluation(total, at_1, at_3, rank, unknown, false_exact, false_likely, milliseconds, tuple(misses))


def _recall(case: Case, ids: list[str], depth: int) -> float:
    expected = set(case.expect)
    return len(expected.intersection(ids[:depth])) / min(depth, len(expected))


def _reciprocal_rank(case: Case, ids: list[str]) -> float:
    return next((1 / place for place, name in enumerate(ids, 1) if name in case.expect), 0.0)
