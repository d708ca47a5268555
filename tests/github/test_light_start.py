"""GitHub's models take long to import: only verbs that ask GitHub pay for them."""

import subprocess
import sys

import pytest


def modules_after(code: str) -> set[str]:
    """The modules that a fresh Python has imported after running `code`."""
    command = [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("verb", ["check", "match", "rule"])
def test_a_verb_that_does_not_ask_github_does_not_import_it(verb):
    modules = modules_after(f"from kb.cli.main import main\nmain.get_command(None, {verb!r})")
    assert not modules & {"githubkit", "httpx", "kb.github"}


def test_asking_github_needs_none_of_its_thousand_models():
    modules = modules_after("from kb.github import client_from\nclient_from({}).close()")
    assert "githubkit" in modules
    assert not [name for name in modules if name.startswith("githubkit_schemas.v")]
