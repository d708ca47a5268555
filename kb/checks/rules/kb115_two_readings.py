"""Text without quotes that the two versions of YAML read differently."""

import re
from collections.abc import Iterator
from typing import Final

from kb.checks.data_files import in_data_files
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.yaml_places import places_of
from kb.entry import AMBIGUOUS, Catalog, Source, read_alike

_MAY_BE: Final = re.compile(rf"(?:[:,-][ \t\n]+|\[[ \t\n]*)(?:{AMBIGUOUS.pattern})[ \t]*(?:[,\]}}\n]|[ \t]#|$)")
"""Such text where a value may stand: most files have none, and their YAML is not taken apart once more."""


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    if source.draft is None:
        return
    # Of a `.yml` entry all of the file is YAML.
    end_of_yaml = len(source.text) if source.blocks else len(source.text) - len(source.draft.body)
    if _MAY_BE.search(source.text, 0, end_of_yaml):
        yield from _look(source)


def _look(file: Source | Catalog) -> Iterator[Finding]:
    for scalar in places_of(file).values.values():
        new = read_alike(scalar.value) if scalar.is_plain else None
        if new is not None:
            message = f"{scalar.value!r} is one thing in YAML 1.1, which is read here, and another in YAML 1.2"
            yield Finding(scalar.start, message, f"Write {new}.", scalar.becomes(new))


RULE = Rule(
    code="KB115",
    name="two-readings",
    family=Family.FORMAT,
    summary="A text or number without quotes is one thing in YAML 1.1 and another in YAML 1.2.",
    why=(
        "Python reads YAML 1.1, most editors and many other programs read YAML 1.2: to one `08006` is text and `0o17` "
        "is too, to the other both are numbers. An editor then calls a good entry wrong, and a program that reads the "
        "file takes another code out of it."
    ),
    fix="Put text in quotes, and write numbers in decimal.",
    mended="Puts the text in quotes, or writes the number in decimal.",
    bad="codes: [08006]",
    good='codes: ["08006"]',
    in_source=_check,
    in_collection=in_data_files(_look),
)
