"""What names an issue, and what doesn't."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.github import RefError, parse_ref


@pytest.mark.parametrize(
    "text",
    [
        "git/git#7",
        " git/git#7 ",
        "ghe.example/git/git#7",
        "https://ghe.example/git/git/issues/7",
        "ghe.example/git/git/issues/7/",
        "https://ghe.example/git/git/pull/7/files",
        "https://ghe.example/api/v3/repos/git/git/issues/7",
    ],
)
def test_an_issue_of_the_server_that_is_asked_has_many_names(text):
    assert str(parse_ref(text, "https://ghe.example")) == "ghe.example/git/git#7"


@pytest.mark.parametrize(
    "text",
    [
        "https://github.com/git/git/issues/7",
        "https://github.com/git/git/issues/7/",
        "http://www.github.com/git/git/issues/7?x=y#issuecomment-1",
        "github.com/git/git/issues/7",
        "https://github.com/git/git/pull/7/files",
        "https://api.github.com/repos/git/git/issues/7",
    ],
)
@pytest.mark.parametrize("asked", ["https://github.com", "https://ghe.example"])
def test_an_address_on_github_names_an_issue_there_whichever_server_is_asked(text, asked):
    assert str(parse_ref(text, asked)) == "git/git#7"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#7",
        "git#7",
        "git/git",
        "git/git#0",
        "git/git#-1",
        "git/git#7.5",
        "git/..#7",
        "../git#7",
        "git/git#٧",
        "https://evil.example/git/git/issues/7",
        "https://github.com.evil.example/git/git/issues/7",
        "https://github.com@evil.example/git/git/issues/7",
        "https://github.com/git/git/discussions/7",
        "https://github.com/git/git/issues/",
        "ftp://github.com/git/git/issues/7",
        "https://[github.com/git/git/issues/7",
        "git/git#7\ngit/git#8",
        "git/git#" + "9" * 10_000,
    ],
)
def test_what_names_no_issue_is_told(text):
    with pytest.raises(RefError, match=r"names no issue\. Write owner/name#123"):
        parse_ref(text)


def name_or_refusal(text: str) -> str:
    try:
        return str(parse_ref(text))
    except RefError as error:
        return str(error)


@given(st.text(max_size=60) | st.from_regex(r"(https?://github\.com/)?[\w./#-]{0,40}", fullmatch=True))
def test_any_text_gives_a_name_or_says_that_it_is_none(text):
    found = name_or_refusal(text)
    assert found.isprintable()
    assert "names no issue" in found or str(parse_ref(found)) == found
