"""The verb `changes`: what a change does to the knowledge base."""

import sys
from pathlib import Path

import click

from kb.checks import json_text
from kb.entry import load_collection
from kb.review import GitError, compare, to_markdown
from kb.site.urls import RESERVED

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("changes")
@click.argument("base")
@click.argument("folder", type=_FOLDER, default="entries")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of Markdown.")
def changes_command(base: str, folder: Path, as_json: bool) -> None:
    """Say what differs between BASE and the entries in FOLDER (default: entries).

    BASE is a commit, a branch or a tag: `kb changes origin/main`. Prints new, changed, renamed and removed entries,
    which known errors the examples of new ones lead to, and the addresses that would vanish.
    """
    try:
        report = compare(load_collection(folder), base, RESERVED)
    except GitError as error:
        click.echo(f"kb changes: {error}", err=True)
        sys.exit(2)
    click.echo(json_text(report.model_dump(mode="json"), 2) if as_json else to_markdown(report), nl=as_json)
