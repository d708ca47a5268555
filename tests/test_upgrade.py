"""`kb upgrade` brings a knowledge base of any former start to today's, and keeps what its keeper made of it."""

import json
import os
import re
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from bases import BLANKS, CHOSEN, SHAPES, commit, former_base, git, write
from command import kb

from kb import __version__
from kb.starting.files import former_starts
from kb.starting.former import former_start
from kb.starting.origin import ORIGIN, renewable
from kb.starting.renewal import upgrade_of
from kb.starting.start import origin_now, started
from kb.starting.upgrading import steps_of

ROOT = Path(__file__).parents[1]
STARTS = ROOT / "tests/data/starts"
TODAY = date(2026, 12, 1)
NOW = renewable(started(CHOSEN, BLANKS))
PINS = ("requirements.txt", "constraints.txt", "requirements-prove.txt")


@pytest.fixture
def old(tmp_path) -> Path:
    """A base as the first `kb init` started it."""
    return former_base(tmp_path / "acme")


@pytest.fixture
def fresh(tmp_path) -> Path:
    """A base as `kb init` starts it today."""
    base = tmp_path / "acme"
    write(base, {path: content.decode() for path, content in started(CHOSEN, BLANKS).items()})
    write(base, {ORIGIN: origin_now(CHOSEN, NOW).to_json()})
    git(base, "init", "--quiet")
    commit(base)
    return base


def texts_of(base: Path) -> dict[str, str]:
    return {path: (base / path).read_text("utf-8") for path in NOW if (base / path).is_file()}


def edit(base: Path, path: str, old: str, new: str) -> None:
    text = (base / path).read_text("utf-8")
    assert old in text
    (base / path).write_text(text.replace(old, new), "utf-8")


def lines(output: str, kind: str) -> set[str]:
    """What the report says of files of one kind."""
    return set(re.findall(rf"^  {kind} +(\S+)", output, re.MULTILINE))


def test_a_base_of_each_former_start_becomes_what_is_started_today():
    for number, shape in enumerate(SHAPES):
        former = former_start(shape, BLANKS)
        assert former
        steps = steps_of(former.texts, shape, NOW, version=__version__)
        assert {step.kind for step in steps} <= {"new", "renewed", "pinned"}, number
        texts = {**shape, **{step.path: step.text for step in steps}}
        assert {path for path in NOW if texts.get(path) != NOW[path]} <= {*PINS}, number


