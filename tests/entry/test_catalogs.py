"""`products.yml` and `tools.yml`: good parts are used, bad ones are left out and reported at their place."""

from datetime import date

import pytest

from kb.checks import check
from kb.entry import DefectKind, Position

GIT = 'git: {name: Git, home: "https://git-scm.com/", repository: git/git, category: vcs}\n'
TOOL = '- {name: Lens, url: "https://lens.example", summary: Shows it., tags: [git], category: vcs}\n'


@pytest.fixture
def products(folder):
    def read(text: str):
        folder.file("products.yml", text)
        return folder.load().product_catalog

    return read


@pytest.fixture
def tools(folder):
    def read(text: str):
        folder.file("tools.yml", text)
        return folder.load().tool_catalog

    return read


def test_products_are_known_by_the_name_of_their_folder(products):
    assert products(GIT).products["git"].name == "Git"


def test_a_product_need_not_have_a_repository_on_github(products):
    catalog = products(GIT.replace("repository: git/git, ", ""))
    assert catalog.defects == ()
    assert catalog.products["git"].repository is None


def test_tools_keep_the_order_of_the_file(tools):
    assert [tool.name for tool in tools(TOOL + TOOL.replace("Lens", "Axe")).tools] == ["Lens", "Axe"]


def test_an_empty_list_of_tools_is_fine(tools):
    assert tools("[]\n").defects == ()


def test_a_bad_product_is_left_out_and_the_others_stay(products):
    assert list(products(GIT + "pip: {name: pip}\n").products) == ["git"]


def test_a_bad_tool_is_left_out_and_the_others_stay(tools):
    assert [tool.name for tool in tools("- {name: Axe}\n" + TOOL).tools] == ["Lens"]


def test_a_misspelt_key_of_a_product_is_reported_where_it_stands(products):
    (defect,) = products(GIT + "pip:\n" + GIT.replace("git: {", "  {", 1).replace("}", ", tag: [a]}")).defects
    assert (defect.kind, defect.position.line, defect.hint) == (DefectKind.UNKNOWN_KEY, 3, "Did you mean 'tags'?")


def test_a_misspelt_key_of_a_tool_is_reported_where_it_stands(tools):
    (defect,) = tools(TOOL + TOOL.replace("}", ", tagz: [a]}")).defects
    assert (defect.kind, defect.position.line, defect.hint) == (DefectKind.UNKNOWN_KEY, 2, "Did you mean 'tags'?")


def test_a_product_that_stands_twice_is_reported(products):
    (defect,) = products(GIT + GIT).defects
    assert (defect.kind, defect.position) == (DefectKind.DUPLICATE_KEY, Position(2, 1))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//host", "https://good@evil.example", "https://a b"]
)
def test_an_address_that_is_no_plain_web_address_is_refused(tools, url):
    (defect,) = tools(TOOL.replace("https://lens.example", url)).defects
    assert (defect.kind, defect.hint) == (DefectKind.WRONG_TYPE, "An address that starts with https://.")


@pytest.mark.parametrize("name", ["Git", "git hub", "../../x", "a/b", ".", "", "tools.yml"])
def test_a_product_is_called_like_a_folder_and_a_part_of_an_address(products, name):
    assert len(products(GIT.replace("git:", f'"{name}":', 1)).defects) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("- git\n", DefectKind.WRONG_TYPE),
        ("just text\n", DefectKind.WRONG_TYPE),
        ("# nothing\n", DefectKind.WRONG_TYPE),
        ("", DefectKind.UNREADABLE),
        ("git: {name: a: b}\n", DefectKind.SYNTAX),
        ("git: &a {}\npip: *a\n", DefectKind.UNSAFE_YAML),
    ],
)
def test_a_file_that_is_no_mapping_of_products_gives_one_defect(products, text, kind):
    assert [defect.kind for defect in products(text).defects] == [kind]


@pytest.mark.parametrize("name", ["products.yml", "tools.yml"])
def test_a_missing_file_gives_one_defect(folder, name):
    (folder.root / name).unlink()
    collection = folder.load()
    found = collection.product_catalog.defects + collection.tool_catalog.defects
    assert [(defect.kind, defect.message) for defect in found] == [(DefectKind.UNREADABLE, "the file is missing")]


def test_a_message_about_a_whole_product_names_the_product(products):
    (defect,) = products("git: Git\n").defects
    assert defect.message == "git must be keys and values, found 'Git'"


@pytest.fixture
def synonyms(folder):
    def read(text: str):
        folder.file("synonyms.yml", text)
        return folder.load().synonym_catalog

    return read


def test_synonyms_are_known_by_the_word_that_readers_type(synonyms):
    assert synonyms("k8s: [kubernetes, kube]\n").synonyms == {"k8s": ("kubernetes", "kube")}


def test_there_need_be_no_synonyms(folder):
    catalog = folder.load().synonym_catalog
    assert (catalog.synonyms, catalog.defects) == ({}, ())


@pytest.mark.parametrize(
    "bad", ["two words: [x]", "k8s: kubernetes", "k8s: []", "k8s: [[x]]", "k8s: [x, '']", "k8s: {x: y}"]
)
def test_a_bad_synonym_is_left_out_and_reported_where_it_stands(synonyms, bad):
    catalog = synonyms(f"oom: [out of memory]\n{bad}\n")
    assert catalog.synonyms == {"oom": ("out of memory",)}
    (defect,) = catalog.defects
    assert (defect.kind, defect.position.line) == (DefectKind.WRONG_TYPE, 2)
    assert "k8s: [kubernetes]" in defect.hint


@pytest.mark.parametrize("text", ["- k8s\n", "k8s\n", "k8s: [x\n", ""])
def test_a_file_of_synonyms_that_is_none_is_reported(synonyms, text):
    catalog = synonyms(text)
    assert catalog.synonyms == {}
    assert catalog.defects


@pytest.mark.parametrize(
    "text",
    ["- pip", "pip: {wanted: [{threads: 3}]}", "pip: {lists: [{what: codes}]}", "pip: {lots: []}", "pip: ["],
)
def test_a_bad_coverage_file_is_told_of_and_hides_no_entry(folder, text):
    folder.file("coverage.yml", text)
    folder.entry("pip/a.md")
    collection = folder.load()
    assert collection.coverage == {}
    assert len(collection.entries) == 1
    assert [problem.path.name for problem in check(collection, date(2026, 6, 1))] == ["coverage.yml"] * len(
        collection.coverage_catalog.defects
    )
    assert collection.coverage_catalog.defects
