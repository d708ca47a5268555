"""The upgrade of one base to the running generator: what it was made from, what is there, what would be written now."""

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from packaging.version import Version

from kb import __version__
from kb.starting.answers import answers_in
from kb.starting.changes import changes_since
from kb.starting.choices import Choices, blanks_of
from kb.starting.files import first_product, present_texts, renew
from kb.starting.former import Former, former_shapes, former_start
from kb.starting.generator import renewed_generator, running_generator
from kb.starting.hashes import hashed_versions
from kb.starting.origin import ORIGIN, Origin, Texts, origin_from, renewable
from kb.starting.pins import PINS, generator_in, hashed, presumably_written, with_extras
from kb.starting.start import origin_now, started
from kb.starting.upgrading import Step, steps_of

_CONFIGURATION: Final = "mkdocs.yml"
_REQUIREMENTS: Final = "requirements.txt"
_CONSTRAINTS: Final = "constraints.txt"


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What an upgrade would do to a base."""

    folder: Path
    former: Origin | Former
    """From what the base was made: as it says itself, or as it was recognised."""
    present: Texts
    steps: tuple[Step, ...]
    changes: tuple[str, ...]
    """What the changelog says to keepers of the time between."""
    origin: Origin
    """What the base says of its start afterwards."""

    @property
    def writes(self) -> tuple[str, ...]:
        """Paths of the files that it changes; none where nothing is to do."""
        paths = [path for step in self.steps for path in step.writes]
        return (*paths, ORIGIN) if paths or not _says_the_same(self.former, self.origin) else ()

    def carry_out(self) -> None:
        """Change the files. What says from what the base was made comes last. Raises OSError."""
        for step in self.steps:
            if step.writes:
                renew(self.folder, step.path, step.text)
            if step.former:
                renew(self.folder, step.former, None)
        renew(self.folder, ORIGIN, self.origin.to_json())


def upgrade_of(folder: Path, reserved: Container[str], today: date) -> Upgrade:
    """What an upgrade of the base in a folder would do; it writes nothing.

    Raises ValueError for a folder that holds no base, or one that a newer generator wrote; MergeError.
    """
    read, _ = present_texts(folder, (ORIGIN, _CONFIGURATION, _REQUIREMENTS))
    if _CONFIGURATION not in read:
        raise ValueError(f"{folder} has no {_CONFIGURATION}: name the folder of a knowledge base.")
    origin = origin_from(read[ORIGIN]) if ORIGIN in read else None
    if origin and Version(origin.version) > Version(__version__):
        raise ValueError(
            f"kb {origin.version} wrote this base, and this is kb {__version__}. Run that one, or a newer one: "
            f"kb upgrade --to {origin.version}"
        )
    pins = read.get(_REQUIREMENTS, "")
    requirement = renewed_generator(generator_in(pins), running_generator(), __version__)
    before = replace(origin.answers, generator=with_extras(requirement, pins)) if origin else None
    chosen = answers_in(read[_CONFIGURATION], before, first_product(folder))
    chosen = replace(chosen, generator=with_extras(requirement, pins))
    chosen, blanks = _filled(chosen, before, reserved, today)
    new = renewable(started(chosen, blanks))
    known = origin.texts.keys() if origin else {path for shape in former_shapes(blanks) for path in shape}
    present, others = present_texts(folder, known | new.keys())
    former = origin or former_start(present, blanks)
    if former is None:
        raise ValueError(
            f"{folder} has no {ORIGIN}, and its files are none that `kb init` ever wrote: there is nothing to "
            "compare with."
        )
    if hashed(present.get(_CONSTRAINTS, "")):
        new[_CONSTRAINTS] = hashed_versions(new[_CONSTRAINTS])
    written = former.texts
    if isinstance(former, Former):
        known_pins: dict[str, str] = {
            path: presumably_written(present[path], new[path]) for path in PINS if path in present
        }
        written = {**former.texts, **known_pins}
    steps = steps_of(written, present, new, unreadable=frozenset(others), version=__version__)
    changes = changes_since(origin.release if origin else None)
    return Upgrade(folder, former, present, tuple(steps), tuple(changes), origin_now(chosen, new))


def _says_the_same(former: Origin | Former, origin: Origin) -> bool:
    """Whether it makes no difference to a later upgrade which of both a base says. Answers stand in its files too."""
    return isinstance(former, Origin) and replace(former, answers=origin.answers) == origin


def _filled(
    chosen: Choices, before: Choices | None, reserved: Container[str], today: date
) -> tuple[Choices, dict[str, str]]:
    """The answers that can fill a start, and what fills it: those of today, else those that were given once."""
    try:
        return chosen, blanks_of(chosen, reserved, today)
    except ValueError:
        if before is None:
            raise
        return before, blanks_of(before, reserved, today)
