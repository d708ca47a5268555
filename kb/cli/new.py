"""The verb `new`: from an error and what fixed it to an entry."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

import click

from kb.checks import Diagnostic, to_report, visible
from kb.cli import questions
from kb.drafts import (
    Checking,
    Draft,
    DraftError,
    Filled,
    Written,
    draft_entry,
    find_product,
    is_known,
    known_answers,
    placed,
    problems_of,
    read_form,
    telling_error,
    with_changes,
    write_entry,
)
from kb.entry import Collection, load_collection, plain, read_source
from kb.site.urls import RESERVED

MAX_INPUT: Final = 400_000
"""Bytes that are read from a pipe, and characters of an issue: as much as errors are looked for in."""
BAD_USE: Final = 2
_FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class _Choices:
    """What the command line says."""

    product: str
    error: str
    fix: str
    cause: str
    signature: str
    title: str
    slug: str
    tags: tuple[str, ...]


@click.command("new")
@click.argument("product", default="")
@click.option("--error", default="", help="The error as it was printed; - reads standard input.")
@click.option("--fix", default="", help="What got you past it, in Markdown.")
@click.option("--cause", default="", help="Why it happens, in Markdown.")
@click.option("--signature", default="", help="The signature, instead of one drafted from the error.")
@click.option("--title", default="", help="The title, instead of the error's words.")
@click.option("--slug", default="", help="The name of the file, and the end of the page's address.")
@click.option("--tag", "tags", multiple=True, help="A tag, instead of those of like entries. Can be repeated.")
@click.option(
    "--from-issue",
    type=click.File("r", encoding="utf-8", errors="replace"),
    help='The body of an issue made with the form "An error and its fix"; - reads standard input.',
)
@click.option("--folder", type=_FOLDER, default="entries", help="The entries, if not entries/.")
@click.option("--yes", is_flag=True, help="Ask nothing: take each draft as it is, known errors too.")
@click.option("--no-edit", is_flag=True, help="Don't open the entry in $VISUAL or $EDITOR.")
def new_command(
    *,
    product: str,
    error: str,
    fix: str,
    cause: str,
    signature: str,
    title: str,
    slug: str,
    tags: tuple[str, ...],
    from_issue: IO[str] | None,
    folder: Path,
    yes: bool,
    no_edit: bool,
) -> None:
    """Write a new entry for PRODUCT: an error, and what got you past it.

    What is not given is asked for, where there is a terminal; an error may be piped in:
    `some-command 2>&1 | kb new pip`. The signature is drafted from the error, with placeholders where it varies. Prints
    the new file's name. Exits with 1 if no entry could be written, and with 2 if something is missing.
    """
    collection = load_collection(folder)
    checking = Checking(datetime.now(UTC).date(), RESERVED)
    choices = _Choices(product, error, fix, cause, signature, title, slug, tags)
    with ExitStack() as stack:
        try:
            if from_issue is not None:
                form = read_form(plain(from_issue.read(MAX_INPUT), MAX_INPUT))
                written = _from_form(form, choices, collection, checking)
                terminal = None
            else:
                choices = _with_input(choices)
                terminal = None if yes else _terminal(stack)
                written = _from_person(choices, collection, checking, has_terminal=terminal is not None)
        except (DraftError, LookupError) as problem:
            click.echo("\n".join(map(visible, f"kb new: {problem}".splitlines())), err=True)
            sys.exit(1)
        except questions.StoppedError:
            click.echo("Nothing was written.", err=True)
            sys.exit(1)
        _say_problems(written.problems)
        click.echo(written.path)
        if terminal and not no_edit:
            _edit(written.path, terminal)
            _say_problems(problems_of(*placed(read_source(written.path, folder), collection), checking))


def _say_problems(problems: Iterable[Diagnostic]) -> None:
    """Print problems beside what the command answers."""
    found = list(problems)
    if found:
        click.echo(to_report(found), err=True)


def _terminal(stack: ExitStack) -> IO[str] | None:
    try:
        return stack.enter_context(questions.terminal())
    except questions.NobodyToAskError:
        return None


def _with_input(choices: _Choices) -> _Choices:
    """The choices with the error from standard input, where it is piped in."""
    is_piped = not choices.error and not sys.stdin.closed and not sys.stdin.isatty()
    if choices.error == "-" or is_piped:
        return replace(choices, error=_read_log(sys.stdin.buffer).decode("utf-8", "replace"))
    return choices


def _read_log(stream: IO[bytes]) -> bytes:
    """What is piped in; of a very long log its start and its end, where it says what went wrong."""
    start = stream.read(MAX_INPUT // 4)
    end = b""
    left_out = 0
    while block := stream.read(MAX_INPUT):
        end += block
        left_out += max(0, len(end) - (MAX_INPUT - len(start)))
        end = end[-(MAX_INPUT - len(start)) :]
    if left_out:
        click.echo(
            f"kb new: the log is long; {left_out:,} bytes between its start and its end were left out.", err=True
        )
        return start + b"\n" + end
    return start + end


def _from_person(choices: _Choices, collection: Collection, checking: Checking, *, has_terminal: bool) -> Written:
    """Write the entry that somebody at a terminal, or a command line, describes."""
    if not has_terminal:
        flags = {"PRODUCT": choices.product, "--error": choices.error.strip(), "--fix": choices.fix.strip()}
        missing = [flag for flag, value in flags.items() if not value]
        if missing:
            click.echo(f"kb new: there is no terminal to ask at; say {', '.join(missing)}.", err=True)
            sys.exit(BAD_USE)
    product = find_product(choices.product or _asked_product(collection), collection)
    pasted = choices.error
    if not pasted.strip():
        pasted = questions.ask_lines("The error, as it was printed", "Paste what was printed.")
    error = telling_error(plain(pasted, MAX_INPUT))
    _say_known(error, collection, has_terminal)
    fix = choices.fix if choices.fix.strip() else questions.ask_lines("What got you past it?", "Say what helped.")
    cause = choices.cause
    if has_terminal and not choices.fix and not cause:
        cause = questions.ask_lines("Why does it happen? May be left empty.")
    draft = draft_entry(product, error, fix, cause, collection, signature=choices.signature)
    draft = with_changes(draft, {"title": choices.title, "slug": choices.slug, "tags": choices.tags})
    if has_terminal:
        draft = _approved(draft, collection)
    return write_entry(draft, collection, checking)


def _asked_product(collection: Collection) -> str:
    def problem(name: str) -> str:
        try:
            find_product(name, collection)
        except LookupError as unknown:
            return visible(f"{unknown}")
        return ""

    return questions.ask_one_of("Product", collection.products, problem)


def _approved(draft: Draft, collection: Collection) -> Draft:
    """The draft as a person wants it."""
    click.echo("The signature is the message with {{name}} where it varies.", err=True)
    while True:
        signature = questions.ask("Signature", draft.signature.replace("\n", " "))
        try:
            changed = draft_entry(draft.product, draft.error, draft.fix, draft.cause, collection, signature=signature)
        except DraftError as problem:
            click.echo(visible(str(problem)), err=True)
            continue
        title = questions.ask("Title", draft.title)
        return replace(draft, signature=changed.signature, title=title or draft.title)


def _say_known(error: str, collection: Collection, has_terminal: bool) -> None:
    """Say which entries know the error already. Raises StoppedError where the person then wants no new one."""
    known = [answer for answer in known_answers(error, collection) if is_known(answer)]
    for answer in known:
        click.echo(f"Known already: {answer.id}, {visible(collection.by_id[answer.id].title)}", err=True)
    if known and has_terminal and not questions.ask_whether("Add another entry all the same?"):
        raise questions.StoppedError


def _from_form(form: Filled, choices: _Choices, collection: Collection, checking: Checking) -> Written:
    """Write the entry that an issue describes. Raises DraftError, with what is wrong with it."""
    empty = [name for name, value in (("product", form.product), ("error", form.error), ("fix", form.fix)) if not value]
    if empty:
        where = "its `### ` heading" if len(empty) == 1 else "a `### ` heading of its own"
        raise DraftError(f"the issue does not say the {' and the '.join(empty)}, under {where}.")
    product = find_product(choices.product or form.product, collection)
    error = telling_error(form.error)
    _say_known(error, collection, has_terminal=False)
    draft = draft_entry(product, error, form.fix, form.cause, collection)
    draft = with_changes(draft, {"title": choices.title, "slug": choices.slug, "tags": choices.tags})
    draft = replace(draft, version=form.version)
    try:
        return write_entry(draft, collection, checking, is_strict=True)
    except DraftError:
        # What its Markdown breaks, its words alone may not.
        return write_entry(draft, collection, checking, is_strict=True, as_code=True)


def _edit(path: Path, terminal: IO[str]) -> None:
    """Open the entry in the person's editor, if they have named one."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        return
    try:
        subprocess.run([*shlex.split(editor), str(path)], stdin=terminal, check=False)  # noqa: S603 - the person's own
    except (OSError, ValueError) as error:
        click.echo(f"{editor} can't be started: {error}", err=True)
