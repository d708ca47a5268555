"""The data under `/api/v1/`, and pages as Markdown: what a program finds, as the published schemas say."""

import gzip
import json
import re
import zipfile
import zlib

import pytest
from built_sites import Site, build
from jsonschema import Draft202012Validator
from playwright.sync_api import Page, expect

BASE = "https://fixes.example/known-fixes/"
KINDS = ("root", "entries", "entry", "all", "groups", "group")


def read(site: Site, name: str) -> dict:
    """A file under `/api/v1/`."""
    content = (site.folder / "api/v1" / name).read_bytes()
    return json.loads(gzip.decompress(content) if name.endswith(".gz") else content)


def kind_of(name: str) -> str:
    """What a file under `/api/v1/` holds."""
    folder, _, _ = name.partition("/")
    if name == "index.json":
        return "root"
    if folder == "entries":
        return "entry"
    if name == "all.json.gz":
        return "all"
    return "entries" if name == "entries.json" else "groups" if folder.endswith(".json") else "group"


def data_files(site: Site) -> list[str]:
    root = site.folder / "api/v1"
    names = (path.relative_to(root).as_posix() for path in sorted(root.rglob("*.json*")))
    return [name for name in names if not name.startswith("schema/")]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_schema_at_the_address_that_it_names(small, kind):
    schema = read(small, f"schema/{kind}.schema.json")
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"{BASE}api/v1/schema/{kind}.schema.json"


@pytest.mark.parametrize("where", ["small", "repository", "hostile"])
def test_every_file_is_as_its_schema_says(request, where):
    site: Site = request.getfixturevalue(where)
    validators = {kind: Draft202012Validator(read(site, f"schema/{kind}.schema.json")) for kind in KINDS}
    names = data_files(site)
    assert {kind_of(name) for name in names} == set(KINDS)
    wrong = {name: list(validators[kind_of(name)].iter_errors(read(site, name))) for name in names}
    assert {name: errors for name, errors in wrong.items() if errors} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_asks_for_every_key_and_leaves_room_for_later_ones(small, kind):
    schema = read(small, f"schema/{kind}.schema.json")
    for part in (schema, *(part for part in schema.get("$defs", {}).values() if "properties" in part)):
        assert set(part["required"]) == set(part["properties"])
        assert part.get("additionalProperties") is not False


def test_the_root_names_files_that_are_there(small):
    root = read(small, "index.json")
    assert root["version"] == 1
    examples = {"entry": "acme/port-taken", "markdown": "acme/port-taken", "product": "acme"}
    examples |= {
        "tag": "ports",
        "code": "e042",
        "month": "2025-02",
        "product_feed": "acme",
        "tag_feed": "ports",
        "issue": "acme-tools/acme/101",
    }
    named = {key: value for key, value in root.items() if str(value).startswith(BASE)}
    named |= {f"schemas {key}": value for key, value in root["schemas"].items()}
    named |= {key: f"{root['match'][key]}root.json" for key in ("index", "fixes")}
    assert len(named) >= 20
    for key, url in named.items():
        path = url.removeprefix(BASE).replace("{id}", examples.get(key, ""))
        file = small.folder / path
        assert file.is_file() or (file / "index.html").is_file(), url


def test_all_entries_are_listed_in_short(small):
    found = read(small, "entries.json")
    assert found["updated"] == "2025-02-04"
    assert [entry["id"] for entry in found["entries"]] == sorted(address.rstrip("/") for address in small.entries())
    assert found["entries"][1] == {
        "id": "acme/port-taken",
        "title": "acme: port is taken: an old server still listens",
        "product": "acme",
        "status": "workaround",
        "codes": ["E042", "EADDRINUSE"],
        "tags": ["ports", "processes"],
        "issues": ["Acme-Tools/Acme#101", "Acme-Tools/Acme#105", "borealis-db/borealis#7"],
        "updated": "2025-02-04",
        "url": f"{BASE}acme/port-taken/",
        "proven": None,
        "aliases": ["acme/address-in-use", "oldtool/port-taken"],
        "workarounds": ["stop-the-process-that-holds-the-port", "serve-on-another-port"],
        "unreviewed": False,
    }


