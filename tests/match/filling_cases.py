"""What the tests of filling share: hostile values, and places in code where values go in and where they must not.

A value that was taken for code would make a file called `pwned` in the folder where the code runs.
"""

import json
import random
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).parent.parent / "data" / "match"

_FRAGMENTS: Final = (
    *(
        "$(touch pwned)",
        "$(touch${IFS}pwned)",
        "`touch pwned`",
        "`touch${IFS}pwned`",
        ";touch pwned;",
        "&touch${IFS}pwned&",
    ),
    *(
        "|touch pwned",
        "||touch${IFS}pwned",
        ">pwned",
        "<(touch pwned)",
        "(touch pwned)",
        "{touch,pwned}",
        "${x:-pwned}",
    ),
    *(
        "a[$(touch pwned)]",
        "$((a[$(touch pwned)]))",
        "'",
        '"',
        "\\",
        "\\'",
        '\\"',
        "''",
        '""',
        "'\\''",
        "$",
        "${",
        "$'",
        "!",
        "!!",
    ),
    *(
        "!touch",
        "#",
        " # ",
        "~",
        "=ls",
        "%",
        "%s",
        "^",
        "[a]",
        "?",
        "{a,b}",
        "a b",
        "é",
        "ü",
        "中",
        ".",
        "/",
        "../",
        "-rf",
        "--",
    ),
    *("a", "b1", "0", "8000", "x.y", "@x", ":", "=", "+", ",", "_", ";", "&", "|", "<", ">", "(", ")", "*"),
    *(
        "__import__('os').system('touch pwned')",
        "');open('pwned','w');('",
        "'+open('pwned','w').name+'",
        "\u2019",
        "\u201c",
    ),
    *(
        "' OR 1=1 --",
        "'; CREATE TABLE pwned(x); --",
        '"; CREATE TABLE pwned(x); --',
        "\u202e",
        "\u200b",
        "\n",
        "\t",
        "\x1b[31m",
        "а",
    ),
    *(
        "$x",
        "%PATH%",
        "!PATH!",
        "${env:PATH}",
        "@(touch)",
        "`n",
        "\nrun: touch pwned",
        ": pwned",
        "\\u0022",
        "*/",
        "//",
    ),
)

TYPES: Final = ("text", "int", "hex", "word", "path", "url", "quoted", "rest", "lines")


def hostile_values(count: int) -> list[str]:
    """Values of one to four fragments, some in quotes: the same ones in every run."""
    chance = random.Random(20)
    values = [*_FRAGMENTS]
    while len(values) < count:
        value = "".join(chance.choices(_FRAGMENTS, k=chance.randint(1, 4)))
        values.append(f'"{value}"' if chance.random() < 0.2 else value)
    return values


POSIX: Final = {
    "bare": ("printf '%s\\0' {{v}}", "{v}"),
    "in single quotes": ("printf '%s\\0' '{{v}}'", "{v}"),
    "in double quotes": ("printf '%s\\0' \"{{v}}\"", "{v}"),
    "within a word": ("printf '%s\\0' a={{v}}.b", "a={v}.b"),
    "beside escaped quotes": ('printf \'%s\\0\' "a \\"{{v}}\\" b"', 'a "{v}" b'),
    "three times in a word": ("printf '%s\\0' x\"{{v}}\"'{{v}}'{{v}}", "x{v}{v}{v}"),
    "in a command in double quotes": ("printf '%s\\0' \"$(printf %s x{{v}}x)\"", "x{v}x"),
    "in quotes in a command in quotes": ('printf \'%s\\0\' "$(printf %s "x{{v}}x")"', "x{v}x"),
    "before a pipe": ("printf '%s\\0' {{v}} | cat", "{v}"),
    "in a condition": ("if true; then printf '%s\\0' {{v}}; fi", "{v}"),
    "on a continued line": ("printf '%s\\0' \\\n  {{v}}", "{v}"),
    "behind an assignment": ("A=1 printf '%s\\0' {{v}}", "{v}"),
    "behind a plain comment": ("# shows it\nprintf '%s\\0' {{v}}", "{v}"),
}
"""Commands that print their arguments, and what they must print."""

FISH: Final = {
    "bare": POSIX["bare"],
    "in single quotes": POSIX["in single quotes"],
    "in double quotes": POSIX["in double quotes"],
    "within a word": POSIX["within a word"],
    "three times in a word": POSIX["three times in a word"],
    "before a pipe": POSIX["before a pipe"],
}

NEVER: Final = [
    (case["language"], case["code"])
    for case in map(json.loads, (DATA / "never-filled.jsonl").read_text(encoding="utf-8").splitlines())
]
"""Language and code in which no value goes in, but a number at some."""
