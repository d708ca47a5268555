r"""Which value may stand at a place in code or prose, and how it is written there.

A place has a context (the language, and the quotes that are open there) and a grammar (what of that language and of
all that reads it later is sure to take the value as data). A value has to be of a type that the entry's signatures
give the placeholder, then of the place's grammar; then it is quoted for the context. The twin of
`kb/site/assets/js/filling.js`; `tests/match/test_filling_twins.py` compares the two.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.entry import UNTYPED
from kb.match.values import fits

if TYPE_CHECKING:
    from collections.abc import Sequence

Types = dict[str, tuple[str, ...]]
"""Name of a placeholder -> the types that an entry's signatures give it."""

MAX_VALUE: Final = 500
"""Characters of a value: a longer one is no name, path or number that a command takes."""

SHELLS: Final = ("sh", "fish", "ps", "cmd")
"""Contexts in which an unfilled placeholder has to stop the shell."""


class Place(NamedTuple):
    """Where a placeholder stands: the language and open quotes, such as `sh` or `sh'`, and the grammar of values."""

    context: str
    grammar: str

    def __str__(self) -> str:
        return f"{self.context} {self.grammar}"


NEVER: Final = "never"
"""The grammar of a place at which no value is known to be safe."""
ANY: Final = "any"
"""The grammar of a place at which the context's quoting is enough."""

# Letters that look like no ASCII: accented Latin, kana, Han and Hangul without the likes of `ı`, `丿` and `ー`.
_LETTERS: Final = (
    "\u00c0-\u00c5\u00c7-\u00d6\u00d8-\u00e5\u00e7-\u00f6\u00f8-\u0130\u0134-\u0137\u0139-\u0148\u014a-\u0151\u0154-\u017e"
    "\u3041-\u3096\u30a1-\u30cd\u30cf-\u30fa\u4e01-\u4e27\u4e29-\u4e35\u4e37-\u4e3e\u4e40-\u9fff\uac00-\ud7a3"
)
_VISIBLE: Final = re.compile(rf"(?! )[ -~{_LETTERS}]{{1,{MAX_VALUE}}}(?<! )")
_TELLING: Final = re.compile(rf"[0-9A-Za-z{_LETTERS}]")
"""Without a letter or digit it is a folder (`/`, `..`), a pattern or punctuation: nothing that names one thing."""
_SPECIAL_START: Final = re.compile(r"[-+:=]")
"""An option, a forced refspec of git's, a pathspec's magic, a program's path in zsh: in quotes too."""

_TEMPLATE_MARKS: Final = ("{", "$", "<%")
"""In data, what programs fill in before they use it may run: Ansible, GitHub Actions, Helm, ERB, Compose."""

_LOOSE: Final = frozenset({UNTYPED, "rest", "lines"})
"""Types that any text fits; in code, the grammar `untyped` holds for them."""

_GRAMMARS: Final = {
    "int": r"[0-9]{1,19}",
    "name": r"[A-Za-z0-9_]{1,64}",
    "dotted": r"(?=.{1,100}$)[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*",
    "plain": r"[A-Za-z0-9_./@][A-Za-z0-9_.,:/@+=-]{0,199}",
    "local": r"[A-Za-z0-9_./@][A-Za-z0-9_.,/@+=-]{0,199}",
    "package": r"(?a:(?=.{1,214}$)(?:@[A-Za-z0-9][\w.-]*/)?[A-Za-z0-9][\w.-]*(?:\[[\w.,-]+\])?(?:(?:==|@)[\w.+-]+)?)",
    "prose": (
        rf"(?!.*//|(?:.*\W)?(?:[wW]{{3}}\.|[gG][hH]-[0-9])|.*[\W_]_|_|.*_(?:\W|$))"
        rf"(?:[0-9A-Za-z{_LETTERS} _.,:/+=%-]|\\(?=[0-9A-Za-z])){{1,200}}"
    ),
    "windows": rf"(?![/\\])[0-9A-Za-z{_LETTERS} _.,:/\\+=#~()-]{{1,260}}(?<!\\)",
    "untyped": rf"(?!.*  )[0-9A-Za-z{_LETTERS} _.,:/\\@+=%~#()\[\]-]{{1,200}}",
    "cmd": r"[0-9A-Za-z_.:][0-9A-Za-z_.:/\\-]{0,199}(?<!\\)",
}
"""`windows` and `cmd`: what PowerShell and cmd.exe leave alone in quotes and without them, so that nothing is escaped.
There a slash starts an option, and two of either kind another computer, to which Windows would log in. `local`: a plain
value without the colon of an address or of a refspec, which says where in another repository it goes.
`package`: a name in a registry, not an address, a folder or a repository that package managers would take as well.
`untyped`: what a placeholder without a type stands for in code, a name, path, address or version."""

