"""A reader's values in commands: real shells and interpreters get them as data, or they are not put in."""

import json
import shutil
import sqlite3
import subprocess
from pathlib import Path
from time import perf_counter

import pytest
import yaml

from kb.match import fill, fill_prose

from .filling_cases import FISH, NEVER, POSIX, TYPES, hostile_values

VALUES = hostile_values(400)
ALL = {"v": TYPES}
SHELLS = {"dash": "sh", "bash": "bash", "zsh": "zsh", "ksh": "ksh", "fish": "fish"}
"""Program -> the name of its language."""


@pytest.fixture(params=SHELLS)
def shell(request):
    if shutil.which(request.param) is None:
        pytest.skip(f"there is no {request.param} here; CI installs it")
    return request.param


def run(shell, script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    # History is on, so that `!` is tried too.
    history = "set -o history -o histexpand\n" if shell == "bash" else ""
    (folder / "script").write_text(history + script, encoding="utf-8")
    home = folder.parent / f"{folder.name}-home"
    home.mkdir(exist_ok=True)
    environ = {"PATH": "/usr/bin:/bin", "HOME": str(home), "LC_ALL": "C.UTF-8", "HISTFILE": "/dev/null"}
    command = [shell, *(["--no-config"] if shell == "fish" else ["-f"] if shell == "zsh" else []), "script"]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environ, check=False, timeout=120)


def test_a_shell_gets_thousands_of_values_as_they_are(shell, tmp_path):
    commands, expected = [], []
    for code, shown in (FISH if shell == "fish" else POSIX).values():
        for value in VALUES:
            filled = fill(code, SHELLS[shell], {"v": value}, ALL)
            if filled != fill(code, SHELLS[shell], {}, ALL):
                commands.append(filled)
                expected.append(shown.format(v=value))
    assert len(commands) > 800
    finished = run(shell, "\n".join(commands) + "\n", tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name != "script"] == []
    assert finished.stdout.split("\0")[:-1] == expected


@pytest.mark.parametrize("value", ["8000; touch pwned", "$(touch pwned)", "-rf", "--help", "+main", ":main", "=ls", "*",
    "/", "..", "a\nb", "a\tb", "\u202eab", "a\u200bb", "раypal", "x" * 501, "", " a", "a ", "\x1b[31mred"])  # fmt: skip
def test_what_is_no_name_path_or_number_stays_out_of_a_command(value):
    assert fill("ls {{v}}", "sh", {"v": value}, {"v": ("text",)}) == "ls < <v>"


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("int", "8000", "8000 x"),
        ("hex", "0xff", "fg"),
        ("word", "a$b", "a b"),
        ("path", "/srv/my app", "a|b"),
        ("url", "https://host.example/?a=b&c", "host"),
        ("text", "my file (1).txt", "a;b"),
        ("rest", "my file (1).txt", "a;b"),
    ],
)
def test_a_value_has_to_be_of_the_type_that_the_signature_gives(kind, good, bad):
    assert "<v>" not in fill("ls {{v}}", "sh", {"v": good}, {"v": (kind,)})
    assert fill("ls {{v}}", "sh", {"v": bad}, {"v": (kind,)}) == "ls < <v>"


@pytest.mark.parametrize(("language", "code"), NEVER, ids=[f"{language}: {code}" for language, code in NEVER])
def test_a_value_stays_out_where_it_could_become_code(language, code):
    unfilled = fill(code, language, {}, ALL)
    filled = {value for value in VALUES if fill(code, language, {"v": value}, ALL) != unfilled}
    assert {value for value in filled if not value.isdigit()} == set()


PACKAGE = ("requests", "@types/node", "foo==1.2", "pkg[extra]", "left-pad@1.3.0")
NOT_PACKAGE = ("lodash/fp", "git+https://host.example/x", "./x", "https://host.example/x.tgz", "a b", "x;y", "$(id)")


@pytest.mark.parametrize(
    "command", ["npm install {{v}}", "pip install {{v}}", "python -m pip install {{v}}", "apt install {{v}}"]
)
def test_a_package_manager_gets_a_package_not_an_address(command):
    assert all("<v>" not in fill(command, "sh", {"v": value}, ALL) for value in PACKAGE)
    assert all("<v>" in fill(command, "sh", {"v": value}, ALL) for value in NOT_PACKAGE)


