"""Highlighting: the tokens that Pygments gives, from its own rules, tried faster."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.lexers import get_lexer_by_name

from kb.site.highlight import highlighted, tokens

ENTRIES = Path(__file__).parents[2] / "entries"
FENCE = re.compile(r"^[ ]*```([\w+-]+)\n(.*?)^[ ]*```", re.DOTALL | re.MULTILINE)
LANGUAGES = ("sh", "python", "js", "ts", "rust", "sql", "powershell", "toml", "dockerfile", "html", "go", "c", "ruby")
FRAGMENTS = st.sampled_from(
    [
        *("'", '"', "`", "$(", ")", "${", "}", "<<EOF\n", "EOF\n", "# note", "\n", "\\", "\\\n", "|", "&&", "/*", "*/"),
        *("if", "then", "fi", "def f(x):", "f'{a!r}'", "0x1F", "1e-3", "r#'", "//", "<a b='c'>", "--x=1", "é", "\x00"),
    ]
)


def own_tokens(language: str, code: str):
    return [(token, text) for _, token, text in get_lexer_by_name(language).get_tokens_unprocessed(code)]


def blocks():
    for path in sorted(ENTRIES.glob("*/*.md")):
        for language, code in FENCE.findall(path.read_text("utf-8")):
            if language not in ("text", "console-output", "output"):
                yield language, code


def test_every_block_of_the_entries_has_pygments_tokens():
    different = [
        (language, code)
        for language, code in blocks()
        if list(tokens(get_lexer_by_name(language), code)) != own_tokens(language, code)
    ]
    assert different == []
    assert len(list(blocks())) > 100


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=60, deadline=None)
@given(parts=st.lists(FRAGMENTS | st.text(max_size=8), max_size=12))
def test_any_text_has_pygments_tokens(language, parts):
    code = "".join(parts)
    assert list(tokens(get_lexer_by_name(language), code)) == own_tokens(language, code)


def test_text_of_no_known_language_is_only_escaped():
    assert highlighted("no-such-language", "a < b") == "a &lt; b"


def test_tokens_carry_the_class_names_of_pygments():
    assert '<span class="nb">cd</span>' in highlighted("sh", "cd /tmp && ls")
