"""Translations: what a file `<slug>.<language>.md` may hold, of which entry it is one, and whether it is older."""

import pytest
from click.testing import CliRunner

from kb.checks import check
from kb.cli.main import main
from kb.entry import formatted, open_folder, text_digest, translated_name

PROSE = "## Summary\n\nEs scheitert.\n\n## Workaround: Ergänze, was fehlt\n\nErgänze es.\n"


@pytest.fixture
def translated(folder):
    """A folder with an entry and a translation of what it says."""
    folder.entry("git/a.md", lang="en")
    digest = text_digest(folder.load().by_id["git/a"])
    folder.file("git/a.de.md", f"---\ntitle: Über a\ntranslates: {digest}\n---\n\n{PROSE}")
    return folder


def codes(folder) -> list[str]:
    return [problem.code for problem in check(folder.load(), folder.load().by_id["git/a"].updated)]


def kb(*arguments: object):
    return CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("git/a.de.md", ("git/a", "de")),
        ("git/a.pt-BR.yml", ("git/a", "pt-BR")),
        ("git/a.zh-Hans.yaml", ("git/a", "zh-Hans")),
        ("git/a.md", None),
        ("git/a.1.md", None),
        ("git/a.DE.md", None),
        ("git/a.de.webp", None),
    ],
)
def test_the_name_of_a_file_says_that_it_is_a_translation(name, found):
    assert translated_name(name) == found


def test_a_translation_is_no_entry(translated):
    collection = translated.load()
    assert [entry.id for entry in collection.entries] == [file.id for file in collection.files] == ["git/a"]
    (found,) = collection.translations["git/a"]
    assert (found.language, found.title, found.sections) == ("de", "Über a", {"summary", "workarounds"})
    assert codes(translated) == []


def test_a_yaml_translation_says_the_same(translated):
    text = "title: Über a\nsummary: Es scheitert.\nworkarounds:\n  - title: Ergänze, was fehlt\n    body: Ergänze es.\n"
    translated.file("git/a.fr.yml", text)
    german, french = translated.load().translations["git/a"]
    assert (german.summary, german.workarounds) == (french.summary, french.workarounds)


@pytest.mark.parametrize("old", ["It fails.", "Add it.", "What is missing", "About git-a"])
def test_a_translation_is_older_when_a_text_of_its_entry_changes(translated, old):
    path = translated.root / "git/a.md"
    text = path.read_text("utf-8").replace("Add what is missing", "What is missing")
    path.write_text(text, "utf-8")
    kb("translated", translated.root / "git/a.de.md")
    assert codes(translated) == []
    path.write_text(text.replace(old, "It is another text"), "utf-8")
    assert codes(translated) == ["KB217"]


def test_a_translation_is_not_older_when_lines_break_elsewhere_or_facts_change(translated):
    path = translated.root / "git/a.md"
    path.write_text(path.read_text("utf-8").replace("It fails.", "It\nfails.").replace("01-02", "01-01"), "utf-8")
    assert codes(translated) == []


def test_what_a_translation_was_compared_with_is_noted_by_a_person(translated):
    path = translated.root / "git/a.de.md"
    noted = path.read_text("utf-8")
    translated.file("git/a.de.md", noted.replace("translates:", "# translates:"))
    assert codes(translated) == ["KB217"]
    result = kb("translated", path)
    assert (result.exit_code, result.stdout) == (0, f"{path}: noted\n")
    assert codes(translated) == []
    assert kb("translated", path).stdout == f"{path}: it says so already\n"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("git/a.md", None, "not called like a translation"),
        ("git/b.de.md", "---\ntitle: B\n---\n", "its entry is not there"),
        ("git/a.fr.md", "---\ntitle: [\n---\n", "`kb check` says why"),
    ],
)
def test_what_can_not_be_noted_is_said(translated, name, text, told):
    path = translated.file(name, text) if text else translated.root / name
    result = kb("translated", path)
    assert (result.exit_code, told in result.stderr) == (1, True)


def test_warnings_about_a_translation_stop_no_check(translated, monkeypatch):
    monkeypatch.chdir(translated.root.parent)
    translated.file("git/a.de.md", f"---\ntitle: Über a\n---\n\n{PROSE}")
    for arguments in ((), (), ("--fix",)):  # the second time it is known from the first
        result = kb("check", *arguments)
        assert (result.exit_code, "KB217 warning: it does not say" in result.stdout) == (0, True), result.output
    assert kb("check", "--strict").exit_code == 1


def test_rules_of_safety_look_at_translations(translated):
    path = translated.root / "git/a.de.md"
    path.write_text(path.read_text("utf-8").replace("Ergänze es.", "```sh\nrm -rf ~/x\n```\n\n[da](b.md)"), "utf-8")
    assert sorted(codes(translated)) == ["KB302", "KB507"]


def test_what_an_entry_waives_its_translation_waives(translated):
    command = "```sh\nrm -rf ~/x\n```"
    path = translated.entry("git/a.md", lang="en", waive={"KB507": "it is empty by then"})
    for each in (path, translated.root / "git/a.de.md"):
        text = each.read_text("utf-8").replace("Add it.", command).replace("Ergänze es.", command)
        each.write_text(text, "utf-8")
    kb("translated", translated.root / "git/a.de.md")
    assert codes(translated) == []


def test_a_placeholder_of_the_entry_can_be_used(translated):
    translated.entry("git/a.md", lang="en", signatures=[{"text": "eels have eaten {{thing}} in the basement"}])
    path = translated.root / "git/a.de.md"
    text = path.read_text("utf-8").replace("Es scheitert.", "{{thing}} fehlt.")
    path.write_text(text, "utf-8")
    assert codes(translated) == []
    path.write_text(text.replace("{{thing}}", "{{think}}"), "utf-8")
    assert codes(translated) == ["KB404"]


@pytest.mark.parametrize("key", ["signatures: [{text: x}]", "tags: [x]", "votes: {works: 1}", "updated: 2026-01-01"])
def test_a_key_of_the_entry_is_refused(translated, key):
    path = translated.root / "git/a.de.md"
    path.write_text(path.read_text("utf-8").replace("---\ntitle", f"---\n{key}\ntitle"), "utf-8")
    (problem,) = check(translated.load(), translated.load().by_id["git/a"].updated)
    assert (problem.code, problem.position.line) == ("KB104", 2)
    assert "belongs to the entry" in problem.message


def test_fmt_puts_a_translation_in_order(translated):
    text = "---\ntranslates: '12'\ntitle: Über a\n---\n## Workaround: B\nB.\n\n## Summary\nA.\n"
    translated.file("git/a.de.md", text)
    source = open_folder(translated.root).read("git/a.de.md")
    assert formatted(source).split("\n")[1].startswith("title:")
    assert formatted(source).index("## Summary") < formatted(source).index("## Workaround")
    result = kb("fmt", translated.root / "git")
    assert result.exit_code == 0, result.output
    assert (translated.root / "git/a.de.md").read_text("utf-8") == formatted(source)
