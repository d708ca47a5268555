"""What a pull request changes: `kb changes` on a real git repository, and the comment that `kb comment` makes of it."""

import json
import re
import subprocess

import comrak
import pytest
from command import kb
from recorded import STEPS, record, tried

from kb.entry import load_collection, text_digest
from kb.review import GitError, Places, Report, ReportError, compare, read_report, to_markdown

EXAMPLE = "error: eels in the disk drive sda"
SIGNATURES = [{"text": "eels in the disk drive {{name}}", "examples": [EXAMPLE]}]


class Clone:
    """A git repository with an entries folder, and a commit `base`."""

    def __init__(self, root, folder) -> None:
        self.root = root
        self.folder = folder
        self.git("init", "--quiet", "--initial-branch", "main")
        self.git("config", "user.name", "A Person")
        self.git("config", "user.email", "person@example.org")
        self.git("config", "commit.gpgsign", "false")

    def git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.root), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def commit(self, tag: str = "") -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "A change")
        if tag:
            self.git("tag", tag)

    def report(self, base: str = "base") -> Report:
        return compare(load_collection(self.folder.root), base)

    def kb(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return kb(*arguments, folder=self.root)


@pytest.fixture
def clone(tmp_path, folder) -> Clone:
    clone = Clone(tmp_path, folder)
    folder.entry("git/index-lock.md", title="The index is locked", signatures=SIGNATURES)
    folder.entry("git/old.md", aliases=["git/older"])
    clone.commit("base")
    return clone


def test_nothing_changes_where_nothing_was_touched(clone):
    assert clone.report().is_empty
    assert clone.kb("changes", "base").stdout == "No entry changes.\n"


def test_a_new_entry_is_named_with_its_title(clone):
    clone.folder.entry("pip/eels.md", title="Eels")
    clone.commit()
    assert [(one.id, one.title) for one in clone.report().new] == [("pip/eels", "Eels")]


def test_a_file_that_git_does_not_know_yet_counts_too(clone):
    clone.folder.entry("pip/eels.md")
    assert [one.id for one in clone.report().new] == ["pip/eels"]


def test_a_known_error_is_named_beside_the_new_entry_that_has_it_too(clone):
    clone.folder.entry("pip/eels.md", signatures=[{"text": "disk drive {{name}}", "examples": [EXAMPLE]}])
    clone.commit()
    known = clone.report().new[0].known
    assert [(one.id, one.tier, one.title) for one in known] == [("git/index-lock", "exact", "The index is locked")]


def test_an_unheard_of_error_leads_to_no_entry(clone):
    clone.folder.entry(
        "pip/eels.md", signatures=[{"text": "the herring was late", "examples": ["the herring was late"]}]
    )
    assert clone.report().new[0].known == ()


def test_a_changed_entry_tells_which_parts_differ_and_its_former_title(clone):
    clone.folder.entry("git/index-lock.md", title="Locked", signatures=SIGNATURES, tags=["git"])
    change = clone.report().changed[0]
    assert (change.id, change.parts, change.former_title) == (
        "git/index-lock",
        ("title", "tags"),
        "The index is locked",
    )


def test_a_proof_that_brings_another_workaround_forward_is_told(clone):
    record(clone.folder, "git/index-lock.md", tried({"git": "2.39.5"}, "-", "proven"), steps=STEPS, title="Two first")
    change = clone.report().changed[0]
    assert change.first_step == "Two"
    assert "  - first to try is now `Two`\n" in to_markdown(clone.report(), PLACES)


def test_an_entry_that_only_looks_different_is_no_change(clone):
    file = clone.folder.root / "git/index-lock.md"
    file.write_text(file.read_text().replace("## Cause\n\n", "## Cause\n\n\n"))
    assert clone.report().is_empty


def test_another_file_format_is_no_other_entry(clone):
    file = clone.folder.root / "git/old.md"
    clone.git("mv", "entries/git/old.md", "entries/git/old.yml")
    head = file.with_suffix(".yml").read_text().split("---\n")[1]
    prose = (
        "summary: It fails.\ncause: Something is missing.\nworkarounds: [{title: Add what is missing, body: Add it.}]\n"
    )
    file.with_suffix(".yml").write_text(head + prose)
    assert clone.report().is_empty


@pytest.mark.parametrize("keeps", [True, False])
def test_a_renamed_entry_is_one_entry_and_its_former_address_is_watched(clone, keeps):
    clone.git("mv", "entries/git/index-lock.md", "entries/git/lock.md")
    if keeps:
        aliases = {"aliases": ["git/index-lock"]}
        clone.folder.entry("git/lock.md", title="The index is locked", signatures=SIGNATURES, **aliases)
    clone.commit()
    report = clone.report()
    assert [(one.former_id, one.id, one.keeps_address) for one in report.renamed] == [
        ("git/index-lock", "git/lock", keeps)
    ]
    assert report.new == report.removed == ()
    assert report.vanished == (() if keeps else ("git/index-lock",))


def test_a_removed_entry_takes_its_addresses_with_it(clone):
    clone.git("rm", "--quiet", "entries/git/old.md")
    report = clone.report()
    assert [one.id for one in report.removed] == ["git/old"]
    assert report.vanished == ("git/old", "git/older")


def test_an_address_that_another_entry_takes_over_does_not_vanish(clone):
    clone.git("rm", "--quiet", "entries/git/old.md")
    clone.folder.entry(
        "git/index-lock.md", title="The index is locked", signatures=SIGNATURES, aliases=["git/old", "git/older"]
    )
    report = clone.report()
    assert report.vanished == ()
    assert [(one.id, one.leads_to) for one in report.removed] == [("git/old", "git/index-lock")]
    assert [(one.address, one.id) for one in report.redirects] == [
        ("git/old", "git/index-lock"),
        ("git/older", "git/index-lock"),
    ]


@pytest.fixture
def reported(clone) -> Clone:
    """The clone, with an entry that has issues published as well."""
    keys = {"issue": {"ref": "o/n#1"}, "reports": ["Own/Name#5"], "pulls": [{"ref": "o/n#7", "state": "open"}]}
    clone.folder.entry("git/reported.md", **keys)
    clone.commit()
    clone.git("tag", "--force", "base")
    return clone


def test_an_issue_that_is_removed_takes_its_address_with_it(reported):
    reported.folder.entry("git/reported.md", issue={"ref": "o/n#1"})
    assert reported.report().vanished == ("r/Own/Name/5", "r/o/n/7")
    text = reported.kb("changes", "base").stdout
    assert "### Addresses that would vanish\n\n- `/r/Own/Name/5/`\n- `/r/o/n/7/`\n" in text
    assert "an issue to `reports:`" in text


@pytest.mark.parametrize("ref", ["own/name#5", "o/n#1", "o/n#7"])
def test_an_address_that_another_entry_claims_is_named_with_both(reported, ref):
    reported.folder.entry("git/0.md", issue={"ref": ref})
    (moved,) = reported.report().moved
    assert (moved.former_id, moved.id) == ("git/reported", "git/0")
    assert moved.address.lower() == f"r/{ref.replace('#', '/')}"
    assert f"- `/{moved.address}/` led to `git/reported` and leads to `git/0`" in reported.kb("changes", "base").stdout


def test_an_address_that_follows_its_renamed_entry_does_not_move(reported):
    reported.git("mv", "entries/git/reported.md", "entries/git/zeta.md")
    file = reported.folder.root / "git/zeta.md"
    file.write_text(file.read_text().replace("---\n", '---\naliases: ["git/reported"]\n', 1))
    report = reported.report()
    assert (report.moved, report.vanished) == ((), ())


def test_a_former_id_that_moves_between_two_entries_is_named_once(clone):
    clone.folder.entry("git/old.md")
    clone.folder.entry("git/index-lock.md", title="The index is locked", signatures=SIGNATURES, aliases=["git/older"])
    report = clone.report()
    assert [(one.address, one.former_id, one.id) for one in report.moved] == [
        ("git/older", "git/old", "git/index-lock")
    ]
    assert report.redirects == ()


def test_a_file_that_became_unreadable_is_counted_and_its_address_does_not_vanish(clone):
    clone.folder.file("git/old.md", "no front matter\n")
    report = clone.report()
    assert (report.unreadable, report.vanished, report.removed) == (1, (), ())


def test_data_files_and_files_beside_the_entries_are_no_entries(clone):
    (clone.root / "README.md").write_text("# Eels\n")
    clone.folder.file("products.yml", "git: {name: Git}\n")
    assert clone.report().is_empty


def test_a_commit_may_be_named_in_any_way_git_knows(clone):
    clone.folder.entry("pip/eels.md")
    clone.commit()
    assert [one.id for one in clone.report("HEAD^1").new] == ["pip/eels"]


def test_the_entries_may_lie_deep_in_a_repository(tmp_path, folder):
    deep = type(folder)(tmp_path / "docs/fixes/entries")
    clone = Clone(tmp_path, deep)
    deep.entry("git/old.md", title="Old")
    clone.commit("base")
    deep.entry("git/old.md", title="New")
    (tmp_path / "docs/git").mkdir()
    (tmp_path / "docs/git/old.md").write_text("not an entry\n")
    assert [(one.id, one.former_title) for one in clone.report().changed] == [("git/old", "Old")]


def test_a_link_that_was_committed_is_not_followed(clone):
    (clone.folder.root / "git/linked.md").symlink_to("../../secret.txt")
    clone.commit("with-link")
    (clone.folder.root / "git/linked.md").unlink()
    assert clone.report("with-link").is_empty


@pytest.mark.parametrize("base", ["no-such-branch", "--output=stolen", "base:entries"])
def test_what_names_no_commit_is_refused_with_what_to_do(clone, base):
    with pytest.raises(GitError, match="git fetch"):
        clone.report(base)
    assert not (clone.root / "stolen").exists()


def test_a_folder_outside_of_any_repository_is_refused(folder):
    with pytest.raises(GitError, match="not a git repository"):
        compare(load_collection(folder.root), "HEAD")


def test_the_command_exits_with_2_and_no_traceback_where_git_can_not_say(clone):
    finished = clone.kb("changes", "no-such-branch")
    assert finished.returncode == 2
    assert "no-such-branch" in finished.stderr
    assert "Traceback" not in finished.stderr


def test_json_is_what_the_comment_is_made_from(clone):
    clone.folder.entry("pip/eels.md", title="Eels")
    printed = clone.kb("changes", "base", "--json").stdout
    assert read_report(printed.encode()) == clone.report()


# What is said of it.

NEW = {"id": "pip/eels", "file": "pip/eels.md", "title": "Eels"}
PLACES = Places(
    "https://git.example/fork/blob/1/entries", "https://git.example/base/blob/2/entries", "https://ci.example/7"
)


def report_of(**parts: object) -> Report:
    return read_report(json.dumps({"version": 1, **parts}).encode())


def test_the_comment_links_new_entries_where_they_are_and_known_ones_where_they_were():
    known = {"id": "git/lock", "file": "git/lock.md", "title": "Lock", "tier": "exact", "score": 1.0}
    text = to_markdown(report_of(new=[{**NEW, "known": [known]}]), PLACES)
    assert "[`Eels`](https://git.example/fork/blob/1/entries/pip/eels.md)" in text
    assert "[`Lock`](https://git.example/base/blob/2/entries/git/lock.md)" in text
    assert "[the built site](https://ci.example/7)" in text


def test_the_comment_says_how_a_vanishing_address_is_kept():
    renamed = {"id": "git/b", "file": "git/b.md", "title": "B", "former_id": "git/a", "keeps_address": False}
    text = to_markdown(report_of(renamed=[renamed], vanished=["git/a"]))
    assert "aliases: [git/a]" in text
    assert "`/git/a/`" in text


HOSTILE = [
    "@everyone look",
    "<img src=x onerror=alert(1)>",
    "[free money](https://evil.example)",
    "`code` ``more`` `",
    "``` fence",
    "closes #1, fixes owner/name#2",
    "https://evil.example/",
    ":tada: **bold** _it_ ~~x~~",
    "<!-- kb: what this pull request changes -->",
    "</details></code>",
    "line\nbreak\n## heading",
    "a | b | c",
    "\u202egnp.exe\u200b\x1b[31m",
    "\\`",
    "",
    " ",
]


def rendered(markdown: str) -> str:
    """HTML as GitHub renders the Markdown, with raw HTML let through: what GitHub itself would still sanitise."""
    options = comrak.ExtensionOptions()
    for name in ("autolink", "table", "strikethrough", "tasklist", "footnotes"):
        setattr(options, name, True)
    rendering = comrak.RenderOptions()
    rendering.unsafe_ = True
    return comrak.render_markdown(markdown, extension_options=options, render_options=rendering)


def skeleton(html: str) -> list[str]:
    """The tags of a document, what stands in code aside."""
    return re.findall(r"<(/?\w+[^>]*)>|<!--", re.sub(r"<code>.*?</code>", "<code></code>", html, flags=re.DOTALL))


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_text_in_a_code_span_whatever_it_says(title):
    parts = {
        "new": [{**NEW, "title": title, "known": [{**NEW, "title": title, "tier": "likely", "score": 0.5}]}],
        "changed": [{**NEW, "title": title, "former_title": title, "parts": ["title"]}],
        "removed": [{"id": "git/a", "title": title}],
    }
    plain = {
        "new": [{**NEW, "known": [{**NEW, "tier": "likely", "score": 0.5}]}],
        "changed": [{**NEW, "former_title": "Eels", "parts": ["title"]}],
        "removed": [{"id": "git/a", "title": "Eels"}],
    }

    hostile, harmless = (to_markdown(report_of(**found), PLACES) for found in (parts, plain))
    assert skeleton(rendered(hostile)) == skeleton(rendered(harmless))
    assert hostile.count("\n") == harmless.count("\n")
    assert not set("\u202e\u200b\x1b") & set(hostile)


def test_a_long_comment_is_cut_and_says_so():
    items = [
        {**NEW, "title": "`" * 300, "known": [{**NEW, "title": "`" * 300, "tier": "exact", "score": 1.0}] * 5}
    ] * 300
    text = to_markdown(report_of(new=items, changed=[{**NEW, "title": "`" * 300, "parts": ["title"]}] * 300), PLACES)
    assert len(text) <= 60_000
    assert "more" in text


def test_a_long_list_is_counted():
    assert "and 70 more" in to_markdown(report_of(new=[NEW] * 100))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"not json",
        b"\xff\xfe",
        b'{"version": 2}',
        b'{"surprise": 1}',
        b'{"new": [{"id": "../../etc", "file": "pip/eels.md", "title": "x"}]}',
        b'{"new": [{"id": "pip/eels", "file": "pip/eels.md)](https://evil.example", "title": "x"}]}',
        b'{"new": [{"id": "pip/eels", "file": "pip/../eels.md", "title": "x"}]}',
        b'{"changed": [{"id": "pip/eels", "file": "pip/eels.md", "title": "x", "parts": ["@everyone"]}]}',
        b'{"vanished": ["a/b\\n"]}',
        b'{"unreadable": -1}',
        b'{"new": ' + b"[" * 5000,
        json.dumps({"new": [NEW] * 301}).encode(),
        json.dumps({"new": [{**NEW, "title": "x" * 301}]}).encode(),
        b" " * 1_000_001,
    ],
)
def test_a_report_that_is_not_as_expected_is_refused(content):
    with pytest.raises(ReportError):
        read_report(content)


