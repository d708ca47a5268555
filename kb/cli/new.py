"""The verb `new`: from an error and what fixed it to an entry."""

import sys
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

import click

from kb.checks import Diagnostic, to_report, visible
from kb.cli import questions
from kb.cli.approving import approved
from kb.cli.settings import rule_levels
from kb.drafts import (
    Checking,
    DraftError,
    Written,
    both_ends,
    draft_entry,
    find_product,
    knowing_entries,
    placed,
    problems_of,
    read_form,
    telling_error,
    usable,
    with_changes,
    write_entry,
    write_form,
)
from kb.entry import Collection, load_collection, plain, read_source
from kb.match import run
from kb.process import ending_with_this_process
from kb.proofs import recipe_of
from kb.site.urls import RESERVED

MAX_INPUT: Final = 400_000
"""Bytes that are read from a pipe, and characters of an issue: as much as errors are looked for in."""
BAD_USE: Final = 2
_NEXT: Final = (
    "Next: say in the file what is not known yet; `kb check` names what is wrong, `python3 scripts/build.py --serve` "
    "shows the page. Then open a pull request."
)
_COMMAND: Final = "kb.cli.new.command"
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
    proof: Mapping[str, object] = field(default_factory=dict)
    """The recipe of a command that failed."""

    @property
    def changes(self) -> dict[str, object]:
        """What is to be another one than in the draft."""
        return {"title": self.title, "slug": self.slug, "tags": self.tags, "proof": self.proof}


class _WithCommand(click.Command):
    """A verb that takes a command after `--`, whatever options that has."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        at = args.index("--") if "--run" in args and "--" in args else len(args)
        ctx.meta[_COMMAND] = tuple(args[at + 1 :])
        return super().parse_args(ctx, args[:at])


@click.command("new", cls=_WithCommand)
@click.argument("product", default="")
@click.option("--run", "is_run", is_flag=True, help="Run the command after --, which fails: its output is the error.")
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
@click.pass_context
def new_command(
    context: click.Context,
    *,
    product: str,
    is_run: bool,
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

    `kb new PRODUCT --run -- COMMAND` runs a command that fails: what it prints is the error, and the entry gets a
    recipe, `proof:`, with the tools, the command and the exit code. `kb prove` then tries it.
    """
    collection = load_collection(folder)
    checking = Checking(datetime.now(UTC).date(), RESERVED, rule_levels(folder))
    choices = _Choices(product, error, fix, cause, signature, title, slug, tags)
    command: tuple[str, ...] = context.meta[_COMMAND]
    if is_run and (not command or from_issue is not None or error):
        raise click.UsageError("With --run comes a command after --, and neither --error nor --from-issue.")
    with ExitStack() as stack:
        try:
            if from_issue is not None:
                written = _from_form(from_issue, choices, collection, checking)
                terminal = None
            else:
                choices = _with_run(choices, command) if is_run else _with_input(choices)
                terminal = None if yes else _terminal(stack)
                written = _from_person(choices, collection, checking, has_terminal=terminal is not None, takes_all=yes)
        except (DraftError, LookupError) as problem:
            click.echo("\n".join(map(visible, f"kb new: {problem}".splitlines())), err=True)
            sys.exit(1)
        except questions.StoppedError:
            click.echo("Nothing was written.", err=True)
            sys.exit(1)
        _say_problems(written.problems)
        click.echo(written.path)
        if is_run:
            click.echo(
                "It has a recipe. Add what else the command needs, and under `fixes` how each workaround is tried: "
                "`- {workaround: 1, run: true}` runs its first block of code. `kb prove` tries it.",
                err=True,
            )
        if terminal and not no_edit:
            if trouble := questions.edit(written.path, terminal):
                click.echo(trouble, err=True)
            _say_problems(problems_of(*placed(read_source(written.path, folder), collection), checking))
        if from_issue is None:
            click.echo(_NEXT, err=True)


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
        log, left_out = both_ends(sys.stdin.buffer, MAX_INPUT)
        if left_out:
            note = f"the log is long; {left_out:,} bytes between its start and its end were left out."
            click.echo(f"kb new: {note}", err=True)
        return replace(choices, error=log.decode("utf-8", "replace"))
    return choices


