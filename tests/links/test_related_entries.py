"""Related entries: those that an entry names, then those that share the rarest things with it."""

import json
import subprocess
import sys

import pytest

from kb.links import compute_links
from kb.links.related import COMMON, RELATED


def related(folder, entry_id: str = "git/a") -> tuple[str, ...]:
    return compute_links(folder.load()).related[entry_id]


def add_others(folder, count: int) -> None:
    """Entries that share nothing: what few of many share says more than what all share."""
    for number in range(count):
        folder.entry(f"pip/other-{number}.md")


def signature(text: str) -> list[dict[str, str]]:
    return [{"text": text}]


# Named ones


def test_named_entries_come_first_and_in_the_order_in_which_they_are_named(folder):
    folder.entry("git/a.md", related=["pip/z", "git/b"], codes=["E1"])
    folder.entry("git/b.md")
    folder.entry("git/c.md", codes=["E1"])
    folder.entry("pip/z.md")
    assert related(folder) == ("pip/z", "git/b", "git/c")


@pytest.mark.parametrize("named", [["git/nowhere"], ["git/a"]], ids=["an entry that is not there", "the entry itself"])
def test_what_can_not_be_shown_is_left_out(folder, named):
    folder.entry("git/a.md", related=named)
    assert related(folder) == ()


def test_an_entry_that_is_named_twice_is_shown_once(folder):
    folder.entry("git/a.md", related=["git/b", "git/b"])
    folder.entry("git/b.md")
    assert related(folder) == ("git/b",)


def test_an_entry_that_is_named_and_computed_is_shown_once(folder):
    folder.entry("git/a.md", related=["git/b"], codes=["E1"])
    folder.entry("git/b.md", codes=["E1"])
    assert related(folder) == ("git/b",)


def test_all_named_entries_are_shown_however_many(folder):
    names = [f"pip/n{number}" for number in range(RELATED + 3)]
    folder.entry("git/a.md", related=names)
    for name in names:
        folder.entry(f"{name}.md")
    assert related(folder) == tuple(names)


# Computed ones


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"codes": ["EACCES"]}, {"codes": ["EACCES"]}),
        ({"codes": ["EACCES"]}, {"codes": ["eacces"]}),
        ({"tags": ["proxy"]}, {"tags": ["proxy"]}),
        ({"reports": ["o/n#1"]}, {"reports": ["o/n#1"]}),
        ({"reports": ["o/n#1"]}, {"issue": {"ref": "o/n#1"}}),
        ({"reports": ["Owner/Name#1"]}, {"issue": {"ref": "owner/name#1"}}),
        ({"signatures": signature("zebra quagga okapi")}, {"signatures": signature("okapi, quagga and zebra")}),
    ],
    ids=[
        "code",
        "code in another case",
        "tag",
        "report",
        "report and issue",
        "report in another case",
        "three rare words",
    ],
)
def test_what_two_entries_share_relates_them(folder, one, other):
    folder.entry("git/a.md", **one)
    folder.entry("pip/b.md", **other)
    assert related(folder) == ("pip/b",)


@pytest.mark.parametrize("others", [*range(1, 12), 50, 100])
def test_three_words_that_no_third_entry_has_relate_two_in_a_collection_of_any_size(folder, others):
    folder.entry("git/a.md", signatures=signature("zebra quagga okapi"))
    folder.entry("pip/b.md", signatures=signature("zebra quagga okapi"))
    add_others(folder, others)
    assert related(folder) == ("pip/b",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {}),
        ({"signatures": signature("zebra crossing")}, {"signatures": signature("zebra fish")}),
        ({"codes": ["exit 1"]}, {"codes": ["exit 1"]}),
        (
            {"signatures": signature("a {{zebra}} b {{quagga}} c {{okapi}}")},
            {"signatures": signature("d {{zebra}} e {{quagga}} f {{okapi}}")},
        ),
        ({"tags": ["a"]}, {"codes": ["a"]}),
    ],
    ids=["nothing", "one word", "an exit status", "names of placeholders", "a tag that is a code elsewhere"],
)
def test_what_says_too_little_relates_nothing(folder, one, other):
    folder.entry("git/a.md", **one)
    folder.entry("pip/b.md", **other)
    assert related(folder) == ()


