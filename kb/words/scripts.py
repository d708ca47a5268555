"""The words in a site's scripts. They are put in when the site is built, so that a reader loads those of one language.

A script says ``spoken`Not known of ${name}.` `` and, where it counts, ``spokenOf(count, spoken`one`, spoken`more`)``.
The message in the catalogue is `Not known of %(name)s.`; a value is a name, or the last name of `found.total`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from gettext import c2py
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from kb.words.language import Language

_SAY: Final = r"spoken`((?:[^`\\$]|\$\{[\w.]+\}|\$(?!\{))*)`"
_SAID: Final = re.compile(rf"(?<![\w.]){_SAY}")
_COUNTED: Final = re.compile(rf"(?<![\w.])spokenOf\(\s*([\w.]+),\s*{_SAY},\s*{_SAY},?\s*\)")
_IMPORT: Final = re.compile(r'^import \{ spoken(?:, spokenOf)? \} from "[./]*words\.js";\n', re.MULTILINE)
_ANY: Final = re.compile(r"(?<![\w.])spoken(?:Of)?(?:`|\()")
_VALUE: Final = re.compile(r"\$\{([\w.]+)\}")
_ENOUGH: Final = 1000
"""Among the numbers up to this one, every language has all of its forms."""
_PLACE: Final = re.compile(r"%(?:\((\w+)\)s|(%))")


class ScriptMessage(NamedTuple):
    """A message of a script, as the catalogue has it."""

    line: int
    one: str
    more: str = ""
    """How it reads of many; empty where nothing is counted."""


def messages_of_script(source: str) -> Iterator[ScriptMessage]:
    """All messages of a script. Raises ValueError where one is not written as it has to be."""
    counted = [(found.start(), found.end(), found) for found in _COUNTED.finditer(source)]
    for start, _, found in counted:
        yield ScriptMessage(_line(source, start), _message(found[2]), _message(found[3]))
    for found in _SAID.finditer(source):
        if not any(start <= found.start() < end for start, end, _ in counted):
            yield ScriptMessage(_line(source, found.start()), _message(found[1]))
    for found in _ANY.finditer(_SAID.sub("", _COUNTED.sub("", source))):
        raise ValueError(f"a message is no plain text with names in it: {found[0]}")


def spoken_script(source: str, language: Language) -> str:
    """A script with its messages in a language."""
    if "words.js" not in source:
        return source
    source = _COUNTED.sub(lambda found: _counted(found, language), _IMPORT.sub("", source))
    return _SAID.sub(lambda found: _literal(language.words.gettext(_message(found[1])), _values(found[1])), source)


def _counted(found: re.Match[str], language: Language) -> str:
    """The form for a number, chosen when the script runs; where a language has one form, that."""
    count, one, more = found[1], _message(found[2]), _message(found[3])
    values = _values(found[2]) | _values(found[3])
    total, expression = language.plurals
    form_of = c2py(expression)
    numbers = {form_of(number): number for number in range(_ENOUGH, -1, -1)}
    literals = [_literal(language.words.ngettext(one, more, numbers.get(form, 0)), values) for form in range(total)]
    if total == 1:
        return literals[0]
    if total == 2 and re.fullmatch(r"\(?n\s*!=\s*1\)?", expression):
        return f"({count} === 1 ? {literals[0]} : {literals[1]})"
    return f"[{', '.join(literals)}][Number(((n) => {expression})({count}))]"


def _literal(message: str, values: dict[str, str]) -> str:
    """A message as JavaScript: a string, or a template where values go in."""
    if not values:
        return json.dumps(_PLACE.sub("%", message), ensure_ascii=False)
    parts, at = [], 0
    for place in _PLACE.finditer(message):
        parts += [_escaped(message[at : place.start()]), "%" if place[2] else f"${{{values[place[1]]}}}"]
        at = place.end()
    return "`" + "".join((*parts, _escaped(message[at:]))) + "`"


def _escaped(text: str) -> str:
    return re.sub(r"[\\`]|\$(?=\{)", r"\\\g<0>", text)


def _message(written: str) -> str:
    if not _VALUE.search(written):
        return written
    return _VALUE.sub(lambda found: f"%({_name(found[1])})s", written.replace("%", "%%"))


def _values(written: str) -> dict[str, str]:
    """Name -> the expression that it stands for."""
    return {_name(expression): expression for expression in _VALUE.findall(written)}


def _name(expression: str) -> str:
    return expression.rpartition(".")[2]


def _line(source: str, at: int) -> int:
    return source.count("\n", 0, at) + 1