ELSEWHERE = (
    ("git push -u origin {{v}}", "sh", "HEAD:main", "fix/login-2"),
    ("git fetch origin {{v}}", "sh", "main:main", "v1.2"),
    ("kubectl create -f {{v}}", "sh", "https://host.example/x.yaml", "deploy/x.yaml"),
    ("kubectl delete -f={{v}}", "sh", "https://host.example/x.yaml", "deploy/x.yaml"),
    ('icacls "{{v}}"', "bat", "/reset", "C:\\my app"),
    ("icacls {{v}}", "powershell", "/reset", "C:\\my app"),
    ("cd {{v}}", "bat", "\\\\host.example\\share", "C:\\app"),
    ("Get-Item '{{v}}'", "powershell", "\\\\host.example\\share", "C:\\my app"),
    ("Get-Item {{v}}", "powershell", "//host.example/share", "C:\\my app"),
)


@pytest.mark.parametrize(("code", "language", "elsewhere", "here"), ELSEWHERE)
def test_a_value_names_what_the_command_is_about_and_nothing_elsewhere(code, language, elsewhere, here):
    assert "<v>" in fill(code, language, {"v": elsewhere}, ALL)
    assert "<v>" not in fill(code, language, {"v": here}, ALL)


def test_a_unit_that_a_message_names_is_shown_and_never_started():
    shown = ("systemctl status {{v}}", "systemctl cat {{v}}", "sudo journalctl -u {{v}} -n 50 --no-pager")
    assert [fill(code, "sh", {"v": "poweroff.target"}, ALL) for code in shown] == [
        code.replace("{{v}}", "poweroff.target") for code in shown
    ]
    for verb in ("start", "restart", "stop", "enable --now", "isolate", "reset-failed", "edit", "-H host start"):
        assert "<v>" in fill(f"sudo systemctl {verb} {{{{v}}}}", "sh", {"v": "poweroff.target"}, ALL), verb
    assert "<v>" in fill("journalctl --file {{v}}", "sh", {"v": "x.journal"}, ALL)


@pytest.mark.parametrize("value", ["{{lookup('pipe','id')}}", "${{x}}", "$(id)", "${x}", "{%x%}", "<%=x%>", "#{x}"])
@pytest.mark.parametrize(
    ("language", "code"),
    [("yaml", "name: {{v}}"), ("yaml", "name: '{{v}}'"), ("yaml", 'name: "{{v}}"'), ("json", '{"name": "{{v}}"}')],
)
def test_data_gets_nothing_that_a_template_would_fill_in(language, code, value):
    assert "<v>" in fill(code, language, {"v": value}, ALL)


@pytest.mark.parametrize("code", ['python -c "import {{v}}"', 'python -c "import {{v}}; print({{v}}.__file__)"'])
def test_the_name_of_a_module_goes_into_code_in_a_command_and_nothing_else_does(code):
    assert fill(code, "sh", {"v": "os.path"}, ALL) == code.replace("{{v}}", "os.path")
    hostile = [value for value in VALUES if not value.replace(".", "").isidentifier()]
    assert {fill(code, "sh", {"v": value}, ALL) for value in hostile} == {fill(code, "sh", {}, ALL)}


@pytest.mark.parametrize("name", ["sh", "Bash", "SHELL", "zsh", "ksh", "dash", "Sh"])
def test_a_shell_is_known_by_any_name_in_any_case(name):
    assert fill("ls {{v}}", name, {"v": "a b"}, ALL) == "ls 'a b'"


@pytest.mark.parametrize("name", ["console", "sh-session", "shell-session"])
def test_in_a_session_only_commands_are_filled(name):
    filled = fill("$ ls {{v}}\nls: {{v}}: none\nuser@host:~$ ls {{v}}", name, {"v": "a b"}, ALL)
    assert filled == "$ ls 'a b'\nls: < <v>: none\nuser@host:~$ ls 'a b'"


def test_python_gets_the_value_as_it_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tried = 0
    for code in ("x = '{{v}}'", 'x = "{{v}}"', "x = ['a', '{{v}}'][1]", "x = {'a': \"{{v}}\"}['a']"):
        for value in VALUES:
            filled = fill(code, "python", {"v": value}, ALL)
            if "<v>" not in filled:
                tried += 1
                scope: dict[str, object] = {}
                exec(filled, scope)
                assert scope["x"] == value
    assert tried > 400
    assert list(tmp_path.iterdir()) == []


