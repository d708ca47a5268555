"""What the tests of reports share: the vectors in tests/data/report, each a snapshot with its report and Markdown."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[2] / "data" / "report"


@dataclass(frozen=True)
class Vector:
    """What was collected, what is known of it, and what has to come of that."""

    name: str
    note: str
    snapshot: dict[str, Any]
    known: list[dict[str, Any]]
    report: dict[str, Any]
    markdown: str


def load(path: Path) -> Vector:
    return Vector(path.stem, **{"report": {}, **json.loads(path.read_text("utf-8"))}, markdown=expected(path))


def expected(path: Path) -> str:
    markdown = path.with_suffix(".md")
    return markdown.read_text("utf-8") if markdown.exists() else ""


@pytest.fixture(scope="session")
def vectors() -> list[Vector]:
    return [load(path) for path in sorted(DATA.glob("*.json"))]
