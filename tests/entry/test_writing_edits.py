"""Edits of front matter: the value changes, and nothing else does."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.entry import EditError, edit_front_matter, parse_source

ENTRY = """\
---
# yaml-language-server: $schema=https://example.org/schema/front-matter.schema.json
title: "It's broken: why?"   # keep it short
signatures:   # as printed
  # the long one
  - text: >-
      cannot open {{file}}
      for reading

  # the short one
  - text: 'EACCES: it''s denied'   # node
    examples: ["EACCES: it's denied"]
codes: [EACCES, 'errno 13']

# how things stand
status: open      # open | workaround | fixed
affects: {versions: ["2.10"], platforms: [linux, macos]}
issue:
  ref: example/tool#4
  comments: 1     # counted by machine
  timeline: {labeled: 2, cross-referenced: 1}
reports:
- example/tool#5
- example/tool#6   # the same
raw: |-
  one # no comment
    two

  three

updated: 2026-01-02
---

## Summary

It fails.
"""


def edited(changes: Mapping[str, object], text: str = ENTRY, name: str = "git/a.md") -> str:
    return edit_front_matter(text, name, changes)


def changed_lines(changes: Mapping[str, object], text: str = ENTRY) -> tuple[list[str], list[str]]:
    """The lines that are gone and the ones that are new."""
    before, after = text.split("\n"), edited(changes, text).split("\n")
    while before and after and before[0] == after[0]:
        del before[0], after[0]
    while before and after and before[-1] == after[-1]:
        del before[-1], after[-1]
    return before, after


def values_of(text: str, name: str = "git/a.md") -> dict[str, object]:
    value = parse_source(Path("entries", name), name, text).document.value
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize(
    ("change", "gone", "new"),
    [
        ({"status": "fixed"}, ["status: open      # open | workaround | fixed"],
         ["status: fixed      # open | workaround | fixed"]),
        ({"issue.comments": 7}, ["  comments: 1     # counted by machine"], ["  comments: 7     # counted by machine"]),
        ({"issue.fetched": datetime(2026, 4, 9, 8, 14, 31, tzinfo=UTC)}, [], ["  fetched: 2026-04-09T08:14:31Z"]),
        ({"issue.timeline.labeled": 3}, ["  timeline: {labeled: 2, cross-referenced: 1}"],
         ["  timeline: {labeled: 3, cross-referenced: 1}"]),
        ({"issue.timeline": {"labeled": 2, "closed": 1}}, ["  timeline: {labeled: 2, cross-referenced: 1}"],
         ["  timeline: {labeled: 2, closed: 1}"]),
        ({"title": "Another: one"}, ['title: "It\'s broken: why?"   # keep it short'],
         ['title: "Another: one"   # keep it short']),
        ({"codes": ["EACCES", "1.0"]}, ["codes: [EACCES, 'errno 13']"], ["codes: [EACCES, '1.0']"]),
        ({"codes": ["EACCES", "errno 13", "no"]},
         ["codes: [EACCES, 'errno 13']"], ["codes: [EACCES, 'errno 13', \"no\"]"]),
        ({"codes": ["errno 13"]}, ["codes: [EACCES, 'errno 13']"], ["codes: ['errno 13']"]),
        ({"affects.environment": "a proxy"},
         ['affects: {versions: ["2.10"], platforms: [linux, macos]}'],
         ['affects: {versions: ["2.10"], platforms: [linux, macos], environment: a proxy}']),
        ({"reports": ["example/tool#6"]}, ["- example/tool#5"], []),
        ({"reports": ["example/tool#5", "example/tool#7", "example/tool#6"]}, [], ["- example/tool#7"]),
        ({"votes": {"works": 1}}, [], ["votes: {works: 1}"]),
        ({"pulls": [{"ref": "example/tool#9", "state": "open"}]}, [],
         ["pulls:", "  - {ref: example/tool#9, state: open}"]),
        ({"raw": "four\n"}, ["raw: |-", "  one # no comment", "    two", "", "  three"], ["raw: |", "  four"]),
        ({"updated": date(2026, 2, 3)}, ["updated: 2026-01-02"], ["updated: 2026-02-03"]),
        ({"issue.ref": None}, ["  ref: example/tool#4"], []),
    ],
)  # fmt: skip
def test_only_the_lines_of_the_value_change(change, gone, new):
    assert changed_lines(change) == (gone, new)


def test_a_value_that_is_there_already_changes_nothing():
    assert edited(values_of(ENTRY)) == ENTRY


def test_a_signature_keeps_the_comments_and_lines_of_its_neighbours():
    signatures = values_of(ENTRY)["signatures"]
    new = [signatures[0], {**signatures[1], "text": "EACCES: denied"}, {"text": "a third"}]
    assert changed_lines({"signatures": new}) == (
        ["  - text: 'EACCES: it''s denied'   # node", '    examples: ["EACCES: it\'s denied"]'],
        ["  - text: 'EACCES: denied'   # node", '    examples: ["EACCES: it\'s denied"]', "  - text: a third"],
    )


def test_a_removed_key_takes_its_lines_along_and_no_comment_of_its_neighbours():
    assert changed_lines({"issue": None}) == (
        ["issue:", "  ref: example/tool#4", "  comments: 1     # counted by machine",
         "  timeline: {labeled: 2, cross-referenced: 1}"],
        [],
    )  # fmt: skip


def test_a_key_that_is_not_there_can_be_removed():
    assert edited({"votes": None, "issue.reactions": None, "affects.nope.nope": None}) == ENTRY


def test_text_that_becomes_longer_than_a_line_keeps_its_comment():
    assert changed_lines({"title": "word " * 30 + "end"})[1] == [
        "title: >-  # keep it short",
        "  word word word word word word word word word word word word word word word word word word word",
        "  word word word word word word word word word word word end",
    ]


def test_a_list_that_becomes_longer_than_a_line_has_a_line_for_each():
    codes = [f"A_RATHER_LONG_CODE_{number}" for number in range(9)]
    assert changed_lines({"codes": codes})[1] == ["codes:", *(f"  - {code}" for code in codes)]


@pytest.mark.parametrize(
    "text",
    ["no", "Yes", "1.0", "1e3", "0o7", "2026-01-02", "12:30", "~", "null", "", " ", "a: b", "a #b", "- a", "a:", "#a",
     "&a", "*a", "!a", "%a", "@a", "`a`", "'a", '"a', "[a", "{a", "a\x00b", "a\x1b[0m", "a\u202eb", "a\u2028b",
     "\ufeffa",
     "a\x85b", "---", "...", "<<", "=", "a\nb", "a\n", "\na", "  a\nb", "a\n  b\n\n", "a\tb", "\ta", "a \n b ",
     "\\", "a\r\nb"],
)  # fmt: skip
@pytest.mark.parametrize("key", ["title", "affects.environment", "raw", "status", "issue.ref"])
def test_what_yaml_would_take_for_something_else_is_read_back_as_text(key, text):
    value = values_of(edited({key: text}))
    for part in key.split("."):
        value = value[part]
    assert value == text


@pytest.mark.parametrize("name", ["git/a.md", "git/a.yml"])
def test_both_formats_are_edited(name):
    text = ENTRY if name.endswith(".md") else values_text(ENTRY)
    assert values_of(edited({"status": "fixed"}, text, name), name)["status"] == "fixed"


def values_text(entry: str) -> str:
    return entry.split("---\n")[1] + "summary: It fails.\n"


def test_prose_of_a_yaml_entry_is_a_key_in_the_order_of_the_page():
    text = "title: a\nsummary: b\nnotes: c\n"
    assert edit_front_matter(text, "git/a.yml", {"cause": "one\ntwo"}) == (
        "title: a\nsummary: b\ncause: |-\n  one\n  two\nnotes: c\n"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [("no front matter", "no front matter"), ("---\na: [\n---\n", "can't be edited"),
     ("---\na: 1\na: 2\n---\n", "twice"),
     ("---\n- a\n---\n", "no keys"), ("---\n? - a\n: b\n---\n", "can't be edited")],
)  # fmt: skip
def test_front_matter_that_can_not_be_read_is_refused(text, says):
    with pytest.raises(EditError, match=says):
        edit_front_matter(text, "git/a.md", {"title": "x"})


@pytest.mark.parametrize("value", [object(), "\ud800", {"a": {1, 2}}])
def test_what_yaml_can_not_hold_is_refused(value):
    with pytest.raises((TypeError, ValueError)):
        edited({"title": value})


HOSTILE = st.text(
    st.sampled_from("ab1:#-?,[]{}&*!|>'\"%@`~=<\\ \t\n\r.\x00\x1b\x7f\x85\u2028\u202e\ufeffé😀")
    | st.characters(codec="utf-8"),
    max_size=30,
)
SCALARS = (
    HOSTILE
    | st.sampled_from(["no", "1.0", "2026-01-02", "12:30:45", "a b", "x" * 130, "word " * 40 + "end"])
    | st.integers(-(10**12), 10**12)
    | st.booleans()
    | st.floats(allow_nan=False)
    | st.dates()
    | st.datetimes(timezones=st.sampled_from([None, UTC])).map(lambda time: time.replace(fold=0))
)
NAMES = HOSTILE.filter(lambda key: key != "<<")  # which YAML 1.1 merges
VALUES = st.recursive(
    SCALARS | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=10,
)
KEYS = st.sampled_from(
    ["title", "signatures", "codes", "tags", "status", "affects", "issue", "reports", "votes", "raw", "updated", "nope"]
)


def check_edit(text: str, name: str, path: str, value: object) -> str:
    before = values_of(text, name)
    after = edit_front_matter(text, name, {path: value})
    target = expected = dict(before)
    *outer, last = path.split(".")
    for part in outer:
        held = target.get(part)
        if not isinstance(held, dict):
            if value is None:
                assert after == text
                return after
            held = {}
        target[part] = dict(held)
        target = target[part]
    if value is None:
        target.pop(last, None)
    else:
        target[last] = value
    found = values_of(after, name)
    assert found.keys() == expected.keys()
    for key, wanted in expected.items():
        assert same_value(found[key], wanted), (key, after)
    return after


def same_value(one: object, other: object) -> bool:
    """Whether two values are equal, of one type, whatever the order of keys."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same_value(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_value, one, other))
    return repr(one) == repr(other)


