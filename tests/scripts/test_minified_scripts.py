"""The scripts of a site say what their sources say, without comments and indentation."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from kb.site.bundle import asset_files, script_sources

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
from environment import ROOT, install_packages

TOOLS = ROOT / "scripts/javascript"
SOURCES = ROOT / "kb/site/assets"
TREES = Path(__file__).with_name("syntax_trees.mjs")


@pytest.fixture(scope="module")
def scripts(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("scripts")
    for name, content in asset_files().items():
        if name.endswith(".js"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def sources(tmp_path_factory) -> Path:
    """The scripts as they are written, but that they speak English."""
    folder = tmp_path_factory.mktemp("sources")
    for name, source in script_sources().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(source, "utf-8")
    return folder


def compared(first: Path, second: Path) -> dict[str, object]:
    node = install_packages(Path(sys.executable), TOOLS)
    command = [str(node), str(TREES), str(first), str(second)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def test_each_script_has_the_syntax_tree_of_its_source(sources, scripts):
    found = compared(sources, scripts)
    assert found["different"] == []
    assert found["count"] == len(list(SOURCES.rglob("*.js"))) - 1 > 60


def test_a_script_that_says_something_else_is_noticed(sources, scripts, tmp_path):
    for path in scripts.rglob("*.js"):
        (tmp_path / path.relative_to(scripts)).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path.relative_to(scripts)).write_bytes(path.read_bytes())
    changed = tmp_path / "js/votes/page.js"
    changed.write_text(changed.read_text("utf-8").replace("!==", "===", 1), "utf-8")
    assert compared(sources, tmp_path)["different"] == ["js/votes/page.js"]


def test_they_are_a_quarter_lighter_at_least(scripts):
    def weight(folder: Path) -> int:
        return sum(len(gzip.compress(path.read_bytes())) for path in folder.rglob("*.js"))

    assert weight(scripts) < 0.75 * weight(SOURCES)
