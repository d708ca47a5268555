"""Plain documents are read another way than odd ones, and faster: what comes out is the same."""

from datetime import date
from pathlib import Path
from unittest import mock

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kb.entry import parse_yaml, yaml_plain


def read_by_events(text: str):
    with mock.patch.object(yaml_plain, "MAX_LENGTH", -1):
        return parse_yaml(text)


def assert_same(text: str) -> None:
    document, other = parse_yaml(text), read_by_events(text)
    assert repr((document.value, document.defects)) == repr((other.value, other.defects))
    assert document.positions == other.positions


TEXTS = [
    *(
        "",
        "a",
        "a: b",
        "- a\n- b",
        "a: [1, 2.5, yes, no, ~, null, 0x1f, 0o17, 017, 1_000, 1e3, .inf, -0]",
        "a: 2026-01-02",
    ),
    *("a: b && c", "a: && b", "a: |\n  b && c\n  d *.e & f", "a: *.b", "a: & b", "a: [&&, *]"),
    *("a: 2026-02-30", "a: 2026-01-02T03:04:05Z", "a: 12:30:45", "a: =", "a: <<", "<<: a", "a: !!str 1", "a: ! 1"),
    *("a: &x 1\nb: *x", "a: '1'", 'a: "1"', "a: |\n  1\n", "a: >-\n  1\n  2", "1: a", "~: a", "yes: a", "[a]: b"),
    *(
        "{a: b}: c",
        "a: b\na: c",
        "a:\n  b: 1\n  b: 2",
        "a: {b: 1, b: 2}",
        "---\na: 1\n---\nb: 2",
        "a: 1\n...\n",
        "%YAML 1.1\n---\na: 1",
    ),
    *(
        "a: [",
        "a: ]",
        "a: b: c",
        "\ta: b",
        "a:\n\tb",
        "? a\n: b",
        "? - a\n: b",
        "- - a\n  - b",
        "- - - - a",
        "a: 99999999999999999999",
    ),
    *(
        "a: " + "9" * 5000,
        "a: " + "[" * 11 + "]" * 11,
        "a: " + "[" * 12 + "]" * 12,
        "a: " + "[" * 400 + "]" * 400,
        "a: 'b",
    ),
    *(
        "a: '#c'",
        "a: b #c",
        "a: b&c *d",
        "a: x & y",
        "a: *",
        "a: &",
        "a: !",
        "a: +1",
        "a: +",
        "a: -",
        "a: .",
        "a: 1.",
        "a: 08",
    ),
    *(
        "a: on",
        "a: Off",
        "a: N",
        "a: y",
        "a: \u2028b",
        "a: \x85b",
        "a: \x00",
        "a: \ud7ff",
        "a: 'b\n\n  c'",
        'a: "\\x41\\u00e9"',
    ),
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_document_is_the_same_either_way(text):
    assert_same(text)


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.dates(min_value=date(1000, 1, 1)),
    st.text(max_size=20),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES, st.sampled_from([None, True, False]), st.sampled_from([None, "'", '"', "|", ">"]))
def test_a_value_that_was_written_as_yaml_is_the_same_either_way(value, flow, style):
    assert_same(
        yaml.safe_dump(value, default_flow_style=flow, default_style=style, allow_unicode=True, sort_keys=False)
    )


@given(st.text(alphabet="ab1 :-?[]{}&*!%'\"#|>\n\t=<,.~", max_size=60))
def test_any_text_is_the_same_either_way(text):
    assert_same(text)


def test_the_entries_here_are_plain(repository_root: Path):
    """Else the faster way would serve nobody."""
    texts = [path.read_text("utf-8").split("---\n", 2)[1] for path in (repository_root / "entries").glob("*/*.md")]
    plain = 0
    for text in texts:
        assert_same(text)
        try:
            yaml_plain.plain_value(text, 12, 20_000)
            plain += 1
        except yaml_plain.NotPlainError:
            pass
    assert plain > 0.8 * len(texts)
