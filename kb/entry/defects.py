"""From pydantic's validation errors to defects that a contributor understands."""

import re
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from typing import Final, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kb.entry.prose import PROSE_HEADINGS, WORKAROUND
from kb.entry.source import START, Defect, DefectKind, KeyPath, Position

_NAMES: Final = {
    "string_type": "text",
    "int_type": "a whole number",
    "tuple_type": "a list",
    "dict_type": "keys and values",
    "model_type": "keys and values",
    "date_type": "a date",
    "datetime_type": "a date and time",
}


def describe_validation(
    error: ValidationError,
    model: type[BaseModel],
    position: Callable[..., Position],
    within: KeyPath = (),
    has_sections: bool = False,
) -> list[Defect]:
    """One defect for each thing that is wrong, at the position of its key.

    `position` gives the place of a key path; `model` is asked for its field names ("did you mean"); `within` is the
    path of the whole that was validated, and `has_sections` says that its prose stands under headings.
    """
    errors = error.errors(include_url=False)
    # A list that lost an item to an error of its own counts as too short.
    broken = {details["loc"][:depth] for details in errors for depth in range(len(details["loc"]))}
    return [
        _missing_section(details, position)
        if has_sections and details["type"] == "missing" and details["loc"][0] in PROSE_HEADINGS
        else _describe(details, model, position, within)
        for details in errors
        if not (details["type"] == "too_short" and details["loc"] in broken)
    ]


def _describe(
    details: ErrorDetails, model: type[BaseModel], position: Callable[..., Position], within: KeyPath
) -> Defect:
    path: KeyPath = tuple(details["loc"])
    kind = details["type"]
    if path == ("id",):
        return Defect(DefectKind.FILE_NAME, START, "not a name for an entry's file", _FILE_NAME_HINT)
    where = position(*path)
    if kind == "extra_forbidden":
        name = str(path[-1])
        close = get_close_matches(name, _fields(model, path[:-1]), n=1)
        hint = f"Did you mean {close[0]!r}?" if close else f"Known keys: {', '.join(_fields(model, path[:-1]))}."
        return Defect(DefectKind.UNKNOWN_KEY, where, f"unknown key {name!r}", hint, next(iter(close), ""))
    if kind == "missing":
        return Defect(DefectKind.MISSING, where, f"{_name(path)} is missing", f"Add the key {path[-1]!r}.")
    if kind in ("string_too_short", "too_short"):
        hint = _STEP_HINT if path[0] == "workarounds" and path[-1] == "title" else _EMPTY_HINT
        return Defect(DefectKind.MISSING, where, f"{_name(path)} is empty", hint)
    return Defect(DefectKind.WRONG_TYPE, where, *_wrong(path or within, details))


def _missing_section(details: ErrorDetails, position: Callable[..., Position]) -> Defect:
    heading = PROSE_HEADINGS[str(details["loc"][0])]
    shown = f"`## {heading}: …`" if heading == WORKAROUND else f"`## {heading}`"
    where = position(*details["loc"])
    return Defect(DefectKind.MISSING, where, f"section {shown} is missing", f"Add a section {shown}.")


def _wrong(path: KeyPath, details: ErrorDetails) -> tuple[str, str]:
    """Message and hint for a value that isn't what its key takes."""
    found = details["input"]
    shown = _shown(found)
    kind = details["type"]
    if kind == "day" or (kind.startswith(("date_", "datetime_")) and kind not in _NAMES):
        hint = _NO_DAY_HINT if re.fullmatch(r"\d{4}-\d\d-\d\d", str(found)) else "Write it as YYYY-MM-DD."
        return f"{_name(path)} must be a date, found {shown}", hint
    if kind == "string_type" and (isinstance(found, bool | int | float) or hasattr(found, "isoformat")):
        return f"{_name(path)} must be text, but YAML reads it as {_yaml_type(found)}: {shown}", "Put it in quotes."
    if kind == "string_pattern_mismatch":
        return f"{_name(path)} has the wrong form: {shown}", _PATTERN_HINTS.get(
            str(path[0]) if path else "", "Compare it with a neighbouring entry."
        )
    if kind in ("enum", "literal_error"):
        expected = str(details.get("ctx", {}).get("expected", ""))
        return f"{_name(path)} can't be {shown}", f"Use one of: {expected}."
    if kind in _NAMES:
        return f"{_name(path)} must be {_NAMES[kind]}, found {shown}", _KIND_HINTS[kind]
    if kind == "value_error":
        why = str(details.get("ctx", {}).get("error", details["msg"]))
        return f"{_name(path)} can't be {shown}: {why}", "Choose another one."
    if kind in ("string_too_long", "too_long"):
        limit = f"{details.get('ctx', {}).get('max_length', 0):,}"
        if isinstance(found, str):
            return f"{_name(path)} has {len(found):,} characters; the limit is {limit}", _TOO_LONG_HINT
        return f"{_name(path)} has too many items; the limit is {limit}", _TOO_MANY_HINT
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"{_name(path)} is out of bounds: {shown}", "Write a count: a whole number from 0 up."
    return f"{_name(path)}: {details['msg'][:1].lower()}{details['msg'][1:]}", "Compare it with a neighbouring entry."


