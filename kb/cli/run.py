"""The verb `run`: a command as it is, and what is known of its error."""

import sys

import click

from kb.checks import fenced, visible
from kb.cli import answers
from kb.cli.matching import fail, known_errors
from kb.match import SourceError, run
from kb.process import ending_with_this_process

NOT_EXECUTABLE, NOT_FOUND = 126, 127
"""Exit codes: as shells have them for a command that can't be started."""


@click.command("run", context_settings={"ignore_unknown_options": True})
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option("--site", envvar="KB_SITE", help="Match against a built site instead of entries/.")
@click.option("--agent", is_flag=True, help="Put what entries say between marks, as data: for a coding agent.")
def run_command(command: tuple[str, ...], site: str | None, *, agent: bool) -> None:
    """Run COMMAND unchanged; if it fails, add what is known of its error.

    Output and exit code are the command's own. Write `kb run -- COMMAND`. Looks in entries/, or in the built site that
    --site or KB_SITE names, a folder or an address.

    Signals go on to the command. Where `kb run` itself is killed (SIGKILL), the command ends with it on Linux; in a
    terminal it hears a hangup; elsewhere it goes on until it next prints.
    """
    try:
        finished = run(command, ending_with_this_process())
    except OSError as error:
        name = visible(command[0]) or "''"
        click.echo(f"kb run: {name}: {error.strerror}", err=True)
        sys.exit(NOT_FOUND if isinstance(error, FileNotFoundError) else NOT_EXECUTABLE)
    if finished.code:
        # Only now: what is known, or that nothing can be, is no reason not to run the command.
        base = known_errors(site, None, or_exit=finished.code)
        try:
            for known in base.find(finished.output, 3):
                text = answers.to_text(known, site, known.version_notes(finished.output, {}))
                click.echo(f"\n{fenced(click.unstyle(text)) if agent else text}", err=True)
        except SourceError as error:
            fail(error, finished.code)
    sys.exit(finished.code)
