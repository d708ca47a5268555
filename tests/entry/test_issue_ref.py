"""What names an issue: a value with host, repository and number; its text, its addresses and its folders."""

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from kb.entry import GITHUB, NAME, OWNER, IssueRef

OWNERS = st.from_regex(OWNER, fullmatch=True)
NAMES = st.from_regex(NAME, fullmatch=True)
NUMBERS = st.integers(1, 9_999_999_999)
HOSTS = st.sampled_from(["ghe.example.com", "gitlab.example.com", "127.0.0.1", "code.example:8443"])
PATHS = st.lists(NAMES, min_size=2, max_size=4).map("/".join).filter(lambda path: len(path) < 300)
REFS = st.builds(IssueRef, st.just(GITHUB), st.builds("{}/{}".format, OWNERS, NAMES), NUMBERS) | st.builds(
    IssueRef, HOSTS, PATHS, NUMBERS, st.sampled_from("#!")
)
TEXTS = st.text(max_size=60) | st.from_regex(r"([a-z]{1,9}\.[a-z]{1,9}/)?[\w./-]{0,40}[#!][0-9]{0,12}", fullmatch=True)

_ADAPTER = TypeAdapter(IssueRef)


def parsed(text: str) -> IssueRef | None:
    try:
        return IssueRef.parse(text)
    except ValueError:
        return None


def validated(text: str) -> IssueRef | None:
    """What front matter takes a text for."""
    try:
        return _ADAPTER.validate_python(text)
    except ValidationError:
        return None


@pytest.fixture(scope="module")
def vectors(data):
    return json.loads((data / "issue_refs.json").read_text("utf-8"))


def test_the_vectors_say_what_each_text_names(vectors):
    for vector in vectors:
        ref = parsed(vector["text"])
        found = {"name": str(ref), "path": ref.short_path, "url": ref.url} if ref else {}
        assert {"text": vector["text"], **found} == vector


@given(REFS)
def test_what_is_written_reads_back_as_the_same(ref):
    assert IssueRef.parse(str(ref)) == ref == validated(str(ref))
    assert _ADAPTER.validate_json(_ADAPTER.dump_json(ref)) == ref


@given(TEXTS)
@example("owner/name#1\n")
@example("github.com/a/b/c#1")
def test_front_matter_takes_what_parses_and_nothing_else(text):
    found = parsed(text)
    assert found == validated(text)
    assert found is None or parsed(str(found)) == found


@given(REFS)
def test_its_schema_takes_what_is_written(ref):
    schema = _ADAPTER.json_schema()
    assert re.search(schema["pattern"], str(ref))
    assert len(str(ref)) <= schema["maxLength"]


@given(REFS)
def test_its_address_names_it(ref):
    assert IssueRef.of_url(ref.url) == ref


@given(REFS)
def test_any_spelling_has_one_key(ref):
    assert IssueRef.parse(str(ref).upper()).key == ref.key == ref.key.key


@given(REFS, REFS)
def test_no_two_issues_have_one_folder_and_none_lies_on_the_way_to_another_s_page(one, other):
    assert (one.short_path == other.short_path) == (one == other)
    assert not f"{one.short_path}/index.html".startswith(f"{other.short_path}/index.html/")


def test_they_stand_in_the_order_of_host_repository_and_number():
    refs = [IssueRef.parse(text) for text in ("o/n#10", "o/n#9", "ghe.example.com/o/n#1", "a/z#2")]
    assert list(map(str, sorted(refs))) == ["ghe.example.com/o/n#1", "a/z#2", "o/n#9", "o/n#10"]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://github.com/git/git/issues/7", "git/git#7"),
        ("http://www.github.com/git/git/issues/7?x=y#issuecomment-1", "git/git#7"),
        ("https://github.com/git/git/issues/7/", "git/git#7"),
        ("https://github.com/git/git/pull/7/files", None),
        ("https://github.com/git/git/issues/new", None),
        ("https://api.github.com/repos/git/git/issues/7", "git/git#7"),
        ("https://api.github.com/repos/git/git/pulls/7", "git/git#7"),
        ("https://ghe.example/api/v3/repos/git/git/issues/7", "ghe.example/git/git#7"),
        ("https://code.example/a/b/c/-/issues/7", "code.example/a/b/c#7"),
        ("https://code.example/a/b/-/merge_requests/7#note_1", "code.example/a/b!7"),
        ("https://github.com/git/git/discussions/7", None),
        ("https://github.com/git/git/issues/", None),
        ("https://github.com@evil.example/git/git/issues/7", None),
        ("https://[github.com/git/git/issues/7", None),
        ("ftp://github.com/git/git/issues/7", None),
        ("https://localhost/git/git/issues/7", None),
        ("https://github.com/git/git/issues/7" + "/x" * 500, None),
    ],
)
def test_an_address_names_an_issue_or_none(url, name):
    found = IssueRef.of_url(url)
    assert (str(found) if found else None) == name


def test_a_pull_request_has_an_address_of_its_own():
    addresses = [
        IssueRef.parse(text).pull_url for text in ("x/issues#5", "gitlab.example.com/g/p#5", "c.example/g/p!5")
    ]
    assert addresses == [
        "https://github.com/x/issues/pull/5",
        "https://gitlab.example.com/g/p/-/merge_requests/5",
        "https://c.example/g/p/-/merge_requests/5",
    ]
