"""With `few_files` a site goes without what is there a second time, and nothing leads to what is missing."""

import json
import re
import shutil
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from built_sites import KNOWLEDGE_BASES, build

ROOT_URL = "https://fixes.example/known-fixes/"


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The site of the small knowledge base with the setting."""
    folder = tmp_path_factory.mktemp("few")
    shutil.copytree(KNOWLEDGE_BASES / "small", folder / "project")
    config = folder / "project/mkdocs.yml"
    config.write_text(f"{config.read_text('utf-8').rstrip()}\n    few_files: true\n", "utf-8")
    built = build(config, folder / "site")
    assert built.code == 0, built.output
    return folder / "site"


def names(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def test_entries_are_there_once_and_former_ids_still_lead_to_them(site, small_folder):
    gone = names(small_folder) - names(site)
    assert {name for name in gone if name.endswith(".md")} == {
        name for name in names(small_folder) if name.endswith("/index.md")
    }
    assert {name for name in gone if name.startswith("api/")} == {
        name for name in names(small_folder) if name.startswith("api/v1/entries/")
    }
    assert {"acme/address-in-use/index.html", "oldtool/port-taken/index.html"} <= names(site)
    assert names(site) <= names(small_folder)


def test_issues_are_looked_up_by_the_page_for_missing_addresses(site):
    shards = [json.loads(path.read_bytes()) for path in (site / "r/-").iterdir()]
    assert {entry for shard in shards for entry in shard.values()}
    assert {path.name for path in (site / "r").iterdir()} == {"-"}


def test_nothing_leads_to_a_file_that_is_not_there(site):
    there = names(site)
    for name in there:
        text = (site / name).read_text("utf-8", "replace")
        if not name.endswith((".html", ".xml", ".txt")):
            continue
        for target in re.findall(r'(?:href|src)="([^"#?]+)|\]\(([^)#?]+)\)', text):
            # Rules show links that are wrong; the page for missing addresses may be shown anywhere.
            url = urljoin(ROOT_URL + name, target[0] or target[1])
            path = urlsplit(url).path.removeprefix("/known-fixes/")
            if url.startswith(ROOT_URL) and name != "404.html" and not name.startswith("rules/"):
                assert path in there or f"{path}index.html" in there, f"{name}: {url}"


def test_the_root_of_the_data_says_so(site):
    root = json.loads((site / "api/v1/index.json").read_bytes())
    assert (root["entry"], root["markdown"]) == (None, None)
    assert root["entries"]
