"""The workflows: linted, pinned, with few rights. Those of `kb init` are the same (`test_init.py`)."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".github/workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
PROGRAMS = Path(sys.executable).parent

each_workflow = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)


def load(path: Path) -> dict[str, dict]:
    """A workflow. YAML 1.1 takes the key `on` for a boolean."""
    value = yaml.safe_load(path.read_text("utf-8"))
    return {"on" if key is True else key: held for key, held in value.items()}


def steps(path: Path) -> list[dict]:
    return [step for job in load(path)["jobs"].values() for step in job.get("steps", ())]


# Linters.


def test_zizmor_finds_nothing():
    command = [PROGRAMS / "zizmor", "--offline", "--persona", "pedantic", "--no-progress", FOLDER.parent]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout
    assert "No findings" in finished.stdout + finished.stderr


def test_actionlint_finds_nothing():
    command = [PROGRAMS / "actionlint", "-no-color", *WORKFLOWS]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr


@pytest.mark.parametrize("name", ["zizmor", "actionlint"])
def test_the_linters_would_find_something(tmp_path, name):
    file = tmp_path / ".github/workflows/bad.yml"
    file.parent.mkdir(parents=True)
    file.write_text(
        "name: Bad\non: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"
        "      - run: echo ${{ github.event.pull_request.title }}\n"
    )
    options = ["--offline"] if name == "zizmor" else []
    finished = subprocess.run([PROGRAMS / name, *options, file], capture_output=True, check=False)
    assert finished.returncode != 0


# Rights.


@each_workflow
def test_an_action_of_others_is_pinned_by_digest_with_its_version(workflow):
    used = re.findall(r"uses: *(\S+)(.*)", workflow.read_text("utf-8"))
    loose = [use for use, rest in used if not re.fullmatch(r"[\w-]+/[\w/-]+@[0-9a-f]{40}", use) or "# v" not in rest]
    assert loose == []


def test_an_action_is_pinned_to_the_same_version_everywhere():
    used = {use for path in WORKFLOWS for use in re.findall(r"uses: *(\S+)", path.read_text("utf-8"))}
    names = [use.partition("@")[0] for use in used]
    assert len(names) == len(set(names))


@each_workflow
def test_no_workflow_runs_a_strangers_code_with_the_repositorys_rights(workflow):
    content = load(workflow)
    assert "pull_request_target" not in content["on"]
    if "pull_request" in content["on"]:
        rights = [content.get("permissions"), *(job.get("permissions") for job in content["jobs"].values())]
        assert [held for held in rights if held not in (None, {}, {"contents": "read"})] == []
        assert "secrets." not in workflow.read_text("utf-8")


@each_workflow
def test_a_workflow_has_no_rights_but_those_that_a_job_asks_for(workflow):
    content = load(workflow)
    assert content["permissions"] in ({}, {"contents": "read"})


@each_workflow
def test_no_job_runs_for_ever_and_no_checkout_leaves_its_token_behind(workflow):
    content = load(workflow)
    assert [name for name, job in content["jobs"].items() if "timeout-minutes" not in job] == []
    checkouts = [step for step in steps(workflow) if step.get("uses", "").startswith("actions/checkout@")]
    assert [step for step in checkouts if step["with"].get("persist-credentials") is not False] == []


@each_workflow
def test_nothing_is_put_into_a_command_by_the_workflow_itself(workflow):
    assert [step["run"] for step in steps(workflow) if "${{" in step.get("run", "")] == []


def test_what_follows_a_review_checks_out_the_default_branch():
    checkouts = [step for step in steps(FOLDER / "comment.yml") if step.get("uses", "").startswith("actions/checkout@")]
    assert [step["with"]["ref"] for step in checkouts] == ["${{ github.event.repository.default_branch }}"] * 2


def writes(job: dict) -> bool:
    return "write" in (job.get("permissions") or {}).values()


@each_workflow
def test_a_job_that_may_write_installs_nothing_and_runs_nothing_that_was_installed(workflow):
    """What it needs comes with the runner: git, gh, jq and the scripts of the default branch."""
    jobs = load(workflow)["jobs"].values()
    run = [step["run"] for job in jobs if writes(job) for step in job["steps"] if "run" in step]
    programs = re.compile(r"\b(python3?|pip3?|npm|npx|uv|kb|apt(-get)?|curl|wget)\b|\.venv|environment\.py")
    assert [text for text in run if programs.search(re.sub(r"#.*|'[^']*'|\"[^\"]*\"", "", text))] == []


@pytest.mark.parametrize("script", sorted((FOLDER.parent / "scripts").glob("*.sh")), ids=lambda path: path.name)
def test_the_scripts_of_such_jobs_run_only_what_a_runner_has(script):
    text = re.sub(r"(?m)^\s*#.*", "", script.read_text("utf-8"))
    assert not re.search(r"\b(python3?|pip3?|npm|npx|uv|apt(-get)?|curl|wget|eval|source)\b", text)
    assert "set -euo pipefail" in text
    subprocess.run(["bash", "-n", script], check=True)


@each_workflow
def test_a_pull_request_is_not_looked_up_by_a_branch_s_name_alone(workflow):
    """Forks have branches of the same names: `own-pull.sh` asks for the repository's own."""
    assert "gh pr list" not in workflow.read_text("utf-8")


def test_facts_may_change_on_branches_of_the_repository_itself_alone():
    (step,) = (step for step in steps(FOLDER / "review.yml") if "FACTS" in step.get("env", {}))
    facts = " ".join(step["env"]["FACTS"].split())
    assert "pull_request.head.repo.full_name == github.repository &&" in facts
    assert re.findall(r'"([^"]+)"', facts) == ["refresh/github", "votes/count", "votes/recount"]
    assert all(
        f"`{branch}`" in (ROOT / "CONTRIBUTING.md").read_text("utf-8") for branch in re.findall(r'"([^"]+)"', facts)
    )


def test_what_action_yml_installs_has_hashes_or_lies_in_its_own_folder():
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    installs = [line for step in action["runs"]["steps"] for line in step["run"].splitlines() if "pip install" in line]
    assert len(installs) == 2
    assert "--require-hashes" in installs[0]
    assert {"--no-index", "--no-deps", "--no-build-isolation"} <= set(installs[1].split())


def test_the_action_runs_nothing_of_the_folder_that_it_is_called_in():
    """A checked-out `kb/` or `json.py` would be imported in place of what is meant."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    assert [
        step["run"] for step in action["runs"]["steps"] if "-m kb" in step["run"] and " -P -m kb" not in step["run"]
    ] == []