def test_a_rule_that_an_entry_waives_is_shown_with_its_reason(clone):
    waive = {"KB507": "it is `empty` then"}
    clone.folder.entry("git/old.md", aliases=["git/older"], waive=waive)
    clone.commit("waiving")
    assert [(one.id, one.code, one.reason) for one in clone.report().waived] == [
        ("git/old", "KB507", "it is `empty` then")
    ]
    text = to_markdown(clone.report())
    assert "### Rules waived\n\n- `git/old` waives KB507: ``it is `empty` then``\n" in text
    clone.folder.entry(
        "git/old.md", aliases=["git/older"], title="Another title", waive={"KB507": "it is `empty` then"}
    )
    assert clone.report("waiving").waived == ()


def test_translations_that_change_and_those_that_are_older_are_told(clone, folder):
    digest = text_digest(clone.folder.load().by_id["git/old"])
    folder.entry("git/index-lock.md", lang="en", title="The index is locked", signatures=SIGNATURES)
    for name in ("git/old.de.md", "git/old.fr.md", "git/index-lock.de.md"):
        folder.file(name, f"---\ntitle: Alt\ntranslates: '{digest}'\n---\n")
    clone.commit("translated")
    (folder.root / "git/old.fr.md").unlink()
    folder.file("git/old.ja.md", f"---\ntitle: Alt\ntranslates: '{digest}'\n---\n")
    folder.entry("git/index-lock.md", lang="en", title="Now another title", signatures=SIGNATURES)
    report = clone.report("translated")
    told = [(one.id, one.language, one.change, one.is_older) for one in report.translations]
    assert told == [
        ("git/index-lock", "de", "kept", True),
        ("git/old", "fr", "removed", False),
        ("git/old", "ja", "new", False),
    ]
    assert (report.unreadable, [one.id for one in report.changed]) == (0, ["git/index-lock"])
    assert "`git/index-lock` in `de` is as it was; **it may be older than its entry**" in to_markdown(report)
    assert read_report(report.model_dump_json().encode()) == report
    assert "KB601" not in clone.kb("check", "--against", "translated").stdout
