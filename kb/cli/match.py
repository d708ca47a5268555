"""The verb `match`: what is known of a pasted error or a log."""

import codecs
import json
import os
import select
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import click

from kb.cli import answers
from kb.cli.matching import FILE, fail, known_errors
from kb.match import SourceError

_PIECE = 1 << 19
"""Bytes that are read at a time, at most; fewer if there are fewer at the moment."""

_MOMENT = 0.1
"""Seconds in which what comes is taken together: each piece is looked at with thousands of characters before it."""


@click.command("match")
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line instead of text.")
@click.option("--top", type=click.IntRange(1), help="Print so many answers at the most, the best ones first.")
@click.option("--site", help="Match against a built site, a folder or an address, instead of entries/.")
@click.option("--signatures", type=FILE, help='Match against JSON lines {"id": …, "text": …} instead of entries/.')
def match_command(file: IO[bytes], as_json: bool, top: int | None, site: str | None, signatures: Path | None) -> None:
    """Find known errors in FILE, or in what is piped in.

    Answers come as they are found, each entry once, with the first workaround and the values from the text. Exits with
    0 if something is known, 1 if nothing is, 2 for bad use.
    """
    base = known_errors(site, signatures)
    if file.isatty():
        click.echo("Paste the error, then press Ctrl-D.", err=True)
    count = 0
    try:
        for known in base.find_each(_pieces(file)) if top is None else base.find_best(_pieces(file), top):
            if as_json:
                click.echo(json.dumps(answers.to_data(known), ensure_ascii=False))
            else:
                click.echo(("\n" if count else "") + answers.to_text(known, site))
            sys.stdout.flush()
            count += 1
    except SourceError as error:
        fail(error)
    if not count:
        if not as_json:
            click.echo("Nothing known of this yet.", err=True)
        sys.exit(1)


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
