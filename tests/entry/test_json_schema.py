"""The JSON Schemas that editors complete and check entries with: they agree with the reader."""

import json
from datetime import date
from functools import cache

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from kb.entry import DefectKind, load_collection, schemas

BASE = "https://fixes.example/kb/"
FRONT_MATTER, ENTRY = "front-matter.schema.json", "entry.schema.json"
PRODUCTS, TOOLS = "products.schema.json", "tools.schema.json"

GOOD = {
    "title": "T",
    "signatures": [{"text": "word"}],
    "updated": "2026-01-02",
    "summary": "S",
    "cause": "C",
    "workarounds": [{"title": "W", "body": "B"}],
}


@pytest.fixture(scope="module")
def repository(repository_root):
    return load_collection(repository_root / "entries")


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schemas(BASE)[name], format_checker=FormatChecker())


def as_json(value: object) -> object:
    """A YAML value as JSON has it: dates as text."""
    return json.loads(json.dumps(value, default=date.isoformat))


def problems(name: str, value: object) -> list[str]:
    """What a schema finds wrong with a value."""
    return [
        f"{'/'.join(map(str, error.path))}: {error.message}" for error in validator(name).iter_errors(as_json(value))
    ]


@pytest.mark.parametrize("name", [FRONT_MATTER, ENTRY, PRODUCTS, TOOLS])
def test_a_schema_is_one(name):
    Draft202012Validator.check_schema(schemas(BASE)[name])


@pytest.mark.parametrize("name", [FRONT_MATTER, ENTRY, PRODUCTS, TOOLS])
def test_a_schema_names_its_own_address_under_the_site_s(name):
    assert schemas(BASE)[name]["$id"] == f"https://fixes.example/kb/schema/{name}"


@pytest.mark.parametrize("name", [FRONT_MATTER, ENTRY, PRODUCTS, TOOLS])
def test_a_schema_is_plain_json(name):
    assert json.loads(json.dumps(schemas(BASE)[name])) == schemas(BASE)[name]


def test_keys_are_explained_to_the_editor_s_user():
    keys = schemas(BASE)[ENTRY]["properties"]
    assert keys["codes"]["description"] == "Codes printed with the error: `HTTP 400`, `EACCES`, `TS2322`."


def test_the_front_matter_of_every_entry_is_valid(repository):
    found = {s.name: problems(FRONT_MATTER, s.document.value) for s in repository.sources if s.name.endswith(".md")}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_repository_s_products_are_valid(repository):
    assert problems(PRODUCTS, repository.product_catalog.document.value) == []


def test_the_repository_s_tools_are_valid(repository):
    assert problems(TOOLS, repository.tool_catalog.document.value) == []


def test_the_design_s_example_is_valid_as_front_matter(data):
    source = load_collection(data / "entries/example").sources[0]
    assert problems(FRONT_MATTER, source.document.value) == []


def test_the_design_s_example_is_valid_as_a_yaml_entry(data):
    source = load_collection(data / "entries/example-yml").sources[0]
    assert problems(ENTRY, source.document.value) == []


@pytest.mark.parametrize(
    "keys",
    [
        {"tag": ["a"]},
        {"title": None},
        {"title": ""},
        {"title": "two\nlines"},
        {"title": "x" * 121},
        {"signatures": []},
        {"signatures": ["word"]},
        {"signatures": [{"text": "a", "example": "b"}]},
        {"tags": "a"},
        {"tags": ["Not A Slug"]},
        {"codes": [400]},
        {"status": "closed"},
        {"affects": {"versions": [1.1]}},
        {"issue": {"ref": "45048"}},
        {"issue": {"ref": "a/b#1", "comments": -1}},
        {"issue": {"ref": "a/b#1", "fetched": 0}},
        {"pulls": [{"ref": "a/b#1"}]},
        {"reports": ["a/b"]},
        {"related": ["a"]},
        {"aliases": ["../a/b"]},
        {"votes": {"works": "1"}},
        {"votes": {"work": 1}},
        {"updated": 0},
        {"updated": "0"},
        {"updated": "yesterday"},
        {"updated": None},
        {"summary": ""},
        {"workarounds": []},
        {"workarounds": [{"title": "W"}]},
        {"id": "git/a"},
    ],
    ids=json.dumps,
)
class TestABrokenEntry:
    """The schema and the reader refuse the same."""

    def test_is_refused_by_the_schema(self, keys):
        assert problems(ENTRY, GOOD | keys) != []

    def test_is_refused_by_the_reader(self, folder, keys):
        folder.file("git/a.yml", json.dumps(GOOD | keys))
        assert folder.load().entries == ()


def test_a_missing_key_is_refused():
    assert [problems(ENTRY, {key: GOOD[key] for key in GOOD if key != missing}) for missing in GOOD] == [
        [f": {missing!r} is a required property"] for missing in GOOD
    ]


@pytest.mark.parametrize(
    ("name", "file", "value"),
    [
        (
            PRODUCTS,
            "products.yml",
            {"git": {"name": "Git", "home": "git-scm.com", "repository": "git/git", "category": "a"}},
        ),
        (
            PRODUCTS,
            "products.yml",
            {"git": {"name": "Git", "home": "https://git-scm.com/", "repository": "git", "category": "a"}},
        ),
        (PRODUCTS, "products.yml", {"git": "Git"}),
        (
            TOOLS,
            "tools.yml",
            [{"name": "T", "url": "javascript:alert(1)", "summary": "S", "tags": ["a"], "category": "a"}],
        ),
        (TOOLS, "tools.yml", [{"name": "T", "url": "https://t.example", "summary": "S", "tags": [], "category": "a"}]),
        (TOOLS, "tools.yml", [{"name": "T"}]),
    ],
    ids=[
        "home without scheme",
        "repository without owner",
        "no mapping",
        "script for a URL",
        "no tags",
        "a name alone",
    ],
)
class TestABrokenCatalog:
    """The schema and the reader refuse the same."""

    def test_is_refused_by_the_schema(self, name, file, value):
        assert problems(name, value) != []

    def test_is_refused_by_the_reader(self, folder, name, file, value):
        folder.file(file, json.dumps(value))
        collection = folder.load()
        catalog = collection.product_catalog if name == PRODUCTS else collection.tool_catalog
        assert {defect.kind for defect in catalog.defects} <= {DefectKind.WRONG_TYPE, DefectKind.MISSING}
        assert catalog.defects != ()