@pytest.mark.parametrize(
    ("name", "entries"),
    [
        ("products/acme", ["acme/quiet-exit", "acme/config-missing", "acme/port-taken"]),  # by title
        ("tags/processes", ["acme/port-taken", "borealis/stale-lock"]),
        ("codes/exit-3", ["acme/quiet-exit"]),
    ],
)
def test_entries_are_listed_by_product_tag_and_code(small, name, entries):
    assert [entry["id"] for entry in read(small, f"{name}.json")["entries"]] == entries


def test_what_is_new_since_a_day_is_in_its_month_and_the_later_ones(small):
    months = {group["id"]: group["count"] for group in read(small, "changed.json")["groups"]}
    assert months == {"2025-02": 2, "2025-01": 2, "2024-12": 1}
    changed = [entry["id"] for month in months for entry in read(small, f"changed/{month}.json")["entries"]]
    assert changed == [
        "acme/port-taken",
        "borealis/sync-refused",
        "borealis/stale-lock",
        "acme/config-missing",
        "acme/quiet-exit",
    ]


def test_all_entries_are_in_one_file_as_they_are_in_their_own(small):
    whole = read(small, "all.json.gz")
    assert whole["updated"] == "2025-02-04"
    packed = zlib.decompressobj(zlib.MAX_WBITS | 16)  # as browsers, which read one file alone in another
    packed.decompress((small.folder / "api/v1/all.json.gz").read_bytes())
    assert (packed.eof, packed.unused_data) == (True, b"")
    assert whole["entries"] == [read(small, f"entries/{entry['id']}.json") for entry in whole["entries"]]
    assert [entry["id"] for entry in whole["entries"]] == sorted(address.rstrip("/") for address in small.entries())


def test_all_entries_are_in_one_archive_as_markdown(small):
    with zipfile.ZipFile(small.folder / "api/v1/markdown.zip") as archive:
        pages = {name: archive.read(name) for name in archive.namelist()}
        assert archive.testzip() is None
    assert pages == {
        f"{address.rstrip('/')}.md": (small.folder / address / "index.md").read_bytes() for address in small.entries()
    }


def test_an_entry_in_a_list_is_the_same_in_every_list(small):
    listed = {entry["id"]: entry for entry in read(small, "entries.json")["entries"]}
    for name in data_files(small):
        if kind_of(name) == "group":
            found = read(small, name)["entries"]
            assert found == [listed[entry["id"]] for entry in found], name


@pytest.mark.parametrize(("kind", "count"), [("products", 2), ("tags", 4), ("codes", 5)])
def test_groups_are_listed_with_the_number_of_their_entries(small, kind, count):
    groups = read(small, f"{kind}.json")["groups"]
    assert len(groups) == count
    assert {group["id"]: group["count"] for group in groups} == {
        group["id"]: len(read(small, f"{kind}/{group['id']}.json")["entries"]) for group in groups
    }


def test_an_entry_is_there_as_data(small):
    entry = read(small, "entries/acme/port-taken.json")
    assert entry["product"] == {
        "id": "acme",
        "name": "Acme CLI",
        "home": "https://acme.example/",
        "repository": "Acme-Tools/Acme",
    }
    assert entry["signatures"][0]["text"] == (
        "acme: error E042: port {{port:int}} is taken by process {{pid:int}} ({{program:word}})"
    )
    assert [step["title"] for step in entry["workarounds"]] == [
        "Stop the process that holds the port",
        "Serve on another port",
    ]
    assert entry["votes"]["verified"] == 17
    assert entry["issue"]["fetched"] == "2025-02-03T04:05:06Z"
    assert entry["related"][0] == "acme/config-missing"
    assert "borealis/sync-refused" in entry["backlinks"]
    assert (entry["recommendation"], entry["updated"]) == ("Stop the old process.", "2025-02-04")