_PLAIN: Final = re.compile(r"[A-Za-z0-9_@+=:,./-]+")


def written(value: str, types: Sequence[str], place: Place) -> str | None:
    """A value as it is written at a place; None if it may not stand there."""
    return None if refusal(value, types, place) else quoted(value, place.context)


def refusal(value: str, types: Sequence[str], place: Place) -> str:
    """Why a value may not stand at a place: `place`, `characters`, `start`, `type` or `grammar`; empty if it may."""
    in_code = place.grammar != "prose"
    if place.grammar == NEVER:
        return "place"
    if not _VISIBLE.fullmatch(value) or not _TELLING.search(value):
        return "characters"
    if in_code and _SPECIAL_START.match(value):
        return "start"
    if not any(_is_of(kind, value, in_code=in_code) for kind in types):
        return "type"
    if place.context in ("sh", "sh'", 'sh"', "fish", "fish'", 'fish"') and "*" in value:
        return "characters"  # programs such as git take it for a pattern, in quotes too
    if place.context.startswith(("json", "yaml")) and any(mark in value for mark in _TEMPLATE_MARKS):
        return "characters"
    if place.context.startswith("sql") and "\\" in value:
        return "characters"  # MySQL takes it for an escape
    return "grammar" if place.grammar in _GRAMMARS and not _is_in_grammar(value, place.grammar) else ""


def _is_in_grammar(value: str, grammar: str) -> bool:
    return _grammar(grammar).fullmatch(value) is not None


@cache
def _grammar(name: str) -> re.Pattern[str]:
    # Compiled when it is first asked for: an answer needs one or two of them.
    return re.compile(_GRAMMARS[name])


def _is_of(kind: str, value: str, *, in_code: bool) -> bool:
    if kind in _LOOSE:
        return not in_code or _is_in_grammar(value, "untyped")
    return fits(kind, value)


def quoted(value: str, context: str) -> str:
    r"""A value in the quoting of a context.

    POSIX, XCU 2.2: in single quotes nothing is special but their end; in double quotes `\`, `$`, backquote and their
    end are, and `!` is for interactive shells. fish, "Quotes": in single quotes `\` escapes `\` and `'`; in double
    quotes `\`, `$` and `"`. PowerShell (about_Quoting_Rules) and cmd: the grammar lets nothing through that is special.
    Python, "String and Bytes literals"; SQL-92 5.3: quotes are doubled; JSON, RFC 8259 7; YAML 1.2, 7.3.
    """
    rule = _RULES.get(context)
    if rule:
        return rule[0] + re.sub(rule[1], rule[2], value) + rule[0]
    if context in ("sh", "fish"):
        inside = quoted(value, f"{context}'")
        return value if _PLAIN.fullmatch(value) else f"'{inside}'"
    if context == "ps":
        return value if _is_in_grammar(value, "cmd") else f"'{value}'"
    if context == 'sh"':
        return re.sub(r'([\\$`"])', r"\\\1", value).replace("!", "\"'!'\"")
    if context in ('json"', 'yaml"'):
        return json.dumps(value, ensure_ascii=False)[1:-1]
    return value


_RULES: Final = {
    "sh'": ("", "'", r"'\\''"),
    "fish'": ("", r"[\\']", r"\\\g<0>"),
    'fish"': ("", r'[\\"$]', r"\\\g<0>"),
    "py'": ("", r"[\\']", r"\\\g<0>"),
    'py"': ("", r'[\\"]', r"\\\g<0>"),
    "sql'": ("", "'", "''"),
    'sql"': ("", '"', '""'),
    "yaml'": ("", "'", "''"),
    "yaml": ("'", "'", "''"),
}
"""Context -> what stands around a value, what is special in it, and how that is written."""


def unfilled(name: str, context: str) -> str:
    """What stands for a placeholder without a value, such as `<package>`: no name of a file or package.

    In a command it is `< <package>`, out of any quotes: a redirection into a redirection is a syntax error (POSIX, XCU
    2.10; so also in zsh, fish and cmd.exe, and PowerShell reserves `<`), so nothing of the line runs, and what follows
    the `>` is no file that is made. `<package>` alone would read a file of that name and write one.
    """
    shell, quote = (context[:-1], context[-1]) if context[-1:] in ("'", '"') else (context, "")
    return f"{quote}< <{name}>{quote}" if shell in SHELLS else f"<{name}>"
