"""Numbers, words and patterns that the report in JavaScript has from the one in Python, whose modules explain them."""

from __future__ import annotations

import re
from types import ModuleType
from typing import Final

from kb.github.gitlab import translation
from kb.github.report import analysis, body, graph, history, inert, markdown, mermaid, model, questions, references

Shared = str | int | list["Shared"] | dict[str, "Shared"]
"""What both languages write alike."""

_NAMES: Final[dict[ModuleType, str]] = {
    analysis: "LABELS ERRORS MATCHED KNOWN KNOWN_TEXT LINK",
    body: (
        "SUMMARY FACTS FACT_NAME_LENGTH FACT_VALUE ERROR_LINES ERROR FENCE HEADING COMMENT_START"
        " COMMENT_END INLINE_CODE ABOUT_WHAT ABOUT_NOT NO_PROSE FACT_NAME FACT_LINE NO_ANSWER MARKS ERROR_LINE"
        " ERROR_IN_PROSE ERROR_HEADING"
    ),
    graph: "TITLE STRENGTH",
    history: "LINES NAME NAMES_IN_LINE DATE COMMIT MAINTAINERS NAMED PLAIN",
    inert: "LONGEST TERMINAL UNSEEN HALF LINE_END SPACES MARKDOWN ISSUE ADDRESS LIST_START NOT_PLAIN",
    markdown: "SAID REFERENCE",
    mermaid: "DRAWN ARROWS LABEL STYLES",
    model: "VERSION",
    questions: "LISTED VERSION NUMBER SYSTEM IN_PROSE WAITS",
    references: (
        "OWNER NAME PATH NUMBER GITHUB ADDRESS ON_GITLAB IN_TEXT IN_TEXT_ON_GITLAB NAMED BEFORE DUPLICATES CLOSES"
    ),
    translation: "BOT MENTIONED IN_COMMIT RENAMED MARKS TOLD STATES NAMED",
}


def report_tables() -> dict[str, Shared]:
    """Module, in capitals -> its values by name. A pattern is the text of it, which means the same in both languages.

    What Python finds with `match` stands behind a `^` in JavaScript.
    """
    return {
        module.__name__.rpartition(".")[2].upper(): {name: _plain(getattr(module, name)) for name in names.split()}
        for module, names in _NAMES.items()
    }


def _plain(value: object) -> Shared:
    if isinstance(value, re.Pattern):
        return str(value.pattern).replace(r"\Z", "$")
    if isinstance(value, str | int):
        return value
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    raise TypeError(f"{value!r} can't be shared")
