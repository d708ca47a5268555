"""What a report says of versions, platforms and environment."""

import time

import pytest

from kb.drafts import Environment, environment_of, environment_said

FORM = """\
### What happened?

It fails on Windows too, version 9.9.9.

### Claude Code Version

2.1.96 (Claude Code)

### Platform

Anthropic API

### Operating System

Ubuntu/Debian Linux

### Terminal/Shell

VS Code integrated terminal

### Additional Information

_No response_
"""


def test_a_form_says_where_it_happened():
    assert environment_of(FORM, "Claude Code") == Environment(("2.1.96",), ("linux",), "VS Code integrated terminal")


def test_a_text_without_a_form_is_read_too():
    text = "It fails.\n\n- **OS:** Windows 11\n- pip version: 24.0\n* Python version: 3.12.1\n**Shell**: zsh\n"
    assert environment_of(text, "pip") == Environment(("24.0",), ("windows",), "zsh")


def test_the_products_own_version_is_taken():
    text = "### Python version\n\n3.12.1\n\n### pip version\n\npip 24.0, 23.3.1\n"
    assert environment_of(text, "pip").versions == ("24.0", "23.3.1")


def test_the_last_version_that_worked_is_not_affected():
    text = "### Last working version\n\n1.0.0\n\n### Version\n\n1.2.0\n"
    assert environment_of(text, "tool").versions == ("1.2.0",)


@pytest.mark.parametrize("value", ["_No response_", "N/A", "none", "-", ""])
def test_no_answer_is_none(value):
    assert (
        environment_of(f"### Version\n\n{value}\n\n### OS\n\n{value}\n\n### Terminal\n\n{value}\n", "x")
        == Environment()
    )


def test_a_code_block_says_nothing():
    assert environment_of("```\n### Version\n\n1.2.3\nOS: linux\n```\n", "x") == Environment()


@pytest.mark.parametrize(
    ("value", "platform"),
    [
        ("macOS 15.1", "macos"),
        ("Darwin 24.1.0 arm64", "macos"),
        ("win32", "windows"),
        ("WSL2", "linux"),
        ("Fedora 41", "linux"),
    ],
)
def test_a_platform_is_known_by_many_names(value, platform):
    assert environment_of(f"### Operating System\n\n{value}\n", "x").platforms == (platform,)


@pytest.mark.parametrize(
    "text", ["### " * 50_000, "a: " * 60_000, "- **" * 50_000, "1." * 100_000, "version: " + "1.2" * 60_000]
)
def test_hostile_text_takes_no_time(text):
    start = time.process_time()
    environment_of(text, "x")
    environment_of("### Version\n\n" + text[:499], "x")
    assert time.process_time() - start < 1


def test_the_version_of_a_platform_is_none_of_the_tool():
    assert environment_said("pip 24.0 on Windows 11.2") == Environment(("24.0",), ("windows",))
    assert environment_said("search 1.2 on a MacBook") == Environment(("1.2",), ("macos",))
