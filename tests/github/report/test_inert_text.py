"""A report is read by programs that act on what they find: whatever an issue says, none of them does anything."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.entry import to_html
from kb.github.report import analyse, to_markdown
from kb.github.report.inert import clean, fenced, markdown, mermaid, one_line

from .conftest import DATA, load

PIECES = (
    *(
        "@a",
        "@org/team",
        "mail@x.example",
        "#1",
        "GH-1",
        "www.",
        "x.example",
        "https://",
        "<b>",
        "<!--",
        "-->",
        "](",
        "![",
    ),
    *("`", "```", "*", "_", "~~", "|", "\\", "&lt;", "&#64;", "- ", "1. ", "# ", "> ", "$", "%%", '"', ";", " ", "a"),
    *("\n", "\r\n", "\u2028", "\u202e", "\u200b", "\x1b[31m", "\x00", "\ud800"),
)
HOSTILE = st.text() | st.lists(st.sampled_from(PIECES)).map("".join)


def html_of(text: str) -> str:
    """What Markdown becomes, without the attributes that say where in the source an element stands."""
    return to_html(text)


@given(HOSTILE)
def test_a_line_of_markdown_shows_the_text_and_nothing_else(text):
    line = one_line(text, 300)
    html = html_of(f"x {markdown(line)} x")
    assert re.findall(r"<(?!/?p>)", html) == []
    shown = re.sub("</?p>", "", html).strip().replace("\u200b", "")
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        shown = shown.replace(entity, character)
    assert re.sub(" +", " ", shown) == re.sub(" +", " ", f"x {line} x")


@given(HOSTILE)
def test_a_line_of_markdown_is_one_paragraph_wherever_it_begins(text):
    line = one_line(text, 300)
    html = html_of(markdown(line)).strip()
    assert html == "" or re.fullmatch("<p>[^<]*</p>", html)


@given(HOSTILE)
def test_nobody_and_no_issue_is_mentioned(text):
    html = html_of(markdown(one_line(text, 300)))
    plain = html.replace("&amp;", "&")
    assert re.findall(r"@[A-Za-z0-9]|(?<!&)#[0-9]|\bGH-[0-9]", plain, re.IGNORECASE | re.ASCII) == []


@given(HOSTILE)
def test_a_code_block_ends_where_the_report_ends_it(text):
    html = html_of(f"{fenced(clean(text).strip(chr(10)) or 'x')}\n\nafter")
    assert html.count("<pre") == 1
    assert html.rstrip().endswith("<p>after</p>")


@given(HOSTILE)
def test_a_label_of_a_graph_holds_nothing_that_mermaid_acts_on(text):
    assert not re.search(r'["`\[\](){}<>|;%@&\\\n]', re.sub(r"#[0-9]+;", "", mermaid(one_line(text, 300))))


@given(HOSTILE)
def test_clean_text_can_be_written_anywhere(text):
    assert clean(clean(text)) == clean(text)
    assert clean(text).encode().decode() == clean(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", clean(text))


@pytest.mark.parametrize("name", sorted(path.stem for path in DATA.glob("*.json")))
def test_the_links_of_a_report_lead_to_github_and_to_the_knowledge_base_only(name):
    vector = load(DATA / f"{name}.json")
    html = html_of(to_markdown(analyse(vector.snapshot, vector.known)))
    hosts = set(re.findall(r'(?:href|src)="([^"]*?//[^/"]*)', html))
    assert hosts <= {vector.snapshot["web"], "https://fixes.example"}
    assert not re.search(r'<(?:script|img|iframe|style|form)|(?:href|src)="(?!https://)', html)
