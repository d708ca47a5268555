"""A reader's values in commands: real shells get them as data, and both languages put them in alike."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from kb.match import fill, fill_prose

ASSETS = Path(__file__).parents[2] / "kb/site/assets/js"

VALUES = (
    *("plain", "a b", "it's", 'say "hi"', "$(touch pwned)", "`touch pwned`", "; touch pwned", "& touch pwned"),
    *("a!b", "\\", "$HOME", "*", "~", "a'$(touch pwned)'b", '"; touch pwned; "', "é ü", "#x", "<(touch pwned)"),
    *("{a,b}", "‘; touch pwned"),
)
PLACES = {
    "bare": "printf %s {{v}}",
    "single quotes": "printf %s '{{v}}'",
    "double quotes": 'printf %s "{{v}}"',
    "a command in double quotes": 'printf %s "$(printf %s {{v}})"',
    "quotes in a command in quotes": 'printf %s "$(printf %s "{{v}}")"',
    "after a comment with a quote": "true # it's\nprintf %s {{v}}",
}


@pytest.mark.parametrize("shell", ["sh", "bash"])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", VALUES)
def test_a_shell_gets_the_value_as_it_is(tmp_path, shell, place, value):
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell} here")
    command = fill(PLACES[place], "sh", {"v": value})
    finished = subprocess.run([shell, "-c", command], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert finished.stdout == value
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("cat <<EOF\n{{v}}\nEOF", "$(touch pwned)"),  # nothing is quoted in a here-document
        ("x=`echo {{v}}`", "$(touch pwned)"),
        ("rm {{v}}", "-rf"),  # an option, not a name
        ("echo {{v}}", "two\nlines"),
        ("echo {{v}}", "right\u202eleft"),
        ("echo {{v}}", "x" * 501),
    ],
)
def test_a_value_that_can_not_be_made_safe_is_not_put_in(code, value):
    assert fill(code, "sh", {"v": value}) == code


def test_powershell_has_its_own_quotes():
    assert fill("echo {{v}}", "powershell", {"v": "it's $x"}) == "echo 'it''s $x'"
    assert fill('echo "{{v}}"', "powershell", {"v": 'a`b $c "d"'}) == 'echo "a``b `$c `"d`""'


def test_an_escaped_brace_is_a_brace():
    assert fill(r"echo \{{v}}", "sh", {"v": "x"}) == "echo {{v}}"


def test_prose_is_filled_in_as_text_and_code_by_its_language():
    markdown = "Port {{p}}:\n\n```sh\nkill {{p}}\n```\n\nand `{{p}}`."
    assert fill_prose(markdown, {"p": "a b"}) == "Port a b:\n\n```sh\nkill 'a b'\n```\n\nand `a b`."


def test_javascript_puts_values_in_like_python():
    cases = [
        (code, language, value)
        for code in (*PLACES.values(), "cat <<EOF\n{{v}}", "x=`{{v}}`", "@'\n{{v}}", "echo 'a' {{v}} \"b {{v}}\"")
        for language in ("sh", "powershell", "python")
        for value in (*VALUES, "-rf", "a\nb", "\u200b", "")
    ]
    script = f"""
        import {{ placeAfter, quote }} from {json.dumps((ASSETS / "fill.js").as_uri())};
        const cases = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
        console.log(JSON.stringify(cases.map(([code, language, value]) => {{
          let place = "";
          return code.split("{{{{v}}}}").reduce((done, piece, number) => {{
            const filled = number ? (quote(value, place, language) ?? "{{{{v}}}}") : "";
            place = placeAfter(piece, place, language);
            return done + filled + piece;
          }}, "");
        }})));
    """
    script = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' + script
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no node here")
    finished = subprocess.run(
        [node, "--input-type=module", "-e", script], input=json.dumps(cases), capture_output=True, text=True, check=True
    )
    expected = [fill(code, language, {"v": value}) for code, language, value in cases]
    assert json.loads(finished.stdout) == expected
