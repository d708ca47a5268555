"""`kb fmt`: the canonical form, reached by the smallest change, that says the same."""

import json
import random
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import event, given, settings
from hypothesis import strategies as st
from shelf import some

from kb.cli import main
from kb.entry import PROSE_HEADINGS, Entry, formatted, parse_source

LONG = "Another process holds the port; stop it, or let the server listen on another one, such as 8001. " * 2

CODE = "x " * 70

UNTIDY = f"""\
---
# yaml-language-server: $schema=https://example.org/front-matter.schema.json
# when it was last looked at
updated: 2026-01-02
signatures:
  # as printed
  - examples:
      - address in use   # real
    text: address in use
  - text: {LONG.strip()}
status: open   # still

# shown in lists
title: Address already in use
affects: {{platforms: [linux], versions: ["1.0"]}}
---
## Workaround: Second
2
## Cause
{LONG.strip()}

- {LONG.strip()}


## Summary
`{CODE}`
## Workaround: First
1"""

TIDY = f"""\
---
# yaml-language-server: $schema=https://example.org/front-matter.schema.json
# shown in lists
title: Address already in use
signatures:
  # as printed
  - text: address in use
    examples:
      - address in use   # real
  - text: >-
      Another process holds the port; stop it, or let the server listen on another one, such as
      8001. Another process holds the port; stop it, or let the server listen on another one, such
      as 8001.
status: open   # still

affects: {{versions: ["1.0"], platforms: [linux]}}
# when it was last looked at
updated: 2026-01-02
---

## Summary
`{CODE}`

## Cause
Another process holds the port; stop it, or let the server listen on another one, such as 8001.
Another process holds the port; stop it, or let the server listen on another one, such as 8001.

- Another process holds the port; stop it, or let the server listen on another one, such as 8001. Another process \
holds the port; stop it, or let the server listen on another one, such as 8001.

## Workaround: Second
2

## Workaround: First
1
"""


def fmt(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["fmt", *map(str, arguments)])


def read(text: str, name: str = "git/a.md") -> Entry:
    entry = parse_source(Path("entries", name), name, text).entry
    assert entry, text
    return entry


def form(text: str, name: str = "git/a.md") -> str:
    return formatted(parse_source(Path("entries", name), name, text))


def test_keys_and_sections_are_ordered_and_long_lines_wrapped(folder):
    path = folder.file("git/a.md", UNTIDY)
    result = fmt(path)
    assert (result.exit_code, result.stdout) == (0, f"changed {path}\n")
    assert path.read_text() == TIDY


def test_what_versions_of_yaml_read_differently_gets_quotes_or_a_decimal_number(folder):
    path = folder.entry("git/a.md")
    before = path.read_text().replace("updated:", "codes: [08006, EACCES, 0o17, =]\nupdated:")
    path.write_text(before.replace("updated:", "issue:\n  ref: a/b#1\n  comments: 0_10  # so many\nupdated:"))
    fmt(path)
    text = path.read_text()
    assert 'codes: ["08006", EACCES, "0o17", "="]' in text
    assert "  comments: 8  # so many" in text


def test_the_canonical_form_stays_as_it_is(folder):
    path = folder.file("git/a.md", TIDY)
    before = path.stat()
    assert (fmt(path).exit_code, path.read_text(), path.stat()) == (0, TIDY, before)


def test_all_entries_of_this_repository_are_in_canonical_form(repository_root):
    result = fmt("--check", repository_root / "entries")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("0 of ")


def test_check_writes_nothing_and_fails(folder):
    path = folder.file("git/a.md", UNTIDY)
    result = fmt("--check", folder.root)
    assert (result.exit_code, result.stdout, path.read_text()) == (1, f"would change {path}\n", UNTIDY)


def test_a_diff_is_shown_and_not_written(folder):
    path = folder.file("git/a.md", TIDY.replace("\n## Cause", "## Cause"))
    result = fmt("--diff", path)
    assert result.exit_code == 0
    assert [line for line in result.stdout.splitlines() if line[0] in "+-"] == [f"--- {path}", f"+++ {path}", "+"]
    assert path.read_text() != TIDY


def test_a_file_that_can_not_be_read_is_named_and_the_others_are_formatted(folder):
    broken = folder.file("git/broken.md", "---\ntitle: [\n---\n\n## Summary\n")
    untidy = folder.file("git/untidy.md", UNTIDY)
    result = fmt(folder.root)
    assert result.exit_code == 1
    assert f"{broken}:2:8: KB102" in result.stderr
    assert (broken.read_text(), untidy.read_text()) == ("---\ntitle: [\n---\n\n## Summary\n", TIDY)


