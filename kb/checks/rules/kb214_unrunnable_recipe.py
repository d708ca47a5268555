"""A recipe, `proof:`, that can't be tried as it stands."""

import re
from collections.abc import Iterator
from math import prod
from typing import Final

from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import (
    MAX_COMBINATIONS,
    Entry,
    KeyPath,
    Recipe,
    RecipeFix,
    Source,
    code_in,
    number_of_workaround,
    skipped_versions,
    stays_inside,
)

_PINNED: Final = {
    "pypi": (re.compile(r"[A-Za-z0-9][\w.-]*(?:\[[\w,.-]+\])?==[\w.+!]+"), "requests==2.32.3"),
    "npm": (re.compile(r"(?:@[a-z0-9~-][\w.~-]*/)?[a-z0-9~-][\w.~-]*@\d[\w.+-]*"), "left-pad@1.3.0"),
}
_RUN_ON: Final = {"pypi": "python", "pip": "python", "npm": "node"}
"""A tool, or where it comes from -> what it runs on."""

_Problem = tuple[KeyPath, str, str]


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    draft = source.draft
    if draft is None or draft.proof is None:
        return
    for path, message, hint in _problems(draft, draft.proof):
        yield Finding(source.key_position("proof", *path), message, hint)


def _problems(entry: Entry, recipe: Recipe) -> Iterator[_Problem]:
    if recipe.unprovable is not None:
        if recipe.model_fields_set != {"unprovable"}:
            yield ("unprovable",), "the recipe says why it can't be tried, and how it is", "Take one of them away."
        return
    if recipe.provoke is None:
        hint = "Add `provoke`, the command that prints the error, or `unprovable` with the reason why none can."
        yield (), "the recipe has no command that provokes the error", hint
    yield from _of_tools(recipe)
    for name in recipe.files:
        if not stays_inside(name):
            yield ("files", name), f"{name!r} is no file in the project's folder", "Write it relative to the folder."
    for at, fix in enumerate(recipe.fixes):
        for path, message, hint in _of_fix(entry, recipe, fix):
            yield ("fixes", at, *path), message, hint


def _of_tools(recipe: Recipe) -> Iterator[_Problem]:
    count = prod(map(len, recipe.with_.values()))
    if count > MAX_COMBINATIONS:
        yield (
            ("with",),
            f"these are {count:,} combinations of versions; the limit is {MAX_COMBINATIONS}",
            "Keep the telling ones.",
        )
    for tool in recipe.with_:
        base = _base_of(tool)
        if base and base not in recipe.with_:
            yield ("with", tool), f"{tool} runs on {base}, of which no version is named", f"Add {base} under `with`."
    for kind, names in recipe.packages.items():
        form, example = _PINNED[kind]
        for number, name in enumerate(names):
            if not form.fullmatch(name):
                message = f"{name!r} is not a package in one version"
                yield ("packages", kind, number), message, f"Write it as `{example}`."
    for text in recipe.skip:
        try:
            unknown = skipped_versions(text).keys() - recipe.with_.keys()
        except ValueError as error:
            yield ("skip", text), str(error), "Write a combination as `python 3.13, pip 20.3.4`."
            continue
        for tool in sorted(unknown):
            yield ("skip", text), f"{tool} does not stand under `with`", "Name the tools as they stand there."


def _base_of(tool: str) -> str | None:
    """What a tool runs on, of which a recipe has to name the versions too."""
    return _RUN_ON.get(tool.partition("/")[0])


def _of_fix(entry: Entry, recipe: Recipe, fix: RecipeFix) -> Iterator[_Problem]:
    number = number_of_workaround(entry, fix)
    if number is None:
        there = len(entry.workarounds)
        message = f"the entry has no workaround {fix.workaround!r}"
        yield ("workaround",), message, f"It has {there}: write a number from 1 to {there}, or a title to the letter."
        return
    if fix.run is None and not fix.change and not fix.with_:
        hint = "Say what is done: `run: true` for the workaround's first block of code, `change` for files, or `with`."
        yield (), f"nothing is done for workaround {number}", hint
    if recipe.exit == 0 and fix.check is None:
        hint = "Add `check`, a command that fails before the workaround and succeeds after it."
        yield (), "the command that provokes the error succeeds, so it can't show that the workaround helped", hint
    blocks = len(code_in(entry.workarounds[number - 1].body))
    used: list[tuple[KeyPath, object]] = [(("change", name), content) for name, content in fix.change.items()]
    for path, block in [(("run",), fix.run), *used]:
        if isinstance(block, int) and int(block) > blocks:
            has = "none" if blocks == 0 else f"{blocks} of them"
            yield path, f"workaround {number} has no block of code {int(block)}: it has {has}", "Count them from 1."
    for name in fix.change:
        if not stays_inside(name):
            yield ("change", name), f"{name!r} is no file in the project's folder", "Write it relative to the folder."


RULE = Rule(
    code="KB214",
    name="unrunnable-recipe",
    family=Family.CONTENT,
    summary="A recipe, `proof:`, can't be tried as it stands: it names what is not there, or lacks what is needed.",
    why="`kb prove` would try nothing, or something else than what the page says.",
    fix="Name workarounds, blocks of code, tools and files that there are; CONTRIBUTING shows a recipe.",
    bad="proof:\n  provoke: python app.py\n  fixes: [{workaround: 7, run: true}]",
    good='proof:\n  with: {python: ["3.8", "3.13"]}\n  provoke: python app.py\n  fixes: [{workaround: 1, run: true}]',
    in_source=_check,
)
