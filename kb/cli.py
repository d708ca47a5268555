"""The command `kb`: parse arguments, call a stage, print."""

import codecs
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import click
from rich.console import Console
from rich.markdown import Markdown

from kb import __version__, answers
from kb.checks import Rule, all_rules, check, to_report, visible
from kb.entry import load_collection, schemas
from kb.match import (
    Case,
    Evaluation,
    Known,
    SourceError,
    evaluate,
    from_entries,
    from_signatures,
    from_site,
    match_stream,
    run,
)
from kb.site.urls import RESERVED

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

_PIECE = 1 << 16
"""Bytes that are read at a time, at most; fewer if there are fewer at the moment."""

BAD_USE = 2
NOT_EXECUTABLE, NOT_FOUND = 126, 127
"""Exit codes: as shells have them for a command that can't be started."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kb")
def main() -> None:
    """Known Fixes: check and explore a knowledge base of error fixes."""


@main.command("check")
@click.argument("folder", type=_FOLDER, default="entries")
def check_command(folder: Path) -> None:
    """Check all entries in FOLDER (default: entries).

    Prints every problem with its place and what to do, and exits with 1 if there is one.
    """
    collection = load_collection(folder)
    problems = check(collection, datetime.now(UTC).date(), RESERVED)
    if problems:
        click.echo(to_report(problems))
        sys.exit(1)
    products = len({entry.product for entry in collection.entries})
    click.echo(f"{len(collection.entries)} entries for {products} products, no problems.")


@main.command("rule")
@click.argument("code", required=False)
def rule_command(code: str | None) -> None:
    """Explain the rule CODE; without one, list all rules."""
    rules = all_rules()
    if code is None:
        for rule in rules.values():
            click.echo(f"{rule.code}  {rule.name:<20} {rule.summary}")
        return
    found = rules.get(code.upper()) or next((rule for rule in rules.values() if rule.name == code), None)
    if found is None:
        raise click.BadParameter(f"there is no rule {code!r}. `kb rule` lists all.", param_hint="CODE")
    text = explanation(found)
    if sys.stdout.isatty():
        Console().print(Markdown(text))
    else:
        click.echo(text)


def explanation(rule: Rule) -> str:
    """A rule as Markdown: what, why, what to do, and an example of each kind."""
    return (
        f"# {rule.code} {rule.name}\n\n{rule.summary}\n\n"
        f"## Why it matters\n\n{rule.why}\n\n## What to do\n\n{rule.fix}\n\n"
        f"## Not like this\n\n```yaml\n{rule.bad.strip()}\n```\n\n## Like this\n\n```yaml\n{rule.good.strip()}\n```"
    )


@main.command("schema")
@click.argument("name", type=click.Choice(["front-matter", "entry", "products", "tools"]), default="front-matter")
def schema_command(name: str) -> None:
    """Print the JSON Schema of the front matter, a .yml entry, products.yml or tools.yml."""
    click.echo(json.dumps(schemas("")[f"{name}.schema.json"], indent=2))


@main.command("match")
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line instead of text.")
@click.option("--top", type=click.IntRange(1), help="Print so many answers at the most, the best ones first.")
@click.option("--site", help="Match against a built site, a folder or an address, instead of entries/.")
@click.option("--signatures", type=_FILE, help='Match against JSON lines {"id": …, "text": …} instead of entries/.')
def match_command(file: IO[bytes], as_json: bool, top: int | None, site: str | None, signatures: Path | None) -> None:
    """Find known errors in FILE, or in what is piped in.

    Answers come as they are found, each entry once, with the first workaround and the values from the text. Exits with
    0 if something is known, 1 if nothing is, 2 for bad use.
    """
    known = _known(site, signatures)
    found = match_stream(known.matcher, _pieces(file))
    # The best ones are known only at the end; without a limit each is printed when it is certain.
    count = 0
    for answer in found if top is None else sorted(found, key=lambda one: (one.tier != "exact", -one.score))[:top]:
        fix = known.fix(answer.id)
        if as_json:
            click.echo(json.dumps(answers.to_data(answer, fix), ensure_ascii=False))
        else:
            click.echo(("\n" if count else "") + answers.to_text(answer, fix, site))
        sys.stdout.flush()
        count += 1
    if not count:
        if not as_json:
            click.echo("Nothing known of this yet.", err=True)
        sys.exit(1)


@main.command("run", context_settings={"ignore_unknown_options": True})
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option("--site", envvar="KB_SITE", help="Match against a built site instead of entries/.")
def run_command(command: tuple[str, ...], site: str | None) -> None:
    """Run COMMAND unchanged; if it fails, add what is known of its error.

    Output and exit code are the command's own. Write `kb run -- COMMAND`.
    """
    known = _known(site, None)
    try:
        finished = run(command)
    except OSError as error:
        click.echo(f"kb run: {command[0]}: {error.strerror}", err=True)
        sys.exit(NOT_FOUND if isinstance(error, FileNotFoundError) else NOT_EXECUTABLE)
    if finished.code:
        for answer in known.matcher.match(finished.output, 3):
            click.echo("\n" + answers.to_text(answer, known.fix(answer.id), site), err=True)
    sys.exit(finished.code)


@main.command("eval")
@click.argument("cases", type=_FILE)
@click.option("--signatures", type=_FILE, help='JSON lines {"id": …, "text": …} instead of entries/.')
@click.option("--site", help="A built site, a folder or an address, instead of entries/.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def eval_command(cases: Path, signatures: Path | None, site: str | None, as_json: bool) -> None:
    """Measure how well errors are found.

    CASES holds JSON lines {"text": …, "expect": "product/slug" or null or [several]}. Prints recall at 1 and 3, mean
    reciprocal rank, false exact answers where nothing is expected, time for a case, and the misses.
    """
    result = evaluate(_cases(cases), _known(site, signatures).matcher)
    if as_json:
        click.echo(json.dumps(asdict(result), ensure_ascii=False))
    else:
        click.echo(_summary(result))


def _known(site: str | None, signatures: Path | None) -> Known:
    """What to match against. Ends the program where it can't be had."""
    if site and signatures:
        raise click.UsageError("--site and --signatures can't be had together.")
    try:
        if site:
            return from_site(site)
        return from_signatures(signatures) if signatures else from_entries(Path("entries"))
    except SourceError as error:
        click.echo(f"kb: {error}", err=True)
        sys.exit(BAD_USE)


