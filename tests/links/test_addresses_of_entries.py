"""Every address that leads to an entry: which there are, who has them, and that none takes another's place."""

import pytest

from kb.links import Address, addresses

RESERVED = ("tags", "schema", "404")


@pytest.fixture
def owners(folder):
    """A function that says which entry each address leads to."""

    def of_all() -> dict[str, str]:
        return {address.path: address.entry for address in addresses(folder.load().entries, RESERVED)}

    return of_all


def test_an_entry_has_its_id_its_former_ids_and_its_issues(folder, owners):
    folder.entry(
        "git/a.md",
        aliases=["git/former"],
        issue={"ref": "o/n#1"},
        reports=["o/n#2"],
        pulls=[{"ref": "o/n#3", "state": "open"}],
    )
    assert set(owners()) == {
        *("git/a/", "git/former/"),
        *("r/o/n/1/", "o/n/issues/1/", "r/o/n/2/", "o/n/issues/2/", "r/o/n/3/", "o/n/pull/3/"),
    }
    assert set(owners().values()) == {"git/a"}


def test_an_issue_has_its_spelling_and_one_in_lower_case(folder, owners):
    folder.entry("git/a.md", reports=["Own/Name#2"])
    assert {"r/Own/Name/2/", "Own/Name/issues/2/", "r/own/name/2/", "own/name/issues/2/"} < set(owners())


def test_each_spelling_of_an_issue_leads_to_the_same_entry(folder, owners):
    folder.entry("git/a.md", reports=["Own/Name#2"])
    folder.entry("git/b.md", issue={"ref": "own/NAME#2"})
    found = owners()
    assert found["Own/Name/issues/2/"] == found["own/NAME/issues/2/"] == found["r/own/name/2/"] == "git/b"


def test_a_pull_request_that_another_entry_lists_as_a_report_has_its_address_still(folder, owners):
    folder.entry("git/a.md", pulls=[{"ref": "o/n#5", "state": "open"}])
    folder.entry("git/b.md", reports=["o/n#5"])
    assert owners()["o/n/pull/5/"] == owners()["r/o/n/5/"] == "git/b"


@pytest.mark.parametrize(
    ("ref", "short"),
    [
        ("ghe.example.com/owner/name#5", "r/ghe.example.com/owner/name/5/"),
        ("gitlab.example.com/group/sub/project#5", "r/gitlab.example.com/group/sub/project/5/"),
        ("gitlab.example.com/group/project!5", "r/gitlab.example.com/group/project/!5/"),
    ],
)
def test_an_issue_on_another_host_has_a_short_address_alone(folder, owners, ref, short):
    folder.entry("git/a.md", reports=[ref])
    assert set(owners()) == {"git/a/", short}


@pytest.mark.parametrize("ref", ["git/index.html#1", "Git/Index.HTML#1", "git/index.md#1", "schema/a.json#1", "r/v#1"])
def test_an_address_that_would_meet_a_file_of_the_site_is_short_alone(folder, owners, ref):
    folder.entry("git/a.md", reports=[ref])
    assert {path for path in owners() if not path.startswith("r/")} == {"git/a/"}


def test_an_owner_named_like_a_page_of_the_site_has_long_addresses_too(folder, owners):
    folder.entry("git/a.md", reports=["tags/name#1"])
    assert "tags/name/issues/1/" in owners()


def test_an_address_says_which_issue_it_is_named_after(folder):
    folder.entry("git/a.md", reports=["o/n#1"])
    page, *others = addresses(folder.load().entries)
    assert page == Address("git/a/", "git/a")
    assert {str(address.ref) for address in others} == {"o/n#1"}
