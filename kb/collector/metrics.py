"""What the collector counts of itself, in Prometheus' text format.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

from collections import Counter
from typing import Final

_HELP: Final = {
    "kb_votes_refused_total": ("counter", "Requests that were refused, by the word of the answer."),
    "kb_votes_kept_total": ("counter", "Votes that are on the disk."),
    "kb_votes_failed_total": ("counter", "Votes that could not be kept."),
    "kb_votes_transactions_total": ("counter", "Transactions."),
    "kb_votes_transaction_seconds_total": ("counter", "Time that they took."),
    "kb_votes_waiting": ("gauge", "Requests that wait for the database."),
    "kb_votes_entries": ("gauge", "Entries that can be voted on."),
    "kb_votes_revision": ("gauge", "Transactions that this database has seen."),
}


class Metrics:
    """Counters by name and labels. Labels come from short lists of our own, never from a request."""

    def __init__(self) -> None:
        self._values: Counter[tuple[str, str]] = Counter()
        self._seconds = 0.0

    def count(self, name: str, amount: int = 1, **labels: str) -> None:
        self._values[name, ",".join(f'{key}="{value}"' for key, value in labels.items())] += amount

    def took(self, seconds: float) -> None:
        self._seconds += seconds

    def text(self, **gauges: int) -> str:
        """All of them, and what is measured right now: `waiting`, `entries`, `revision`."""
        lines: list[str] = []
        for name, (kind, explained) in _HELP.items():
            lines += [f"# HELP {name} {explained}", f"# TYPE {name} {kind}"]
            if kind == "gauge":
                lines.append(f"{name} {gauges[name.removeprefix('kb_votes_')]}")
            elif name.endswith("seconds_total"):
                lines.append(f"{name} {self._seconds:.6f}")
            else:
                found = sorted((labels, value) for (each, labels), value in self._values.items() if each == name)
                lines += [f"{name}{{{labels}}} {value}" if labels else f"{name} {value}" for labels, value in found]
        return "\n".join(lines) + "\n"
