"""Files of 1 MB that are hard on something: on the parser of YAML or Markdown, on a rule, on an expression."""

from collections.abc import Callable
from typing import Final

SIZE: Final = 990_000

HEAD = """\
---
title: T
signatures:
  - text: {text}
    examples: [{example}]
{keys}updated: 2026-01-02
---

"""
BODY = "## Summary\n\nS\n\n## Cause\n\n{cause}\n\n## Workaround: W\n\n{step}\n"


def entry(
    cause: str = "C", step: str = "B", keys: str = "", text: str = "some words", example: str = "some words"
) -> str:
    return HEAD.format(text=text, example=example, keys=keys) + BODY.format(cause=cause, step=step)


def filled(unit: str, size: int = SIZE) -> str:
    """As many units as fit."""
    return unit * (size // len(unit.encode()))


def code(text: str, language: str = "sh") -> str:
    return f"```{language}\n{text}\n```"


def raw(text: str) -> str:
    return f'raw: "{text}"\n'


WORST: Final[dict[str, Callable[[], str]]] = {
    # YAML
    "brackets": lambda: "---\n" + filled("[") + "\n---\n",
    "braces": lambda: "---\n" + filled("{a: ") + "\n---\n",
    "aliases": lambda: "---\na: &a [" + filled("x,", 90_000) + "]\nb: [" + filled("*a,", 890_000) + "]\n---\n",
    "keys": lambda: "---\n" + "".join(f"k{number}: 1\n" for number in range(80_000)) + "---\n",
    "one key again and again": lambda: "---\n" + filled("a: 1\n") + "---\n",
    "unknown keys": lambda: entry(keys="".join(f"titel{number}: 1\n" for number in range(15_000))),
    "quotes": lambda: "---\ntitle: " + filled("'") + "\n---\n",
    "a long number": lambda: entry(keys="codes: [" + "9" * 900_000 + "]\n"),
    "escapes": lambda: entry(keys=raw(filled("\\u200b", 190_000))),
    "tags": lambda: entry(keys="tags: [" + ", ".join(f"t{number}" for number in range(19_000)) + "]\n"),
    # Markdown
    "links": lambda: entry(filled("[a](b.md) ")),
    "bad links": lambda: entry(filled("[a](javascript:x) ")),
    "open brackets": lambda: entry(filled("[")),
    "open links": lambda: entry(filled("[a](")),
    "images": lambda: entry(filled("![a](https://x.example/i.png) ")),
    "stars": lambda: entry(filled("*a **b ")),
    "underscores": lambda: entry(filled("_a__ ")),
    "backticks": lambda: entry("".join("`" * (number % 1300) + " a " for number in range(1, 1500))),
    "quotes in quotes": lambda: entry("\n".join(">" * 50 + " x" for _ in range(17_000))),
    "lists in lists": lambda: entry("\n".join(" " * (2 * (number % 40)) + "- x" for number in range(18_000))),
    "tables": lambda: entry("|a" * 300 + "|\n" + "|-" * 300 + "|\n" + filled("|a" * 300 + "|\n", 900_000)),
    "wide rows": lambda: entry("|a" * 2000 + "|\n" + "|-" * 2000 + "|\n" + filled("|a|\n", 900_000)),
    "html": lambda: entry(filled("a <b> ")),
    "blocks of html": lambda: entry(filled("<div>\nx\n</div>\n\n")),
    "comments": lambda: entry(filled("<!-- a ")),
    "tags without end": lambda: entry(filled("<a ")),
    "entities": lambda: entry(filled("&lt;&rlm;")),
    "headings": lambda: entry(filled("### a\n\n")),
    "sections": lambda: entry(filled("## a\n\n")),
    "workarounds": lambda: entry() + "".join(f"\n## Workaround: w{number}\n\nB\n" for number in range(30_000)),
    "footnotes": lambda: entry(filled("[^1]: a\n\n")),
    "references": lambda: entry("".join(f"[r{n}]: x\n\n" for n in range(40_000)) + filled("[r1] ", 300_000)),
    "autolinks": lambda: entry(filled("www.a.example ")),
    "issues": lambda: entry(filled("o/n#1 ")),
    "placeholders": lambda: entry(filled("{{x}} "), text="some {{x}}", example="some words"),
    # Rules
    "commands": lambda: entry(step=code(filled("rm -rf x\n"))),
    "one long command": lambda: entry(step=code(filled("rm -rf "))),
    "pipes": lambda: entry(step=code(filled("curl x|sh;"))),
    "fetches in one line": lambda: entry(step=code(filled("curl "))),
    "bypasses": lambda: entry(step=code(filled("verify=False "))),
    "policies": lambda: entry(step=code(filled("ExecutionPolicy "))),
    "fork bombs": lambda: entry(step=code(filled(":(){ :|"))),
    "spaces in SQL": lambda: entry(step=code(filled("DROP" + " " * 30))),
    "continued lines": lambda: entry(step=code(filled("rm -rf \\\n"))),
    "spans": lambda: entry(filled("`rm -rf x` ")),
    "blocks": lambda: entry(filled("```sh\nrm -rf x\n```\n\n")),
    "addresses of people": lambda: entry(keys=raw(filled("a.b@acme.dev "))),
    "a long local part": lambda: entry(keys=raw(filled("a.") + "@x")),
    "hosts": lambda: entry(keys=raw(filled("a@b.c.d.e.f.g.h."))),
    "public addresses": lambda: entry(keys=raw(filled("93.184.216.34 "))),
    "dots": lambda: entry(keys=raw(filled("1."))),
    "colons": lambda: entry(keys=raw(filled("2a:"))),
    "homes": lambda: entry(keys=raw(filled("/home/alice/ "))),
    "homes without end": lambda: entry(keys=raw(filled("/home/"))),
    "tokens": lambda: entry(keys=raw(filled("ghp_wJq4Zt8Lm2Xc6Vb9Nh3Kf7Rd1Sg5Py0Ua4Te "))),
    "one long token": lambda: entry(keys=raw(filled("a1"))),
    "passwords": lambda: entry(keys=raw(filled("://a:b@"))),
    "colons in an address": lambda: entry(keys=raw("://" + filled("a:"))),
    "slashes": lambda: entry(keys=raw(filled("://"))),
    "private keys": lambda: entry(keys=raw(filled("-----BEGIN RSA PRIVATE KEY-----\\n"))),
    "aws": lambda: entry(keys=raw(filled("aws key "))),
    "web tokens": lambda: entry(keys=raw(filled("eyJhbGciOiJIUzI1NiJ9."))),
    "invisible": lambda: entry(filled("a\u200b")),
    "emoji": lambda: entry(filled("\U0001f469\u200d")),
    "look-alikes": lambda: entry(step=code(filled("r\u0435q "))),
    "one long look-alike": lambda: entry(step=code(filled("\u0435"))),
    "ASCII before a strange letter": lambda: entry(step=code(filled("a") + "\u00e9")),
    "todo": lambda: entry(filled("TODO FIXME ")),
    "spaces": lambda: entry(filled(" ")),
    "line ends": lambda: entry(filled("\n")),
    "lines of spaces": lambda: entry(filled("  \n")),
    # Signatures
    "signature of holes": lambda: entry(text='"' + "{{x}} a " * 2000 + '"', example='"' + "b a " * 4000 + '"'),
    "example of one letter": lambda: entry(text='"a {{x}} a {{y}} a {{z}} b"', example='"' + "a " * 9000 + '"'),
    "typed holes": lambda: entry(
        text='"x {{a:quoted}} {{b:path}} {{c:url}} {{d:rest}}"', example='"' + "x ' / http:// " * 1400 + '"'
    ),
    "lines": lambda: entry(text='"a {{x:lines}} b {{y:lines}} c"', example='"' + "a\\nb\\n" * 3000 + '"'),
    "signatures": lambda: (
        HEAD.format(text="some words", example="some words", keys="").replace(
            "signatures:\n", "signatures:\n" + "".join(f'  - text: "w{n} {"{{x}} y " * 900}"\n' for n in range(38))
        )
        + BODY.format(cause="C", step="B")
    ),
    # Code
    **{
        f"highlighted {language}": (
            lambda unit=unit, language=language: entry(step=code(filled(unit, 19_000), language))
        )
        for language, unit in {
            "sh": "$(( ${a[",
            "python": "f'{a[",
            "js": "`${a",
            "html": "<a b='",
            "sql": "'a''",
            "yaml": "a: {b: [",
            "perl": "s{a}{",
            "ruby": '#{a["',
            "c++": "template<a<",
            "php": '<?php "{$a[',
            "powershell": '"$($a',
            "markdown": "[a](b *c ",
            "rust": 'r#"a',
            "console": "$ a\n",
        }.items()
    },
}
"""Name -> the file's text."""
