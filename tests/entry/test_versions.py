"""Versions of tools: which is newer, what a range holds."""

import pytest

from kb.entry import AffectedRange, happens_with, version_key

IN_ORDER = [
    ("0.9", "0.10"),
    ("1.0-alpha", "1.0-beta.2"),
    ("1.0-beta.2", "1.0-beta.10"),
    ("12.0.0-rc.1", "12.0.0"),
    ("3.14.0rc2", "3.14.0"),
    ("20.3b1", "20.3"),
    ("1.1.1", "1.1.1k"),
    ("1.1.1k", "1.1.1l"),
    ("1.1.1k", "3.0.0"),
    ("8.9p1", "9.0"),
    ("go1.9", "go1.21"),
    ("v16.8.0", "16.9.0"),
    ("26", "26.0.1"),
]


@pytest.mark.parametrize(("older", "newer"), IN_ORDER)
def test_versions_are_ordered_as_their_makers_order_them(older, newer):
    assert version_key(older) < version_key(newer)


@pytest.mark.parametrize(
    ("one", "other"), [("1.0", "1.0.0"), ("v20.1", "20.1"), ("17.0.2+8", "17.0.2"), ("12-RC1", "12rc1")]
)
def test_versions_that_are_the_same_are_the_same_however_they_are_written(one, other):
    assert version_key(one) == version_key(other)


def test_a_tools_ranges_add_up_and_every_named_tool_has_to_fit():
    ranges = (
        AffectedRange(tool="node", fixed="20.19.0"),
        AffectedRange(tool="node", introduced="21", fixed="22.12.0"),
        AffectedRange(tool="npm", introduced="7"),
    )
    assert happens_with(ranges, {"node": "20.18.0", "npm": "10.2.0"}) is True
    assert happens_with(ranges, {"node": "22.11.0", "npm": "7.0.0"}) is True
    assert happens_with(ranges, {"node": "20.19.0", "npm": "10.2.0"}) is False
    assert happens_with(ranges, {"node": "22.11.0", "npm": "6.14.18"}) is False
    assert happens_with(ranges, {"npm": "6.14.18"}) is False
    assert happens_with(ranges, {"node": "22.11.0"}) is None
    assert happens_with((), {"node": "22.11.0"}) is None
