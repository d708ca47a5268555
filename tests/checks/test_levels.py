"""Levels of rules: what a keeper's `mkdocs.yml` makes of problems, and which rules no keeper can bend."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.checks import LevelError, Levels, all_rules, check, to_github, to_json, to_report, to_sarif
from kb.cli.main import main
from kb.entry import load_collection

TODAY = date(2026, 6, 1)
NO_STEP = "## Summary\n\nS\n\n## Cause\n\nC\n\n## Workaround: None\n\nNothing helps.\n"


@pytest.fixture
def kb(folder, monkeypatch):
    """Run `kb check` beside a `mkdocs.yml` that says this of rules."""
    monkeypatch.chdir(folder.root.parent)

    def run(rules: str, *arguments: str) -> Result:
        Path("mkdocs.yml").write_text(f"docs_dir: entries\nplugins:\n  - kb:\n      rules: {rules}\n", "utf-8")
        return CliRunner().invoke(main, ["check", *arguments], catch_exceptions=False)

    return run


def test_a_warning_is_told_and_does_not_fail_a_check(folder, kb):
    folder.entry("git/a.md", NO_STEP)
    result = kb("{KB206: warning}")
    assert result.exit_code == 0
    assert "KB206 warning: workaround 1 names nothing to do" in result.stdout
    assert "1 warning in 1 file." in result.stdout


def test_with_strict_a_warning_fails_a_check(folder, kb):
    folder.entry("git/a.md", NO_STEP)
    assert kb("{KB206: warning}", "--strict").exit_code == 1


@pytest.mark.parametrize("rules", ["{KB206: off}", "{KB206: 'off'}", "{KB206: {level: off}}"])
def test_what_is_off_is_not_told(folder, kb, rules):
    folder.entry("git/a.md", NO_STEP)
    result = kb(rules, "--strict")
    assert (result.exit_code, result.stdout) == (0, "1 entry for 1 product, no problems.\n")


def test_a_change_of_levels_counts_at_once_for_files_that_were_checked_before(folder, kb):
    folder.entry("git/a.md", NO_STEP)
    assert [kb(rules).exit_code for rules in ("{}", "{KB206: warning}", "{}", "{KB206: off}")] == [1, 0, 1, 0]


def test_what_is_off_is_not_mended(folder, kb):
    path = folder.entry("git/a.md", NO_STEP.replace("Nothing helps.", "Run x <y> then."))
    kb("{KB512: {level: off, because: our pages are internal}}", "--fix")
    assert "\\<y>" not in path.read_text("utf-8")


def test_the_configuration_of_another_folder_says_nothing(folder, kb, monkeypatch):
    folder.entry("git/a.md", NO_STEP)
    Path("mkdocs.yml").write_text("docs_dir: pages\nplugins:\n  - kb:\n      rules: {KB206: off}\n", "utf-8")
    assert CliRunner().invoke(main, ["check"]).exit_code == 1


@pytest.fixture
def warned(folder):
    """One warning."""
    folder.entry("git/a.md", NO_STEP)
    return Levels.of({"KB206": "warning"}).applied(check(load_collection(folder.root), TODAY))


def test_programs_are_told_the_level(warned):
    assert [each["level"] for each in json.loads(to_json(warned))["problems"]] == ["warning"]
    assert to_github(warned).startswith("::warning file=")
    assert [each["level"] for each in json.loads(to_sarif(warned))["runs"][0]["results"]] == ["warning"]
    assert "warning:" in to_report(warned)


@pytest.mark.parametrize("code", ["KB501", "KB102", "KB303"])
@pytest.mark.parametrize("level", ["warning", "off", {"level": "off", "because": "we like it so"}])
def test_secrets_and_what_no_site_can_be_built_of_stay_errors(code, level):
    with pytest.raises(LevelError, match=f"{code} .* stays an error"):
        Levels.of({code: level})


@pytest.mark.parametrize("code", [code for code in all_rules() if code.startswith("KB5") and code != "KB501"])
def test_a_rule_of_safety_is_off_for_a_reason_only(code):
    with pytest.raises(LevelError, match="needs a reason"):
        Levels.of({code: "off"})
    with pytest.raises(LevelError, match="needs a reason"):
        Levels.of({code: {"level": "off", "because": " "}})
    assert Levels.of({code: {"level": "off", "because": "a network of our own"}}).by_code == {code: "off"}
    assert Levels.of({code: "warning"}).by_code == {code: "warning"}


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"KB999": "off"}, "there is no rule 'KB999'"),
        ({"KB206": "loud"}, "not 'loud'"),
        ({"KB206": {"level": "warning", "why": "x"}}, "KB206 has to be"),
        ({206: "off"}, "there is no rule 206"),
        (["KB206"], "codes with levels"),
    ],
)
def test_what_makes_no_sense_is_refused(rules, said):
    with pytest.raises(LevelError, match=said):
        Levels.of(rules)


def test_a_check_says_what_is_wrong_with_the_levels(folder, kb):
    folder.entry("git/a.md")
    result = kb("{KB501: warning}")
    assert result.exit_code == 2
    assert "KB501 (secret) stays an error" in result.output