def test_what_is_not_known_is_null_or_empty_and_not_left_out(small):
    entry = read(small, "entries/acme/quiet-exit.json")
    assert (entry["issue"], entry["raw"], entry["example"], entry["pulls"]) == (None, None, None, [])


def test_a_yaml_entry_is_data_like_any_other(small):
    assert (
        read(small, "entries/borealis/sync-refused.json").keys() == read(small, "entries/acme/port-taken.json").keys()
    )


@pytest.mark.parametrize("former", ["acme/address-in-use", "oldtool/port-taken"])
def test_a_renamed_entry_s_data_stays_where_it_was(small, former):
    assert read(small, f"entries/{former}.json") == read(small, "entries/acme/port-taken.json")


@pytest.mark.parametrize("where", ["small", "repository"])
def test_a_page_names_its_data_and_its_markdown(request, where):
    site: Site = request.getfixturevalue(where)
    for address in site.entries():
        links = dict(re.findall(r'<link rel="alternate [a-z]+" type="([^"]+)" href="([^"]+)">', site.html(address)))
        markdown = (site.folder / address / links["text/markdown"]).read_text("utf-8")
        data = json.loads((site.folder / address / links["application/json"]).read_text("utf-8"))
        assert data["url"].endswith(address)
        assert markdown.startswith("# ")


def markdown_of(site: Site, address: str) -> str:
    return (site.folder / address / "index.md").read_text("utf-8")


def test_an_entry_s_markdown_has_what_its_page_has(small):
    text = markdown_of(small, "acme/port-taken")
    assert text.startswith("# acme: port is taken: an old server still listens\n\n- Page: https://fixes.example/")
    for part in (
        "- Codes: `E042`, `EADDRINUSE`\n",
        "- Reported in: https://github.com/Acme-Tools/Acme/issues/101,",
        "## The error\n\n```text\nacme: error E042: port {{port:int}} is taken",
        "## Workaround: Serve on another port",
        "## Related errors\n\n- [acme: no configuration found in any parent folder](https://fixes.example/",
    ):
        assert part in text


def test_links_between_entries_lead_somewhere_in_markdown_too(small):
    for address in small.entries():
        text = markdown_of(small, address)
        assert re.findall(r"\]\((?!https?://)[^)]*\)", text) == []
        for target in re.findall(rf"\]\({re.escape(BASE)}([^)#]*)", text):
            assert (small.folder / target).exists(), target
    assert f"]({BASE}acme/config-missing/#cause)" in markdown_of(small, "acme/port-taken")


def test_a_yaml_entry_has_markdown_like_any_other(small):
    assert "## Workaround: Upgrade the replica first" in markdown_of(small, "borealis/sync-refused")


def test_a_product_s_list_is_there_as_markdown(small):
    assert markdown_of(small, "acme").startswith("# Acme CLI errors\n")
    links = re.findall(rf"\]\({re.escape(BASE)}([^)]*)\)", markdown_of(small, "acme"))
    assert links == [f"acme/{slug}/index.md" for slug in ("quiet-exit", "config-missing", "port-taken")]


def test_a_message_that_looks_like_a_fence_stays_in_its_block(folder, tmp_path):
    folder.entry("git/fence.md", signatures=[{"text": "git: ```\n# no heading"}])
    built = build_without_address(tmp_path)
    assert "````text\ngit: ```\n# no heading\n````" in (built.folder / "git/fence/index.md").read_text("utf-8")


def test_llms_txt_says_what_there_is_and_names_only_what_is_there(small):
    text = (small.folder / "llms.txt").read_text("utf-8")
    assert text.startswith("# Small Fixes\n\n> Five entries that use everything an entry can have.\n")
    targets = re.findall(rf"\]\({re.escape(BASE)}([^)]*)\)", text)
    assert {"acme/index.md", "borealis/index.md", "api/v1/index.json", "match/"} <= set(targets)
    assert [target for target in targets if not (small.folder / target).exists()] == []


