"""What YAML 1.1 and 1.2 read differently, told by a parser of each: PyYAML reads 1.1, yaml12 the core schema of 1.2."""

import datetime

import pytest
import yaml
import yaml12
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kb.entry import AMBIGUOUS, parse_yaml, read_alike

READ_DIFFERENTLY = [
    *(
        "08006",
        "010",
        "-010",
        "0o17",
        "0b101",
        "-0x1F",
        "0x_1F",
        "1_000",
        "1_000.5",
        "1:30",
        "190:20:30",
        "190:20:30.5",
    ),
    *("1e3", "1e+3", "12e03", "1.5e3", "-.5", "+.5", "yes", "No", "on", "OFF", "=", "<<"),
]
READ_ALIKE = [
    *(
        "0",
        "7",
        "-7",
        "+1",
        "123",
        "0x1F",
        "1.5",
        "-1.5",
        "1.",
        ".5",
        "1.5e+3",
        ".inf",
        "-.inf",
        ".NaN",
        "true",
        "FALSE",
    ),
    *("null", "~", "EACCES", "TS2322", "HTTP 400", "1.2.3", "2.1.96", "v1", "0o8", "tRUE", "a_b", "E0308"),
]


def by_1_1(text: str) -> object:
    try:
        return yaml.safe_load(f"k: {text}")["k"]
    except yaml.constructor.ConstructorError:
        return "a mark of YAML 1.1"


def by_1_2(text: str) -> object:
    return yaml12.parse_yaml(f"k: {text}")["k"]


def differs(text: str) -> bool:
    """Whether the parsers read two things. What 1.1 takes for a date is the text of one in 1.2."""
    one, other = by_1_1(text), by_1_2(text)
    return repr(one) != repr(other) and not isinstance(one, datetime.date)


@pytest.mark.parametrize("text", READ_DIFFERENTLY)
def test_text_that_the_parsers_read_differently_is_known(text):
    assert differs(text)
    assert AMBIGUOUS.fullmatch(text)


@pytest.mark.parametrize("text", ["y", "Y", "n", "N"])
def test_a_boolean_of_the_specification_of_1_1_is_known_although_pyyaml_takes_it_for_text(text):
    assert by_1_1(text) == by_1_2(text) == text
    assert read_alike(text) == f'"{text}"'


@pytest.mark.parametrize("text", READ_ALIKE)
def test_text_that_the_parsers_read_alike_is_left_alone(text):
    assert not differs(text)
    assert read_alike(text) is None


@settings(max_examples=1500)
@given(st.text(alphabet="0123456789_.:-+eExXobBaF", min_size=1, max_size=8) | st.from_regex(AMBIGUOUS, fullmatch=True))
@example("0_")
@example("+-0")
def test_no_text_that_the_parsers_read_differently_is_missed(text):
    try:
        is_plain = isinstance(yaml.compose(f"k: {text}").value[0][1], yaml.ScalarNode) and differs(text)
    except (yaml.YAMLError, ValueError):
        return  # no value, such as `-` alone, or a number that PyYAML itself can't read
    # yaml12 0.2.0 takes `+-0` for a number; by section 10.3.2 a number has one sign.
    if is_plain and not text.startswith(("+-", "-+", "++", "--")):
        assert AMBIGUOUS.fullmatch(text)


@settings(max_examples=500)
@given(st.from_regex(AMBIGUOUS, fullmatch=True).filter(lambda text: len(text) < 12 and "\n" not in text))
def test_what_is_written_instead_is_read_by_both_as_it_was_read_before(text):
    new = read_alike(text)
    if new is not None:
        before = parse_yaml(f"k: {text}\n").value
        assert before == {"k": by_1_1(new)} == {"k": by_1_2(new)}