def _with_run(choices: _Choices, command: tuple[str, ...]) -> _Choices:
    """The choices with the output of a command that fails as the error. Raises DraftError where there is none."""
    shown = " ".join(command)
    try:
        finished = run(command, ending_with_this_process())
    except OSError as error:
        raise DraftError(f"{command[0]!r}: {error.strerror}") from None
    if not finished.code:
        raise DraftError(f"`{shown}` succeeded, so there is no error to write an entry of.")
    if not finished.output.strip():
        raise DraftError(
            f"`{shown}` ended with {finished.code} and printed nothing, so there is no error to be found by."
        )
    proof = recipe_of(command, finished.code, Path.cwd())
    return replace(choices, error=finished.output[-MAX_INPUT:], proof=proof)


def _from_person(
    choices: _Choices, collection: Collection, checking: Checking, *, has_terminal: bool, takes_all: bool
) -> Written:
    """Write the entry that somebody at a terminal, or a command line, describes."""
    error = telling_error(plain(choices.error, MAX_INPUT)) if choices.error.strip() else ""
    if error:
        _say_known(error, collection, asks=has_terminal, takes_all=takes_all)
    if not has_terminal:
        flags = {"PRODUCT": choices.product, "--error": choices.error.strip(), "--fix": choices.fix.strip()}
        missing = [flag for flag, value in flags.items() if not value]
        if missing:
            click.echo(f"kb new: there is no terminal to ask at; say {', '.join(missing)}.", err=True)
            sys.exit(BAD_USE)
    product = find_product(choices.product or _asked_product(collection), collection)
    if not error:
        pasted = questions.ask_lines("The error, as it was printed", "Paste what was printed.")
        error = telling_error(plain(pasted, MAX_INPUT))
        _say_known(error, collection, asks=has_terminal, takes_all=takes_all)
    fix = choices.fix if choices.fix.strip() else questions.ask_lines("What got you past it?", "Say what helped.")
    cause = choices.cause
    if has_terminal and not choices.fix and not cause:
        cause = questions.ask_lines("Why does it happen? May be left empty.")
    draft = draft_entry(product, error, fix, cause, collection, signature=choices.signature)
    draft = with_changes(draft, choices.changes)
    if has_terminal:
        draft = approved(draft, collection, asks_slug=not choices.slug, asks_tags=not choices.tags)
    return write_entry(draft, collection, checking)


def _asked_product(collection: Collection) -> str:
    def problem(name: str) -> str:
        try:
            find_product(name, collection)
        except LookupError as unknown:
            return visible(f"{unknown}")
        return ""

    products = (f"  {key:<24} {product.name}" for key, product in sorted(collection.products.items()))
    click.echo("\n".join(map(visible, ("The products here:", *products))), err=True)
    return questions.ask_one_of("Product", collection.products, problem)


def _say_known(error: str, collection: Collection, *, asks: bool, takes_all: bool) -> None:
    """Say which entries know the error already.

    Raises StoppedError where the person then wants no new one, DraftError where nobody can be asked.
    """
    known = knowing_entries(error, collection)
    for entry in known:
        click.echo(f"Known already: {entry.id}, {visible(entry.title)}", err=True)
    if not known or takes_all:
        return
    if not asks:
        raise DraftError("nothing was written; --yes adds another entry all the same.")
    if not questions.ask_whether("Add another entry all the same?"):
        raise questions.StoppedError


def _from_form(issue: IO[str], choices: _Choices, collection: Collection, checking: Checking) -> Written:
    """Write the entry that an issue describes. Raises DraftError and LookupError, with what is wrong with it."""
    form = usable(read_form(plain(issue.read(MAX_INPUT), MAX_INPUT)), choices.product, collection)
    _say_known(form.error, collection, asks=False, takes_all=True)
    return write_form(form, choices.changes, collection, checking)