def test_the_former_starts_are_those_of_history():
    """Their texts stand in the package, so that no old release is needed. A shallow clone has some of them at most."""
    starts = former_starts()
    for shape in starts["shapes"]:
        tree = subprocess.run(
            ["git", "ls-tree", "-r", shape["commit"], "kb/starter"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if tree.returncode:
            continue
        found = re.findall(r" ([0-9a-f]{12})[0-9a-f]+\tkb/starter/((?!entries/).+)$", tree.stdout, re.MULTILINE)
        assert {path: blob for blob, path in found} == shape["files"]


def test_texts_of_former_starts_are_what_their_digests_say():
    texts = former_starts()["texts"]
    for digest, text in texts.items():
        finished = subprocess.run(
            ["git", "hash-object", "--stdin"], input="\n".join(text).encode(), capture_output=True, check=True
        )
        assert finished.stdout.decode().startswith(digest)


def released() -> list[str]:
    return re.findall(r"^## (\d\S*) \(", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)


def test_the_start_of_each_release_is_kept_and_can_be_upgraded(tmp_path):
    """KB_UPDATE_SNAPSHOTS=1 keeps that of the release that is made. What it names is what `kb init` wrote then."""
    if os.environ.get("KB_UPDATE_SNAPSHOTS") and __version__ in released():
        write(STARTS, {f"{__version__}.json": origin_now(CHOSEN, NOW).to_json()})
    kept = sorted(path.stem for path in STARTS.glob("*.json"))
    assert kept == sorted(released())
    for version in kept:
        base = tmp_path / version
        origin = (STARTS / f"{version}.json").read_text("utf-8")
        write(base, {path: "\n".join(text) for path, text in json.loads(origin)["texts"].items()} | {ORIGIN: origin})
        upgrade_of(base, (), TODAY).carry_out()
        texts = texts_of(base)
        assert {path for path in NOW if texts[path] != NOW[path]} <= {*PINS}


def test_what_was_edited_is_merged_and_what_was_removed_stays_away(old):
    edit(old, ".github/workflows/review.yml", "timeout-minutes: 30", "timeout-minutes: 45")
    edit(old, "mkdocs.yml", "theme:\n", "copyright: Acme, Inc.  # ours\ntheme:\n")
    edit(old, "README.md", "# Acme Fixes\n", "# Acme Fixes\n\nAsk Jo if you are lost.\n")
    with (old / "requirements.txt").open("a") as requirements:
        requirements.write("mkdocs-glightbox==0.4.0\n")
    git(old, "rm", "--quiet", ".github/workflows/votes.yml")
    commit(old)
    before = git(old, "ls-files", "--stage", "entries")
    finished = kb("upgrade", folder=old)
    assert (finished.returncode, finished.stderr) == (0, "")
    assert "This base has no .kb-base.json. By its files it was started by a kb of 2026-11-24" in finished.stdout
    assert "timeout-minutes: 45" in (old / ".github/workflows/review.yml").read_text("utf-8")
    assert "copyright: Acme, Inc.  # ours\n" in (old / "mkdocs.yml").read_text("utf-8")
    assert "\nmkdocs-glightbox==0.4.0\n" in (old / "requirements.txt").read_text("utf-8")
    readme = (old / "README.md").read_text("utf-8")
    assert "Ask Jo if you are lost." in readme
    assert "| Prove | tries all recipes each week" in readme
    assert not (old / ".github/workflows/votes.yml").exists()
    assert lines(finished.stdout, "merged") == {"README.md", ".github/workflows/review.yml"}
    assert lines(finished.stdout, "left") == {".github/workflows/votes.yml"}
    assert ".github/workflows/prove.yml" in lines(finished.stdout, "new")
    assert "What changed for you:\n  - " in finished.stdout
    assert git(old, "ls-files", "--stage", "entries") == before
    commit(old)
    again = kb("upgrade", folder=old)
    assert again.stdout.startswith("Nothing to do")


def test_a_conflict_is_named_by_file_and_line_and_both_texts_stand_there(old):
    edit(
        old,
        "scripts/build.py",
        "Of two builds" if "Of two" in SHAPES[0]["scripts/build.py"] else "import os\n",
        "import abc\n",
    )
    commit(old)
    finished = kb("upgrade", folder=old)
    assert finished.returncode == 1
    (place,) = lines(finished.stdout, "conflict")
    path, _, line = place.partition(":")
    assert path == "scripts/build.py"
    text = (old / path).read_text("utf-8")
    assert text.split("\n")[int(line) - 1] == "<<<<<<< yours"
    assert f">>>>>>> kb {__version__}" in text
    assert "import abc\n" in text
    assert f"first in {place}" in finished.stdout


def test_nothing_is_written_over_what_no_commit_has(old):
    edit(old, "README.md", "# Acme Fixes\n", "# Our fixes\n")
    (old / "notes.txt").write_text("mine")
    refused = kb("upgrade", folder=old)
    assert refused.returncode == 2
    assert "not committed yet, and the upgrade would change it:\n  README.md\nCommit" in refused.stderr
    assert git(old, "status", "--porcelain") == " M README.md\n?? notes.txt\n"
    assert kb("upgrade", "--force", folder=old).returncode == 0
    assert (old / "README.md").read_text("utf-8").startswith("# Our fixes\n")


def test_outside_of_a_repository_it_has_to_be_forced(tmp_path):
    write(tmp_path / "acme", SHAPES[0])
    refused = kb("upgrade", str(tmp_path / "acme"))
    assert refused.returncode == 2
    assert "--force does without" in refused.stderr
    assert not (tmp_path / "acme" / ORIGIN).exists()


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_what_would_change_is_shown_without_a_change(old, option):
    shown = kb("upgrade", option, folder=old)
    assert shown.returncode == 0
    assert "renewed" in shown.stdout
    assert ("+++ scripts/environment.py" in shown.stdout) == (option == "--diff")
    assert git(old, "status", "--porcelain") == ""


def test_a_base_that_was_just_started_has_nothing_to_do(fresh):
    finished = kb("upgrade", folder=fresh)
    assert (finished.returncode, finished.stdout.splitlines()[-1]) == (
        0,
        "To go to another release: kb upgrade --to VERSION",
    )
    assert git(fresh, "status", "--porcelain") == ""


def test_a_start_says_from_what_it_was_made(tmp_path):
    started_now = kb("init", str(tmp_path / "acme"), "--name", "Acme", "--repo", "acme/fixes", "--product", "X")
    assert started_now.returncode == 0
    origin = json.loads((tmp_path / "acme" / ORIGIN).read_text("utf-8"))
    assert (origin["version"], origin["answers"]["name"]) == (__version__, "Acme")
    assert {
        path
        for path, text in origin["texts"].items()
        if (tmp_path / "acme" / path).read_text("utf-8") != "\n".join(text)
    } == set()
    assert not any(path.startswith("entries") for path in origin["texts"])


def test_what_is_renewed_has_the_name_and_address_that_the_base_has_now(fresh):
    """They moved since it was started."""
    edit(fresh, "mkdocs.yml", "https://acme.github.io/fixes/", "https://fixes.acme.example/")
    edit(fresh, "mkdocs.yml", '"Acme Fixes"', '"Acme knows"')
    commit(fresh)
    assert kb("upgrade", folder=fresh).returncode == 0
    assert "https://fixes.acme.example/schema/" in (fresh / ".vscode/settings.json").read_text("utf-8")
    assert (fresh / "README.md").read_text("utf-8").startswith("# Acme knows\n")
    assert git(fresh, "diff", "--name-only", "--", "mkdocs.yml") == ""


def test_a_base_of_a_newer_generator_is_left_alone(fresh):
    edit(fresh, ORIGIN, f'"version": "{__version__}"', '"version": "99.0"')
    refused = kb("upgrade", folder=fresh)
    assert refused.returncode == 2
    assert "kb upgrade --to 99.0" in refused.stderr


@pytest.mark.parametrize("text", ["", "[]", '{"version": "x"}', "{" * 5000])
def test_a_record_that_no_generator_wrote_is_refused_with_what_to_do(fresh, text):
    (fresh / ORIGIN).write_text(text)
    refused = kb("upgrade", folder=fresh)
    assert refused.returncode == 2
    assert "or remove it" in refused.stderr


def test_a_record_reaches_no_file_outside_of_what_a_start_writes(fresh):
    origin = json.loads((fresh / ORIGIN).read_text("utf-8"))
    (fresh.parent / "mine.txt").write_text("mine")
    entry = fresh / "entries/products.yml"
    origin["texts"] |= {"../mine.txt": ["mine"], "entries/products.yml": entry.read_text("utf-8").split("\n")}
    (fresh / ORIGIN).write_text(json.dumps(origin))
    assert kb("upgrade", "--force", folder=fresh).returncode == 0
    assert (fresh.parent / "mine.txt").exists()
    assert entry.exists()


def test_a_folder_that_kb_init_did_not_start_is_refused(tmp_path):
    empty = kb("upgrade", str(tmp_path))
    assert (empty.returncode, "has no mkdocs.yml" in empty.stderr) == (2, True)
    (tmp_path / "mkdocs.yml").write_text("site_name: A\nrepo_url: https://github.com/a/b\n")
    other = kb("upgrade", str(tmp_path))
    assert (other.returncode, "nothing to compare with" in other.stderr) == (2, True)


def test_a_link_is_not_written_through(old, tmp_path):
    (tmp_path / "shared.yml").write_text("shared")
    (old / ".gitignore").unlink()
    (old / ".gitignore").symlink_to(tmp_path / "shared.yml")
    commit(old)
    finished = kb("upgrade", folder=old)
    assert lines(finished.stdout, "left") == {".gitignore"}
    assert (tmp_path / "shared.yml").read_text() == "shared"


def test_another_release_is_installed_for_one_run_and_does_the_upgrade(old, tmp_path, monkeypatch, capfd):
    """A stand-in for the release says with what it was called."""
    wheel = tmp_path / "index/known_fixes-99.1-py3-none-any.whl"
    wheel.parent.mkdir()
    info = "known_fixes-99.1.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(
            "stand_in.py", "import sys\ndef main():\n    print('99.1 runs', *sys.argv[1:])\n    sys.exit(1)\n"
        )
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: known-fixes\nVersion: 99.1\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/entry_points.txt", "[console_scripts]\nkb = stand_in:main\n")
        archive.writestr(f"{info}/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheel.parent))
    finished = kb("upgrade", str(old), "--to", "99.1", "--diff")
    assert finished.returncode == 1
    assert finished.stderr == "Installing known-fixes==99.1 for this run\n"
    assert capfd.readouterr().out == f"99.1 runs upgrade {old} --diff\n"
    missing = kb("upgrade", str(old), "--to", "99.2")
    assert missing.returncode == 1
    assert "known-fixes==99.2 can't be installed" in missing.stderr
    assert git(old, "status", "--porcelain") == ""
