"""The matrix of a recipe: each combination of its tools' versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final

from kb.entry import INSTALLED, LATEST, MAX_COMBINATIONS, ErrorOutcome, ProvedRun, Recipe, has_version, skipped_versions

FIRST: Final = ("python", "node")
"""Tools that others run on."""


@dataclass(frozen=True, slots=True)
class Combination:
    """One version for each tool, as the recipe asks for it."""

    versions: Mapping[str, str]
    skipped: str | None = None
    """Why it is left out."""

    def __str__(self) -> str:
        return ", ".join(f"{name} {version}" for name, version in self.versions.items()) or "no tools"

    @property
    def newest(self) -> tuple[str, ...]:
        """The tools of which the newest version is asked for."""
        return tuple(name for name, version in self.versions.items() if version == LATEST)

    @property
    def installed(self) -> tuple[str, ...]:
        """The tools that are taken in the version that is there."""
        return tuple(name for name, version in self.versions.items() if version == INSTALLED)

    def is_of(self, run: ProvedRun) -> bool:
        """Whether a run that was recorded is what this combination asks for."""
        return (
            run.with_.keys() == self.versions.keys()
            and set(run.latest) == set(self.newest)
            and all(fits(version, run.with_[name]) for name, version in self.versions.items())
        )


def fits(asked: str, version: str) -> bool:
    """Whether a version is what was asked for: the same, or a part of it (`3.8` is any 3.8.x)."""
    return asked in (LATEST, INSTALLED) or has_version(asked, version)


def combinations_of(recipe: Recipe, chosen: Mapping[str, tuple[str, ...]] | None = None) -> list[Combination]:
    """The combinations of a recipe, in its order; `chosen` has other versions for some of its tools.

    Raises ValueError, with what is wrong, where there are too many of them, or `skip` names none.
    """
    asked = {name: (chosen or {}).get(name, versions) for name, versions in recipe.with_.items()}
    count = prod(map(len, asked.values()))
    if count > MAX_COMBINATIONS:
        raise ValueError(f"these are {count:,} combinations of versions; the limit is {MAX_COMBINATIONS}")
    names = sorted(asked, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
    found = []
    for versions in product(*(asked[name] for name in names)):
        one = dict(zip(names, versions, strict=True))
        found.append(Combination(one, _why_skipped(recipe, one)))
    return found


def _why_skipped(recipe: Recipe, versions: Mapping[str, str]) -> str | None:
    for text, why in recipe.skip.items():
        named = skipped_versions(text)
        if all(name in versions and _is_named(version, versions[name]) for name, version in named.items()):
            return why
    return None


def _is_named(text: str, asked: str) -> bool:
    """Whether `skip` names what a combination asks for; `latest` is `latest` alone there."""
    return text == asked or (text not in (LATEST, INSTALLED) and has_version(text, asked))


def skipped_run(combination: Combination, platform: str, day: str) -> ProvedRun:
    """What is recorded of a combination that is left out."""
    return ProvedRun.model_validate(
        {
            "with": dict(combination.versions),
            "latest": combination.newest,
            "platform": platform,
            "day": day,
            "error": ErrorOutcome.SKIPPED,
            "why": combination.skipped,
        }
    )
