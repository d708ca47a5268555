"""`provenance:` in an entry, and edits of single sections of its prose."""

import pytest
from pydantic import ValidationError

from kb.entry import Provenance, edit_front_matter, formatted, parse_source, with_sections

DRAFTED = {"model": "example-model", "day": "2026-01-02", "sources": ["acme/app#1"], "text": "0123456789abcdef0123"}


def test_a_section_is_unreviewed_until_a_person_and_a_day_are_named():
    reviewed = DRAFTED | {"reviewed": {"by": "rosa", "day": "2026-01-03"}}
    found = Provenance.model_validate({"notes": DRAFTED, "cause": reviewed})
    assert list(found.sections) == ["cause", "notes"]
    assert found.unreviewed == {"notes"}


@pytest.mark.parametrize("review", [{"by": "rosa"}, {"day": "2026-01-03"}, {"by": "", "day": "2026-01-03"}, "rosa"])
def test_a_review_without_a_name_or_a_day_is_none(review):
    with pytest.raises(ValidationError):
        Provenance.model_validate({"cause": DRAFTED | {"reviewed": review}})


def test_a_section_is_put_where_the_page_has_it_and_the_others_stay(folder):
    path = folder.entry("git/a.md")
    before = path.read_text("utf-8")
    after = with_sections(before, "a.md", {"guidance": "Choose one.", "cause": "It is gone."})
    assert after == before.replace("Something is missing.", "It is gone.") + "\n## Guidance\n\nChoose one.\n"
    assert with_sections(before, "a.md", {}) == before


def test_the_key_stands_before_the_day_of_the_last_change(folder):
    path = folder.entry("git/a.md")
    text = edit_front_matter(path.read_text("utf-8"), "a.md", {"provenance.cause": DRAFTED})
    source = parse_source(path, "git/a.md", text)
    assert source.entry.unreviewed == {"cause"}
    assert formatted(source).index("provenance:") < formatted(source).index("updated:")
    assert source.key_position("provenance", "cause", "day") > source.key_position("provenance")
