"""What a reader's own words find in the repository's entries, and when nothing is known."""

import json
import re

import pytest

from kb.entry import load_collection
from kb.match.search import Document, SearchIndex, Synonyms, build_search, is_pasted, search, telling_line
from kb.match.search.index import MOST_POSTINGS
from kb.match.search.postings import impacts_of
from kb.match.search.terms import stem, words_in


def ids(query, index, **options):
    return [result.shown["id"] for result in search(query, index, **options).results]


@pytest.mark.parametrize(
    ("query", "entry"),
    [
        ("no module named yaml", "python/module-not-found"),
        ("merge conflict in docs/README.md", "git/merge-conflict"),
        ("port 8097 is already allocated", "docker/port-already-allocated"),
        ("relation git does not exist", "postgres/relation-does-not-exist"),
        ("could not resolve host docker.example.com", "curl/could-not-resolve-host"),
    ],
)
def test_the_reader_s_own_values_are_no_words(search_index, query, entry):
    found = search(query, search_index)
    assert found.is_known
    assert found.results[0].shown["id"] == entry


@pytest.mark.parametrize(
    ("query", "entry"),
    [
        ("extrenally managed", "pip/externally-managed-environment"),
        ("diverjent branches", "git/divergent-branches"),
        ("unproteced private key", "ssh/unprotected-private-key-file"),
    ],
)
def test_slips_of_the_keys_are_seen_through(search_index, query, entry):
    found = search(query, search_index)
    assert found.is_known
    assert found.results[0].shown["id"] == entry


@pytest.mark.parametrize("query", ["merging histories", "merges history", "MERGED  Histories!"])
def test_the_form_of_a_word_does_not_matter(search_index, query):
    assert ids(query, search_index)[0] == "git/unrelated-histories"


@pytest.mark.parametrize(
    "word",
    ["borrow", "borrows", "borrowed", "borrowing"],
)
def test_the_forms_of_a_word_have_one_stem(word):
    assert stem(word) == "borrow"


@pytest.mark.parametrize(("one", "other"), [("CORS", "core"), ("pass", "pas"), ("status", "statu"), ("sets", "sete")])
def test_words_that_only_look_alike_have_two(one, other):
    assert stem(one.lower()) != stem(other)


@pytest.mark.parametrize("query", ["k8s image", "kubernets image", "kubectl image"])
def test_a_product_is_known_by_its_short_names(search_index, query):
    assert ids(query, search_index)[0].startswith("kubernetes/")


def test_entries_of_the_product_that_is_named_come_first(search_index):
    assert [entry.partition("/")[0] for entry in ids("ssh permission denied", search_index, top=3)][:1] == ["ssh"]
    assert [entry.partition("/")[0] for entry in ids("docker permission denied", search_index, top=3)][:1] == ["docker"]


@pytest.mark.parametrize(
    ("query", "entry"),
    [
        ("no module named flask", "python/module-not-found"),
        ("docker: command not found", "bash/command-not-found"),
        ("cannot find module 'express'", "node/module-not-found"),
        ("unable to locate package git", "apt/unable-to-locate-package"),
    ],
)
def test_a_product_may_be_a_value_in_a_message(search_index, query, entry):
    assert ids(query, search_index)[0] == entry


def test_a_name_in_code_leads_to_the_entry_whose_title_has_its_words(search_index):
    assert ids("weights_only", search_index)[0] == "pytorch/weights-only-load-failed"


@pytest.mark.parametrize("query", ["SOAP", "451", "bluetooth pairing", "TS9999", "E9999", "bake bread", "", " ", "?!"])
def test_nothing_is_said_to_be_known_that_is_not(search_index, query):
    assert not search(query, search_index).is_known


@pytest.mark.parametrize("query", ["451", "bake bread", "TS9999"])
def test_what_has_nothing_to_do_with_a_query_is_not_even_near(search_index, query):
    assert search(query, search_index).results == ()


@pytest.mark.parametrize("query", ["qtable", "xdocker", "gcertificate"])
def test_a_letter_before_a_word_makes_another_word(search_index, query):
    assert search(query, search_index).unknown == (query,)


@pytest.mark.parametrize(("query", "meant"), [("odcker", "docker"), ("ecrtificate", "certificat")])
def test_the_first_two_letters_may_be_swapped(search_index, query, meant):
    assert search(query, search_index).corrected == ((query, meant),)


def test_a_word_that_nobody_knows_is_named(search_index):
    assert search("EADDRINUSE zzyzxqwv", search_index).unknown == ("zzyzxqwv",)


