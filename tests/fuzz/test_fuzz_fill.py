"""Target `fill`: a stranger's value in the commands of a fix never runs, and arrives whole where it is put in.

The copied code is run by real shells, in a folder of its own where no program is to be found but some that
tell their arguments, and `probe`, which only values name: it leaves a file, and may never be reached.
"""

import contextlib
import functools
import json
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path
from typing import Final

import yaml
from command import kb
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

# No letters but those of `probe`, no slash, no lone parenthesis: nothing that these can spell is of any harm.
HOSTILE = st.sampled_from(
    ("$(probe)", "`probe`", ";probe;", "|probe", "&probe&", "||probe||", "&&probe", "(probe)", "probe()", "<(probe)",
     "${x:-$(probe)}", "$x", "${x", "}", "$((", "))", "'", '"', "\\", "`", "$", "!", "!!", "#", "*", "?", "[", "]", "~",
     "{", ",", "<", ">", ";", "&", "|", "=", ":", "%", "^", "@", "+", "-", "--", " ", "  ", "E", "EOF", "\u2019",
     "\u2018", "\u201c", "\u201e", "e\u0301", "%x%", "{{x}}", "{{v}}", "');probe();('", "'''", '"""', '+probe()+"',
     "{probe()}",
     "'; create table probe(x); --", "```", "~~~", "$[probe]", "@(probe)", "{x,x}")
)  # fmt: skip
PLAIN = st.sampled_from(
    ("x", "0", "1", "x-1", "x.x", "x_x", "x x", "x/x", "./x", "x@1", "'x'", "x.x:0", "0x1", "\u00e9")
)
VALUES = PLAIN | st.lists(PLAIN | HOSTILE, min_size=1, max_size=6).map("".join)

HOLE: Final = "{{v}}"
PROGRAMS: Final = ("stat", "npm", "pip", "grep", "curl", "ls", "cat")
"""What code calls: here they all do nothing but tell their arguments."""
SHELL_PLACES = (
    "stat {{v}}", "stat '{{v}}'", 'stat "{{v}}"', "stat a{{v}}b", "stat --x={{v}}", "stat {{v}} {{v}}",
    'stat "$(stat {{v}})"', 'stat "$(stat "{{v}}")"', "stat `stat {{v}}`", 'stat "`stat {{v}}`"', "x={{v}}; stat x",
    "stat x # {{v}}", "# it's\nstat {{v}}", "sh -c 'stat {{v}}'", 'sh -c "stat {{v}}"', "eval stat {{v}}",
    "eval 'stat {{v}}'", "stat $(({{v}}))", "stat ${x:-{{v}}}", "stat \"${x:-{{v}}}\"",
    "case {{v}} in x) stat x;; esac", "stat <<E\n{{v}}\nE", "stat <<'E'\n{{v}}\nE", "stat <<< {{v}}",
    "for x in {{v}}; do stat x; done", "[ x = {{v}} ] && stat x", "stat \\\n  {{v}}", "stat $'{{v}}'",
    "stat $\"{{v}}\"", "x() { stat {{v}}; }; x", "( stat {{v}} )", "stat > {{v}}", "{{v}}", "$ stat {{v}}",
    "alias x='stat {{v}}'", "stat 'x'{{v}}\"x\"", "stat \"x\"'{{v}}'", "trap 'stat {{v}}' EXIT", "stat {{v}} | stat",
    "if stat {{v}}; then stat x; fi", "stat x\\{{v}}", "npm install {{v}}", "pip install '{{v}}'", "grep \"{{v}}\" x",
    "curl -x {{v}} x", "ls -l {{v}}/x", "cat {{v}} > x",
)  # fmt: skip
WHOLE_PLACES: Final = {"stat {{v}}", "stat '{{v}}'", 'stat "{{v}}"', "# it's\nstat {{v}}", "stat \\\n  {{v}}"}
"""Where a filled hole is one argument, and that is the value."""
PYTHON_PLACES = (
    "print({{v}})", "print('{{v}}')", 'print("{{v}}")', "print('''{{v}}''')", "print(r'{{v}}')", "print(f'{{{v}}}')",
    "print(f'{{v}}')", "x = '{{v}}' # {{v}}\nprint(x)", "# {{v}}\nprint('x')", "print({'x': '{{v}}'})",
    "print('a' '{{v}}')", "print(b'{{v}}')",
)  # fmt: skip
DATA_PLACES = ('{"v": "{{v}}"}', '{"v": {{v}}}', '{"{{v}}": 1}')
SQL_PLACES = ("SELECT '{{v}}'", "SELECT {{v}}", 'SELECT "{{v}}"', "SELECT 1 -- {{v}}", "SELECT '{{v}}', {{v}}")
YAML_PLACES = ("v: {{v}}", "v: '{{v}}'", 'v: "{{v}}"', "v: [{{v}}]", "v: |\n  {{v}}", "# {{v}}\nv: x")

