"""By whatever door a value comes in, it stays data: `kb match`, `kb reply`, whose text the Action posts."""

import json

import pytest
from command import kb

from kb.entry import load_collection
from kb.match import build_index, fix_files, types_of

HOSTILE = (
    "os;print(1)",
    "os)+open(chr(112),chr(119)",
    "$(touch${IFS}pwned)",
    "`touch${IFS}pwned`",
    "x.__class__()",
    "os,sys;sys.exit(3)",
    "-rf",
    "lodash/../x",
)


@pytest.fixture(params=["match", "match as data", "match a site", "reply"])
def answer(request, repository_root, tmp_path):
    """A function that gives what a reader sees of the answer to a message."""

    site = ("--site", str(site_of(repository_root, tmp_path))) if request.param == "match a site" else ()

    def ask(message: str) -> str:
        if request.param == "reply":
            return kb("reply", "-", "--url", "https://x.example/", folder=repository_root, stdin=message).stdout
        (tmp_path / "message").write_text(message)
        if request.param == "match as data":
            found = kb("match", "--json", str(tmp_path / "message"), folder=repository_root).stdout
            return json.loads(found.splitlines()[0])["workaround"]["markdown"]
        return kb("match", *site, str(tmp_path / "message"), folder=repository_root).stdout

    return ask


def site_of(repository_root, folder):
    """The files of a site that matching reads."""
    entries = [each for each in load_collection(repository_root / "entries").entries if each.product == "python"]
    texts = [(entry.id, signature.text) for entry in entries for signature in entry.signatures]
    fixes = [
        {"id": each.id, "title": each.title, "product": each.product, "summary": each.summary, "html": "",
         "step": each.workarounds[0].title, "markdown": each.workarounds[0].body,
         "types": types_of(signature.text for signature in each.signatures)}
        for each in entries
    ]  # fmt: skip
    files = {f"match/index/{name}": content for name, content in build_index(texts).items()}
    files |= {f"match/fixes/{name}": content for name, content in fix_files(fixes).items()}
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def commands(shown: str) -> list[str]:
    return [line.strip() for line in shown.split("\n") if line.strip().startswith("python -")]


def test_the_value_of_a_message_stands_in_the_commands_of_the_answer(answer):
    shown = commands(answer("ModuleNotFoundError: No module named 'yaml'"))
    assert 'python -c "import yaml; print(yaml.__file__)"' in shown


@pytest.mark.parametrize("value", HOSTILE)
def test_what_could_be_code_does_not_go_into_code(answer, value):
    shown = commands(answer(f"ModuleNotFoundError: No module named '{value}'"))
    assert shown
    assert not [line for line in shown if value in line]
    assert any("< <module>" in line for line in shown)
