"""Entries with a record of proofs, sealed as `kb prove --record` does it, without running anything."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kb.entry import ProvedRun, sealed

if TYPE_CHECKING:
    from conftest import EntriesFolder

STEPS = tuple(f"## Workaround: {name}\n\nRun `true`." for name in ("One", "Two", "Three"))
HEAD = "## Summary\n\nIt fails.\n\n## Cause\n\nSomething is missing.\n\n"


def tried(versions: dict[str, str], *fixes: str, day: str = "2026-11-28") -> dict[str, object]:
    """A run that provoked the error, as a record has it, and what came of each workaround; `-` was not tried."""
    outcomes = [{"workaround": at, "outcome": outcome} for at, outcome in enumerate(fixes, 1) if outcome != "-"]
    return {"with": versions, "platform": "linux x86_64", "day": day, "error": "provoked", "fixes": outcomes}


def record(
    folder: "EntriesFolder",
    name: str,
    *runs: dict[str, object],
    steps: Sequence[str] = STEPS,
    head: str = HEAD,
    **keys: object,
) -> Path:
    """Write an entry with these workarounds, a recipe that tries all of them, and the record of the runs."""
    fixes = [{"workaround": number, "run": "true"} for number, _ in enumerate(steps, 1)]
    keys = {"proof": {"provoke": "sh demo.sh", "fixes": fixes}} | keys
    prose = head + "\n\n".join(steps) + "\n"
    folder.entry(name, prose, **keys)
    entry = folder.load().by_id[name.rpartition(".")[0]]
    proved = sealed(entry, (ProvedRun.model_validate(run) for run in runs))
    return folder.entry(
        name, prose, **keys, proved=proved.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    )