def test_an_entry_that_shares_something_rarer_comes_first(folder):
    folder.entry("git/a.md", tags=["common", "rare"])
    folder.entry("pip/b.md", tags=["common"])
    folder.entry("pip/c.md", tags=["common"])
    folder.entry("pip/d.md", tags=["rare"])
    assert related(folder)[0] == "pip/d"


def test_a_shared_code_says_more_than_a_shared_tag(folder):
    folder.entry("git/a.md", tags=["proxy"], codes=["E1"])
    folder.entry("pip/b.md", tags=["proxy"])
    folder.entry("pip/c.md", codes=["E1"])
    assert related(folder) == ("pip/c", "pip/b")


def test_a_shared_report_says_more_than_a_shared_code(folder):
    folder.entry("git/a.md", reports=["o/n#1"], codes=["E1"])
    folder.entry("pip/b.md", codes=["E1"])
    folder.entry("pip/c.md", reports=["o/n#1"])
    assert related(folder) == ("pip/c", "pip/b")


def test_of_two_that_share_the_same_the_one_of_the_same_product_comes_first(folder):
    folder.entry("pip/z.md", codes=["E1"])
    folder.entry("git/b.md", codes=["E1"])
    folder.entry("pip/y.md", codes=["E1"])
    assert related(folder, "pip/z") == ("pip/y", "git/b")


def test_the_same_product_alone_relates_nothing(folder):
    folder.entry("git/a.md")
    folder.entry("git/b.md")
    assert related(folder) == ()


def test_ties_stand_in_the_order_of_the_ids(folder):
    for name in ("c", "a", "b", "d"):
        folder.entry(f"git/{name}.md", codes=["E1"])
    assert related(folder) == ("git/b", "git/c", "git/d")


def test_no_more_than_six_are_computed(folder):
    folder.entry("git/a.md", codes=["E1"])
    for number in range(10):
        folder.entry(f"git/n{number}.md", codes=["E1"])
    add_others(folder, 40)
    assert related(folder) == tuple(f"git/n{number}" for number in range(6))


def test_named_ones_take_the_place_of_computed_ones(folder):
    folder.entry("git/a.md", codes=["E1"], related=["pip/x", "pip/y"])
    folder.entry("pip/x.md")
    folder.entry("pip/y.md")
    for number in range(10):
        folder.entry(f"git/n{number}.md", codes=["E1"])
    add_others(folder, 40)
    assert related(folder) == ("pip/x", "pip/y", "git/n0", "git/n1", "git/n2", "git/n3")


def test_what_as_many_share_as_can_be_followed_relates_them(folder):
    for number in range(COMMON):
        folder.entry(f"git/n{number:02}.md", codes=["E1"])
    add_others(folder, 300)
    assert len(related(folder, "git/n00")) == RELATED


def test_what_one_entry_more_shares_relates_nothing(folder):
    for number in range(COMMON + 1):
        folder.entry(f"git/n{number:02}.md", codes=["E1"])
    add_others(folder, 300)
    assert related(folder, "git/n00") == ()


def test_an_entry_that_can_not_be_read_is_not_shown(folder):
    folder.entry("git/a.md", related=["git/b"])
    folder.file("git/b.md", "---\ntitle: [\n---\n")
    assert related(folder) == ()


def test_an_empty_collection_has_no_links(folder):
    assert compute_links(folder.load()).related == {}


def test_the_order_does_not_depend_on_the_run(repository_root):
    """Sets of text have another order in every run of Python; sums of fractions depend on their order."""
    program = """
import json
from pathlib import Path
from kb.entry import load_collection
from kb.links import compute_links

links = compute_links(load_collection(Path("entries")))
print(json.dumps([links.related, links.backlinks]))
"""
    first, second = (
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=repository_root,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(repository_root)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    )
    assert json.loads(first) == json.loads(second)