def test_a_short_last_word_may_be_unfinished_even_where_an_entry_has_it():
    documents = [document("p/flux", "The flux dae is empty"), document("q/time", "The daemon of time is out of joint")]
    files = build_search(documents, Synonyms())
    index = SearchIndex(files.__getitem__)
    assert not search("time dae", index).is_known
    typed = search("time dae", index, is_typed=True)
    assert typed.is_known
    assert typed.results[0].shown["id"] == "q/time"


def test_the_last_word_may_be_unfinished_while_it_is_typed(search_index):
    assert search("docker dae", search_index, is_typed=True).results[0].shown["id"] == "docker/cannot-connect-to-daemon"


def test_a_document_is_the_same_after_it_was_kept():
    kept = document("p/flux", "The flux d\u00e6mon 名前 is empty_now")
    assert Document.unpacked(kept.packed()) == kept
    assert kept.impacts


def test_every_word_of_every_entry_can_be_searched_for(search_index, repository_root):
    """Whatever stands in an entry's text, the prose, the examples and the codes: nothing is left out.

    Only a word that nearly all entries have is kept for no more of them than `MOST_POSTINGS`.
    """
    for number, entry in enumerate(load_collection(repository_root / "entries").entries):
        examples = [example for signature in entry.signatures for example in signature.examples]
        prose = re.sub(r"\{\{[a-z0-9_]+\}\}", " ", "\n".join((entry.title, entry.body)))
        texts = (prose, *examples, *entry.codes, *entry.tags)
        terms = {word.terms[0] for text in texts for word in words_in(text)}
        found = {term: search_index.postings(term) for term in terms}
        missing = {term for term, postings in found.items() if number not in dict(postings.impacts)}
        assert {term for term in missing if found[term].entries <= MOST_POSTINGS} == set(), entry.id


def test_filters_narrow_to_a_product_a_tag_and_a_status(search_index):
    assert {entry.partition("/")[0] for entry in ids("permission denied", search_index, only={"product": "ssh"})} == {
        "ssh"
    }
    facets = [term for term in ("tag:tls", "status:open") if search_index.postings(term).entries]
    for term in facets:
        name, value = term.split(":")
        allowed = {search_index.shown(number)["id"] for number, _ in search_index.postings(term).impacts}
        assert set(ids("error", search_index, only={name: value}, top=100)) <= allowed
    assert facets
    assert ids("permission denied", search_index, only={"product": "no-such-product"}) == []


def document(entry_id: str, title: str) -> Document:
    shown = {"id": entry_id, "title": title, "product": "P", "step": "S", "phrases": [title.lower()]}
    names = ("signatures", "codes", "summary", "tags", "product", "steps", "cause", "body")
    return Document(shown, "P", "open", (), impacts_of({"title": title} | dict.fromkeys(names, "")))


def test_a_keeper_s_synonyms_count():
    documents = [document("p/flux", "The flux capacitor is empty"), document("p/time", "Time is out of joint")]
    files = build_search(documents, Synonyms({"doohickey": ("flux capacitor",)}))
    index = SearchIndex(files.__getitem__)
    assert ids("doohickey", index) == ["p/flux"]
    assert search("doohickey", index).is_known


def test_no_entries_are_no_fault():
    index = SearchIndex(build_search([]).__getitem__)
    assert search("anything at all", index).results == ()


def test_an_index_of_another_version_is_refused(search_files):
    root = json.loads(search_files["root.json"]) | {"version": 999}
    with pytest.raises(ValueError, match="version 999"):
        SearchIndex(lambda _: json.dumps(root).encode())


def test_the_line_that_says_what_is_wrong_is_the_last_such_line():
    log = "$ make\n2026-01-02T03:04:05Z fatal: first\nerror: second\n\n    at line 7\nDone in 3 s.\n"
    assert telling_line(log) == "error: second"
    assert telling_line("nothing\nof the kind\n\n") == "of the kind"
    assert telling_line(" \n ") == ""


@pytest.mark.parametrize(
    ("text", "expected"), [("a code", False), ("x" * 60, True), ("two\nlines", True), (" \n ", False)]
)
def test_what_is_long_or_has_lines_was_pasted(text, expected):
    assert is_pasted(text) is expected


def test_the_index_grows_with_the_entries_and_no_file_with_it(search_files):
    sizes = {name: len(content) for name, content in search_files.items()}
    assert max(size for name, size in sizes.items() if name.startswith("terms/")) < 20_000
    assert max(size for name, size in sizes.items() if name.startswith("entries/")) < 8_000
    root = json.loads(search_files["root.json"])
    products = len(json.dumps(root["products"], separators=(",", ":")))
    assert products < 80 * len(root["products"])
    assert sizes["root.json"] - products < 10_000
