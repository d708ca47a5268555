"""YAML from a stranger: what is taken, what is refused, and that neither takes more than the file is worth."""

import pytest

from kb.entry import DefectKind, Position, parse_yaml

DEEPEST = 12
MOST_VALUES = 20_000


def refusal(text: str) -> tuple[DefectKind, str]:
    """Kind and message of the one defect of a text."""
    (defect,) = parse_yaml(text).defects
    return defect.kind, defect.message


def unsafe(text: str) -> str:
    """The message of the one defect of a text that is refused as unsafe, of which nothing is kept."""
    document = parse_yaml(text)
    assert document.value is None
    (defect,) = document.defects
    assert defect.kind is DefectKind.UNSAFE_YAML
    return defect.message


# Nesting


def test_the_deepest_nesting_that_is_allowed_is_read():
    assert parse_yaml("[" * DEEPEST + "]" * DEEPEST).defects == ()


def test_one_level_more_is_refused():
    assert unsafe("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)) == "nested more than 12 levels deep"


@pytest.mark.parametrize(
    "text",
    ["[" * 1_000_000, "a: " + "{b: " * 300_000, "- " * 500_000, "\n".join(" " * n + "a:" for n in range(1000))],
    ids=["a million brackets", "braces", "hyphens", "indented keys"],
)
def test_endless_nesting_is_left_at_the_first_level_too_many(text):
    assert unsafe(text) == "nested more than 12 levels deep"


def test_nesting_that_is_too_deep_is_reported_where_it_gets_too_deep():
    assert parse_yaml("[" * 1_000_000).defects[0].position == Position(1, DEEPEST + 1)


# References and tags


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: *b", "YAML aliases are not allowed"),
        ("a: &b 1", "YAML anchor &b is not allowed"),
        ("a: &b [1]\nc: *b", "YAML anchor &b is not allowed"),
        ("&k a: 1", "YAML anchor &k is not allowed"),
        ("a: !!python/object/apply:os.system [ls]", "YAML tag 'tag:yaml.org,2002:python/object/apply:os.system' is"),
        ("a: !!binary aGVsbG8=", "YAML tag 'tag:yaml.org,2002:binary' is not allowed"),
        ("a: !!str 1", "YAML tag 'tag:yaml.org,2002:str' is not allowed"),
        ("a: !env HOME", "YAML tag '!env' is not allowed"),
        ("a: ! HOME is not set", "YAML takes the ! for a mark"),
        ("!!set {a, b}", "YAML tag 'tag:yaml.org,2002:set' is not allowed"),
        ("a: 1\n---\nb: 2", "a second YAML document starts here"),
        ("? [a, b]\n: 1", "a list or mapping can't be a key"),
    ],
    ids=lambda value: None if value.startswith("YAML") else value.splitlines()[0],
)
def test_what_an_entry_has_no_use_for_is_refused(text, message):
    assert unsafe(text).startswith(message)


def test_a_placeholder_at_the_start_of_a_text_is_to_be_quoted():
    (defect,) = parse_yaml("text: {{code}} is no number").defects
    assert "quote text such as {{name}}" in defect.hint


def test_an_alias_bomb_is_refused_at_its_first_anchor():
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{this}: &{this} [{', '.join([f'*{last}'] * 9)}]\n" for last, this in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert unsafe(bomb) == "YAML anchor &a is not allowed"


def test_merging_a_mapping_is_refused():
    assert unsafe("a: 1\n<<: {b: 2}")


# Amount


def test_as_many_values_as_are_allowed_are_read():
    assert len(parse_yaml("\n".join(["- a"] * (MOST_VALUES - 1))).value) == MOST_VALUES - 1


def test_one_value_more_is_refused():
    assert unsafe("\n".join(["- a"] * MOST_VALUES)) == "more than 20,000 values"


# Keys


def test_a_key_that_stands_twice_keeps_its_first_value():
    assert parse_yaml("a: 1\nb: 2\na: 3").value == {"a": 1, "b": 2}


def test_a_key_that_stands_twice_is_reported_where_it_stands_again():
    (defect,) = parse_yaml("a: 1\nb: 2\na: 3").defects
    assert (defect.kind, defect.position) == (DefectKind.DUPLICATE_KEY, Position(3, 1))


def test_a_key_that_stands_three_times_is_reported_twice():
    assert [defect.position.line for defect in parse_yaml("a: 1\na: 2\na: 3").defects] == [2, 3]


def test_nested_keys_that_stand_twice_are_reported_at_every_depth():
    text = "a:\n  b: 1\n  b: 2\nc:\n  - d: {e: 1, e: 2}\n    d: 3\n"
    assert [tuple(defect.position) for defect in parse_yaml(text).defects] == [(3, 3), (5, 15), (6, 5)]


def test_the_same_key_in_two_mappings_is_no_duplicate():
    assert parse_yaml("a: {x: 1}\nb: {x: 2}\nc: [{x: 3}, {x: 4}]").defects == ()


def test_a_number_and_its_text_are_one_key():
    assert refusal("1: a\n'1': b")[0] is DefectKind.DUPLICATE_KEY


@pytest.mark.parametrize("key", ["no", "On", "1.10", "0x10", "1_000", "2026-01-02", "~", "null", "1:30", "="])
def test_a_key_is_its_spelling_whatever_yaml_reads_in_it(key):
    assert parse_yaml(f"{key}: 1").value == {key: 1}