@settings(max_examples=400)
@given(path=KEYS, value=VALUES)
def test_any_value_under_any_key_is_read_back_and_the_others_are_as_before(path, value):
    check_edit(ENTRY, "git/a.md", path, value)


@settings(max_examples=300)
@given(
    outer=st.sampled_from(["affects", "issue", "issue.timeline", "nope", "status", "raw"]),
    inner=st.sampled_from(["versions", "environment", "ref", "comments", "labeled", "nope"]),
    value=VALUES,
)
def test_any_value_under_any_dotted_path_is_read_back_and_the_others_are_as_before(outer, inner, value):
    check_edit(ENTRY, "git/a.md", f"{outer}.{inner}", value)


@settings(max_examples=300)
@given(first=VALUES, then=VALUES)
def test_a_value_can_be_replaced_by_any_other(first, then):
    check_edit(check_edit(ENTRY, "git/a.md", "raw", first), "git/a.md", "raw", then)


@settings(max_examples=200)
@given(first=VALUES, then=VALUES)
def test_a_document_in_braces_is_edited_too(first, then):
    text = '{"title":"x","codes":[a,b],"affects":{"versions":["1"]} , nothing: , last: 1}\n'
    after = check_edit(text, "git/a.yml", "title", first)
    after = check_edit(after, "git/a.yml", "affects.versions", then)
    check_edit(check_edit(after, "git/a.yml", "nothing", then), "git/a.yml", "votes", first)


