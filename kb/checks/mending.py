"""Mending: the fixes of diagnostics put into their files, as far as they leave the files readable."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from kb.checks.diagnostic import Diagnostic
from kb.checks.edit import apply_edits
from kb.entry import Catalog, Collection, DefectKind, Source, parse_source, write_whole

MOST_ROUNDS: Final = 12
"""Mending a problem can show another one; more rounds than this mean that two rules disagree."""

_FATAL: Final = frozenset(
    {DefectKind.UNREADABLE, DefectKind.NO_FRONT_MATTER, DefectKind.SYNTAX, DefectKind.UNSAFE_YAML}
)
"""Defects that keep a file from being read any further."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A file's new text, and the problems that it has no more."""

    path: Path
    text: str
    problems: tuple[Diagnostic, ...]


def mend(collection: Collection, diagnostics: Iterable[Diagnostic]) -> list[Mended]:
    """The files that change when the diagnostics' fixes are applied; none where nothing can be mended.

    Fixes that meet one another are left for the next run, and so are those that would leave a file less readable than
    it was. Check and mend again until nothing comes out.
    """
    catalogs = (
        collection.product_catalog,
        collection.tool_catalog,
        collection.synonym_catalog,
        collection.coverage_catalog,
    )
    files: dict[Path, Source | Catalog] = {
        source.path: source for source in (*collection.sources, *collection.translated)
    }
    files |= {catalog.path: catalog for catalog in catalogs}
    mendable = sorted((found for found in diagnostics if found.fix), key=lambda found: found.path)
    result: list[Mended] = []
    for path, group in groupby(mendable, key=lambda found: found.path):
        mended = _mended(files[path], list(group))
        if mended:
            result.append(mended)
    return result


def write_mended(collection: Collection, diagnostics: Iterable[Diagnostic]) -> list[Mended]:
    """Write the files that `mend` changes. Raises OSError, with the name of the file that can't be written."""
    changes = mend(collection, diagnostics)
    for change in changes:
        try:
            write_whole(change.path, change.text)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(change.path)) from None
    return changes


def mended_text(mended: Iterable[Mended]) -> str:
    """What was mended, a line each, and a line that counts."""
    lines = [f"mended {problem}" for change in mended for problem in change.problems]
    files = len({change.path for change in mended})
    lines.append(f"Mended {len(lines)} problem{'s' * (len(lines) != 1)} in {files} file{'s' * (files != 1)}.")
    return "\n".join(lines)


def _mended(file: Source | Catalog, problems: Sequence[Diagnostic]) -> Mended | None:
    text, applied = apply_edits(file.text, [found.fix for found in problems])
    if text != file.text and _is_sound(file, text):
        return Mended(file.path, text, tuple(problems[number] for number in applied))
    if len(problems) > 1:
        # One of them does harm: the first that does none goes alone.
        return next((mended for found in problems if (mended := _mended(file, [found]))), None)
    return None


def _is_sound(file: Source | Catalog, text: str) -> bool:
    """Whether a file can be read at least as far with its new text as with the one it has."""
    if isinstance(file, Catalog):
        return True
    changed = parse_source(file.path, file.name, text)
    was = file.entry or file.translation
    is_lost = changed.entry is None and changed.translation is None and was is not None
    return not is_lost and _readable_lines(changed) >= _readable_lines(file)


def _readable_lines(source: Source) -> float:
    """The line up to which a source can be read."""
    return min((defect.position.line for defect in source.defects if defect.kind in _FATAL), default=float("inf"))
