"""How much an entry may hold: what is more is refused with the bound's number, and costs nothing."""

import pytest

from kb.entry import schemas, to_html
from kb.entry.bounds import MAX_ADDRESSES, MAX_HEADING

PROSE = "## Summary\n\nS\n\n## Cause\n\nC\n\n## Workaround: W\n\nB\n"

TOO_MANY = {
    "codes": ({"codes": [f"E{number}" for number in range(41)]}, "codes has too many items; the limit is 40"),
    "tags": ({"tags": [f"t{number}" for number in range(21)]}, "tags has too many items; the limit is 20"),
    "reports": (
        {"reports": [f"o/n#{number}" for number in range(1, 1002)]},
        "reports has too many items; the limit is 1,000",
    ),
    "related": ({"related": [f"git/e{number}" for number in range(101)]}, "the limit is 100"),
    "aliases": ({"aliases": [f"git/e{number}" for number in range(101)]}, "the limit is 100"),
    "pulls": ({"pulls": [{"ref": f"o/n#{number}", "state": "open"} for number in range(1, 102)]}, "the limit is 100"),
    "versions": ({"affects": {"versions": [str(number) for number in range(101)]}}, "the limit is 100"),
    "timeline": (
        {"issue": {"ref": "o/n#1", "timeline": {f"e{number}": 1 for number in range(101)}}},
        "the limit is 100",
    ),
    "examples": ({"signatures": [{"text": "a b", "examples": ["a b"] * 41}]}, "the limit is 40"),
}


def messages(folder) -> list[str]:
    (source,) = folder.load().sources
    return [defect.message for defect in source.defects]


@pytest.mark.parametrize(("keys", "message"), TOO_MANY.values(), ids=TOO_MANY)
def test_a_list_of_more_than_any_real_entry_has_is_refused(folder, keys, message):
    folder.entry("git/a.md", PROSE, **keys)
    assert [found for found in messages(folder) if message in found] != []


def test_the_bounds_of_lists_stand_in_the_schema():
    properties = schemas("")["entry.schema.json"]["properties"]
    bounds = {name: properties[name].get("maxItems") for name in ("codes", "tags", "reports", "workarounds")}
    assert bounds == {"codes": 40, "tags": 20, "reports": 1000, "workarounds": 40}


def test_more_workarounds_than_anybody_tries_are_refused(folder):
    folder.entry("git/a.md", PROSE + "".join(f"\n## Workaround: w{number}\n\nB\n" for number in range(40)))
    assert messages(folder) == ["workarounds has too many items; the limit is 40"]


@pytest.mark.parametrize(
    "heading",
    [
        f"### {'word ' * 100}",
        f"## Notes: {'word ' * 100}",
        f"{'word ' * 100}\n---",
        "word\n" * 100 + "---",
        f"- a\n\n  #### {'w' * 400}",
    ],
    ids=["third level", "section", "underlined", "of several lines", "in a list"],
)
def test_a_heading_that_goes_on_and_on_is_refused_at_its_line(folder, heading):
    folder.entry("git/a.md", PROSE.replace("\nC\n", f"\nC\n\n{heading}\n\nN\n"))
    (source,) = folder.load().sources
    found = [defect for defect in source.defects if f"the limit is {MAX_HEADING}" in defect.message]
    text = source.text.split("\n")[found[0].position.line - 1]
    assert "w" in text


def test_more_lines_than_anybody_reads_are_refused_before_they_are_rendered(folder):
    folder.entry("git/a.md", PROSE.replace("\nC\n", "\n" + "- a\n" * 20_000))
    assert messages(folder) == ["more than 20,000 lines of prose"]


def test_a_long_heading_is_none(folder):
    folder.entry("git/a.md", PROSE.replace("\nC\n", f"\nC\n\n### {'word ' * 50}\n\nN\n"))
    assert messages(folder) == []


def test_a_line_of_more_mail_addresses_than_can_be_linked_is_shown_as_text():
    few, many = ("m@host.example " * number for number in (MAX_ADDRESSES, MAX_ADDRESSES + 1))
    assert to_html(few).count("<a ") == MAX_ADDRESSES
    assert to_html(many).count("<a ") == 0
    assert to_html(many).count("m@host.example") == MAX_ADDRESSES + 1
    assert to_html(f"[a](https://a.example) {many}").count("<a ") == 1


def test_many_lines_of_mail_addresses_are_linked():
    assert to_html("m@host.example\n" * 2 * MAX_ADDRESSES).count("<a ") == 2 * MAX_ADDRESSES
