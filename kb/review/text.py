"""A report as Markdown for a pull request. Nothing in it that a stranger wrote is taken for Markdown by GitHub.

Titles stand in code spans: in them GitHub knows no HTML, no links, no mentions, no references and no emoji.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypeVar

from kb.checks import visible
from kb.review.proofs import ProofResult, Proofs, State
from kb.review.report import Changed, Known, Moved, New, Removed, Renamed, Report, Translated, Waived

MAX_CHARACTERS: Final = 60_000
"""GitHub takes comments of up to 65,536 characters."""
MOST_SHOWN: Final = 30
"""Items of a list that are shown."""
LONGEST: Final = 200
"""Characters of a title that are shown."""

_STATES: Final[dict[State, str]] = {
    "new": "as the recipe wants it",
    "as recorded": "as recorded",
    "kept": "recorded and unchanged",
    "differs": "**different**",
    "not tried": "not tried",
    "skipped": "skipped",
}
_TOLD: Final = ("differs", "not tried")
"""States of a combination that is told by itself."""
_TICKS: Final = re.compile(r"`+")
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Places:
    """Where readers of a comment find what it speaks of. Addresses without a slash at their end, or empty."""

    new: str = ""
    """The entries folder with the change."""
    known: str = ""
    """The entries folder without it."""
    preview: str = ""
    """The built site."""


def to_markdown(report: Report, places: Places = Places(), proofs: Proofs | None = None) -> str:
    """What changes, and what came of the recipes that were run, at most `MAX_CHARACTERS` long."""
    has_proofs = proofs is not None and bool(proofs.results)
    if report.is_empty and not has_proofs:
        return "No entry changes.\n"
    lines: list[str] = []
    size = 0
    tail = list(_tail(report, places))
    room = MAX_CHARACTERS - sum(len(line) + 1 for line in tail) - 100
    for line in chain(_sections(report, places), _waived(report.waived), _proofs(proofs) if proofs else ()):
        size += len(line) + 1
        if size > room:
            lines += ["", "There is more than fits into a comment. `kb changes` prints all of it."]
            break
        lines.append(line)
    return "\n".join([*lines, *tail]).strip() + "\n"


def code(text: str) -> str:
    """Text as a code span of one line, whatever characters it has, and not too long."""
    shown = visible(" ".join(text.split()))
    shown = shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"
    fence = "`" * (max(map(len, _TICKS.findall(shown)), default=0) + 1)
    # A space beside a backtick; Markdown takes one space off at both ends (https://spec.commonmark.org/0.31.2/#code-spans).
    pad = " " if not shown or shown[0] in "` " or shown[-1] in "` " else ""
    return f"{fence}{pad}{shown or '(empty)'}{pad}{fence}"


def _sections(report: Report, places: Places) -> Iterator[str]:
    yield from _section("new", report.new, lambda one: _new(one, places))
    yield from _section("changed", report.changed, lambda one: _changed(one, places))
    yield from _section("renamed", report.renamed, lambda one: _renamed(one, places))
    yield from _section("removed", report.removed, _removed)
    if report.vanished:
        yield "### Addresses that would vanish"
        yield ""
        yield from _shown(report.vanished, lambda address: [f"- {code(f'/{address}/')}"])
        yield ""
        yield "What was published stays: add an id to `aliases:`, an issue to `reports:` of the entry in its place."
        yield ""
    if report.moved:
        yield "### Addresses that change their entry"
        yield ""
        yield from _shown(report.moved, _moved)
        yield ""
    if report.translations:
        yield "### Translations"
        yield ""
        yield from _shown(report.translations, _translated)
        yield ""
    if report.redirects:
        yield "### Redirects"
        yield ""
        yield from _shown(
            report.redirects, lambda one: [f"- {code(f'/{one.address}/')} leads to {code(f'/{one.id}/')}"]
        )
        yield ""


def _translated(one: Translated) -> list[str]:
    older = "; **it may be older than its entry**" if one.is_older else ""
    done = "is as it was" if one.change == "kept" else f"is {one.change}"
    return [f"- {code(one.id)} in {code(one.language)} {done}{older}"]


def _waived(waived: Sequence[Waived]) -> Iterator[str]:
    """Rules that somebody asks not to hold, which a person has to agree with."""
    if waived:
        yield "### Rules waived"
        yield ""
        yield from _shown(waived, lambda one: [f"- {code(one.id)} waives {one.code}: {code(one.reason)}"])
        yield ""


def _proofs(proofs: Proofs) -> Iterator[str]:
    """What came of the recipes, an entry a line, with the combinations below that came out otherwise."""
    if not proofs.results:
        return
    by_entry: dict[str, list[ProofResult]] = {}
    for result in proofs.results:
        by_entry.setdefault(result.entry, []).append(result)
    yield f"### {_count(len(by_entry), 'recipe')} tried"
    yield ""
    yield from _shown(list(by_entry.values()), _proved)
    yield ""


def _proved(results: Sequence[ProofResult]) -> list[str]:
    counts = Counter(result.state for result in results)
    told = ", ".join(f"{counts[state]} {words}" for state, words in _STATES.items() if counts[state])
    lines = [f"- {code(results[0].entry)}: {told}"]
    for result in [one for one in results if one.state in _TOLD][:MOST_SHOWN]:
        fixes = "".join(f", workaround {fix.workaround} {fix.outcome}" for fix in result.fixes)
        lines.append(f"  - {code(result.versions)}: {_STATES[result.state]}: error {result.error}{fixes}")
    return lines


def _tail(report: Report, places: Places) -> Iterator[str]:
    yield ""
    if report.unreadable:
        yield f"{_count(report.unreadable, 'changed file')} can't be read as an entry; the check says where and why."
    if report.left_out:
        yield f"{_count(report.left_out, 'more change')} not listed."
    if places.preview:
        yield ""
        yield f"A preview: [the built site]({places.preview}). Unpack it, and there `python3 -m http.server`."


def _section(kind: str, items: Sequence[_Item], write: Callable[[_Item], list[str]]) -> Iterator[str]:
    if items:
        yield f"### {len(items)} {kind} {'entry' if len(items) == 1 else 'entries'}"
        yield ""
        yield from _shown(items, write)
        yield ""


def _shown(items: Sequence[_Item], write: Callable[[_Item], Iterable[str]]) -> Iterator[str]:
    for item in items[:MOST_SHOWN]:
        yield from write(item)
    if len(items) > MOST_SHOWN:
        yield f"- and {len(items) - MOST_SHOWN:,} more"


def _new(entry: New, places: Places) -> list[str]:
    lines = [f"- {_link(entry.title, entry.file, places.new)} at {code(f'/{entry.id}/')}"]
    return lines + [f"  - {_known(one, places)}" for one in entry.known]


def _known(known: Known, places: Places) -> str:
    how = "has this error already" if known.tier == "exact" else f"is alike ({known.score:.0%})"
    return f"{_link(known.title, known.file, places.known)} ({code(known.id)}) {how}"


def _changed(entry: Changed, places: Places) -> list[str]:
    parts = ", ".join(part.replace("_", " ") for part in entry.parts)
    line = f"- {_link(entry.title, entry.file, places.new)} ({code(entry.id)}): {parts}"
    lines = [line]
    if entry.former_title is not None:
        lines.append(f"  - its title was {code(entry.former_title)}")
    if entry.first_step is not None:
        lines.append(f"  - first to try is now {code(entry.first_step)}")
    return lines


def _renamed(entry: Renamed, places: Places) -> list[str]:
    line = f"- {_link(entry.title, entry.file, places.new)}: {code(entry.former_id)} is now {code(entry.id)}"
    if entry.keeps_address:
        return [f"{line}; the former address leads there"]
    alias = code(f"aliases: [{entry.former_id}]")
    return [
        f"{line}; **the former address would vanish**: add {alias}, or run `kb check --against <base branch> --fix`"
    ]


def _removed(entry: Removed) -> list[str]:
    target = f"; its address leads to {code(entry.leads_to)} from now on" if entry.leads_to else ""
    return [f"- {code(entry.title)} ({code(entry.id)}){target}"]


def _moved(one: Moved) -> list[str]:
    return [f"- {code(f'/{one.address}/')} led to {code(one.former_id)} and leads to {code(one.id)} from now on"]


def _link(title: str, file: str, folder: str) -> str:
    return f"[{code(title)}]({folder}/{file})" if folder else code(title)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
