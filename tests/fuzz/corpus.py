"""What fuzzing starts from: real files and real pastes of this repository, each text as it stands there."""

import json
from functools import cache
from pathlib import Path

import yaml

from kb.entry import DATA_FILES

ROOT = Path(__file__).parents[2]
LONGEST = 6_000
"""Characters of a text: mutants of long ones cost time and show nothing new."""


@cache
def entries() -> tuple[str, ...]:
    """Entries of this repository and of the tests, good and broken."""
    folders = ("entries", "tests/data/entries", "tests/data/broken")
    files = sorted(file for folder in folders for file in (ROOT / folder).rglob("*.md"))
    texts = (file.read_bytes().decode("utf-8", "replace") for file in files)
    return tuple(dict.fromkeys(text for text in texts if 0 < len(text) <= LONGEST))


@cache
def front_matters() -> tuple[str, ...]:
    """The YAML of those entries, without the lines around it."""
    return tuple(parts[1] for text in entries() if len(parts := text.split("---\n", 2)) == 3 and not parts[0])


@cache
def parsed_fronts() -> tuple[dict[str, object], ...]:
    """What those hold that are YAML, every scalar as text."""
    found = []
    for front in front_matters():
        try:
            value = yaml.load(front, yaml.CBaseLoader)
        except yaml.YAMLError:
            continue
        if isinstance(value, dict):
            found.append(value)
    return tuple(found)


@cache
def yaml_entries() -> tuple[str, ...]:
    """Entries that are YAML as a whole."""
    found = (ROOT / "tests/data").rglob("*/*.yml")
    files = sorted(file for file in found if file.name not in (*DATA_FILES, "mkdocs.yml"))
    return tuple(dict.fromkeys(file.read_text("utf-8") for file in files))


@cache
def data_files() -> tuple[tuple[str, str], ...]:
    """Name and text of the data files, each cut to what stands first."""
    found = []
    for name in DATA_FILES:
        for folder in ("entries", "tests/data/entries/example"):
            if not (ROOT / folder / name).exists():
                continue
            text = (ROOT / folder / name).read_text("utf-8")
            found.append((name, text if len(text) <= LONGEST else text[: text.rfind("\n", 0, LONGEST) + 1]))
    return tuple(found)


@cache
def pastes() -> tuple[str, ...]:
    """What people paste: the cases of the matcher's evaluation, and the examples of entries."""
    names = ("eval", "pastes-infrastructure", "pastes-languages")
    files = [ROOT / f"tests/data/match/{name}.jsonl" for name in names]
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    texts = [case["text"] for case in map(json.loads, lines) if "text" in case]
    return tuple(dict.fromkeys(text for text in (*texts, *examples()) if len(text) <= LONGEST))


@cache
def examples() -> tuple[str, ...]:
    """Real output, as entries show it."""
    fronts = [yaml.load(front, yaml.CBaseLoader) for front in _readable_fronts()]
    return tuple(
        example for front in fronts for signature in front["signatures"] for example in signature.get("examples", ())
    )


def _readable_fronts() -> list[str]:
    files = sorted((ROOT / "entries").rglob("*.md"))
    return [file.read_text("utf-8").split("---\n", 2)[1] for file in files]


@cache
def payloads() -> tuple[str, ...]:
    """What attackers write, from the hostile corpus of the site's tests."""
    found = json.loads((ROOT / "tests/data/hostile/payloads.json").read_text("utf-8"))
    return tuple(_texts(found))


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _texts(part) if len(text) <= LONGEST]
