"""What the tests of matching share: the signatures and vectors in tests/data/match, and their index."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kb.match import Matcher, build_index

DATA = Path(__file__).parent.parent / "data" / "match"


@dataclass(frozen=True)
class Vector:
    note: str
    text: str
    answers: list[dict[str, Any]]


def load_lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def signatures() -> list[tuple[str, str]]:
    return [(line["id"], line["text"]) for line in load_lines("signatures.jsonl")]


@pytest.fixture(scope="session")
def vectors() -> list[Vector]:
    return [Vector(**line) for line in load_lines("vectors.jsonl")]


@pytest.fixture(scope="session")
def index_folder(signatures, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    for name, content in build_index(signatures).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="session")
def matcher(index_folder) -> Matcher:
    return Matcher.from_files(index_folder)
