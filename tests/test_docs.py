"""What is written about the project is true: paths that are named exist, verbs and rules are all in README."""

import ast
import io
import os
import re
import subprocess
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kb.checks import all_rules
from kb.cli.main import VERBS

ROOT = Path(__file__).parents[1]
TRACKED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT,
    capture_output=True,
    text=True,
    check=True,
).stdout.splitlines()
FOLDERS = {folder.as_posix() for path in TRACKED for folder in Path(path).parents}
TOP = {path.partition("/")[0] for path in TRACKED}
ALL_LINES = re.MULTILINE | re.DOTALL
ENDINGS = "py|md|json|jsonl|ya?ml|js|mjs|css|html|toml|lock|txt|sh|in|bin|xml"
FILE = rf"(?:[\w.<>*-]+/)*[\w.<>*-]*[\w>*]\.(?:{ENDINGS})"
NAMED = re.compile(rf"(?<![\w./<>{{}}:*-])({FILE}|(?:{'|'.join(map(re.escape, TOP))})/[\w./<>*-]*)(?![\w/])")
"""A file by its ending, or a path that starts with a folder of this repository."""

MADE_ELSEWHERE = {
    *("llms.txt", "llms-full.txt", "root.json", "keys.bin", "schema/entry.schema.json", "kb/bundled"),  # by a build
    *("SKILL.md", "index.md", "api/v1/entries/<product>/<slug>.json"),  # too
    *("direct_url.json", "package.json", "package-lock.json", "requirements.txt", "Node.js"),  # by other programs
    *(".kb-base.json", "constraints.txt", "skills/known-fixes/hook.js"),  # by `kb init`, elsewhere
    *(".vscode/tasks.json", "opencode.json", "config.toml", ".opencode/plugin/known-fixes.js"),  # by whoever uses these
    *("comment.md", "renewal.md", "report.json", "changes.md", "json.py"),  # by a workflow's run
    *(".gitlab-ci.yml", ".gitlab/blocked-voters.txt", "nginx.conf", "wrangler.toml"),  # by `kb init`, and by a keeper
    *("imported.jsonl", "posts.json", "comments.json", "tags.json"),  # by `kb import`, and by what it reads
    *(".github/blocked-voters.txt", "entries/python/port-in-use.yml"),  # by whoever keeps a knowledge base
}
"""Files that comments name, and that are not in this repository."""

EXAMPLES = re.compile(r"(?:^|/)(?:page|x|i|a|b)\.\w+$|^(?:\.\./)?[\w-]+/[\w-]+\.md$|/?\.git/")
"""Names of files that nobody has: those of made-up entries, and of what somebody's error shows."""
STANDS_FOR_ANY = re.compile(r"<[\w-]+>|\*+|NAME")


NOT_OURS = ("entries/", "tests/data/", "findings/")
"""What speaks of other software's files."""


def sources() -> list[str]:
    kept = (".py", ".js", ".mjs", ".css", ".md", ".yml", ".yaml", ".toml", ".sh")
    return [path for path in TRACKED if path.endswith(kept) and not path.startswith(NOT_OURS)]


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of each comment and docstring; of Markdown, each code span."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string
        for node in ast.walk(ast.parse(text)):
            if (
                isinstance(node, ast.Expr)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                yield node.lineno, " ".join(re.findall(r"`[^`\n]+`|(?<=python )\S+", node.value.value))
    elif path.suffix == ".md":
        prose = re.sub(r"^(`{3,}).*?^\1`*$", lambda block: "\n" * block[0].count("\n"), text, flags=ALL_LINES)
        for number, line in enumerate(prose.split("\n"), 1):
            yield number, " ".join([*re.findall(r"`[^`]+`", line), *re.findall(r"\]\(((?!https?:)[^)#]+)", line)])
    elif path.suffix in (".js", ".mjs", ".css"):
        for found in re.finditer(r"/\*.*?\*/|(?<!:)//[^\n]*", text, re.DOTALL):
            yield text.count("\n", 0, found.start()) + 1, " ".join(re.findall(r"`[^`\n]+`", found[0]))
    else:
        for number, line in enumerate(text.split("\n"), 1):
            yield number, line.partition("# ")[2]


ENDS = {path.split("/", skipped)[-1] for path in {*TRACKED, *FOLDERS} for skipped in range(path.count("/") + 1)}
"""Every path, and what is left of it without some of its first folders: as such a path may be named, too."""


@cache
def exists(name: str) -> bool:
    name = name.removeprefix("./").rstrip("/").removesuffix(".")
    if name in MADE_ELSEWHERE or EXAMPLES.search(name):
        return True
    parts = map(re.escape, STANDS_FOR_ANY.split(name))
    return name in ENDS or any(map(re.compile("[^/]+".join(parts)).fullmatch, ENDS))


@pytest.mark.parametrize("name", sources())
def test_a_path_that_a_comment_names_exists(name):
    missing = [
        f"{name}:{line} names {found[1]}, which does not exist"
        for line, text in comments(ROOT / name)
        for found in NAMED.finditer(text)
        if not exists(found[1])
    ]
    assert missing == []


@pytest.mark.parametrize(
    "name", ["tests/data/match/fill.jsonl", "keys/<n>.json", "kb/checks/nothing.py", "kb/nowhere/"]
)
def test_a_path_that_does_not_exist_would_be_found(name):
    (found,) = NAMED.findall(f"The vectors stand in `{name}`.")
    assert not exists(found)


def test_every_verb_is_in_the_tables_of_readme():
    text = (ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"^\| `kb (\w+)", text, re.MULTILINE))
    assert named == set(VERBS)


def test_every_rule_is_in_the_table_of_readme():
    path = ROOT / "README.md"
    start, end = "with KB_UPDATE_SNAPSHOTS=1 -->\n", "<!-- end of rules -->"
    before, _, rest = path.read_text("utf-8").partition(start)
    table, _, after = rest.partition(end)
    rows = [f"| {code} | `{rule.name}` | {rule.summary} |\n" for code, rule in all_rules().items()]
    expected = "".join(["\n| Code | Name | What it finds |\n| --- | --- | --- |\n", *rows, "\n"])
    if os.environ.get("KB_UPDATE_SNAPSHOTS"):
        path.write_text(before + start + expected + end + after, "utf-8")
        table = expected
    assert table == expected
