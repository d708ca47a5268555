"""The verb `comment`: what a pull request changes, told on it."""

import os
import sys
from pathlib import Path

import click

from kb.checks import visible
from kb.github import GitHubError, client_from
from kb.review import SECONDS, CommentError, comment_of_run, write_comment

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("comment")
@click.argument("run", type=click.IntRange(1))
@click.option("--repository", envvar="GITHUB_REPOSITORY", required=True, help="owner/name; else GITHUB_REPOSITORY.")
@click.option("--folder", default="entries", show_default=True, help="Where entries lie in the repository.")
@click.option("--keep", type=_FOLDER, help="Put the comment into this folder, and send nothing.")
def comment_command(run: int, repository: str, folder: str, keep: Path | None) -> None:
    """Comment on the pull request of the review workflow's RUN, or renew the comment.

    For the workflow that follows a review: its job that runs this keeps the text for another one, which may write.
    Reads the run's artifacts `changes` (what `kb changes --json` printed) and `proofs` (what `kb prove --report` wrote)
    as a stranger's words. Takes the token from GITHUB_TOKEN, and GitHub's addresses from GITHUB_API_URL and
    GITHUB_SERVER_URL.
    """
    if not os.environ.get("GITHUB_TOKEN"):
        click.echo("kb comment: GITHUB_TOKEN is not set; it needs to write to pull requests.", err=True)
        sys.exit(2)
    server = os.environ.get("GITHUB_SERVER_URL", "https://github.com")
    try:
        with client_from(os.environ, lifetime=SECONDS) as client:
            comment = comment_of_run(client, repository, run, server=server, folder=folder)
            if isinstance(comment, str):
                click.echo(comment)
            elif keep is None:
                click.echo(write_comment(client, comment))
            else:
                (keep / comment.file).write_text(comment.text, "utf-8")
                click.echo(f"Kept what is to be said on #{comment.ref.number}.")
    except (CommentError, GitHubError, OSError) as error:
        click.echo(f"kb comment: {visible(str(error))}", err=True)
        sys.exit(1)
