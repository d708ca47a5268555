"""One run over everything: all problems of all files, in a fixed order, each once, each at its place."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.checks import check
from kb.match import parse_signature

TODAY = date(2026, 6, 1)


def prose(cause: str = "C", workaround: str = "B") -> str:
    return f"## Summary\n\nS\n\n## Cause\n\n{cause}\n\n## Workaround: W\n\n{workaround}\n"


def codes(folder, reserved: tuple[str, ...] = ()) -> list[str]:
    return [found.code for found in check(folder.load(), TODAY, reserved)]


def spots(folder) -> list[tuple[str, int, int]]:
    """Code, line and column of each problem."""
    return [(found.code, *found.position) for found in check(folder.load(), TODAY)]


# All of it, in order


def test_good_entries_have_no_problems(folder):
    folder.entry("git/a.md")
    folder.entry("pip/b.md")
    assert codes(folder) == []


def test_problems_of_all_files_come_out_in_one_run(folder):
    folder.file("git/a.md", "")
    folder.entry("git/b.md", tag=["x"])
    folder.entry("nowhere/c.md")
    folder.file("tools.yml", "- {name: T}\n")
    files = {found.path.relative_to(folder.root).as_posix() for found in check(folder.load(), TODAY)}
    assert files == {"git/a.md", "git/b.md", "nowhere/c.md", "tools.yml"}


BAD_PARTS = st.lists(
    st.sampled_from(
        [
            {"tags": "x"},
            {"tag": ["x"]},
            {"codes": [1]},
            {"updated": "2999-01-01"},
            {"related": ["git/nowhere"]},
            {"signatures": [{"text": "a {{b c}}"}]},
            {"aliases": ["git/e0"]},
        ]
    ),
    min_size=1,
    max_size=5,
)


@given(parts=BAD_PARTS)
def test_problems_stand_in_the_order_of_files_lines_and_columns(new_folder, parts):
    folder = new_folder()
    for number, keys in enumerate(parts):
        folder.entry(f"git/e{number}.md", prose("[x](nowhere.md)"), **keys)
    found = check(folder.load(), TODAY)
    assert found == sorted(found, key=lambda each: (each.path, each.position, each.code))


@given(parts=BAD_PARTS)
def test_no_problem_is_said_twice(new_folder, parts):
    folder = new_folder()
    for number, keys in enumerate(parts):
        folder.entry(f"git/e{number}.md", prose("[x](nowhere.md) [x](nowhere.md)"), **keys)
    found = check(folder.load(), TODAY)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("keys", "cause", "also"),
    [
        ({"tag": ["x"]}, "C", "KB104"),
        ({"tags": "x"}, "C", "KB105"),
        ({}, "C\n\n## Solution\n\nS", "KB203"),
        ({}, "", "KB201"),
    ],
    ids=["unknown key", "wrong type", "unknown section", "empty section"],
)
def test_one_problem_hides_no_other(folder, keys, cause, also):
    """A contributor mends all of an entry at once, and does not get another list after each correction."""
    folder.entry("git/a.md", prose(cause, "[x](nowhere.md)"), updated="2999-01-01", related=["git/nowhere"], **keys)
    assert sorted(codes(folder)) == sorted(["KB204", "KB301", "KB302", also])


def test_the_paths_are_those_that_the_folder_was_given_by(folder, monkeypatch):
    folder.file("git/a.md", "")
    monkeypatch.chdir(folder.root.parent)
    folder.root = Path("entries")
    assert [str(found.path) for found in check(folder.load(), TODAY)] == ["entries/git/a.md"]


def test_a_diagnostic_shows_the_line_that_it_is_about(folder):
    folder.entry("git/a.md", tag=["x"])
    (found,) = check(folder.load(), TODAY)
    assert found.source_line == 'tag: ["x"]'


# Dates


@pytest.mark.parametrize(("days", "expected"), [(0, []), (1, []), (2, ["KB204"])])
def test_tomorrow_is_no_future_since_it_is_tomorrow_somewhere_already(folder, days, expected):
    folder.entry("git/a.md", updated=str(TODAY + timedelta(days=days)))
    assert codes(folder) == expected


def test_the_time_of_fetching_is_not_in_the_future_either(folder):
    folder.entry("git/a.md", issue={"ref": "o/n#1", "fetched": "2026-06-03T00:00:00Z"})
    assert codes(folder) == ["KB204"]


# Products and addresses


def test_an_unknown_product_is_reported_once_for_all_its_entries(folder):
    folder.entry("nowhere/a.md")
    folder.entry("nowhere/b.md")
    assert codes(folder) == ["KB205"]


def test_an_address_of_the_site_s_own_pages_is_taken(folder):
    folder.file("products.yml", 'tags: {name: T, home: "https://t.example/", repository: t/t, category: a}\n')
    folder.entry("tags/a.md")
    assert codes(folder, reserved=("tags",)) == ["KB303"]


def test_an_entry_is_not_called_like_the_page_of_its_product(folder):
    folder.entry("git/index.md")
    assert codes(folder) == ["KB303"]


def test_an_alias_of_the_site_s_own_pages_is_taken(folder):
    folder.entry("git/a.md", aliases=["tags/a"])
    assert codes(folder, reserved=("tags",)) == ["KB303"]


def test_an_alias_that_an_entry_is_called_is_taken_even_if_that_entry_is_broken(folder):
    folder.entry("git/a.md", aliases=["git/b"])
    folder.file("git/b.md", "")
    assert codes(folder) == ["KB303", "KB101"]


def test_an_alias_that_stands_twice_is_taken_the_second_time(folder):
    folder.entry("git/a.md", aliases=["git/old", "git/old"])
    assert codes(folder) == ["KB303"]


# Related entries and links


def test_an_entry_that_can_not_be_read_exists_all_the_same(folder):
    folder.entry("git/a.md", prose("[x](b.md#cause)"), related=["git/b"])
    folder.file("git/b.md", "")
    assert codes(folder) == ["KB101"]


def test_an_entry_is_not_related_to_itself(folder):
    folder.entry("git/a.md", related=["git/a"])
    assert codes(folder) == ["KB301"]


@pytest.mark.parametrize(
    "target",
    [
        "b.md",
        "./b.md",
        "../git/b.md",
        "../pip/c.yml",
        "b.md#cause",
        "#workaround-w",
        "b.md?plain=1",
        "https://nowhere.example/",
        "mailto:nobody@nowhere.example",
    ],
)
def test_a_link_that_leads_somewhere_is_fine(folder, target):
    folder.entry("git/a.md", prose(f"[x]({target})"))
    folder.entry("git/b.md")
    folder.file(
        "pip/c.yml",
        "title: T\nsignatures: [{text: pip-c}]\nupdated: 2026-01-02\nsummary: S\ncause: C\n"
        "workarounds: [{title: W, body: B}]\n",
    )
    assert codes(folder) == []


@pytest.mark.parametrize(
    "target",
    [
        "nowhere.md",
        "b",
        "../pip/b.md",
        "/git/b.md",
        "b.md#nowhere",
        "#nowhere",
        "#CAUSE",
        "../../entries/git/b.md",
        "../products.yml",
        "shot.png",
        "",
    ],
)
def test_a_link_that_leads_nowhere_is_reported_at_its_place(folder, target):
    folder.entry("git/a.md", prose(f"See [x]({target})."))
    folder.entry("git/b.md")
    assert spots(folder) == [("KB302", 13, 5)]


def test_the_number_of_an_error_is_no_issue(folder):
    folder.entry("git/a.md", prose("Error #1062 comes of bug #1062."))
    assert spots(folder) == [("KB304", 13, 26)]


def test_every_link_that_leads_nowhere_is_reported(folder):
    folder.entry("git/a.md", prose("[x](one.md) and [y](two.md)\n\n- [z](three.md)"))
    assert spots(folder) == [("KB302", 13, 1), ("KB302", 13, 17), ("KB302", 15, 3)]


# Signatures


def test_every_example_is_compared_with_its_own_signature(folder):
    folder.entry(
        "git/a.md",
        signatures=[
            {"text": "port {{port:int}} is taken", "examples": ["port 80 is taken", "port http is taken"]},
            {"text": "no such host", "examples": ["port 80 is taken"]},
        ],
    )
    assert codes(folder) == ["KB401", "KB401"]


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("it is taken", "it is taken"),
        ("it is taken", "exit is taken"),
        ("it is taken", "_it is taken"),
        ("it is taken", "it is taken_by"),
        ("it is taken", "so it is taken, alas"),
        ("{{one}} is no match for {{one}}", "a is no match for a"),
        ("{{one}} is no match for {{one}}", "a is no match for b"),
        ("it is {{how}} taken", "it is \x1b[1m taken"),
        ("port {{port:int}} is taken", "port 80 is taken"),
        ("port {{port:int}} is taken", "port http is taken"),
    ],
    ids=ascii,
)
def test_an_example_passes_where_the_matcher_finds_its_signature(folder, text, example):
    folder.entry("git/a.md", signatures=[{"text": text, "examples": [example]}])
    found = parse_signature(text).find(example)
    assert [code for code in codes(folder) if code == "KB401"] == ([] if found else ["KB401"])


@pytest.mark.parametrize(
    "other", ["port {{p:int}} is taken", "PORT {{port:int}} is taken", "port  {{port:int}}\nis taken"]
)
def test_signatures_that_differ_in_nothing_that_counts_are_the_same(folder, other):
    folder.entry("git/a.md", signatures=[{"text": "port {{port:int}} is taken"}])
    folder.entry("git/b.md", signatures=[{"text": other}])
    assert codes(folder) == ["KB402"]


@pytest.mark.parametrize(
    "other", ["port {{port:word}} is taken", "port {{port:int}} is free", "port {{port:int}}: is taken"]
)
def test_signatures_that_differ_in_type_or_words_are_two(folder, other):
    folder.entry("git/a.md", signatures=[{"text": "port {{port:int}} is taken"}])
    folder.entry("git/b.md", signatures=[{"text": other}])
    assert "KB402" not in codes(folder)


def test_a_signature_that_stands_twice_in_one_entry_is_reported(folder):
    folder.entry("git/a.md", signatures=[{"text": "it is taken"}, {"text": "It is taken"}])
    assert codes(folder) == ["KB402"]


@pytest.mark.parametrize("text", ["a {{b", "a {{B}} c", "a {{b:date}} c", "{{a}}", "a {{b}}{{c}} d"])
def test_a_signature_outside_of_the_language_is_reported(folder, text):
    folder.entry("git/a.md", signatures=[{"text": text}])
    assert codes(folder) == ["KB403"]


# Placeholders


def test_a_placeholder_of_any_signature_can_be_used(folder):
    folder.entry(
        "git/a.md",
        prose(workaround="```sh\nkill {{pid}} {{name}}\n```"),
        signatures=[{"text": "process {{pid:int}} is gone"}, {"text": "process {{name}} is alive"}],
    )
    assert codes(folder) == []


def test_escaped_braces_are_no_placeholder(folder):
    folder.entry("git/a.md", prose(workaround=r"Write `\{{name}}`."))
    assert codes(folder) == []


def test_a_placeholder_that_no_signature_has_is_reported_at_its_place(folder):
    folder.entry("git/a.md", prose(workaround="Run `kill {{pid}}`."))
    assert spots(folder) == [("KB404", 17, 11)]


def test_braces_in_the_raw_report_of_a_yaml_entry_are_no_placeholder(folder):
    folder.file(
        "git/a.yml",
        "title: T\nsignatures: [{text: word}]\nupdated: 2026-01-02\nsummary: S\ncause: C\n"
        "raw: see {{pid}}\nworkarounds:\n  - title: W\n    body: B\n",
    )
    assert codes(folder) == []


def test_a_placeholder_that_no_signature_has_is_reported_in_a_yaml_entry_too(folder):
    folder.file(
        "git/a.yml",
        "title: T\nsignatures: [{text: word}]\nupdated: 2026-01-02\nsummary: S\ncause: C\n"
        "workarounds:\n  - title: W\n    body: Run `kill {{pid}}`.\n",
    )
    assert codes(folder) == ["KB404"]


# Addresses that no browser reads


@pytest.mark.parametrize(
    "address",
    ["https://[", "https://a.example:99999/x", "https://a.example:x/", "https://1.2.3.999/", "https://a%20b.example/"],
)
def test_an_address_that_no_browser_takes_is_refused(folder, address):
    folder.entry("git/a.md", prose(f"[x]({address})"))
    found = check(folder.load(), TODAY)
    assert {problem.code for problem in found} == {"KB302"}
    assert "is not an address" in found[0].message


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/",
        "http://localhost:8080/x",
        "https://192.0.2.1/a?b#c",
        "https://[2001:db8::1]/",
        "https://bücher.example/",
        "https://a_b.example/%20",
        "https://user@a.example:443/",
    ],
)
def test_an_address_that_browsers_take_passes(folder, address):
    folder.entry("git/a.md", prose(f"[x]({address})"))
    assert codes(folder) == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [("0x80090325", []), ("0xC0000135", []), ("0x7ffee3b2c1d0", ["KB408"]), ("0x8009032500", ["KB408"])],
    ids=["HRESULT", "NTSTATUS", "address", "longer address"],
)
def test_a_status_of_windows_is_no_value_that_differs_by_reader(folder, code, expected):
    text = f"tls handshake failed: {code} the chain is not trusted"
    folder.entry("git/a.md", signatures=[{"text": text, "examples": [text]}])
    assert codes(folder) == expected