def test_data_files_are_no_entries(folder):
    assert fmt(folder.root / "products.yml").stderr == "0 of 0 entries changed.\n"


def test_a_path_that_is_not_there_is_bad_use():
    assert fmt("nope").exit_code == 2


def test_entries_are_the_folder_that_is_formatted_by_default(folder, monkeypatch):
    folder.file("git/a.md", UNTIDY)
    monkeypatch.chdir(folder.root.parent)
    assert fmt().stdout == f"changed {Path('entries/git/a.md')}\n"


def test_windows_line_ends_alone_are_no_change(folder):
    path = folder.file("git/a.md", TIDY.replace("\n", "\r\n"))
    assert (fmt("--check", path).exit_code, b"\r\n" in path.read_bytes()) == (0, True)


def test_a_yaml_entry_has_its_prose_in_order_too():
    text = (
        "updated: 2026-01-02\ncause: c\n# why\nsummary: s\nworkarounds: [{body: b, title: t}]\n"
        "signatures: [{text: x}]\ntitle: t\n"
    )
    assert form(text, "git/a.yml") == (
        "title: t\nsignatures: [{text: x}]\nupdated: 2026-01-02\n"
        "# why\nsummary: s\ncause: c\nworkarounds: [{title: t, body: b}]\n"
    )


def test_what_a_long_line_leaves_goes_on_in_the_next_one():
    text = TIDY.replace("## Cause\n", f"## Cause\nshort\n{'word ' * 25}end\nof it\n\n")
    assert f"\nshort\n{'word ' * 19}word\n{'word ' * 5}end of it\n\n" in form(text)


def test_a_line_break_that_is_meant_stays_behind_a_long_line():
    text = TIDY.replace("## Cause\n", f"## Cause\n{'word ' * 25}end\\\nof it\n\n")
    assert f"{'word ' * 5}end\\\nof it\n\n" in form(text)


@pytest.mark.parametrize(
    "line",
    ["- " + LONG, "| a | b |\n|---|---|\n| " + "a " * 70 + "| b |",
     "    " + LONG, "> " + LONG, "# " + LONG, "a  b " + LONG,
     "[a link](https://example.org/" + "x" * 110 + ")", "word " * 19 + "aaaa - " + LONG,
     "word " * 19 + "aaaa 1. " + LONG,
     "word " * 19 + "aaaaa # " + LONG, "`" + LONG.strip() + "`", "![a b c](x.png " + '"' + LONG.strip() + '")'],
)  # fmt: skip
def test_what_would_mean_something_else_is_not_wrapped(line):
    text = TIDY.replace("## Cause\n", f"## Cause\n{line.rstrip()}\n\n")
    assert form(text) == text


@pytest.mark.parametrize(
    "text",
    [
        TIDY.replace("title: A", "? title\n: A"),
        TIDY.replace("status: open", "{status: open"),
        TIDY.replace("---\n", "---\n\n\n"),
    ],
)
def test_unusual_yaml_is_left_alone_or_refused(text):
    source = parse_source(Path("entries/git/a.md"), "git/a.md", text)
    if source.entry:
        assert read(formatted(source)).title == source.entry.title
    else:
        with pytest.raises(ValueError, match="can't be read"):
            formatted(source)


COMMENTS = st.sampled_from(["", "# one", "# two: three", "#", "\n# after a blank line", "# a\n# b"])
WORDS = st.text(st.sampled_from("ab`*[]()#->:|! \\<~_1."), min_size=1, max_size=12).map(str.strip).filter(bool)
LINES = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)
PROSE = st.lists(LINES | st.sampled_from(["", "```\ncode\n```", "- item", "> quote", "---"]), min_size=1, max_size=6)


@st.composite
def untidy_entries(draw: st.DrawFn) -> str:
    """Entries whose keys, comments and sections stand anywhere."""
    word = json.dumps(draw(LINES))
    pairs = [
        "title: t # title",
        f"signatures:\n  - {{examples: [x], text: x}}\n  - examples:\n      - {word}\n    # inner\n    text: x",
        "codes: [E1]",
        f"raw: {word}",
        "affects:\n  platforms: [linux] # p\n  # on\n  versions: ['1']",
        "votes: {flaky: 1, works: 2}",
        "updated: 2026-01-02",
        draw(
            st.sampled_from(
                ["reports:\n- a/b#1\n# between\n- a/b#2", "status: >-\n  open\n\n", "tags: [a,\n  # in\n  b]"]
            )
        ),
    ]
    order = draw(st.randoms(use_true_random=False))
    order.shuffle(pairs)
    keys = "\n".join(part for pair in pairs for part in (draw(COMMENTS), pair) if part)
    sections = [
        f"## {name}\n" + "\n".join(draw(PROSE))
        for name in ("Summary", "Cause", "Workaround: a", "Workaround: b", "Notes")
    ]
    order.shuffle(sections)
    return f"---\n{keys}\n---\n" + "\n".join(sections)


