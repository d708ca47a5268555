"""A prefilter holds back nothing that its rule objects to: every rule finds with it what it finds without."""

import re
import shutil
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from harmful_commands import (
    AROUND,
    AROUND_WITH_QUOTES,
    BLANKS,
    BYPASSES,
    DESTROYS_WHAT_IS_NAMED,
    DRIVES,
    FETCHES,
    HONEST,
    LOSSES,
    ONTO_A_DEVICE,
    TABLES,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import some

from kb.checks import Diagnostic, check, secrets
from kb.checks.prefilter import CodePrefilter, Prefilter
from kb.checks.rules import (
    kb113_garbled_text,
    kb208_leftover,
    kb304_bad_reference,
    kb408_value_in_signature,
    kb502_mail_address,
    kb503_public_address,
    kb504_home_folder,
)
from kb.entry import load_collection

TODAY = date(2026, 6, 1)
BROKEN = Path(__file__).parents[1] / "data/broken"


@contextmanager
def no_prefilters():
    """Everything passes: rules look at all there is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Prefilter, "lets_pass", lambda prefilter, text: True)
        patch.setattr(CodePrefilter, "lines", lambda prefilter, code: set(range(code.count("\n") + bool(code))))
        yield


def with_and_without(root: Path) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """What is wrong with a folder as every check says it, and with all prefilters open."""
    found = check(load_collection(root), TODAY)
    with no_prefilters():
        return found, check(load_collection(root), TODAY)


@pytest.mark.parametrize("case", sorted(path.name for path in BROKEN.iterdir()))
def test_every_rule_finds_the_same_in_its_fixtures_without_prefilters(case):
    found, all_there_is = with_and_without(BROKEN / case / "entries")
    assert found == all_there_is


def test_every_rule_finds_the_same_in_shipped_entries_without_prefilters(repository_root, tmp_path):
    for path in (*some(sorted(repository_root.glob("entries/*/*.md")), 150), *repository_root.glob("entries/*.yml")):
        copy = tmp_path / path.relative_to(repository_root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    found, all_there_is = with_and_without(tmp_path / "entries")
    assert found == all_there_is


# Commands


def around(command: str) -> Iterable[str]:
    """A command, and the same with what people write around it."""
    yield command
    yield from (form.replace("·", command) for form in AROUND)
    yield from (form.replace("·", command) for form in AROUND_WITH_QUOTES if not set("\"'") & set(command))
    yield command.replace(" ", " \\\n  ", 1)
    yield command.replace(" ", " ^\n  ", 1)


@pytest.fixture
def found_in(new_folder) -> Callable[[Iterable[str]], dict[str, set[str]]]:
    """Command -> the codes of the rules about commands that it breaks, each command in a block of its own."""

    def codes(commands: Iterable[str]) -> dict[str, set[str]]:
        given = list(dict.fromkeys(commands))
        found: dict[str, set[str]] = {command: set() for command in given}
        for start in range(0, len(given), 40):
            part = given[start : start + 40]
            prose, firsts = "## Summary\n\nS\n\n## Cause\n\nC\n\n## Workaround: W\n", []
            for command in part:
                firsts.append(prose.count("\n") + 1)
                prose += f"\n~~~sh\n{command}\n~~~\n"
            folder = new_folder()
            path = folder.entry("git/a.md", prose)
            before = path.read_text().index(prose)
            first = path.read_text()[:before].count("\n")
            for each in check(folder.load(), TODAY):
                if each.code in ("KB507", "KB508", "KB509"):
                    number = sum(each.position.line - first >= line for line in firsts) - 1
                    found[part[number]].add(each.code)
        return found

    return codes


@pytest.mark.parametrize(
    ("code", "commands"), [("KB507", LOSSES), ("KB508", FETCHES), ("KB509", BYPASSES)], ids=["loss", "fetch", "bypass"]
)
def test_a_harmful_command_is_found_whatever_stands_around_it(found_in, code, commands):
    plain = [command for command in commands if not command.startswith((":()", "#", "export", "ssl.", "requests"))]
    found = found_in(form for command in plain for form in around(command))
    assert [form for form, codes in found.items() if code not in codes] == []


def test_a_destructive_command_is_found_whatever_stands_for_what_it_destroys(found_in):
    filled = [command.replace("·", blank) for command in DESTROYS_WHAT_IS_NAMED for blank in BLANKS]
    telling = [blank for blank in BLANKS if "lsblk" not in blank and ":-" not in blank]
    filled += [command.replace("·", blank) for command in ONTO_A_DEVICE for blank in telling]
    found = found_in(filled)
    assert [command for command, codes in found.items() if "KB507" not in codes] == []


def test_a_destructive_command_with_a_placeholder_is_found_whatever_stands_around_it(found_in):
    filled = [command.replace("·", "{{device}}") for command in DESTROYS_WHAT_IS_NAMED]
    found = found_in(form for command in filled for form in around(command))
    assert [form for form, codes in found.items() if "KB507" not in codes] == []


def test_a_drive_that_is_erased_is_found_in_every_form(found_in):
    found = found_in(f"{program} {drive} /q" for program in ("format", "FORMAT", "format.com") for drive in DRIVES)
    assert [command for command, codes in found.items() if "KB507" not in codes] == []


@pytest.mark.parametrize(
    "statement", ["DROP TABLE ·", "TRUNCATE ·", "truncate table ·", "DELETE FROM ·;", "DELETE FROM ·"]
)
def test_a_statement_that_deletes_a_table_is_found_whatever_its_name(found_in, statement):
    found = found_in(statement.replace("·", table) for table in TABLES)
    assert [command for command, codes in found.items() if "KB507" not in codes] == []


def test_output_that_goes_onto_a_device_is_found_in_every_form(found_in):
    arrows = [">", "> ", ">|", ">> ", '> "']
    names = ["/dev/sda", "/dev/nvme0n1", "{{device}}", "{{disk:path}}", "$DEVICE", "${DISK}", "<device>"]
    found = found_in(f"cat disk.iso {arrow}{name}{arrow[2:]}" for arrow in arrows for name in names)
    assert [command for command, codes in found.items() if "KB507" not in codes] == []


def test_honest_commands_of_the_same_programs_need_no_warning(found_in):
    found = found_in(HONEST)
    assert {command: codes for command, codes in found.items() if codes} == {}


HARMFUL = [*LOSSES, *FETCHES, *BYPASSES]
PIECES = sorted({piece for command in [*HARMFUL, *HONEST] for piece in re.findall(r"\w+|\W", command)})


@settings(max_examples=40)
@given(
    st.lists(
        st.lists(st.sampled_from(HARMFUL) | st.sampled_from(PIECES), min_size=1, max_size=8),
        min_size=20,
        max_size=20,
    ),
    st.sampled_from(["", " ", '"', "''", "\u212a", " \\\n"]),
)
def test_every_rule_about_commands_finds_the_same_in_any_words_without_prefilters(new_folder, lines, between):
    folder = new_folder()
    code = "\n".join(between.join(line) for line in lines).replace("~~~", "")
    folder.entry("git/a.md", f"## Summary\n\nS\n\n## Cause\n\nC\n\n## Workaround: W\n\n~~~sh\n{code}\n~~~\n")
    found, all_there_is = with_and_without(folder.root)
    assert found == all_there_is


# What stands anywhere in a text

PAIRS = {
    "garbled text": (kb113_garbled_text._GARBLED, kb113_garbled_text._PREFILTER, "\u00c3\u00e2\u20ac\u2122\ufffda"),
    "secrets": (secrets._CANDIDATE, secrets._CANDIDATE_PREFILTER, "aA0_-=+~ \n./:'\"ws"),
    "passwords in addresses": (secrets._PASSWORD_IN_ADDRESS, secrets._PASSWORD_PREFILTER, "a:/@ \né"),
    "leftovers": (kb208_leftover._LEFTOVER, kb208_leftover._PREFILTER, "TODOhere. <[(yourfil>\n"),
    "references": (kb304_bad_reference._REFERENCE, kb304_bad_reference._PREFILTER, "issue (#01) é.\n/"),
    "mail addresses": (kb502_mail_address._ADDRESS, kb502_mail_address._PREFILTER, "aé@%40.-_ B\n"),
    "public addresses": (kb503_public_address._ADDRESS, kb503_public_address._PREFILTER, "0123.:af \nF"),
    "home folders": (kb504_home_folder._HOME, kb504_home_folder._PREFILTER, "/home\\Users:C a\n"),
}


@pytest.mark.parametrize(("pattern", "prefilter", "letters"), PAIRS.values(), ids=PAIRS)
def test_what_a_rule_takes_is_let_pass(pattern: re.Pattern[str], prefilter: Prefilter, letters: str):
    @settings(max_examples=300)
    @given(st.from_regex(pattern) | st.text(alphabet=letters, max_size=60))
    def check(text: str) -> None:
        if pattern.search(text):
            assert prefilter.lets_pass(text)

    check()


@settings(max_examples=300)
@given(st.from_regex(kb408_value_in_signature._VALUE) | st.text(alphabet="0x1aF-:/tmphoeUsr\\\\ pid=", max_size=40))
def test_a_value_that_no_signature_should_hold_is_looked_for(text):
    if kb408_value_in_signature._VALUE.search(text):
        assert kb408_value_in_signature._PREFILTER.search(text)


def test_a_host_whose_names_start_with_digits_is_let_pass():
    assert kb502_mail_address._PREFILTER.lets_pass("jane.roe@1.2acme-corp.com")


def test_a_text_of_other_letters_is_held_back():
    assert not any(prefilter.lets_pass("Всё хорошо.") for _, prefilter, _ in PAIRS.values())


def test_a_text_with_half_a_character_is_let_pass():
    assert kb502_mail_address._PREFILTER.lets_pass("\ud800 a@b.example")


@settings(max_examples=200)
@given(st.lists(st.text(alphabet="rm -f^$\"'ab", max_size=8), max_size=6))
def test_many_lines_let_pass_those_that_each_lets_pass(lines):
    prefilter = CodePrefilter([re.compile(r"^-f$|f\s+r|m[^a]*b", re.ASCII)], ["rm"])
    alone = {number for number, line in enumerate(lines) if prefilter.lets_pass(line)}
    assert prefilter.lines("\n".join(lines)) >= alone


def test_a_line_is_not_let_pass_for_another_one():
    assert CodePrefilter([], ["rm"]).lines("ls\nrm -r build\ncp a b\n'r'm c") == {1, 3}


def test_a_pattern_that_means_more_than_its_prefilter_can_say_is_refused():
    with pytest.raises(ValueError, match=r"re\.ASCII"):
        CodePrefilter([re.compile(r"\w")], ["rm"])