@given(values=st.dictionaries(NAMES.filter(lambda key: "." not in key), SCALARS, max_size=4))
def test_removing_what_was_added_gives_the_same_text(values):
    paths = {f"issue.timeline.new {key}": value for key, value in values.items()}
    assert edited(dict.fromkeys(paths), edited(paths)) == ENTRY


def test_a_comment_behind_an_item_stays_a_comment_when_the_item_becomes_a_block():
    text = "title: x\nreports:\n- a\n- b  # the same\n"
    after = edit_front_matter(text, "git/a.yml", {"reports": ["a", "x" * 130]})
    assert values_of(after, "git/a.yml")["reports"] == ["a", "x" * 130]
    assert "# the same" in after


@pytest.mark.parametrize(
    ("before", "left", "after"),
    [
        ("tags: [a, b, a, c, a, a]\n", ["a", "b", "c"], "tags: [a, b, c]\n"),
        ("tags: [a, a, b]\n", ["b"], "tags: [b]\n"),
        (
            "tags:\n  - a  # one\n  - b\n  - a\n  # three\n  - c\n",
            ["a", "c"],
            "tags:\n  - a  # one\n  # three\n  - c\n",
        ),
    ],
    ids=["in brackets", "the first ones", "on lines"],
)
def test_items_are_left_out_of_a_list_and_the_rest_of_it_stays(before, left, after):
    head = "---\ntitle: T\n"
    assert edit_front_matter(f"{head}{before}---\nB\n", "git/a.md", {"tags": left}) == f"{head}{after}---\nB\n"


def test_leaving_out_twice_as_many_items_takes_about_twice_the_steps(steps_of):
    def steps(count: int) -> int:
        text = "---\ntitle: T\ntags:\n" + "  - a\n" * count + "---\nB\n"
        return steps_of(lambda: edit_front_matter(text, "git/a.md", {"tags": ["a"]}))

    assert steps(400) < 2.3 * steps(200)
