"""The entry of the design, with everything that an entry can hold, as Markdown and as plain YAML."""

from datetime import UTC, date, datetime

import pytest

from kb.entry import Entry, Status, load_collection

ID = "claude-code/extra-usage-400"
PROSE = ("guidance", "example", "notes", "recommendation")


def read(folder) -> Entry:
    return load_collection(folder).by_id[ID]


@pytest.fixture
def entry(data) -> Entry:
    return read(data / "entries/example")


def test_every_field_of_the_model_stands_in_the_example(entry):
    # Only a run can say what is proved, only `kb draft` what a model wrote, only an entry that breaks a rule can waive
    # it, and one in the site's language names none.
    assert entry.model_fields_set | {"proved", "provenance", "waive", "lang"} == set(Entry.model_fields)


def test_the_example_has_no_defects(data):
    assert [source.defects for source in load_collection(data / "entries/example").sources] == [(), ()]


def test_the_file_s_folder_is_the_product_and_its_name_the_slug(entry):
    assert (entry.id, entry.product, entry.slug) == (ID, "claude-code", "extra-usage-400")


def test_the_source_is_named_relative_to_the_entries_folder(entry):
    assert entry.source == "claude-code/extra-usage-400.md"


def test_signatures_keep_their_order_and_examples(entry):
    assert [(signature.text.split()[0], len(signature.examples)) for signature in entry.signatures] == [
        ("Third-party", 2),
        ("request", 0),
    ]


def test_a_folded_signature_is_one_line(entry):
    assert entry.signatures[0].text == (
        "Third-party apps now draw from your extra usage, not your plan limits. {{offer}} "
        "at claude.ai/settings/usage and keep going."
    )


def test_codes_tags_and_status(entry):
    assert (entry.codes, entry.tags, entry.status) == (
        ("HTTP 400", "invalid_request_error"),
        ("billing", "usage-limit", "api"),
        Status.OPEN,
    )


def test_affects(entry):
    assert entry.affects.model_dump() == {
        "versions": ("2.1.96",),
        "ranges": (),
        "platforms": ("linux",),
        "environment": "VS Code integrated terminal",
    }


def test_facts_of_the_issue(entry):
    assert entry.issue.model_dump() == {
        "ref": "anthropics/claude-code#45048",
        "fetched": datetime(2026, 4, 9, 8, 14, 31, tzinfo=UTC),
        "comments": 1,
        "participants": 2,
        "reactions": 0,
        "timeline": {"labeled": 2, "commented": 1, "cross-referenced": 1, "unlabeled": 1},
    }


def test_official_pull_requests(entry):
    assert [(str(pull.ref), pull.state, pull.title) for pull in entry.pulls] == [
        ("anthropics/claude-code#45100", "merged", "Say which limit a request used"),
        ("anthropics/claude-code#45101", "open", None),
    ]


def test_the_main_issue_stands_before_other_reports(entry):
    assert list(map(str, entry.refs)) == ["anthropics/claude-code#45048", "anthropics/claude-code#45027"]


def test_related_entries_and_former_ids(entry):
    assert (entry.related, entry.aliases) == (("claude-code/overloaded-529",), ("claude-code/third-party-400",))
    assert entry.keep_order == "The second one costs money."


def test_seven_votes(entry):
    assert entry.votes.model_dump() == {
        "works": 3,
        "easy_fix": 2,
        "time_saver": 1,
        "blocking": 4,
        "common_issue": 5,
        "flaky": 6,
        "verified": 7,
    }


def test_the_quick_answers(entry):
    assert entry.feedback.model_dump() == {"helpful": 8, "unhelpful": 9}
    assert entry.taps == {"works": 10}


def test_the_day_of_the_last_change(entry):
    assert entry.updated == date(2026, 4, 9)


def test_the_raw_report_is_text_with_its_lines(entry):
    assert entry.raw == "Version: 2.1.96\nPlatform: Linux"


def test_prose_is_lifted_from_its_headings(entry):
    assert entry.summary == "The request was billed to *extra usage*, which has no balance yet."
    assert entry.recommendation == "Claim the credit first."


def test_workarounds_keep_their_titles_and_order(entry):
    assert [workaround.title for workaround in entry.workarounds] == [
        "Claim the credit, then start a new session",
        "Wait for a day",
    ]


def test_a_rule_across_the_page_stays_in_its_section(entry):
    assert entry.notes == ("The report names no version in which it worked.\n\n---\n\nNor does it name a model.")


def test_an_entry_without_optional_parts_has_their_defaults(data):
    entry = load_collection(data / "entries/example").by_id["claude-code/overloaded-529"]
    assert entry.model_dump(
        exclude={"id", "source", "body", "headings", "title", "signatures", "codes", "tags", "updated"}
    ) == {
        "lang": None,
        "symptom": False,
        "status": Status.WORKAROUND,
        "affects": {"versions": (), "ranges": (), "platforms": (), "environment": None},
        "issue": None,
        "pulls": (),
        "reports": (),
        "related": (),
        "aliases": (),
        "keep_order": None,
        "waive": {},
        "proof": None,
        "proved": None,
        "provenance": dict.fromkeys(("summary", "cause", "workarounds", *PROSE)),
        "votes": dict.fromkeys(entry.votes.model_dump(), 0),
        "feedback": {"helpful": 0, "unhelpful": 0},
        "taps": {},
        "summary": "The service has more requests than it can take.",
        "cause": "It is busy.",
        "workarounds": ({"title": "Try again later", "body": "Wait for as long as the message says."},),
        "guidance": None,
        "example": None,
        "notes": None,
        "recommendation": None,
        "raw": None,
    }


def test_an_entry_can_not_be_changed(entry):
    with pytest.raises(ValueError, match="frozen"):
        entry.title = "Another"


def test_markdown_and_yaml_of_the_same_content_give_the_same_entry(data):
    markdown, yaml = read(data / "entries/example"), read(data / "entries/example-yml")
    assert markdown.model_dump(exclude={"source"}) == yaml.model_dump(exclude={"source"})
