"""Proofs of many entries at once: what comes of each entry together, and once more alone what ran out of time."""

from collections import Counter as Counts
from collections.abc import Callable, Iterator, Sequence

from kb.process import in_threads
from kb.proofs import Counter, Job, Result, Trying, done


def results_of(
    todo: Sequence[Job], trying: Trying, counter: Counter, count: int, step: Callable[[], None]
) -> Iterator[list[Result]]:
    """The results of each entry together, as soon as they are all there; `count` are tried at once.

    What runs out of time is tried once more when all others have ended, by itself and with more time: a machine that is
    busy should not decide what is true. `step` is called for each result. Raises SandboxError where nothing can run.
    """
    left = Counts(job.entry.id for job in todo)
    found: dict[str, dict[int, Result]] = {}
    for number, result in _with_second_tries(todo, trying, counter, count):
        entry = result.job.entry.id
        found.setdefault(entry, {})[number] = result
        step()
        if len(found[entry]) == left[entry]:
            own = found.pop(entry)
            yield [own[each] for each in sorted(own)]


def _with_second_tries(
    todo: Sequence[Job], trying: Trying, counter: Counter, count: int
) -> Iterator[tuple[int, Result]]:
    """Each job's number with its result."""
    # What starts servers takes longest: begun last, it would be waited for by all but one.
    first = sorted(range(len(todo)), key=lambda number: not todo[number].recipe.services)
    late: list[int] = []
    for number, result in in_threads(lambda number: done(todo[number], trying, counter), first, count):
        if result.is_late:
            late.append(number)
        else:
            yield number, result
    for number in late:
        yield number, done(todo[number], trying.patient, counter)
