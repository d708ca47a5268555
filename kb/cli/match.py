"""Verbs about finding errors: `match`, `run`, `eval`."""

import codecs
import json
import os
import select
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, NoReturn

import click

from kb.checks import visible
from kb.cli import answers
from kb.match import (
    Answer,
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

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

_PIECE = 1 << 19
"""Bytes that are read at a time, at most; fewer if there are fewer at the moment."""

_MOMENT = 0.1
"""Seconds in which what comes is taken together: each piece is looked at with thousands of characters before it."""

BAD_USE = 2
NOT_EXECUTABLE, NOT_FOUND = 126, 127
"""Exit codes: as shells have them for a command that can't be started."""


@click.command("match")
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
    if file.isatty():
        click.echo("Paste the error, then press Ctrl-D.", err=True)
    count = 0
    try:
        for answer in _best(match_stream(known.matcher, _pieces(file)), top):
            fix = known.fix(answer.id)
            if as_json:
                click.echo(json.dumps(answers.to_data(answer, fix), ensure_ascii=False))
            else:
                click.echo(("\n" if count else "") + answers.to_text(answer, fix, site))
            sys.stdout.flush()
            count += 1
    except SourceError as error:
        _fail(error)
    if not count:
        if not as_json:
            click.echo("Nothing known of this yet.", err=True)
        sys.exit(1)


@click.command("run", context_settings={"ignore_unknown_options": True})
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option("--site", envvar="KB_SITE", help="Match against a built site instead of entries/.")
def run_command(command: tuple[str, ...], site: str | None) -> None:
    """Run COMMAND unchanged; if it fails, add what is known of its error.

    Output and exit code are the command's own. Write `kb run -- COMMAND`. Looks in entries/, or in the built site that
    --site or KB_SITE names, a folder or an address.
    """
    try:
        finished = run(command)
    except OSError as error:
        name = visible(command[0]) or "''"
        click.echo(f"kb run: {name}: {error.strerror}", err=True)
        sys.exit(NOT_FOUND if isinstance(error, FileNotFoundError) else NOT_EXECUTABLE)
    if finished.code:
        # Only now: what is known, or that nothing can be, is no reason not to run the command.
        known = _known(site, None, or_exit=finished.code)
        try:
            for answer in known.matcher.match(finished.output, 3):
                click.echo("\n" + answers.to_text(answer, known.fix(answer.id), site), err=True)
        except SourceError as error:
            _fail(error, finished.code)
    sys.exit(finished.code)


@click.command("eval")
@click.argument("cases", type=_FILE)
@click.option("--signatures", type=_FILE, help='JSON lines {"id": …, "text": …} instead of entries/.')
@click.option("--site", help="A built site, a folder or an address, instead of entries/.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def eval_command(cases: Path, signatures: Path | None, site: str | None, as_json: bool) -> None:
    """Measure how well errors are found.

    CASES holds JSON lines {"text": …, "expect": "product/slug" or null or [several]}. Prints recall at 1 and 3, mean
    reciprocal rank, false exact and likely answers where nothing is expected, time for a case, and the misses.
    """
    try:
        result = evaluate(_cases(cases), _known(site, signatures).matcher)
    except SourceError as error:
        _fail(error)
    if as_json:
        click.echo(json.dumps(asdict(result), ensure_ascii=False))
    else:
        click.echo(_summary(result))


def _best(found: Iterator[Answer], top: int | None) -> Iterable[Answer]:
    """The best answers, which are known only at the end; without a limit each when it is certain."""
    return found if top is None else sorted(found, key=lambda one: (one.tier != "exact", -one.score))[:top]


def _known(site: str | None, signatures: Path | None, or_exit: int = BAD_USE) -> Known:
    """What to match against. Ends the program with the code `or_exit` where it can't be had."""
    if site and signatures:
        raise click.UsageError("--site and --signatures can't be had together.")
    try:
        if site:
            return from_site(site)
        known = from_signatures(signatures) if signatures else from_entries(Path("entries"))
    except SourceError as error:
        _fail(error, or_exit)
    for sentence in known.left_out:
        click.echo(f"kb: {visible(sentence)}", err=True)
    return known


def _fail(error: SourceError, code: int = BAD_USE) -> NoReturn:
    click.echo(f"kb: {visible(str(error))}", err=True)
    sys.exit(code)


def _pieces(file: IO[bytes]) -> Iterator[str]:
    """The text of a file or pipe, in pieces as large as there is text at the moment."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while piece := _piece(file.fileno()):
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


def _piece(descriptor: int) -> bytes:
    """What can be read, and what else comes in a moment; empty at the end."""
    found = os.read(descriptor, _PIECE)
    until = time.monotonic() + _MOMENT
    while found and len(found) < _PIECE and _comes_before(until, descriptor):
        more = os.read(descriptor, _PIECE)
        if not more:
            break
        found += more
    return found


def _comes_before(until: float, descriptor: int) -> bool:
    """Whether there is something to read before a time. Windows can't wait for a pipe, and says that there isn't."""
    try:
        return bool(select.select([descriptor], [], [], max(0.0, until - time.monotonic()))[0])
    except OSError:
        return False


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
        f"false likely answers {result.false_likely:>8,}",
        f"time a case          {result.milliseconds:>8.2f} ms",
    ]
    for miss in result.misses:
        got = ", ".join(f"{answer.id} ({answer.tier})" for answer in miss.answers) or "nothing"
        text = visible(" ".join(miss.case.text.split()))[:100]
        lines.append(f"\nexpected {', '.join(miss.case.expect) or 'nothing'}; got {got}\n  {text}")
    return "\n".join(lines)
