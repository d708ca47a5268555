"""What a contributor reads when a part of an entry is wrong: what it is, where, and what to do."""

import pytest

from kb.entry import DefectKind


@pytest.fixture
def defects_of(folder):
    """The defects of an otherwise good entry with the given front matter or prose."""

    def read(prose: str | None = None, **keys: object):
        folder.entry("git/a.md", **({"prose": prose} if prose else {}), **keys)
        return folder.source("git/a.md").defects

    return read


@pytest.fixture
def only_defect_of(defects_of):
    def read(prose: str | None = None, **keys: object):
        (defect,) = defects_of(prose, **keys)
        return defect

    return read


@pytest.mark.parametrize(
    ("key", "meant"),
    [("tag", "tags"), ("titel", "title"), ("signature", "signatures"), ("Codes", "codes"), ("relatd", "related")],
)
def test_an_unknown_key_that_looks_like_a_known_one_is_asked_about(folder, key, meant):
    folder.file("git/a.yml", f"{key}: 1\n")
    hints = [d.hint for d in folder.source("git/a.yml").defects if d.kind is DefectKind.UNKNOWN_KEY]
    assert hints == [f"Did you mean {meant!r}?"]


def test_an_unknown_key_inside_of_another_is_compared_with_its_neighbours(only_defect_of):
    assert only_defect_of(votes={"work": 1}).hint == "Did you mean 'works'?"


def test_an_unknown_key_inside_of_a_list_item_is_compared_with_its_neighbours(only_defect_of):
    assert only_defect_of(pulls=[{"ref": "a/b#1", "state": "open", "titel": "x"}]).hint == "Did you mean 'title'?"


