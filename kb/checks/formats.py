"""The problems of a run in the forms that other programs read: JSON, annotations of GitHub, SARIF."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final, Literal, TypeAlias
from urllib.parse import quote

from kb import __version__
from kb.checks.annotation import annotation, file_told
from kb.checks.cut import line_of, told
from kb.checks.diagnostic import Diagnostic, summary
from kb.checks.edit import Edit
from kb.checks.level import Level
from kb.checks.registry import all_rules
from kb.checks.rule import Rule
from kb.checks.shown import json_text, visible
from kb.entry import Position

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

JSON_VERSION: Final = 1
"""Raised when a key of the JSON changes its meaning or goes away."""

_SARIF_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def to_json(diagnostics: Sequence[Diagnostic]) -> str:
    """An object with `version`, `count`, `problems` and `more`.

    `count` counts all problems; of a file `problems` has the first hundred, and `more` says how many it has besides:
    `file`, `count`, and `at_least`, which is true where not all were looked for.
    A problem has `code`, `name`, `family`, `level` (`error` or `warning`), `file`, `line`, `column` (both from 1),
    `message`, `hint`, `why`, `source_line` (of a very long line the part around the problem) and `fix`: a list of
    edits, each with `start`, `end` (line and column; the end is not included) and `text`. The list is empty where a
    person has to mend it.
    """
    shown, left_out = told(diagnostics)
    problems: list[Json] = [_problem(found, all_rules()[found.code]) for found in shown]
    more: list[Json] = [
        {"file": file_told(each.path), "count": each.number, "at_least": each.is_least} for each in left_out.values()
    ]
    return json_text({"version": JSON_VERSION, "count": len(diagnostics), "problems": problems, "more": more}, 2)


def to_github(diagnostics: Sequence[Diagnostic]) -> str:
    """Workflow commands that annotate the lines of a pull request, and a line for the log.

    See "Workflow commands for GitHub Actions", `::error` and `::warning`. Paths are relative to the working folder,
    which in a workflow is the repository.
    """
    shown, left_out = told(diagnostics)
    more = [f"{file_told(each.path)}: {each}" for each in left_out.values()]
    return "\n".join([*map(_annotation, shown), *map(visible, more), summary(diagnostics)])


def to_sarif(diagnostics: Sequence[Diagnostic], site: str = "") -> str:
    """A SARIF 2.1.0 log of one run; `site` is where the pages of the rules are, and may be empty.

    Of a file it has the first hundred problems; a notification of the tool says how many more there are.
    """
    shown, left_out = told(diagnostics)
    notes: list[Json] = [
        {"level": "note", "message": {"text": f"{file_told(each.path)}: {each}"}} for each in left_out.values()
    ]
    rules = list(all_rules().values())
    number = {rule.code: index for index, rule in enumerate(rules)}
    driver: dict[str, Json] = {
        "name": "kb",
        "semanticVersion": __version__,
        "rules": [_sarif_rule(rule, site.rstrip("/")) for rule in rules],
    }
    run: dict[str, Json] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, number[found.code]) for found in shown],
    }
    if notes:
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": notes}]
    return json_text({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, 2)


def _problem(found: Diagnostic, rule: Rule) -> Json:
    return {
        "code": found.code,
        "name": rule.name,
        "family": str(rule.family),
        "level": str(found.level),
        "file": file_told(found.path),
        "line": found.position.line,
        "column": found.position.column,
        "message": found.message,
        "hint": found.hint,
        "why": rule.why,
        "source_line": line_of(found),
        "fix": [{"start": _place(edit.start), "end": _place(edit.end), "text": edit.text} for edit in found.fix],
    }


def _place(position: Position) -> Json:
    return {"line": position.line, "column": position.column}


def _annotation(found: Diagnostic) -> str:
    title = f"{found.code} {all_rules()[found.code].name}"
    level: Literal["error", "warning"] = "error" if found.level is Level.ERROR else "warning"
    return annotation(level, found.path, found.position, title, filter(None, (found.message, found.hint)))


def _sarif_rule(rule: Rule, site: str) -> Json:
    described: dict[str, Json] = {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary} {rule.why}"},
        "help": {"text": f"{rule.why}\n\n{rule.fix}"},
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": [str(rule.family)]},
    }
    return described | ({"helpUri": f"{site}/rules/{rule.code.lower()}/"} if site else {})


def _result(found: Diagnostic, number: int) -> Json:
    uri = quote(file_told(found.path).encode("utf-8", "surrogateescape"))
    region: dict[str, Json] = {"startLine": found.position.line, "startColumn": found.position.column}
    if found.source_line:
        region["snippet"] = {"text": line_of(found)}
    location: dict[str, Json] = {"artifactLocation": {"uri": uri}, "region": region}
    result: dict[str, Json] = {
        "ruleId": found.code,
        "ruleIndex": number,
        "level": str(found.level),
        "message": {"text": f"{found.message}. {found.hint}" if found.hint else found.message},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"problem/v1": _fingerprint(found, uri)},
    }
    if found.fix:
        change: Json = {"artifactLocation": {"uri": uri}, "replacements": _replacements(found.fix)}
        result["fixes"] = [{"description": {"text": found.hint or found.message}, "artifactChanges": [change]}]
    return result


def _fingerprint(found: Diagnostic, uri: str) -> str:
    """What stays the same when lines are added above: the rule, the file, and the text of the line."""
    parts = (found.code, uri, line_of(found).strip(), found.message)
    return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _replacements(edits: Iterable[Edit]) -> list[Json]:
    return [
        {
            "deletedRegion": {
                "startLine": edit.start.line,
                "startColumn": edit.start.column,
                "endLine": edit.end.line,
                "endColumn": edit.end.column,
            },
            "insertedContent": {"text": edit.text},
        }
        for edit in edits
    ]
