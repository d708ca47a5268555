"""Bring the catalogues up to date: kb/words/kb.pot from the sources, and each language from it.

What is new in a language is empty then, and what is said no more is gone; tests ask for all of it.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).parents[1]
WORDS: Final = ROOT / "kb/words"
TEMPLATE: Final = WORDS / "kb.pot"
_SPEAKING: Final = ("entry", "github", "links", "match", "site", "starting")
"""The parts of `kb` that say something on a page, or write the settings of one."""
_KEYWORDS: Final = {"gettext": None, "ngettext": (1, 2), "say": None, "_say": None, "_": None, "marked": None}
_PAGES: Final = {"trimmed": "false", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}

if TYPE_CHECKING:
    from collections.abc import Iterator

Message = tuple[str, int, str | tuple[str, str]]
"""File, line, and the message, with how it reads of many where it counts."""


def messages() -> Iterator[Message]:
    """All that the sources say on pages."""
    yield from _in_python()
    yield from _in_templates()
    yield from _in_scripts()
    yield from _of_others()


def _in_python() -> Iterator[Message]:
    for part in _SPEAKING:
        for path in sorted((ROOT / "kb" / part).rglob("*.py")):
            yield from _extracted("python", path, {})


def _in_templates() -> Iterator[Message]:
    for folder in ("templates", "theme"):
        for path in sorted((ROOT / "kb/site" / folder).rglob("*.html")):
            yield from _extracted("jinja2.ext:babel_extract", path, _PAGES)


def _extracted(method: str, path: Path, options: dict[str, str]) -> Iterator[Message]:
    with path.open("rb") as file:
        for line, message, _, _ in extract(method, file, keywords=_KEYWORDS, options=options):
            found = message if isinstance(message, str) else (message[0], message[1])
            yield path.relative_to(ROOT).as_posix(), line, found


def _in_scripts() -> Iterator[Message]:
    from kb.words import messages_of_script  # noqa: PLC0415 - the parts of `kb` are imported where it stands still

    for path in sorted((ROOT / "kb/site/assets/js").rglob("*.js")):
        if path.name != "words.js":
            for found in messages_of_script(path.read_text("utf-8")):
                message = (found.one, found.more) if found.more else found.one
                yield path.relative_to(ROOT).as_posix(), found.line, message


def _of_others() -> Iterator[Message]:
    """Texts that stand in one place for pages and for people who read the sources, and are said as a whole."""
    from kb.checks import all_rules  # noqa: PLC0415
    from kb.entry import order_formula  # noqa: PLC0415
    from kb.links import trending_formula  # noqa: PLC0415
    from kb.site.render import contribute_steps  # noqa: PLC0415

    yield "kb/site/templates/contribute_steps.md", 1, contribute_steps()
    yield "kb/entry/order.py", 1, order_formula()
    yield "kb/links/trending.py", 1, trending_formula()
    families = {rule.family for rule in all_rules().values()}
    yield from (("kb/checks/rule.py", 1, str(family).capitalize()) for family in sorted(families))


def template() -> Catalog:
    """The catalogue of all messages, without a translation."""
    made = Catalog(project="known-fixes", charset="utf-8")
    for file, _, message in messages():
        # Without lines: a catalogue that changes with every line of code hides what changed in it.
        made.add(message, locations=[(file, 0)])
    return made


def written(catalog: Catalog) -> bytes:
    """A catalogue as its file, the same for the same messages on any day."""
    out = BytesIO()
    write_po(out, catalog, width=110, sort_output=True, omit_header=False, include_lineno=False)
    lines = out.getvalue().decode().split("\n")
    dated = (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Generated-By",
        "Report-Msgid-Bugs-To",
        "Last-Translator",
        "Language-Team",
        "Project-Id-Version",
    )
    kept = [line for line in lines if not line.startswith(tuple(f'"{name}' for name in dated))]
    at = kept.index('msgid ""')
    return "\n".join(kept[at:]).encode()


def updated(path: Path, made: Catalog) -> Catalog:
    """A language's catalogue with the messages of the template."""
    with path.open("rb") as file:
        known = read_po(file, locale=path.stem.replace("-", "_"), abort_invalid=True)
    known.update(made, no_fuzzy_matching=True)
    known.obsolete.clear()
    known.fuzzy = False
    return known


def main() -> int:
    """Write the files anew, and say what lacks a translation."""
    made = template()
    TEMPLATE.write_bytes(written(made))
    for path in sorted(WORDS.glob("*.po")):
        catalog = updated(path, made)
        path.write_bytes(written(catalog))
        lacks = [message for message in catalog if message.id and not _is_said(message.string)]
        print(f"{path.relative_to(ROOT)}: {len(catalog)} messages, {len(lacks)} without a translation")
    return 0


def _is_said(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(string) if isinstance(string, list | tuple) else bool(string)


if __name__ == "__main__":
    sys.exit(main())