_EMPTY_HINT: Final = "Fill it in, or remove it if it is optional."
_STEP_HINT: Final = "Say in a few words what to do, as in `## Workaround: Restart the server`."
_FILE_NAME_HINT: Final = "Lower-case words joined by hyphens, in a product's folder: `pip/hash-mismatch.md`."
_KIND_HINTS: Final = {
    "string_type": "Write text, in quotes if it looks like something else.",
    "int_type": "Write a whole number, without quotes.",
    "tuple_type": "Write a list: `[one, two]`, or a line `- one` for each.",
    "dict_type": "Write keys with values: `{key: value}`, or a line `key: value` for each.",
    "model_type": "Write keys with values: `{key: value}`, or a line `key: value` for each.",
    "date_type": "Write it as YYYY-MM-DD.",
    "datetime_type": "Write it as YYYY-MM-DDThh:mm:ssZ.",
}
_NO_DAY_HINT: Final = "The calendar has no such day. Write one that it has, as YYYY-MM-DD."
_TOO_LONG_HINT: Final = "Shorten it: keep what tells this error from others; of a log, the lines around the error."
_TOO_MANY_HINT: Final = "Keep the telling ones, or make another entry of the rest."
_PATTERN_HINTS: Final = {
    "tags": "Lower-case words joined by hyphens: `usage-limit`.",
    "related": "An entry's id: `product/slug`.",
    "aliases": "An entry's id: `product/slug`.",
    "reports": "An issue: `owner/name#123`.",
    "pulls": "A pull request: `owner/name#123`.",
    "issue": "An issue: `owner/name#123`.",
    "title": "One line of text.",
    "waive": "The code of a rule with the reason: `KB507: the folder is empty by then`.",
    "repository": "A repository: `owner/name`.",
    "home": "An address that starts with https://.",
    "url": "An address that starts with https://.",
}


def _shown(value: object) -> str:
    """A value as the message shows it: as YAML writes it where it is short, and else by its kind."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value) if isinstance(value, date) else repr(value)
    return text if len(text) < 60 else _KINDS.get(type(value), "something else")


_KINDS: Final[dict[type, str]] = {str: "text", list: "a list", dict: "keys and values"}


def _yaml_type(value: object) -> str:
    if isinstance(value, bool):
        return "yes/no"
    return "a number" if isinstance(value, int | float) else "a date"


def _name(path: KeyPath) -> str:
    """A key path as a person would write it: `signatures[0].text`."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else part
    return name or "the document"


def _fields(model: type[BaseModel], path: KeyPath) -> list[str]:
    """The keys that the model knows at `path`."""
    for part in path:
        if isinstance(part, int):
            continue
        inner = inner_model(fields_by_key(model).get(part))
        if inner is None:
            return []
        model = inner
    return list(fields_by_key(model))


def fields_by_key(model: type[BaseModel]) -> dict[str, object]:
    """The keys of a model in its order, as files have them, and what each may hold."""
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def inner_model(annotation: object) -> type[BaseModel] | None:
    """The model inside an annotation such as `tuple[Pull, ...]` or `Issue | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) is dict:
        return None  # its keys are anybody's
    return next((found for part in get_args(annotation) if (found := inner_model(part))), None)
