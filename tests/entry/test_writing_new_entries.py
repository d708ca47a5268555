"""The file of a new entry: laid out like the entries that are there, and read back to what was given."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from kb.entry import EntryText, as_section, load_collection, new_entry_text, outline, parse_source, schema_address

FIELDS = {
    "title": "EACCES: permission denied, the folder belongs to root",
    "signatures": [
        {
            "text": "EACCES: permission denied, open '{{path}}'",
            "examples": ["EACCES: permission denied, open '/etc/x'"],
        },
        {"text": "word " * 30 + "end", "examples": ["two\n  lines"]},
    ],
    "codes": ["EACCES", "errno 13"],
    "tags": ["permissions"],
    "affects": {"versions": ["1.0"], "platforms": ["linux"]},
    "issue": {"ref": "example/tool#4", "fetched": datetime(2026, 4, 9, 8, 14, 31, tzinfo=UTC)},
    "updated": date(2026, 1, 2),
    "summary": "It fails.",
    "cause": "The folder belongs to root.",
    "workarounds": [{"title": "Take the folder", "body": "```sh\nsudo chown -R $(id -u) .\n```"}],
}

FILE = """\
---
# yaml-language-server: $schema=https://example.org/front-matter.schema.json
title: "EACCES: permission denied, the folder belongs to root"
signatures:
  - text: "EACCES: permission denied, open '{{path}}'"
    examples:
      - "EACCES: permission denied, open '/etc/x'"
  - text: >-
      word word word word word word word word word word word word word word word word word word word
      word word word word word word word word word word word end
    examples:
      - |-
        two
          lines
codes: [EACCES, errno 13]
tags: [permissions]
affects: {versions: ["1.0"], platforms: [linux]}
issue:
  ref: example/tool#4
  fetched: 2026-04-09T08:14:31Z
updated: 2026-01-02
---

## Summary

It fails.

## Cause

The folder belongs to root.

## Workaround: Take the folder

```sh
sudo chown -R $(id -u) .
```
"""


def read(text: str) -> EntryText:
    entry = parse_source(Path("entries/git/a.md"), "git/a.md", text).entry
    assert entry
    return entry


def test_a_new_entry_is_laid_out_like_the_others():
    assert new_entry_text(FIELDS, "https://example.org/front-matter.schema.json") == FILE


def test_what_was_not_given_is_not_written():
    assert "votes" not in new_entry_text(FIELDS)
    assert "yaml-language-server" not in new_entry_text(FIELDS)


def test_the_schema_s_address_is_that_of_the_other_entries(repository_root, folder):
    address = schema_address(load_collection(repository_root / "entries").sources)
    assert address.endswith("/schema/front-matter.schema.json")
    assert schema_address(folder.load().sources) == ""


TEXT = st.text(
    st.sampled_from("ab1:#-?,[]{}&*!|>'\"%@`~=<\\ \t\n.\x1b\x85\u2028\u202eé")
    | st.characters(codec="utf-8", exclude_characters="\r"),
    max_size=40,
)
TRICKS = st.sampled_from(
    [
        "---", "---\nstatus: fixed\n---", "## Cause\n\nother", "```\nopen", "~~~", "<!--", "<script>x</script>",
        "a\n===",
        "a\n---",  "> " * 80, "# a", "&lt;",
        "*a*", "`a`", "[a](b)", "a #", "https://example.org/", "\\", "a\fb", "\x00", "{{x}}", "- ---",
    ]
)  # fmt: skip
HOSTILE = TEXT | TRICKS | st.lists(TRICKS, min_size=2, max_size=3).map("\n".join)

TEXTS = HOSTILE.filter(str.strip)
LINES = TEXTS.map(lambda text: " ".join(text.split())[:70]).filter(str.strip)


@settings(max_examples=300)
@given(
    keys=st.fixed_dictionaries({"title": LINES, "codes": st.lists(LINES, max_size=2), "raw": HOSTILE}),
    signature=st.fixed_dictionaries({"text": TEXTS, "examples": st.lists(TEXTS, max_size=2)}),
    summary=TEXTS.map(as_section),
    step=LINES,
)
def test_a_new_entry_reads_back_to_what_was_given_or_is_refused(keys, signature, summary, step):
    fields = FIELDS | keys | {"signatures": [signature], "summary": summary}
    fields["workarounds"] = [{"title": step, "body": "Do it."}]
    try:
        text = new_entry_text(fields)
    except ValueError:
        event("refused")
        return
    event("read back")
    wanted = EntryText.model_validate(fields)
    found = read(text)
    for name in ("title", "codes", "signatures", "raw", "summary", "cause"):
        assert getattr(found, name) == getattr(wanted, name)
    assert found.workarounds[0].title == step.strip()


@settings(max_examples=300)
@given(text=TEXTS)
def test_text_from_a_form_makes_no_section_and_hides_none(text):
    section = as_section(text)
    body = f"## Summary\n\n{section}\n\n## Cause\n\nAfter it."
    assert [(found.heading, found.markdown) for found in outline(body).sections] == [
        ("Summary", section),
        ("Cause", "After it."),
    ]
    assert new_entry_text({**FIELDS, "summary": section, "cause": section})


def test_lines_end_as_in_any_file():
    assert "\r" not in new_entry_text({**FIELDS, "raw": "a\r\nb", "summary": "a\rb"})


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Do it.", "Do it."),
        ("# How\n\nDo it.\n\n## Then", "### How\n\nDo it.\n\n### Then"),
        ("```sh\nls", "````text\n```sh\nls\n````"),
        ("How\n---\nDo it.", "How\n\\---\nDo it."),
    ],
)
def test_text_from_a_form_stays_as_it_is_where_it_can(text, section):
    assert as_section(text) == section


@pytest.mark.parametrize("heading", ["Use `pip`", "a *b* c", "1 < 2 & 3", "a #", "[x]", "<b>"])
def test_a_workaround_s_title_is_shown_as_it_was_given(heading):
    fields = {**FIELDS, "workarounds": [{"title": heading, "body": "x"}]}
    assert read(new_entry_text(fields)).workarounds[0].title == heading


@pytest.mark.parametrize("fields", [{"title": ""}, {"updated": "soon"}, {"nope": 1}, {"summary": "a\n\n## Cause\n\nb"}])
def test_what_no_entry_may_hold_is_refused(fields):
    with pytest.raises(ValueError, match=next(iter(fields))):
        new_entry_text({**FIELDS, **fields})