POSIX = (
    "sh",
    "bash",
    "shell",
    "zsh",
    "console",
    "Bash",
    "SH",
    "shell-session",
    "",
    "text",
    "bash {.a}",
    "sh title=x",
    "x-y",
)
CODES = st.one_of(
    st.tuples(st.sampled_from(POSIX), st.sampled_from(SHELL_PLACES)),
    st.tuples(st.just("fish"), st.sampled_from(SHELL_PLACES)),
    st.tuples(st.sampled_from(("python", "py", "Python", "python3")), st.sampled_from(PYTHON_PLACES)),
    st.tuples(st.sampled_from(("json", "JSON")), st.sampled_from(DATA_PLACES)),
    st.tuples(st.sampled_from(("yaml", "yml")), st.sampled_from(YAML_PLACES)),
    st.tuples(st.sampled_from(("sql", "SQL", "sqlite3")), st.sampled_from(SQL_PLACES)),
)
FRAMES = st.sampled_from(("```", "```", "```", "~~~", "````", "- ```", "1. ~~~", "> ```", "  ```", "    ", "`"))
TYPES = st.sampled_from(("", ":rest", ":word", ":path", ":quoted", ":int", ":hex", ":url"))


@settings(max_examples=30)
@given(code=CODES, frame=FRAMES, kind=TYPES, value=VALUES)
def test_a_value_in_a_fix_never_runs_and_arrives_whole(code, frame, kind, value):
    language, template = code
    base = bench()
    (base / "entries/git/a.md").write_text(ENTRY.format(kind=kind, step=framed(template, language, frame)), "utf-8")
    (base / "paste.txt").write_text(f"the widget factory stopped at {value}\n", "utf-8")
    found = kb("match", "--json", "paste.txt", folder=base)
    assert not found.stderr or "Nothing known" in found.stderr
    assume(found.returncode == 0)
    answer = json.loads(found.stdout.splitlines()[0])
    captured = answer["captures"].get("v")
    for copied in copyable(answer["workaround"]["markdown"]):
        if HOLE in template and (HOLE in copied.replace(captured or "\0", "") or "<v>" in copied):
            continue  # not filled, which is always right
        run = {"python": python, "json": as_json, "yaml": as_yaml, "sql": sql}.get(kind_of(language), shell)
        run(base / "run", copied, language, captured if template in WHOLE_PLACES else None)


ENTRY: Final = """\
---
title: Stopped
signatures:
  - text: "the widget factory stopped at {{{{v{kind}}}}}"
updated: 2026-01-02
---

## Summary

It stopped.

## Cause

Something.

## Workaround: Start it

{step}
"""