def test_sql_gets_the_value_as_it_is():
    database = sqlite3.connect(":memory:")
    tried = 0
    for value in VALUES:
        for code in (
            "SELECT '{{v}}' FROM (SELECT 1) WHERE 1 = '{{v}}' OR 1",
            "SELECT count(*) FROM (SELECT 1) WHERE 'x' = '{{v}}'",
        ):
            filled = fill(code, "sql", {"v": value}, ALL)
            assert fill("SELECT '{{v}}'", "sql", {"v": value}, ALL) == "SELECT '<v>'"
            database.execute(filled)
        database.execute("CREATE TEMP TABLE IF NOT EXISTS kept (y)")
        database.execute("DELETE FROM kept")
        database.execute("INSERT INTO kept VALUES (?)", (value,))
        filled = fill("SELECT y FROM kept WHERE y = '{{v}}'", "sql", {"v": value}, ALL)
        if "<v>" not in filled:
            tried += 1
            assert database.execute(filled).fetchall() == [(value,)]
        table = fill('CREATE TABLE "{{v}}" (x)', "SQL", {"v": value}, ALL)
        if "<v>" not in table:
            database.execute(table)
            assert database.execute("SELECT name FROM sqlite_master").fetchall() == [(value,)]
            database.execute(fill('DROP TABLE "{{v}}"', "sql", {"v": value}, ALL))
    assert tried > 100
    assert fill("SELECT 1 WHERE x = '{{v}}'", "sql", {"v": r"a\b"}, ALL) == "SELECT 1 WHERE x = '<v>'"
    assert database.execute("SELECT name FROM sqlite_master").fetchall() == []


def test_json_and_yaml_get_the_value_as_it_is():
    tried = 0
    for value in hostile_values(500):
        for language, code, read in (
            ("json", '{"a": 1, "name": "{{v}}"}', json.loads),
            ("yaml", "a: 1\nname: {{v}}\n", yaml.safe_load),
            ("yaml", "a: 1\nname: '{{v}}'\n", yaml.safe_load),
            ("yaml", 'a: 1\nname: "{{v}}"\n', yaml.safe_load),
        ):
            filled = fill(code, language, {"v": value}, ALL)
            if "<v>" not in filled:
                tried += 1
                assert read(filled) == {"a": 1, "name": value}
    assert tried > 400
    assert fill('{"port": {{v}}}', "json", {"v": "80"}, ALL) == '{"port": 80}'


def test_powershell_and_cmd_get_only_what_nothing_in_them_takes_for_special():
    # Neither runs here. What goes in has no character that about_Quoting_Rules or `cmd /?` call special.
    for value in VALUES:
        for code in ("Get-Item {{v}}", "Get-Item '{{v}}'", 'Get-Item "{{v}}"', 'icacls "{{v}}" /grant x'):
            filled = fill(code, "powershell", {"v": value}, ALL)
            assert "<v>" in filled or not set(value) & set("`$'\"\u2018\u2019\u201a\u201b\u201c\u201d\u201e;|&<>{}@\n")
        for code in ("dir {{v}}", 'dir "{{v}}"'):
            filled = fill(code, "bat", {"v": value}, ALL)
            assert "<v>" in filled or not set(value) & set('%^&|<>"!\n')
    assert fill("Get-Item {{v}}", "pwsh", {"v": r"C:\my app"}, ALL) == r"Get-Item 'C:\my app'"
    assert fill("Get-NetTCPConnection -LocalPort {{v}}", "powershell", {"v": "80"}, ALL).endswith(" 80")
    assert fill('icacls "{{v}}"', "BAT", {"v": r"C:\my app"}, ALL) == r'icacls "C:\my app"'


UNFILLED = (
    *("touch ran {{package}}", "touch ran {{package}}@latest", "touch ran '{{package}}'", 'touch ran "{{package}}"'),
    *(
        "touch ran {{package}} b",
        "touch ran a{{package}}b c",
        "touch ran '-x={{package}}-y'",
        'touch ran "a {{package}} b"',
    ),
    *(
        "touch ran {{package}}{{package}} b",
        "touch ran --x={{package}}",
        "touch ran {{package}}/b > c",
        "{{package}} && touch ran",
    ),
    *(
        "touch ran {{package}} | cat",
        "touch ran {{package}} # x",
        "touch ran; ls {{package}}",
        "touch ran 2>&1 {{package}}.b",
    ),
)