def test_an_unknown_key_like_no_other_lists_the_known_ones(only_defect_of):
    assert only_defect_of(affects={"xyz": 1}).hint == "Known keys: versions, ranges, platforms, environment."


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"signatures": []}, "signatures is empty"),
        ({"title": ""}, "title is empty"),
        ({"title": "  "}, "title is empty"),
        ({"signatures": [{"text": ""}]}, "signatures[0].text is empty"),
        ({"signatures": [{"text": "a"}, {"examples": []}]}, "signatures[1].text is missing"),
        ({"issue": {"comments": 1}}, "issue.ref is missing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_missing_part_is_named_once(only_defect_of, keys, message):
    defect = only_defect_of(**keys)
    assert (defect.kind, defect.message) == (DefectKind.MISSING, message)


@pytest.mark.parametrize(
    ("prose", "message"),
    [
        ("## Cause\n\nC\n\n## Workaround: W\n\nB", "section `## Summary` is missing"),
        ("## Summary\n\nS\n\n## Workaround: W\n\nB", "section `## Cause` is missing"),
        ("## Summary\n\nS\n\n## Cause\n\nC", "section `## Workaround: …` is missing"),
        ("## Summary\n\n## Cause\n\nC\n\n## Workaround: W\n\nB", "summary is empty"),
        ("## Summary\n\nS\n\n## Cause\n\nC\n\n## Workaround: W\n", "workarounds[0].body is empty"),
        ("## Summary\n\nS\n\n## Cause\n\nC\n\n## Workaround\n\nB", "workarounds[0].title is empty"),
    ],
    ids=lambda value: "" if value.startswith("##") else value,
)
def test_a_missing_section_is_named_once(only_defect_of, prose, message):
    defect = only_defect_of(prose)
    assert (defect.kind, defect.message) == (DefectKind.MISSING, message)


@pytest.mark.parametrize(
    ("value", "found"),
    [("no", "yes/no: false"), ("1.10", "a number: 1.1"), ("17", "a number: 17"), ("2026-01-02", "a date: 2026-01-02")],
)
def test_text_that_yaml_reads_as_something_else_is_to_be_quoted(folder, value, found):
    folder.file("git/a.yml", f"affects: {{versions: [{value}]}}\n")
    (defect,) = (d for d in folder.source("git/a.yml").defects if d.kind is DefectKind.WRONG_TYPE)
    assert defect.message.startswith("affects.versions[0] must be text, but YAML reads it as ")
    assert defect.message.endswith(found)
    assert defect.hint == "Put it in quotes."


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"tags": "ssh"}, "tags must be a list, found 'ssh'"),
        ({"codes": None}, "codes must be a list, found nothing"),
        ({"title": ["a"]}, "title must be text, found ['a']"),
        ({"votes": 3}, "votes must be keys and values, found 3"),
        ({"votes": {"works": "3"}}, "votes.works must be a whole number, found '3'"),
        ({"votes": {"works": 1.5}}, "votes.works must be a whole number, found 1.5"),
        ({"votes": {"works": True}}, "votes.works must be a whole number, found true"),
        ({"issue": {"ref": "a/b#1", "timeline": [1]}}, "issue.timeline must be keys and values, found [1]"),
        ({"updated": None}, "updated must be a date, found nothing"),
        ({"tags": ["Usage Limit"]}, "tags[0] has the wrong form: 'Usage Limit'"),
        ({"related": ["git"]}, "related[0] has the wrong form: 'git'"),
        ({"reports": ["#12"]}, "reports[0] has the wrong form: '#12'"),
        ({"title": "two\nlines"}, r"title has the wrong form: 'two\nlines'"),
        ({"status": "closed"}, "status can't be 'closed'"),
        ({"pulls": [{"ref": "a/b#1", "state": "done"}]}, "pulls[0].state can't be 'done'"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_value_is_shown_with_what_its_key_takes(only_defect_of, keys, message):
    defect = only_defect_of(**keys)
    assert (defect.kind, defect.message) == (DefectKind.WRONG_TYPE, message)


@pytest.mark.parametrize("related", ["../../etc/passwd", "git/../a", "Git/A", "git/a/b", "/git/a", "git/a\n", "git/é"])
def test_an_id_has_no_way_out_of_the_entries_folder(only_defect_of, related):
    assert only_defect_of(related=[related]).kind is DefectKind.WRONG_TYPE


@pytest.mark.parametrize("name", [".", "..", "a/b", "a b", ""])
def test_an_issue_s_repository_is_called_like_a_folder(only_defect_of, name):
    assert only_defect_of(reports=[f"owner/{name}#1"]).kind is DefectKind.WRONG_TYPE


@pytest.mark.parametrize("name", [".github", "name", "a.b", "_x", "..x"])
def test_a_repository_can_be_called_as_github_allows(defects_of, name):
    assert defects_of(reports=[f"owner/{name}#1"]) == ()


def test_a_code_is_no_longer_than_the_name_of_a_folder_can_be(only_defect_of):
    assert only_defect_of(codes=["E" * 81]).message == "codes[0] has 81 characters; the limit is 80"


@pytest.mark.parametrize(
    ("heading", "name"), [("Fix", "Workaround: …"), ("Explanation", "Cause"), ("Problem", "Summary")]
)
def test_a_section_that_others_call_differently_is_told_its_name_here(defects_of, heading, name):
    hints = [
        defect.hint for defect in defects_of(f"## {heading}\n\nText.") if defect.kind is DefectKind.UNKNOWN_SECTION
    ]
    assert hints == [f"Here it is called `## {name}`."]


def test_a_workaround_without_a_title_is_shown_one(only_defect_of):
    defect = only_defect_of("## Summary\n\nS\n\n## Cause\n\nC\n\n## Workaround\n\nB")
    assert "`## Workaround: Restart the server`" in defect.hint


@pytest.mark.parametrize("day", ["2026-13-01", "2026-02-30", "0000-00-00"])
def test_a_day_that_the_calendar_does_not_have_is_no_date(folder, day):
    folder.file("git/a.yml", f"updated: {day}\n")
    (defect,) = (d for d in folder.source("git/a.yml").defects if d.kind is DefectKind.WRONG_TYPE)
    assert defect.message == f"updated must be a date, found '{day}'"
    assert "no such day" in defect.hint


def test_a_wrong_state_lists_the_right_ones(only_defect_of):
    hint = only_defect_of(status="closed").hint
    assert hint == "Use one of: 'open', 'workaround', 'fixed', 'wontfix' or 'duplicate'."


def test_a_large_wrong_value_is_not_repeated(only_defect_of):
    assert only_defect_of(title=["x" * 1000]).message == "title must be text, found a list"


@pytest.mark.parametrize(
    "value", ["0", "86400", "20260409", '"0"', '"86400"', "2026-04-09T12:00:00Z", "09.04.2026", '"2026"']
)
def test_the_day_of_the_last_change_is_a_day_and_nothing_else(folder, value):
    """A number would be seconds since 1970."""
    good = folder.entry("git/a.md").read_text()
    folder.file("git/a.md", good.replace('updated: "2026-01-02"', f"updated: {value}"))
    assert [defect.kind for defect in folder.source("git/a.md").defects] == [DefectKind.WRONG_TYPE]


@pytest.mark.parametrize("value", [0, 12345, -1, 1e10])
def test_the_time_of_fetching_is_a_time_and_no_number(only_defect_of, value):
    assert only_defect_of(issue={"ref": "a/b#1", "fetched": value}).kind is DefectKind.WRONG_TYPE


def test_a_date_in_the_wrong_order_says_which_order_is_right(only_defect_of):
    assert "YYYY-MM-DD" in only_defect_of(updated="09.04.2026").hint


@pytest.mark.parametrize("count", [-1, 10**30], ids=["negative", "endless"])
def test_a_count_is_neither_negative_nor_endless(only_defect_of, count):
    """Counts are weighed with fractions; a number without bound would be too large for them."""
    assert only_defect_of(votes={"works": count}).kind is DefectKind.WRONG_TYPE


def test_all_that_is_wrong_is_said_at_once(defects_of):
    kinds = [defect.kind for defect in defects_of("## Solution\n\nNo.", title=1, tag="x", status="closed")]
    assert sorted(kinds) == sorted(
        [DefectKind.UNKNOWN_SECTION, DefectKind.UNKNOWN_KEY, *[DefectKind.WRONG_TYPE] * 2, *[DefectKind.MISSING] * 3]
    )


@pytest.mark.parametrize(
    ("heading", "hint"),
    [
        ("Sumary", "Did you mean `## Summary`?"),
        ("cause", "Did you mean `## Cause`?"),
        ("Workarounds", "Did you mean `## Workaround`?"),
        (
            "FAQ",
            "Use one of: Summary, Cause, Workaround, Guidance, Example, Notes, Recommendation; or a level-3 heading.",
        ),
    ],
)
def test_an_unknown_section_names_the_right_one(folder, heading, hint):
    folder.file("git/a.md", f"---\ntitle: T\n---\n\n## {heading}\n\nText.\n")
    (defect,) = (d for d in folder.source("git/a.md").defects if d.kind is DefectKind.UNKNOWN_SECTION)
    assert (defect.message, defect.hint) == (f"unknown section `## {heading}`", hint)


def test_a_section_that_may_stand_once_and_stands_twice(only_defect_of):
    prose = "## Summary\n\nS\n\n## Cause\n\nC\n\n## Workaround: W\n\nB\n\n## Cause\n\nAgain."
    assert only_defect_of(prose).message == "a second section `## Cause`"


def test_a_name_that_is_no_slug_is_said_of_the_file(folder):
    folder.entry("git/Index Lock.md")
    assert [defect.kind for defect in folder.source("git/Index Lock.md").defects] == [DefectKind.FILE_NAME]