def test_llms_full_txt_has_all_entries_where_they_are_few(small):
    text = (small.folder / "llms-full.txt").read_text("utf-8")
    assert text.startswith("# Small Fixes: entries in full\n\nAll 5 errors with cause and workarounds.\n")
    pages = [(small.folder / address / "index.md").read_text("utf-8") for address in small.entries()]
    assert [page for page in pages if f"\n---\n\n{page}" not in text] == []


def test_llms_full_txt_has_a_bound_and_says_what_it_left_out_and_where_that_is(repository):
    content = (repository.folder / "llms-full.txt").read_bytes()
    assert 400_000 < len(content) <= 500_000
    head, *pages = content.decode().split("\n---\n\n# ")
    counts = re.search(r"^([\d,]+) of ([\d,]+) errors", head, re.MULTILINE).groups()
    here, total = (int(count.replace(",", "")) for count in counts)
    assert (here, total) == (len(pages), len(repository.entries()))
    lists = re.findall(r"^- \[.*?\]\(.*/([^/]+/index\.md)\): (\d+) of (\d+) are here$", head, re.MULTILINE)
    assert sum(int(of) - int(held) for _, held, of in lists) == total - here
    assert [name for name, _, _ in lists if not (repository.folder / name).exists()] == []


def test_what_llms_txt_lists_are_links_with_a_note(small):
    """As https://llmstxt.org/ wants it, and its parser: what else there is to say stands before the first list."""
    lists = (small.folder / "llms.txt").read_text("utf-8").partition("\n## ")[2].split("\n")[1:]
    told = [line for line in lists if line and not line.startswith("## ")]
    assert [line for line in told if not re.fullmatch(r"- \[[^\[\]]+\]\([^()]+\)(?:: .*)?", line)] == []


def build_without_address(tmp_path):
    """A site of the test's entries folder that has no address yet, and no search."""
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: New\ndocs_dir: entries\ntheme: {name: kb}\nplugins: [{kb: {search: false}}]\n", "utf-8"
    )
    built = build(tmp_path / "mkdocs.yml", tmp_path / "site")
    assert built.code == 0, built.output
    return built


def test_a_site_without_an_address_names_its_files_from_its_root(folder, tmp_path):
    folder.entry("git/a.md")
    built = build_without_address(tmp_path)
    root = json.loads((built.folder / "api/v1/index.json").read_text("utf-8"))
    assert (root["entries"], root["feed"], root["match"]) == ("/api/v1/entries.json", None, None)
    assert not (built.folder / "feed.xml").exists()


def test_an_empty_knowledge_base_has_empty_lists(folder, tmp_path):
    folder.root.mkdir(exist_ok=True)
    built = build_without_address(tmp_path)
    found = json.loads((built.folder / "api/v1/entries.json").read_text("utf-8"))
    assert found == {"updated": None, "entries": []}


@pytest.mark.browser
def test_the_data_is_documented_on_a_page_of_its_own(page: Page, small):
    page.goto(small.url)
    page.get_by_role("contentinfo").get_by_role("link", name="Data", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Data")
    documented = page.locator("table tbody tr td:first-child").all_inner_texts()
    assert len(documented) == 12
    assert {kind_of(re.sub(r"<\w+>", "x", name).removeprefix("api/v1/")) for name in documented} == set(KINDS)


@pytest.mark.browser
def test_a_page_of_another_site_may_be_told_by_the_data_where_the_matcher_s_index_is(page: Page, small):
    page.goto(small.url)
    root = page.evaluate("fetch('api/v1/index.json').then(answer => answer.json())")
    index = root["match"]["index"].replace(BASE, small.url)
    assert page.evaluate("url => fetch(url).then(answer => answer.json())", f"{index}root.json")["signatures"] == 6