@pytest.mark.parametrize("code", UNFILLED)
def test_a_shell_refuses_a_command_that_is_not_filled_in(shell, tmp_path, code):
    (tmp_path / "package").write_text("a file that a redirection could read")
    unfilled = fill(code, SHELLS[shell], {}, {"package": ("text",)})
    assert "<package>" in unfilled
    finished = run(shell, unfilled + "\n", tmp_path)
    assert finished.returncode != 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["package", "script"]


FORMS = {
    "in a fence": "```sh\nls {{v}}\n```",
    "in a fence with a capital": "```Bash\nls {{v}}\n```",
    "in a fence of tildes": "~~~ZSH\nls {{v}}\n~~~",
    "in a fence within a step": "1. Do:\n\n   ```sh\n   ls {{v}}\n   ```",
    "in a fence within nested lists": "- a\n  - b\n\n    ````sh\n    ls {{v}}\n    ````",
    "in a fence within a quote": "> ```sh\n> ls {{v}}\n> ```",
    "in a fence with attributes": '```sh title="x {{v}}"\nls {{v}}\n```',
    "in a fence without an end": "text\n\n```sh\nls {{v}}",
    "in code within a sentence": "Run `ls {{v}}` now.",
}


@pytest.mark.parametrize("form", FORMS)
def test_code_is_found_wherever_markdown_has_it(form):
    command = fill_prose(FORMS[form], {"v": "plain.txt"}, ALL)
    assert "ls plain.txt" in command
    for value in VALUES:
        filled = fill_prose(FORMS[form], {"v": value}, ALL)
        line = next(line for line in filled.split("\n") if "ls " in line)
        if "<v>" not in line:
            assert fill("ls {{v}}", "sh", {"v": value}, ALL) in line
    if form == "in code within a sentence":
        assert "ls < <v>" in fill_prose(FORMS[form], {"v": "a b"}, ALL)


@pytest.mark.parametrize(
    "markdown",
    ["```bat\nx {{v}}\n```", "```\nls {{v}}\n```", "    ls {{v}}", "`` x {{v}} ``", "`sudo {{v}}`", "`{{v}}; ls`",
     "```{.bash}\nls {{v}}\n```", "[a](https://host.example/{{v}})", "<https://host.example/{{v}}>", "[a]: https://host.example/{{v}}\n\n[a]"],
)  # fmt: skip
def test_in_other_code_and_in_addresses_nothing_is_filled(markdown):
    unfilled = fill_prose(markdown, {}, ALL)
    assert {fill_prose(markdown, {"v": value}, ALL) for value in VALUES} == {unfilled}


def test_in_prose_only_plain_words_stand():
    markdown = "Port {{v}} is taken."
    assert fill_prose(markdown, {"v": "8000"}, ALL) == "Port 8000 is taken."
    assert fill_prose(markdown, {}, ALL) == r"Port \<v> is taken."
    for value in (
        "@acme",
        "[x](y)",
        "www.host.example",
        "https://host.example",
        "`ls`",
        "*a*",
        "_a_",
        "<b>",
        "#1",
        "a\nb",
    ):
        assert fill_prose(markdown, {"v": value}, ALL) == r"Port \<v> is taken."


def test_an_escaped_brace_is_a_brace():
    assert fill(r"echo \{{v}}", "sh", {"v": "x"}, ALL) == "echo {{v}}"
    assert fill_prose("```sh\necho \\{{v}} {{v}}\n```", {"v": "x"}, ALL) == "```sh\necho {{v}} x\n```"


def test_a_name_that_the_entry_does_not_have_stays_as_it_is():
    assert fill("ls {{w}} {{v}}", "sh", {"v": "x", "w": "y"}, ALL) == "ls {{w}} x"


def test_code_takes_time_in_proportion_to_its_size():
    def seconds(size: int) -> float:
        start = perf_counter()
        for unit in ("ls {{v}} ", 'ls "$(ls {{v}})" ', "$(", "'", '"$x" ', "(", "{{v}}", "ls {{v}} |", "ls\n"):
            for language in ("sh", "fish", "powershell", "bat", "python", "sql", "json", "yaml", "js"):
                fill(unit * (size // len(unit)), language, {}, ALL)
        return perf_counter() - start

    assert seconds(16_000) < 10 * seconds(4_000) + 0.5
