"""A build says clearly what it can't do, is silent otherwise, and runs under properdocs as well."""

import re
from pathlib import Path

import pytest
import yaml
from built_sites import KNOWLEDGE_BASES, Build, build, files_of

SMALL = KNOWLEDGE_BASES / "small"


def build_small_with(folder: Path, **settings: object) -> Build:
    """Build the small knowledge base with other settings."""
    config = folder / "mkdocs.yml"
    inherited = {"INHERIT": str(SMALL / "mkdocs.yml"), "docs_dir": str(SMALL / "entries")}
    config.write_text(yaml.safe_dump(inherited | settings), "utf-8")
    return build(config, folder / "site")


def test_addresses_without_folders_are_refused(tmp_path):
    built = build_small_with(tmp_path, use_directory_urls=False)
    assert built.code == 1
    assert "remove `use_directory_urls: false`" in built.output
    assert "Traceback" not in built.output


@pytest.mark.parametrize("theme", ["material", "mkdocs"])
def test_another_theme_is_refused(tmp_path, theme):
    built = build_small_with(tmp_path, theme={"name": theme})
    assert built.code == 1
    assert "theme: {name: kb}" in built.output
    assert "Traceback" not in built.output


def test_a_misspelt_theme_is_refused(tmp_path):
    built = build_small_with(tmp_path, theme={"name": "kbb"})
    assert built.code == 1
    assert "kbb" in built.output
    assert "Traceback" not in built.output


NOTICES = r"(?im)^.*(?:warn|deprecat|mkdocs 2|properdocs|zensical|material for mkdocs).*$"


@pytest.fixture(scope="module")
def by_properdocs(tmp_path_factory) -> Build:
    built = build(SMALL / "mkdocs.yml", tmp_path_factory.mktemp("continued") / "site", "properdocs")
    assert built.code == 0, built.output
    return built


def test_a_clean_build_prints_no_warning_and_no_notice_of_other_software(tmp_path):
    assert re.findall(NOTICES, build(SMALL / "mkdocs.yml", tmp_path / "site", warm=False).output) == []


def test_a_clean_build_by_properdocs_prints_none_either(by_properdocs):
    assert re.findall(NOTICES, by_properdocs.output) == []


def test_properdocs_builds_the_same_pages(small_folder, by_properdocs):
    pages = {name for name in files_of(by_properdocs.folder) if name.endswith(".html")}
    assert pages == {name for name in files_of(small_folder) if name.endswith(".html")}


def test_properdocs_builds_the_same_entries(small_folder, by_properdocs):
    mine, others = files_of(small_folder), files_of(by_properdocs.folder)
    entries = [name for name, content in mine.items() if b"data-kb-entry=" in content]
    assert len(entries) == 5
    assert [name for name in entries if article(mine[name]) != article(others[name])] == []


def article(page: bytes) -> bytes:
    return page[page.index(b"<article") : page.index(b"</article>")]


def test_a_site_without_an_address_can_be_built(tmp_path):
    built = build_small_with(tmp_path, site_url="")
    assert built.code == 0, built.output


def test_a_knowledge_base_without_a_repository_offers_no_form(tmp_path):
    built = build_small_with(tmp_path, repo_url="", edit_uri="")
    assert built.code == 0, built.output
    page = (tmp_path / "site/acme/port-taken/index.html").read_text("utf-8")
    assert "issues/new" not in page
    assert "Did the solution work?" in page


def test_a_knowledge_base_without_entries_can_be_built(tmp_path):
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries/products.yml").write_text("{}\n", "utf-8")
    (tmp_path / "entries/tools.yml").write_text("[]\n", "utf-8")
    built = build_small_with(tmp_path, docs_dir=str(tmp_path / "entries"))
    assert built.code == 0, built.output