@functools.cache
def bench() -> Path:
    """A folder with an entry to fill in, and one to run in; it goes when the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="kb-fuzz-")
    _KEPT.append(folder)
    base = Path(folder.name)
    for name in ("entries/git", "run", "programs"):
        (base / name).mkdir(parents=True)
    (base / "entries/products.yml").write_text(
        "git: {name: Git, home: 'https://git-scm.com/', repository: git/git, category: x}\n"
    )
    (base / "entries/tools.yml").write_text("[]\n")
    tells = 'printf "%s\\0" "$@"'
    for name, script in {**dict.fromkeys(PROGRAMS, tells), "probe": "> probed"}.items():
        (base / "programs" / name).write_text(f"#!/bin/sh\n{script}\n")
        (base / "programs" / name).chmod(0o755)
    (base / "programs/sh").symlink_to(shutil.which("sh") or "/bin/sh")
    return base


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


def framed(code: str, language: str, frame: str) -> str:
    """Code in Markdown: a fence, in a list or quote, indented, or inside of a sentence."""
    if frame == "`":
        return f"Run `{code}`." if "\n" not in code and "`" not in code else framed(code, language, "```")
    if not frame.strip():
        return "Run it.\n\n" + "\n".join(f"    {line}" for line in code.split("\n"))
    marker, before = frame.lstrip("->1. "), frame[: len(frame) - len(frame.lstrip("->1. "))]
    rest = before if ">" in before else " " * len(before)
    lines = [f"{before}{marker}{language}", *(f"{rest}{line}" for line in code.split("\n")), f"{rest}{marker}"]
    return "\n".join(lines)


def copyable(markdown: str) -> list[str]:
    """The code that a reader sees in Markdown, as CommonMark has it."""
    found = []
    for token in MarkdownIt("commonmark").parse(markdown):
        if token.type in ("fence", "code_block"):
            found.append(token.content)
        found += [inline.content for inline in token.children or () if inline.type == "code_inline"]
    return found


def kind_of(language: str) -> str:
    name = language.lower()
    return next(
        (kind for kind in ("python", "json", "yaml", "sql") if name.startswith(kind)),
        {"py": "python", "yml": "yaml"}.get(name, ""),
    )


def shell(folder: Path, code: str, language: str, whole: str | None) -> None:
    """Shells that take the language run nothing of the value."""
    programs = folder.parent / "programs"
    for name in ("fish",) if language == "fish" else ("sh", "bash"):
        program = shutil.which(name)
        if program is None:
            continue
        shown = subprocess.run(
            [program, "-c", code.removeprefix("$ ")],
            cwd=folder,
            env={"PATH": str(programs), "HOME": str(folder), "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=20,
            check=False,
        )
        probed = [path.name for path in folder.iterdir() if path.name == "probed"]
        for left in folder.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        assert probed == [], (name, code)
        assert whole is None or shown.stdout == whole.encode() + b"\0", (name, code, shown)


def python(_folder: Path, code: str, _language: str, _whole: str | None) -> None:
    """Python calls what the value names as little."""
    probed: list[str] = []
    names = {"__builtins__": {}, "print": lambda *_: None, "probe": lambda *_: probed.append(code)}
    try:
        exec(compile(code, "copied", "exec"), names)
    except Exception:
        assert not probed, code
    assert not probed, code


def sql(_folder: Path, code: str, _language: str, _whole: str | None) -> None:
    """A database gets no table from a value."""
    with sqlite3.connect(":memory:") as database:
        with contextlib.suppress(sqlite3.Error):
            database.executescript(code)
        assert database.execute("select count(*) from sqlite_master").fetchone() == (0,), code


def as_json(_folder: Path, code: str, _language: str, _whole: str | None) -> None:
    """JSON is JSON, and has the one key that it had."""
    try:
        value = json.loads(code)
    except ValueError as error:
        raise AssertionError(code) from error
    assert len(value) == 1, code


def as_yaml(_folder: Path, code: str, _language: str, _whole: str | None) -> None:
    """YAML is YAML, and has the one key that it had."""
    try:
        value = yaml.safe_load(code)
    except yaml.YAMLError as error:
        raise AssertionError(code) from error
    assert isinstance(value, dict), code
    assert list(value) == ["v"], code
