"""The levels of rules in a build: an error stops it, a warning is told, and stops it where it is strict."""

from pathlib import Path

import pytest
from built_sites import build
from command import kb


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Path:
    """A knowledge base whose only entry has a workaround that names nothing."""
    folder = tmp_path_factory.mktemp("levels") / "acme"
    options = ("--name", "Acme", "--repo", "https://github.com/acme/fixes", "--product", "Acme")
    assert kb("init", str(folder), *options).returncode == 0
    entry = folder / "entries/acme/port-in-use.md"
    text = entry.read_text("utf-8")
    start = text.index("## Workaround")
    entry.write_text(f"{text[:start]}## Workaround: Solution\n\nIt works now.\n", "utf-8")
    return folder


def with_levels(base: Path, levels: str) -> Path:
    config = base / "levels.yml"
    config.write_text((base / "mkdocs.yml").read_text("utf-8").replace("      {}", f"      rules: {levels}"), "utf-8")
    return config


@pytest.mark.parametrize(
    ("levels", "is_strict", "is_built"),
    [("{}", False, False), ("{KB206: warning}", False, True), ("{KB206: warning}", True, False)],
)
def test_an_error_stops_a_build_and_a_warning_a_strict_one(base, tmp_path, levels, is_strict, is_built):
    finished = build(with_levels(base, levels), tmp_path / "site", strict=is_strict)
    assert (finished.code == 0) == is_built, finished.output
    assert (tmp_path / "site/acme/port-in-use/index.html").exists() == is_built
    assert "KB206" in finished.output
    assert "Traceback" not in finished.output


def test_a_rule_that_is_off_says_nothing(base, tmp_path):
    finished = build(with_levels(base, "{KB206: off}"), tmp_path / "site", strict=True)
    assert finished.code == 0, finished.output
    assert "KB206" not in finished.output
