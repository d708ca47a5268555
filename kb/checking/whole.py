"""All problems of a folder, found by all processors, file by file; files that did not change are not read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from kb.checking.kept_results import Result, recall, recall_looks, remember, remember_looks
from kb.checks import MOST_ROUNDS, Diagnostic, Looked, Mended, Published, checking_in, checking_of, write_mended
from kb.checks.web import LinkAnswer
from kb.entry import DATA_FILES, Collection, died, open_folder
from kb.process import map_forked, state_of


def checked(folder: Path, today: date, reserved: Iterable[str], *, is_kept: bool) -> Result:
    """The result for a whole folder. What was kept of an earlier one serves for all files that have not changed."""
    state = state_of(folder, DATA_FILES, folder, today) if is_kept else None
    kept = recall(state.whole) if state else None
    if kept is not None:
        return kept
    checking = checking_in(open_folder(folder), today, reserved)
    looked = recall_looks(state) if state else {}
    new = [name for name in checking.names if name not in looked]
    dead: list[str] = []

    def look_at_dead(name: str, how: str) -> Looked:
        dead.append(name)
        return checking.look_at_dead(name, how)

    looked |= zip(new, map_forked(checking.look, new, instead=look_at_dead), strict=True)
    in_order = [looked[name] for name in checking.names]
    entries = [each.claims.name for each in in_order if each.is_entry]
    products = {name.partition("/")[0] for name in entries}
    result = Result(checking.conclude(in_order), len(entries), len(products))
    if state and not dead:
        remember(state.whole, result)
        remember_looks(state, in_order)
    return result


def loaded(folder: Path) -> Collection:
    """Everything in a folder."""
    opened = open_folder(folder)
    read = map_forked(opened.read, opened.all_names, instead=lambda name, how: died(folder / name, name, how))
    return opened.collection(read)


def problems_of(
    collection: Collection,
    today: date,
    reserved: Iterable[str],
    answers: Mapping[str, LinkAnswer] | None = None,
    published: Published | None = None,
) -> list[Diagnostic]:
    """The problems of a collection; of links and of what was published before, where that is given."""
    checking = checking_of(collection, today, reserved, answers=answers, published=published)
    return checking.conclude(map_forked(checking.look, checking.names, instead=checking.look_at_dead))


def mended(
    collection: Collection, find: Callable[[Collection], list[Diagnostic]]
) -> tuple[Collection, list[Diagnostic], list[Mended]]:
    """Mend files until nothing more can be mended of what `find` finds.

    Returns the collection as it is then, what is left, and what was mended. Raises OSError for a file that can't be
    written.
    """
    problems = find(collection)
    done: list[Mended] = []
    for _ in range(MOST_ROUNDS):
        changes = write_mended(collection, problems)
        if not changes:
            break
        done += changes
        collection = loaded(collection.root)
        problems = find(collection)
    return collection, problems, done
