"""`kb init` starts a knowledge base of someone else's, which is built and checked at once with its own two commands."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from command import kb
from mkdocs.config import load_config

from kb.site.config import api_of

ROOT = Path(__file__).parents[1]
ACME = ("--name", "Acme Fixes", "--repo", "https://github.com/acme/fixes", "--product", "Acme CLI")


def init(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `kb init` where nobody can be asked."""
    return kb("init", str(folder), *arguments)


def run(base: Path, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of the knowledge base's scripts with the generator that is tested here."""
    command = [sys.executable, f"scripts/{script}.py", *arguments]
    environment = {**os.environ, "KB_PYTHON": sys.executable}
    return subprocess.run(command, cwd=base, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Path:
    """A knowledge base that was just started."""
    folder = tmp_path_factory.mktemp("init") / "acme"
    finished = init(folder, *ACME)
    assert finished.returncode == 0, finished.stderr
    return folder


@pytest.fixture(scope="module")
def site(base) -> Path:
    """Its site, built with the command that its README names first."""
    finished = run(base, "build")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return base / "site"


def test_the_first_command_builds_the_site(site):
    page = (site / "acme-cli/port-in-use/index.html").read_text("utf-8")
    assert "Port already in use" in page
    assert (site / "search/index/root.json").exists()


def test_the_site_carries_the_new_name_and_addresses(site):
    home = (site / "index.html").read_text("utf-8")
    assert "Acme Fixes" in home
    assert "https://github.com/acme/fixes" in home
    assert "https://acme.github.io/fixes/" in (site / "sitemap.xml").read_text("utf-8")


def test_votes_go_to_the_new_repository(site):
    page = (site / "acme-cli/port-in-use/index.html").read_text("utf-8")
    assert "https://github.com/acme/fixes/issues/new?template=vote.yml" in page


def test_nothing_of_the_generators_own_knowledge_base_is_left(base, site):
    written = [path for path in base.rglob("*") if path.is_file() and not path.is_relative_to(site)]
    texts = {path: path.read_text("utf-8") for path in written if path.suffix != ".pyc"}
    assert [path for path, text in texts.items() if "known-fixes.github.io" in text or "Known Fixes" in text] == []
    assert [path for path, text in texts.items() if "@@" in text] == []


def test_the_second_command_checks_the_entries(base):
    finished = run(base, "test")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "no problems" in finished.stdout


def test_the_second_command_fails_with_the_line_of_a_bad_entry(tmp_path):
    init(tmp_path / "acme", *ACME)
    entry = tmp_path / "acme/entries/acme-cli/port-in-use.md"
    entry.write_text(entry.read_text("utf-8").replace("title:", "titel:"), "utf-8")
    finished = run(tmp_path / "acme", "test")
    assert finished.returncode == 1
    assert "entries/acme-cli/port-in-use.md:2:1: KB104" in finished.stdout


def test_the_generator_is_pinned(base):
    assert "\nknown-fixes" in (base / "requirements.txt").read_text("utf-8")
    constraints = (base / "constraints.txt").read_text("utf-8").splitlines()
    names = {line.partition("==")[0].lower() for line in constraints if "==" in line}
    assert {"mkdocs", "mkdocs-material", "pydantic", "nh3"} <= names


def test_what_recipes_take_besides_is_pinned_too(base):
    lines = (base / "requirements-prove.txt").read_text("utf-8").splitlines()
    assert [re.sub(r"==\d[\w.]*", "==…", line) for line in lines if not line.startswith("#")] == [
        "sandlock==…; sys_platform == 'linux'",
        "uv==…",
    ]


def test_another_generator_may_be_named(tmp_path):
    spec = "git+https://git.example.org/known-fixes@v1"
    init(tmp_path / "acme", *ACME, "--generator", spec)
    assert f"known-fixes @ {spec}\n" in (tmp_path / "acme/requirements.txt").read_text("utf-8")


@pytest.mark.parametrize("spec", ["flask==3", "not a requirement !", "known-fixes\n--index-url https://evil.example"])
def test_what_is_no_generator_is_refused(tmp_path, spec):
    finished = init(tmp_path / "acme", *ACME, "--generator", spec)
    assert finished.returncode == 2
    assert not (tmp_path / "acme").exists()


@pytest.mark.parametrize("name", ["environment", "build", "test"])
def test_the_scripts_are_good_python(base, name):
    """They are package data, which the checks of the generator's own code leave out."""
    command = [sys.executable, "-m", "ruff", "check", "--stdin-filename", f"scripts/{name}.py", "-"]
    script = (base / f"scripts/{name}.py").read_bytes()
    finished = subprocess.run(command, input=script, cwd=ROOT, capture_output=True, check=False)
    assert finished.returncode == 0, finished.stdout.decode()


STARTER = ROOT / "kb/starter"
SHARED = {
    STARTER / "scripts/build.py.in": ROOT / "scripts/build.py",
    **{
        STARTER / "dot-github" / path.relative_to(ROOT / ".github"): path
        for path in sorted((ROOT / ".github").rglob("*.*"))
        if path.suffix in (".yml", ".sh") and path.name not in ("ci.yml", "release.yml")  # of the generator
    },
}
"""Files of the starter -> those of the generator's own knowledge base. Both are used, so both are kept true."""


@pytest.mark.parametrize("copy", SHARED, ids=lambda path: path.name)
def test_what_a_new_knowledge_base_shares_with_the_generators_own_is_the_same(copy):
    """KB_UPDATE_SNAPSHOTS=1 copies it anew."""
    if os.environ.get("KB_UPDATE_SNAPSHOTS"):
        copy.write_bytes(SHARED[copy].read_bytes())
    assert copy.read_bytes() == SHARED[copy].read_bytes()


def test_a_new_knowledge_base_has_workflows_and_issue_forms(base):
    files = {path.name for path in (base / ".github").rglob("*.yml")}
    assert {
        "review.yml",
        "prove.yml",
        "comment.yml",
        "draft.yml",
        "pages.yml",
        "vote.yml",
        "new-fix.yml",
        "wrong-fix.yml",
    } <= files


def test_editors_find_the_schemas_that_the_site_publishes(base, site):
    schemas = json.loads((base / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    assert len(schemas) == 4
    for address in schemas:
        assert (site / address.removeprefix("https://acme.github.io/fixes/")).is_file()


def test_hooks_before_a_commit_are_the_generators_own(base):
    """They differ in where the command comes from."""
    own = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (repository,) = yaml.safe_load((base / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    from_venv = [hook | {"entry": f".venv/bin/{hook['entry']}", "language": "system"} for hook in own]
    assert repository == {"repo": "local", "hooks": from_venv}


@pytest.mark.parametrize(
    "text",
    [
        'Say "yes": no',
        "# {{ x }} $HOME ${{ y }} @@name",
        "<script>alert(1)</script>",
        "Ärger & Öl",
        "- 'a' %s",
        "'",
        "\\n",
    ],
)
def test_any_name_is_taken_as_it_is(tmp_path, text):
    finished = init(tmp_path / "base", "--name", text, "--repo", "https://github.com/acme/fixes", "--product", "X 1")
    assert finished.returncode == 0, finished.stderr
    assert load_config(str(tmp_path / "base/mkdocs.yml")).site_name == text


def test_the_repository_may_be_named_in_short(tmp_path):
    finished = init(tmp_path / "base", *ACME, "--repo", "acme/fixes")
    assert finished.returncode == 0, finished.stderr
    assert "https://github.com/acme/fixes" in (tmp_path / "base/mkdocs.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--repo", "acme"),
        ("--repo", "https://github.com/acme"),
        ("--repo", "https://github.com/acme/fixes: x"),
        ("--site-url", "javascript:alert(1)"),
        ("--site-url", 'https://a.example/"x'),
        ("--product", "tags"),
        ("--name", "two\nlines"),
        ("--name", "\u202egnirt"),
        ("--accent", "red"),
        ("--accent", "#ffff00"),
    ],
)
def test_what_can_not_work_is_refused_before_anything_is_written(tmp_path, option, value):
    finished = init(tmp_path / "base", *ACME, option, value)
    assert finished.returncode == 2
    assert option in finished.stderr
    assert "Traceback" not in finished.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_faint_color_is_refused_with_one_like_it_that_can_be_read(tmp_path):
    finished = init(tmp_path / "base", *ACME, "--accent", "#ffff00")
    assert "WCAG AA" in finished.stderr
    assert "#6e6e00" in finished.stderr


def test_what_is_missing_is_named_where_nobody_can_be_asked(tmp_path):
    finished = init(tmp_path / "base", "--name", "Acme")
    assert finished.returncode == 2
    assert "--repo, --product" in finished.stderr


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are POSIX's")
def test_what_is_missing_is_asked_for_in_a_terminal(tmp_path):
    import pty

    controller, terminal = pty.openpty()
    command = [sys.executable, "-c", "from kb.cli import main; main()", "init", str(tmp_path / "base"), *ACME[:4]]
    with subprocess.Popen(command, stdin=terminal, stdout=subprocess.PIPE, text=True) as process:
        os.write(controller, b"Rocket\n")
        said, _ = process.communicate()
    os.close(terminal)
    os.close(controller)
    assert "First product" in said
    assert (tmp_path / "base/entries/rocket").is_dir()


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    finished = init(tmp_path, *ACME)
    assert finished.returncode == 2
    assert "not an empty folder" in finished.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_empty_folder_may_be_used(tmp_path):
    assert init(tmp_path, *ACME).returncode == 0
    assert (tmp_path / "mkdocs.yml").exists()


def test_a_folder_that_can_not_be_written_is_named(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    finished = init(file / "base", *ACME)
    assert finished.returncode == 1
    assert "file/base" in finished.stderr
    assert "Traceback" not in finished.stderr


def test_another_repository_may_take_the_votes(tmp_path):
    init(tmp_path / "base", *ACME)
    config = tmp_path / "base/mkdocs.yml"
    options = "{search: false, feedback_url: 'https://github.com/acme/feedback'}"
    config.write_text(config.read_text("utf-8").replace("  - kb:\n      {}", f"  - kb: {options}"), "utf-8")
    finished = run(tmp_path / "base", "build")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    page = (tmp_path / "base/site/acme-cli/port-in-use/index.html").read_text("utf-8")
    assert "https://github.com/acme/feedback/issues/new?template=vote.yml" in page
    assert "https://github.com/acme/fixes/issues/new" not in page
    assert "https://github.com/acme/fixes/edit/main/entries/acme-cli/port-in-use.md" in page


ENTERPRISE = ("--name", "Acme Fixes", "--repo", "https://ghe.acme.example/platform/fixes", "--product", "Acme CLI")


def test_where_the_pages_of_another_host_are_has_to_be_said(tmp_path):
    finished = init(tmp_path / "acme", *ENTERPRISE)
    assert (finished.returncode, finished.stdout) == (2, "")
    assert "--site-url" in finished.stderr
    assert not (tmp_path / "acme").exists()


def test_a_base_on_an_enterprise_server_points_to_no_other_host(tmp_path):
    base = tmp_path / "acme"
    started = init(base, *ENTERPRISE, "--site-url", "https://fixes.acme.example/")
    assert started.returncode == 0, started.stderr
    finished = run(base, "build")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    report = (base / "site/report/index.html").read_text("utf-8")
    assert 'data-kb-api="https://ghe.acme.example/api/v3"' in report
    assert "connect-src 'self' https://ghe.acme.example;" in report
    entry = (base / "site/acme-cli/port-in-use/index.html").read_text("utf-8")
    assert "https://ghe.acme.example/platform/fixes/issues/new?template=vote.yml" in entry
    strangers = {
        path.relative_to(base).as_posix()
        for path in (base / "site").rglob("*.html")
        if "kb304" not in path.parts and re.search(r"https://(?:[\w.-]+\.)?github\.(?:com|io)", path.read_text("utf-8"))
    }
    assert strangers == set()


@pytest.mark.parametrize(
    ("repo", "api"),
    [
        ("https://github.com/acme/fixes", "https://api.github.com"),
        ("https://acme.ghe.com/platform/fixes", "https://api.acme.ghe.com"),
        ("https://GHE.acme.example/platform/fixes.git", "https://ghe.acme.example/api/v3"),
        (None, "https://api.github.com"),
    ],
)
def test_the_report_page_asks_the_api_of_the_repositorys_host(repo, api):
    assert api_of(repo) == api


def test_the_home_page_shows_what_the_base_itself_has(site):
    home = (site / "index.html").read_text("utf-8")
    assert "1 fix for 1 product." in home
    assert 'placeholder="The error, a log, or words from it"' in home


def test_a_base_in_another_language_is_written_without_another_question(tmp_path):
    assert init(tmp_path / "base", *ACME, "--language", "de").returncode == 0
    settings = (tmp_path / "base/mkdocs.yml").read_text("utf-8")
    assert "theme:\n  name: kb\n  language: de\nplugins:" in settings
    assert "Fehler von Acme CLI einfügen und bei der Lösung landen." in settings
    assert "\nlang: en\n" in (tmp_path / "base/entries/acme-cli/port-in-use.md").read_text("utf-8")
    refused = init(tmp_path / "other", *ACME, "--language", "xx")
    assert refused.returncode == 2
    assert "there are en, de, ja" in " ".join(refused.stderr.split())
