"""The grammar of placeholders: what is read is written back, in signatures and in prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.entry import (
    PLACEHOLDER_TYPES,
    UNTYPED,
    Literal,
    Placeholder,
    SignatureError,
    literals_of,
    placeholders_of,
    prose_parts,
    readable_parts,
    render_parts,
    signature_parts,
)

NEAR_PLACEHOLDERS = st.lists(
    st.sampled_from(
        ["{", "{{", "}}", "}", "\\", r"\{{", "{{id}}", "{{n:int}}", "{{N}}", "{{a:b}}", "name", " ", "\U0001f600"]
    ),
    max_size=12,
).map("".join)
LITERALS = st.text("ab {}\n\U0001f600", min_size=1).map(Literal)


@given(NEAR_PLACEHOLDERS)
def test_parts_tile_a_text_whether_it_is_a_signature_or_not(text):
    assert render_parts(readable_parts(text)) == text
    assert render_parts(prose_parts(text)) == text
    try:
        parts = signature_parts(text)
    except SignatureError:
        return
    assert render_parts(parts) == text
    assert parts == readable_parts(text)


@given(st.lists(st.tuples(LITERALS, st.sampled_from((UNTYPED, *PLACEHOLDER_TYPES))), max_size=5), LITERALS)
def test_parts_are_read_back_as_they_were_written(pairs, last):
    parts = [part for n, (literal, kind) in enumerate(pairs) for part in (literal, Placeholder(f"name_{n}", kind))]
    assert signature_parts(render_parts([*parts, last])) == (*parts, last)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Token{{{id}}} failed", (Literal("Token{"), Placeholder("id"), Literal("} failed"))),
        ("{{{{id}}}}", (Literal("{{"), Placeholder("id"), Literal("}}"))),
        (r"\{{id}} {{id:int}}", (Literal("{{id}} "), Placeholder("id", "int"))),
        (r"\\{{id}}", (Literal("\\{{id}}"),)),
    ],
)
def test_of_three_braces_the_first_is_the_texts_own(text, parts):
    assert signature_parts(text) == parts


def test_in_prose_only_a_bare_name_is_a_placeholder():
    text = r"kill {{pid}} $\{{ secrets.X }} {{.Names}} \{{pid}} {{pid:int}} {{{pid}}}"
    parts = tuple(prose_parts(text))
    assert placeholders_of(parts) == ("pid",)
    assert "".join("<pid>" if isinstance(part, Placeholder) else part.text for part in parts) == (
        "kill <pid> ${{ secrets.X }} {{.Names}} {{pid}} {{pid:int}} {<pid>}"
    )


def test_a_text_that_is_no_signature_is_literal():
    assert literals_of("a {{b}} c {{ d") == ("a ", " c {{ d")
    assert literals_of("x" * 5000) == ("x" * 5000,)
