"""The verb `match`: what is known of a pasted error or a log."""

import codecs
import os
import select
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

import click

from kb.checks import json_text
from kb.cli import answers
from kb.cli.matching import FILE, fail, known_errors, with_option
from kb.cli.search import say_nothing_known
from kb.match import Known, SourceError, is_pasted, telling_line

_PIECE = 1 << 19
"""Bytes that are read at a time, at most; fewer if there are fewer at the moment."""

_MOMENT = 0.1
"""Seconds in which what comes is taken together: each piece is looked at with thousands of characters before it."""

LOOKED_AT: Final = 20_000
"""Characters at the end of the input that are searched by words where nothing is matched, and for versions."""

MOST_UNREADABLE: Final = 0.1
"""Share of characters that are none, from which on a text is no text."""

FEW: Final = 3
"""Results of a search by words that are shown in place of answers."""


@click.command("match")
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line instead of text.")
@click.option("--top", type=click.IntRange(1), help="Print so many answers at the most, the best ones first.")
@click.option("--site", help="Match against a built site, a folder or an address, instead of entries/.")
@click.option("--signatures", type=FILE, help='Match against JSON lines {"id": …, "text": …} instead of entries/.')
@with_option
def match_command(  # noqa: PLR0917 - one for each option
    file: IO[bytes],
    as_json: bool,
    top: int | None,
    site: str | None,
    signatures: Path | None,
    given: tuple[tuple[str, str], ...],
) -> None:
    """Find known errors in FILE, or in what is piped in.

    Answers come as they are found, each entry once, with the first workaround and the values from the text. Where none
    is, and the text is a code or a few words, it is searched for as `kb search` does. Versions of tools that the text
    shows, or --with names, tell whether an entry is about them. Exits with 0 if something is known, 1 if nothing is, 2
    for bad use.
    """
    base = known_errors(site, signatures)
    if file.isatty():
        click.echo("Paste the error, then press Ctrl-D.", err=True)
    end = _End()
    pieces = end.of(_pieces(file))
    count = 0
    try:
        for known in base.find_each(pieces) if top is None else base.find_best(pieces, top):
            notes = known.version_notes(end.text, dict(given))
            if as_json:
                click.echo(json_text(answers.to_data(known, notes)))
            else:
                click.echo(("\n" if count else "") + answers.to_text(known, site, notes))
            sys.stdout.flush()
            count += 1
    except SourceError as error:
        fail(error)
    if not count:
        _search_instead(end.text, base, site, as_json=as_json)


class _End:
    """The end of what was read, which is looked at again where nothing was matched."""

    def __init__(self) -> None:
        self.text = ""

    def of(self, pieces: Iterator[str]) -> Iterator[str]:
        for piece in pieces:
            self.text = (self.text + piece)[-LOOKED_AT:]
            yield piece


def _search_instead(text: str, base: Known, site: str | None, *, as_json: bool) -> None:
    """Answer a text by its words, in which no message was found. Ends the program with 1 if nothing is known."""
    unreadable = _unreadable(text)
    if unreadable:
        click.echo(f"kb: {unreadable}", err=True)
        sys.exit(1)
    try:
        found = base.by_words(telling_line(text), FEW)
    except SourceError:
        found = None  # a list of signatures, or a site that an older generator built
    if found is None or not found.is_known or is_pasted(text):
        if not as_json:
            say_nothing_known(found)
        sys.exit(1)
    for number, result in enumerate(found.results):
        if as_json:
            click.echo(json_text(answers.result_to_data(result, is_known=True)))
        else:
            click.echo(("\n" if number else "") + answers.result_to_text(result, site))


def _unreadable(text: str) -> str:
    """Why a text can't be an error that somebody pasted; empty if it can."""
    if not text.strip():
        return "There is nothing in it. Paste the error, pipe it in, or name a file that holds it."
    if sum(map(text.count, ("\0", "\ufffd"))) > len(text) * MOST_UNREADABLE:
        return "This is no text: it looks like a program, an archive or an image. Paste the error as text."
    return ""


def _pieces(file: IO[bytes]) -> Iterator[str]:
    """The text of a file or pipe, in pieces as large as there is text at the moment."""
    piece = _piece(file.fileno())
    # PowerShell's `>` writes UTF-16, and says so first; half of its bytes for an ASCII letter are zero.
    is_utf16 = piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and b"\0" in piece
    encoding = "utf-16" if is_utf16 else "utf-8"
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    while piece:
        yield decoder.decode(piece)
        piece = _piece(file.fileno())
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
