"""The filler in Python and the one in JavaScript write the same for thousands of values at every kind of place."""

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from kb.match.filling import Hole, pieces, prose_pieces

from .filling_cases import FISH, NEVER, POSIX, TYPES, hostile_values

SCRIPT = Path(__file__).parents[2] / "kb" / "site" / "assets" / "js" / "filling.js"
CODE = (
    *(("sh", code) for code, _ in POSIX.values()),
    *(("fish", code) for code, _ in FISH.values()),
    *NEVER,
    *(("sh", code) for code in ("git add {{v}}", "npm install {{v}}", "ss 'sport = :{{v}}'", "ssh -p {{v}} {{v}}")),
    ("sh", "git push origin {{v}}"),
    ("sh", 'python -c "import {{v}}"'),
    *(("powershell", code) for code in ("Get-Item {{v}}", "Get-Item '{{v}}'", 'Get-Item "{{v}}"')),
    *(("bat", code) for code in ("cd {{v}}", 'icacls "{{v}}"')),
    *(("python", code) for code in ("x = '{{v}}'", 'x = "{{v}}"', "import {{v}}", "f({{v}})")),
    *(("sql", code) for code in ("SELECT 1 WHERE x = '{{v}}'", 'DROP TABLE "{{v}}"', "LIMIT {{v}}", "FROM {{v}}")),
    *(("json", code) for code in ('{"name": "{{v}}"}', '{"port": {{v}}}')),
    *(("yaml", code) for code in ("name: {{v}}", "name: '{{v}}'", 'name: "{{v}}"', "port: {{v}}")),
    *(("js", code) for code in ("import '{{v}}'",)),
    ("prose", "Port {{v}}."),
)  # fmt: skip
NAMES = ("os.path", "@types/node", "a_b", "_a", "a_", "a__b", "éa", "über_x", "ノ", "丿", "ı")
VALUES = (*hostile_values(1500), *NAMES, "a:b", "/x", "//x", "\\\\x", "<%x", "${x}")


def cases() -> list[tuple[list[str | list[str]], list[str], str]]:
    """Code in pieces (text, or context, grammar and unfilled form), types, and a value."""
    chance = random.Random(12)
    found = []
    for language, code in CODE:
        parts = prose_pieces(code, {"v"}) if language == "prose" else pieces(code, language, {"v"})
        shown = [[*part.place, part.unfilled] if isinstance(part, Hole) else part for part in parts]
        values = chance.sample(VALUES, 10 if (language, code) in NEVER else 250)
        found += [(shown, chance.sample(TYPES, chance.choice((0, 1, 2, 9))), value) for value in values]
    return found


def in_python(parts, types, value):
    from kb.match.filling import Place, written

    return "".join(
        part if isinstance(part, str) else written(value, types, Place(*part[:2])) or part[2] for part in parts
    )


@pytest.fixture(scope="module")
def compared():
    tried = cases()
    assert len(tried) > 10_000
    return tried, [in_python(*case) for case in tried]


IN_JAVASCRIPT = """
const fill = ([parts, types, value]) => parts.map((part) => typeof part === "string"
    ? part : (written(value, types, { context: part[0], grammar: part[1] }) ?? part[2])).join("");
"""


def test_node_writes_the_same_as_python(compared):
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node isn't installed; the browser test covers the same")
    tried, expected = compared
    program = f"""
        import {{ readFileSync }} from "node:fs";
        import {{ written }} from {json.dumps(SCRIPT.as_uri())};
        {IN_JAVASCRIPT}
        console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(fill)));
    """
    run = subprocess.run(
        [node, "--input-type=module", "-e", program],
        input=json.dumps(tried),
        capture_output=True,
        text=True,
        check=True,
    )
    answers = json.loads(run.stdout)
    assert [case for case in zip(tried, expected, answers, strict=True) if case[1] != case[2]] == []
    assert len({answer for answer in answers if "<v>" not in answer}) > 900


def test_no_letter_that_goes_into_a_command_looks_like_an_ascii_sign():
    from confusable_homoglyphs import confusables

    from kb.match.filling.values import Place, written

    place = Place("sh", "any")
    letters = [chr(code) for code in range(0x80, 0xD7B0) if written(f"a{chr(code)}", ("word",), place)]
    assert len(letters) > 30_000
    alike = {
        letter
        for letter in letters
        for found in confusables.is_confusable(letter, greedy=True) or ()
        if any(each["c"].isascii() for each in found["homoglyphs"])
    }
    assert alike == set()