# Values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", False),
        ("1.10", 1.1),
        ("'1.10'", "1.10"),
        ('"no"', "no"),
        ("~", None),
        ("", None),
        ("0o17", "0o17"),
        ("|\n a\n b\n", "a\nb\n"),
        (">-\n a\n b\n", "a b"),
    ],
)
def test_scalars_are_read_as_yaml_1_1_says(text, value):
    assert parse_yaml(f"a: {text}").value == {"a": value}


def test_an_equals_sign_is_text():
    assert parse_yaml("codes: [=]").value == {"codes": ["="]}


@pytest.mark.parametrize(
    "digits", ["9" * 5000, "-" + "9" * 5000, "0x" + "f" * 5000, "0b" + "1" * 50_000, "9:" * 4000 + "9"]
)
def test_a_number_of_thousands_of_digits_is_refused(digits):
    assert unsafe(f"a: {digits}")


def test_the_refusal_of_a_long_value_does_not_repeat_all_of_it():
    assert len(unsafe("a: " + "9" * 5000)) < 300


@pytest.mark.parametrize(
    "value",
    ["2026-13-45", "2026-02-30", "0000-01-01", "2026-01-01T25:00:00Z", "2026-04-09T08:14:31+99:99", "0x_", "0b_"],
)
def test_a_value_that_does_not_exist_is_text(value):
    assert parse_yaml(f"a: {value}").value == {"a": value}


# Syntax


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("title: fatal: not a git repository", "quotes"),
        ("affects:\n\tversions: [a]", "no tabs"),
        ("tags:\n\t- a", "no tabs"),
        ("title: @here", "Quote the value"),
        ("title: `code`", "Quote the value"),
        ("title: %d items", "Quote the value"),
        ("title: * of all", "Quote the value"),
        ("title: - item", "Quote the value"),
        ("title: > of all", "Quote the value"),
        ("title: | of all", "Quote the value"),
        ('title: "C:\\Users"', "single quotes"),
        ("tags: [a,,b]", "An item between brackets"),
        ("a: 1\n b: 2", "quotes"),
    ],
)
def test_a_slip_is_reported_once_with_a_hint_that_fits(text, hint):
    document = parse_yaml(text)
    (defect,) = document.defects
    assert defect.kind is DefectKind.SYNTAX
    assert hint in defect.hint


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ('title: "open\ntags: [a]\ncause: "c"', (1, 8), 'the quote " has no end', 'Close it with "'),
        ("tags: [a]\ntitle: 'open\n", (2, 8), "the quote ' has no end", "Close it with '"),
        ("title: 'it's it'\ntags: [a]", (1, 11), "behind the closing quote", "written twice"),
        ('title: "a" b\n', (1, 12), "behind the closing quote", "Put all of the text in quotes"),
        ("title: [a] b\n", (1, 12), "behind the closing bracket", "Put all of the text in quotes"),
        ("tags: [a, b\nstatus: open\n", (1, 7), "the bracket [ has no end", "Close it with ]."),
        ("reports: [a/b#1, #2]\nstatus: open\n", (1, 10), "the bracket [ has no end", "starts a comment"),
        ("title:Text\ntags: [a]\n", (1, 6), "no space behind the colon of 'title'", "Write `title: …`"),
        ("status = open\ntags: [a]\n", (1, 7), "no colon behind 'status'", "Write `status: …`"),
        ("issue:\n  ref: a/b#1\n  comments", (3, 11), "no colon behind 'comments'", "Write `comments: …`"),
        ("issue:\n  ref: a/b#1\n  comments\n", (3, 11), "no colon behind 'comments'", "Write `comments: …`"),
        ("issue:\n  ref: a/b#1\n  b-c", (3, 6), "could not find expected ':'", "indentation"),
        (" title: a\ntags: [a]\n", (1, 1), "the first key is indented", "first column"),
        ("title: a\n<<<<<<< HEAD\ntags: [a]\n=======\ntags: [b]\n>>>>>>> x\n", (2, 1), "merge conflict", "Keep one"),
    ],
)
def test_a_slip_is_shown_where_it_is_and_not_where_the_parser_stops(text, place, message, hint):
    (defect,) = parse_yaml(text).defects
    assert (defect.kind, defect.position) == (DefectKind.SYNTAX, Position(*place))
    assert message in defect.message
    assert hint in defect.hint


def test_a_quote_that_goes_over_lines_is_not_blamed_for_a_later_slip():
    (defect,) = parse_yaml('title: "one\n  two"\ncause: a: b').defects
    assert defect.position == Position(3, 9)


def test_a_duplicate_key_before_a_slip_is_reported_too():
    assert [defect.kind for defect in parse_yaml("a: 1\na: 2\nb: c: d").defects] == [
        DefectKind.DUPLICATE_KEY,
        DefectKind.SYNTAX,
    ]


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x07", "\x1b", "\x7f", "\ufffe"])
def test_a_control_character_is_reported(character):
    assert refusal(f"a: 1\nb: x{character}y")[0] is DefectKind.SYNTAX


def test_the_first_line_can_be_any_line_of_a_file():
    assert parse_yaml("a: 1\nb: 2", first_line=10).position(("b",)) == Position(11, 1)