def _pieces(file: IO[bytes]) -> Iterator[str]:
    """The text of a file or pipe, in pieces as large as there is text at the moment."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while chunk := os.read(file.fileno(), _PIECE):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _cases(path: Path) -> Iterator[Case]:
    """The cases of a file. Raises click.BadParameter, with the line."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                value = json.loads(line)
                yield Case.of(value["text"], value["expect"])
            except (ValueError, KeyError, TypeError):
                message = f'{path}:{number}: expected {{"text": …, "expect": …}}'
                raise click.BadParameter(message, param_hint="CASES") from None


def _summary(result: Evaluation) -> str:
    lines = [
        f"cases                {result.cases:>8,}",
        f"recall at 1          {result.recall_at_1:>8.4f}",
        f"recall at 3          {result.recall_at_3:>8.4f}",
        f"mean reciprocal rank {result.mean_reciprocal_rank:>8.4f}",
        f"false exact answers  {result.false_exact:>8,} of {result.unknown:,} unknown",
        f"time a case          {result.milliseconds:>8.2f} ms",
    ]
    for miss in result.misses:
        got = ", ".join(f"{answer.id} ({answer.tier})" for answer in miss.answers) or "nothing"
        text = visible(" ".join(miss.case.text.split()))[:100]
        lines.append(f"\nexpected {', '.join(miss.case.expect) or 'nothing'}; got {got}\n  {text}")
    return "\n".join(lines)
