"""The JavaScript twins of matcher and search, asked in Node."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def laid(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def in_node(script: Path, folder: Path, lines: list[dict], tmp_path: Path) -> list:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node isn't installed")
    asked = tmp_path / "asked.jsonl"
    asked.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    run = subprocess.run([node, script, folder, asked], check=True, capture_output=True, encoding="utf-8")
    return [json.loads(line) for line in run.stdout.splitlines()]
