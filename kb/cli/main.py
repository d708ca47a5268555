"""The group of all verbs. A verb's module is imported when the verb is called, so that each starts fast."""

from importlib import import_module
from typing import Any, Final

import click

from kb import __version__
from kb.process import collect_seldom

SECTIONS: Final = {
    "To find a fix": ("match", "search", "run", "mcp", "reply", "report"),
    "To write entries": ("new", "draft", "fmt", "check", "translated", "prove", "rule", "schema"),
    "To keep a knowledge base": ("init", "upgrade", "import", "refresh", "votes", "changes", "comment", "eval"),
}
"""The verbs as the help shows them."""

VERBS: Final = tuple(verb for verbs in SECTIONS.values() for verb in verbs)
"""Each is `<verb>_command` of the module of its name in this package."""

_SENTENCE: Final = 200
"""Characters that the help shows of a verb at the most: its whole first sentence."""


class Verbs(click.Group):
    """A group whose commands are found by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = getattr(import_module(f"kb.cli.{cmd_name}"), f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in VERBS:
            from difflib import get_close_matches  # noqa: PLC0415 - for a slip alone

            if close := get_close_matches(args[0], VERBS, 1):
                ctx.fail(f"No such command {args[0]!r}. Did you mean {close[0]!r}?")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            raise _shown(error) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, verbs in SECTIONS.items():
            commands = ((verb, self.get_command(ctx, verb)) for verb in verbs)
            with formatter.section(title):
                formatter.write_dl([(verb, it.get_short_help_str(_SENTENCE)) for verb, it in commands if it])


def _shown(error: click.ClickException) -> click.ClickException:
    """What click says, which repeats names of files and options as they are, whoever gave them."""
    from kb.checks import visible  # noqa: PLC0415 - takes long, and is needed for what went wrong alone

    said = error.format_message()
    text = "\n".join(map(visible, said.split("\n")))
    if text == said:
        return error
    if isinstance(error, click.UsageError):
        return click.UsageError(text, error.ctx)
    return click.ClickException(text)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kb")
def main() -> None:
    """Known Fixes: find, check and write entries of a knowledge base of error fixes."""
    collect_seldom()
