"""A name that a server or a file system treats in its own way gets a page of its own, or a diagnostic."""

import json
import re
import shutil
from pathlib import Path

import pytest
from built_sites import KNOWLEDGE_BASES, Build, build

LONG = "E" * 290
"""As long a code as an entry may name, and longer than a file's name may be."""


def build_with(folder: Path, name: str, keys: str) -> Build:
    """Build the small knowledge base with one more entry of the product `acme`."""
    shutil.copytree(KNOWLEDGE_BASES / "small", folder / "project")
    entries = folder / "project/entries/acme"
    text = (entries / "quiet-exit.md").read_text("utf-8")
    text = text.replace("status 3", "status 4").replace("codes: [exit 3]", keys)
    (entries / f"{name}.md").write_text(text, "utf-8")
    return build(folder / "project/mkdocs.yml", folder / "site")


def is_refused(built: Build) -> bool:
    """Whether a diagnostic says what is wrong, and nothing but that."""
    return built.code == 1 and bool(re.search(r":\d+:\d+: KB\d{3} ", built.output)) and "Traceback" not in built.output


def has_page(built: Build, address: str, title: str) -> bool:
    page = built.folder / address / "index.html"
    return page.is_file() and re.search(r"<h1[^>]*>([^<]*)</h1>", page.read_text("utf-8"))[1] == title


@pytest.mark.parametrize(
    ("name", "keys", "address", "title"),
    [
        pytest.param("index", "", "acme/index", "acme exits with status 4 and prints nothing at all", id="entry"),
        pytest.param("other", "tags: [index]", "tags/index", "Tag: index", id="tag"),
    ],
)
def test_what_is_called_index_has_a_page_or_is_refused(tmp_path, name, keys, address, title):
    built = build_with(tmp_path, name, keys)
    assert is_refused(built) or has_page(built, address, title), built.output


def test_a_code_that_is_called_index_leads_to_its_entry(tmp_path):
    built = build_with(tmp_path, "other", "codes: [index]")
    assert built.code == 0, built.output
    assert json.loads((built.folder / "r/-/0.json").read_bytes())["codes/index-1"] == "acme/other"


def test_a_code_that_is_longer_than_a_files_name_is_built_or_refused(tmp_path):
    built = build_with(tmp_path, "other", f"codes: [{LONG}]")
    assert is_refused(built) or built.code == 0, built.output[-500:]


@pytest.mark.parametrize("repository", ["owner/..", "owner/."])
def test_a_short_address_stays_below_its_folder(tmp_path, repository):
    built = build_with(tmp_path, "other", f"issue: {{ref: '{repository}#5'}}")
    assert is_refused(built) or not (built.folder / "r/5").exists()


def test_codes_that_differ_only_in_punctuation_share_a_page(tmp_path):
    built = build_with(tmp_path, "other", "codes: [exit-3]")
    assert built.code == 0, built.output
    page = (built.folder / "codes/exit-3/index.html").read_text("utf-8")
    assert "../../acme/quiet-exit/" in page
    assert "../../acme/other/" in page