@settings(max_examples=120)
@given(text=untidy_entries())
def test_formatting_is_stable_says_the_same_and_keeps_every_comment(text):
    source = parse_source(Path("entries/git/a.md"), "git/a.md", text)
    if source.entry is None:  # prose that swallows a heading, or is empty
        event("no entry")
        return
    once = formatted(source)
    assert form(once) == once
    before, after = source.entry, read(once)
    for key in ("title", "signatures", "codes", "affects", "votes", "raw", "status", "tags", "reports"):
        assert getattr(after, key) == getattr(before, key)
    assert [step.title for step in after.workarounds] == [step.title for step in before.workarounds]
    assert "".join(sorted("".join(once.split()))) == "".join(sorted("".join(text.split()))) or ">-" in once
    assert sorted(comments(once)) == sorted(comments(text))


def comments(text: str) -> list[str]:
    front = text.split("\n---\n", maxsplit=1)[0]
    return [line.strip() for line in front.split("\n") if line.strip().startswith("#")]


def test_entries_in_any_order_of_keys_and_sections_come_out_as_they_are(repository_root):
    order = random.Random(4)
    for path in some(sorted((repository_root / "entries").glob("*/*.md")), 100):
        name = f"{path.parent.name}/{path.name}"
        text = path.read_text("utf-8")
        assert form(shuffled(text, order), name) == text


HEADINGS = tuple(f"## {heading}" for heading in PROSE_HEADINGS.values())


def shuffled(text: str, order: random.Random) -> str:
    """An entry with its top-level keys and its sections in any order, workarounds among themselves as they were."""
    head, front, body = re.split(r"^---\n", text, maxsplit=2, flags=re.MULTILINE)
    comment, *keys = split_before(front, lambda line: line[:1].isalpha())
    sections = split_before(
        body,
        lambda line: line.startswith(
            ("## Summary", "## Cause", "## Workaround", "## Guid", "## Note", "## Rec", "## Ex")
        ),
    )
    blank, *sections = sections
    order.shuffle(keys)
    steps = iter([section for section in sections if section.startswith("## Workaround")])
    order.shuffle(sections)
    mixed = [next(steps) if section.startswith("## Workaround") else section for section in sections]
    return f"{head}---\n{comment}{''.join(keys)}---\n{blank}" + "\n".join(
        section.rstrip("\n") + "\n" for section in mixed
    )


def split_before(text: str, starts) -> list[str]:
    parts = [""]
    for line in text.splitlines(keepends=True):
        if starts(line):
            parts.append("")
        parts[-1] += line
    return parts


def test_a_link_out_of_the_folder_is_not_followed(folder, tmp_path):
    (tmp_path / "a.md").write_text(UNTIDY)
    (folder.root / "git").mkdir()
    (folder.root / "git/a.md").symlink_to(tmp_path / "a.md")
    result = fmt(folder.root)
    assert (result.exit_code, "a symbolic link" in result.stderr) == (1, True)
    assert (tmp_path / "a.md").read_text() == UNTIDY


@pytest.mark.parametrize(
    "body",
    [
        "word " * 200_000,
        "- a\n" * 200_000,
        ("word " * 30 + "\n\n") * 6_000,
        "`" * 900_000,
        "[" * 300_000,
        "## Notes\n" * 90_000,
    ],
    ids=["one line", "list", "paragraphs", "backquotes", "brackets", "headings"],
)
def test_a_large_file_is_formatted_or_refused_in_one_go(folder, body):
    path = folder.file("git/a.md", TIDY.replace("## Cause\n", f"## Cause\n{body}\n\n"))
    assert fmt(path).exit_code in (0, 1)


@pytest.mark.parametrize(
    "keys",
    ["raw: " + "x" * 900_000, "reports:\n" + "- a/b#1\n" * 15_000, "codes: [" + "a, " * 15_000 + "]",
     "codes:\n" + "".join(f"  - {'x ' * 65}\n" for _ in range(6_000))],
    ids=["one word", "list", "in brackets", "long lines"],
)  # fmt: skip
def test_large_front_matter_is_formatted_or_refused_in_one_go(folder, keys):
    path = folder.file("git/a.md", TIDY.replace("status: open", f"{keys}\nstatus: open"))
    assert fmt(path).exit_code in (0, 1)


def test_where_there_are_no_entries_it_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["fmt"])
    assert result.exit_code == 2
    assert "there is no folder 'entries' here" in result.stderr
