"""The group of all verbs. A verb's module is imported when the verb is called, so that each starts fast."""

from importlib import import_module
from typing import Final

import click

from kb import __version__

VERBS: Final = {
    "check": "check",
    "fmt": "fmt",
    "new": "new",
    "rule": "check",
    "schema": "check",
    "match": "match",
    "run": "match",
    "eval": "match",
    "changes": "changes",
    "comment": "changes",
    "report": "report",
    "reply": "report",
    "init": "init",
    "import": "github",
    "refresh": "github",
    "votes": "votes",
}
"""Verb -> the module of this package that holds its command, `<verb>_command`."""


class Verbs(click.Group):
    """A group whose commands are found by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = getattr(import_module(f"kb.cli.{VERBS[cmd_name]}"), f"{cmd_name}_command")
        return command


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kb")
def main() -> None:
    """Known Fixes: find, check and write entries of a knowledge base of error fixes."""
