"""Verbs for the review of a pull request: `changes` says what it changes, `comment` tells it on GitHub."""

import os
import sys
from pathlib import Path

import click

from kb.cli.review import CommentError, GitError, comment_on_run, compare, to_markdown
from kb.entry import load_collection

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
        report = compare(load_collection(folder), base)
    except GitError as error:
        click.echo(f"kb changes: {error}", err=True)
        sys.exit(2)
    click.echo(report.model_dump_json(indent=2) if as_json else to_markdown(report), nl=as_json)


@click.command("comment")
@click.argument("run", type=click.IntRange(1))
@click.option("--repository", envvar="GITHUB_REPOSITORY", required=True, help="owner/name; else GITHUB_REPOSITORY.")
@click.option("--folder", default="entries", show_default=True, help="Where entries lie in the repository.")
@click.option("--keep", type=_FOLDER, help="Put the comment into this folder, and send nothing.")
def comment_command(run: int, repository: str, folder: str, keep: Path | None) -> None:
    """Comment on the pull request of the review workflow's RUN, or renew the comment.

    For the workflow that follows a review: its job that runs this keeps the text for another one, which may write.
    Reads the run's artifact `changes` (what `kb changes --json` printed) as a stranger's words. Takes the token from
    GITHUB_TOKEN, and GitHub's addresses from GITHUB_API_URL and GITHUB_SERVER_URL.
    """
    token = os.environ.get("GITHUB_TOKEN")
    if not token:
        click.echo("kb comment: GITHUB_TOKEN is not set; it needs to write to pull requests.", err=True)
        sys.exit(2)
    api = os.environ.get("GITHUB_API_URL", "https://api.github.com")
    server = os.environ.get("GITHUB_SERVER_URL", "https://github.com")
    try:
        click.echo(comment_on_run(run, repository, token, api=api, server=server, folder=folder, keep=keep))
    except (CommentError, OSError) as error:
        click.echo(f"kb comment: {error}", err=True)
        sys.exit(1)
