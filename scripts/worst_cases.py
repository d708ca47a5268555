"""Texts of any size that are hard on something: on the parser of YAML or Markdown, on a rule, on an expression.

What ends a program of others is not among them: it is bounded before that program sees it (`kb.entry.markdown`).
"""

from collections.abc import Callable
from functools import partial
from typing import Final

SIZE: Final = 990_000
"""Bytes of a file that is about as large as one may be."""

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
    """An entry with one part that is hard."""
    return HEAD.format(text=text, example=example, keys=keys) + BODY.format(cause=cause, step=step)


def filled(unit: str, size: int) -> str:
    """As many units as fit into so many bytes."""
    return unit * (size // len(unit.encode()))


def code(text: str, language: str = "sh") -> str:
    """A block of code."""
    return f"```{language}\n{text}\n```"


def raw(text: str) -> str:
    """The key that holds an original report."""
    return f'raw: "{text}"\n'


def items(key: str, item: str, size: int) -> str:
    """A list of items in front matter; `{}` in one is its number."""
    each = f"  - {item}\n"
    return f"{key}:\n" + "".join(each.format(number) for number in range(size // (len(each) + 3)))


PROSE: Final = "prose"
"""The name of the text that the others are compared with: it is as long, and hard on nothing."""
_LINE: Final = (
    "The server is shut, so the client waits a while, asks once more, and gives up when its own time is over.\n"
)


def prose(size: int) -> str:
    """An entry that passes, as large as one can be: every section and forty workarounds full, and a report."""
    section = filled(_LINE * 4 + "\n", min(19_000, size // 50))
    workarounds = "".join(f"\n## Workaround: Way {number}\n\n{section}" for number in range(39))
    others = "".join(f"\n## {name}\n\n{section}" for name in ("Guidance", "Example", "Notes", "Recommendation"))
    return entry(section, keys=raw(filled(_LINE[:-1] + "\\n", size // 10))) + workarounds + others


def _highlighted(unit: str, language: str, size: int) -> str:
    """An entry with a block of code in a language."""
    return entry(step=code(filled(unit, size // 52), language))


WORST: Final[dict[str, Callable[[int], str]]] = {
    PROSE: prose,
    # YAML
    "brackets": lambda size: "---\n" + filled("[", size) + "\n---\n",
    "braces": lambda size: "---\n" + filled("{a: ", size) + "\n---\n",
    "aliases": lambda size: (
        "---\na: &a [" + filled("x,", size // 11) + "]\nb: [" + filled("*a,", size - size // 10) + "]\n---\n"
    ),
    "keys": lambda size: "---\n" + "".join(f"k{number}: 1\n" for number in range(size // 12)) + "---\n",
    "one key again and again": lambda size: "---\n" + filled("a: 1\n", size) + "---\n",
    "unknown keys": lambda size: entry(keys="".join(f"titel{number}: 1\n" for number in range(size // 66))),
    "quotes": lambda size: "---\ntitle: " + filled("'", size) + "\n---\n",
    "a long number": lambda size: entry(keys="codes: [" + "9" * (size - size // 10) + "]\n"),
    "escapes": lambda size: entry(keys=raw(filled("\\u200b", size // 5))),
    "tags": lambda size: entry(keys="tags: [" + ", ".join(f"t{number}" for number in range(size // 52)) + "]\n"),
    "the same code": lambda size: entry(keys=items("codes", "E1", size)),
    "codes": lambda size: entry(keys=items("codes", "E{}", size)),
    "the same report": lambda size: entry(keys=items("reports", "o/n#1", size)),
    "reports": lambda size: entry(keys=items("reports", "o/n#{}1", size)),
    "the same version": lambda size: entry(keys="affects:\n  " + items("versions", '  "1.2"', size)),
    "related": lambda size: entry(keys=items("related", "git/e{}", size)),
    "former ids": lambda size: entry(keys=items("aliases", "git/e{}", size)),
    "the same alias": lambda size: entry(keys=items("aliases", "git/e", size)),
    "pulls": lambda size: entry(keys=items("pulls", "{{ref: o/n#{}1, state: open}}", size)),
    "examples": lambda size: (
        HEAD.format(text="some words", example="some words" + ", some words" * (size // 12), keys="")
        + BODY.format(cause="C", step="B")
    ),
    "timeline": lambda size: entry(
        keys="issue:\n  ref: o/n#1\n  timeline:\n" + "".join(f"    e{n}: 1\n" for n in range(size // 15))
    ),
    # Markdown
    "links": lambda size: entry(filled("[a](b.md) ", size)),
    "bad links": lambda size: entry(filled("[a](javascript:x) ", size)),
    "open brackets": lambda size: entry(filled("[", size)),
    "open links": lambda size: entry(filled("[a](", size)),
    "images": lambda size: entry(filled("![a](https://x.example/i.png) ", size)),
    "stars": lambda size: entry(filled("*a **b ", size)),
    "underscores": lambda size: entry(filled("_a__ ", size)),
    "backticks": lambda size: entry("".join("`" * (number % 1300) + " a " for number in range(1, size // 660))),
    "quotes in quotes": lambda size: entry("\n".join(">" * 50 + " x" for _ in range(size // 58))),
    "lists in lists": lambda size: entry("\n".join(" " * (2 * (number % 40)) + "- x" for number in range(size // 55))),
    "tables": lambda size: entry(
        "|a" * 300 + "|\n" + "|-" * 300 + "|\n" + filled("|a" * 300 + "|\n", size - size // 10)
    ),
    "wide rows": lambda size: entry("|a" * 2000 + "|\n" + "|-" * 2000 + "|\n" + filled("|a|\n", size - size // 10)),
    "html": lambda size: entry(filled("a <b> ", size)),
    "blocks of html": lambda size: entry(filled("<div>\nx\n</div>\n\n", size)),
    "comments": lambda size: entry(filled("<!-- a ", size)),
    "tags without end": lambda size: entry(filled("<a ", size)),
    "entities": lambda size: entry(filled("&lt;&rlm;", size)),
    "headings": lambda size: entry(filled("### a\n\n", size)),
    "sections": lambda size: entry(filled("## a\n\n", size)),
    "workarounds": lambda size: entry() + "".join(f"\n## Workaround: w{number}\n\nB\n" for number in range(size // 33)),
    "footnotes": lambda size: entry(filled("[^1]: a\n\n", size)),
    "references": lambda size: entry("".join(f"[r{n}]: x\n\n" for n in range(size // 25)) + filled("[r1] ", size // 4)),
    "autolinks": lambda size: entry(filled("www.a.example ", size)),
    "issues": lambda size: entry(filled("o/n#1 ", size)),
    "bare references": lambda size: entry(filled("#1 ", size)),
    "references without a repository": lambda size: entry(filled("see #45048 ", size)),
    "references and brackets": lambda size: entry(filled("#450[", size)),
    "references on lines": lambda size: entry(filled("#450\n", size)),
    "addresses of issues": lambda size: entry(filled("https://github.com/o/n/issue/1 ", size)),
    "mail addresses on lines": lambda size: entry(filled("a@b.co\n", size)),
    "list markers": lambda size: entry(filled("- ", size)),
    "items": lambda size: entry(filled("- a\n", size)),
    "numbered items": lambda size: entry(filled("1. a\n", size)),
    "task items": lambda size: entry(filled("- [ ] a\n", size)),
    "alerts": lambda size: entry(filled("> [!WARNING]\n> a\n\n", size)),
    "table bars": lambda size: entry(filled("|", size)),
    "rules": lambda size: entry(filled("---\n\n", size)),
    "combining characters": lambda size: entry("e" + filled("\u0301", size)),
    "quotation marks": lambda size: entry(filled("\"'", size)),
    "a heading of words": lambda size: entry(f"C\n\n## Notes: {filled('word ', size)}\n\nN"),
    "a heading inside of a section": lambda size: entry(f"### {filled('word ', size)}\n\nN"),
    "a workaround of words": lambda size: entry() + f"\n## Workaround: {filled('word ', size)}\n\nB\n",
    "long workarounds": lambda size: (
        entry() + "".join(f"\n## Workaround: w{n}\n\n{'It is so. ' * 1400}\n" for n in range(size // 14_100))
    ),
    "the same workaround": lambda size: entry() + filled("\n## Workaround: w\n\nB\n", size),
    "the same section": lambda size: entry() + filled("\n## Notes\n\nB\n", size),
    "anchors": lambda size: entry(filled("[a](#summary) [b](#sumary) ", size)),
    "links to the same place": lambda size: entry(filled("[a](../git/a.md#causes)\n", size)),
    "placeholders": lambda size: entry(filled("{{x}} ", size), text="some {{x}}", example="some words"),
    # Rules
    "commands": lambda size: entry(step=code(filled("rm -rf x\n", size))),
    "one long command": lambda size: entry(step=code(filled("rm -rf ", size))),
    "one long word of a command": lambda size: entry(step=code("rm -rf " + filled('a"', size))),
    "pipes": lambda size: entry(step=code(filled("curl x|sh;", size))),
    "fetches in one line": lambda size: entry(step=code(filled("curl ", size))),
    "bypasses": lambda size: entry(step=code(filled("verify=False ", size))),
    "policies": lambda size: entry(step=code(filled("ExecutionPolicy ", size))),
    "fork bombs": lambda size: entry(step=code(filled(":(){ :|", size))),
    "spaces in SQL": lambda size: entry(step=code(filled("DROP" + " " * 30, size))),
    "continued lines": lambda size: entry(step=code(filled("rm -rf \\\n", size))),
    "spans": lambda size: entry(filled("`rm -rf x` ", size)),
    "settings in one sentence": lambda size: entry("".join(f"set `A{number}=1` " for number in range(size // 17))),
    "blocks": lambda size: entry(filled("```sh\nrm -rf x\n```\n\n", size)),
    "addresses of people": lambda size: entry(keys=raw(filled("a.b@acme.dev ", size))),
    "a long local part": lambda size: entry(keys=raw(filled("a.", size) + "@x")),
    "hosts": lambda size: entry(keys=raw(filled("a@b.c.d.e.f.g.h.", size))),
    "public addresses": lambda size: entry(keys=raw(filled("93.184.216.34 ", size))),
    "dots": lambda size: entry(keys=raw(filled("1.", size))),
    "colons": lambda size: entry(keys=raw(filled("2a:", size))),
    "homes": lambda size: entry(keys=raw(filled("/home/alice/ ", size))),
    "homes without end": lambda size: entry(keys=raw(filled("/home/", size))),
    "tokens": lambda size: entry(keys=raw(filled("ghp_wJq4Zt8Lm2Xc6Vb9Nh3Kf7Rd1Sg5Py0Ua4Te ", size))),
    "one long token": lambda size: entry(keys=raw(filled("a1", size))),
    "passwords": lambda size: entry(keys=raw(filled("://a:b@", size))),
    "colons in an address": lambda size: entry(keys=raw("://" + filled("a:", size))),
    "slashes": lambda size: entry(keys=raw(filled("://", size))),
    "private keys": lambda size: entry(keys=raw(filled("-----BEGIN RSA PRIVATE KEY-----\\n", size))),
    "long lines of tokens": lambda size: entry(keys=raw(filled("a1b2c3d4e5f6a7b8c9d0 ", size // 5))),
    "digests": lambda size: entry(filled("`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08`\n", size)),
    "aws": lambda size: entry(keys=raw(filled("aws key ", size))),
    "web tokens": lambda size: entry(keys=raw(filled("eyJhbGciOiJIUzI1NiJ9.", size))),
    "invisible": lambda size: entry(filled("a\u200b", size)),
    "emoji": lambda size: entry(filled("\U0001f469\u200d", size)),
    "look-alikes": lambda size: entry(step=code(filled("r\u0435q ", size))),
    "one long look-alike": lambda size: entry(step=code(filled("\u0435", size))),
    "ASCII before a strange letter": lambda size: entry(step=code(filled("a", size) + "\u00e9")),
    "todo": lambda size: entry(filled("TODO FIXME ", size)),
    "spaces": lambda size: entry(filled(" ", size)),
    "line ends": lambda size: entry(filled("\n", size)),
    "lines of spaces": lambda size: entry(filled("  \n", size)),
    # Signatures
    "signature of holes": lambda size: entry(
        text='"' + filled("{{x}} a ", size // 50) + '"', example='"' + filled("b a ", size // 50) + '"'
    ),
    "example of one letter": lambda size: entry(
        text='"a {{x}} a {{y}} a {{z}} b"', example='"' + filled("a ", size // 50) + '"'
    ),
    "typed holes": lambda size: entry(
        text='"x {{a:quoted}} {{b:path}} {{c:url}} {{d:rest}}"',
        example='"' + filled("x ' / http:// ", size // 50) + '"',
    ),
    "lines": lambda size: entry(
        text='"a {{x:lines}} b {{y:lines}} c"', example='"' + filled("a\\nb\\n", size // 50) + '"'
    ),
    "signatures": lambda size: (
        HEAD.format(text="some words", example="some words", keys="").replace(
            "signatures:\n",
            "signatures:\n" + "".join(f'  - text: "w{n} {"{{x}} y " * 900}"\n' for n in range(max(1, size // 26_000))),
        )
        + BODY.format(cause="C", step="B")
    ),
    # Code
    **{
        f"highlighted {language}": (partial(_highlighted, unit, language))
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
"""Name -> from a size in bytes to the text of a file that is no larger."""
