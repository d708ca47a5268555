"""The verb `reply`: what is known of a reported error, as Markdown to paste."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kb.checks import visible
from kb.cli.asking import asking, options
from kb.cli.matching import BAD_USE, fail, known_errors, site_option, url_option
from kb.cli.site_address import site_address
from kb.github import GitHubError, Missing, RefError, Tracker, parse_ref
from kb.github.answering import choose
from kb.github.reply import reply_text
from kb.match import SourceError


@click.command("reply")
@click.argument("ref")
@site_option
@url_option
@options
def reply_command(ref: str, *, site: str | None, url: str | None, patience: float, cache: Path | None) -> None:
    """Print a reply to the issue REF, or to the text on standard input if REF is `-`.

    Markdown to paste: the permanent link, the first workaround with the values from the text, and how sure it is. Exits
    with 0 if the error is known, 1 if it isn't, if the text shows another platform than the entry is about, or if a
    model drafted the fix and nobody has reviewed it, 2 for bad use, 75 if GitHub's rate limit wants a pause.
    """
    try:
        base, address = known_errors(site, None), site_address(site, url)
        if ref == "-":
            text = _standard_input()
        else:
            with asking(cache, patience, BAD_USE) as client:
                text = _issue_text(client, ref)
        known, refused, unreviewed = choose(text, base)
    except (SourceError, RefError, GitHubError) as error:
        fail(error)
    if not known:
        about = f"The text shows another platform than {refused} is about: no reply."
        drafted = f"A model drafted the fix of {unreviewed}, and nobody has reviewed it: no reply."
        click.echo(drafted if unreviewed else about if refused else "Nothing known of this yet.", err=True)
        sys.exit(1)
    reply = reply_text(known, address)
    if sys.stdout.isatty():
        reply = "\n".join(map(visible, reply.split("\n")))
    click.echo(reply, nl=False)


def _issue_text(client: Tracker, ref: str) -> str:
    """An issue's title and text. Raises RefError, GitHubError."""
    issue = client.issue(parse_ref(ref, client.web_url))
    if isinstance(issue, Missing):
        raise GitHubError(f"{issue}.")
    return f"{issue['title']}\n\n{issue.get('body') or ''}"


def _standard_input() -> str:
    if sys.stdin.isatty():
        click.echo("Paste the text, then press Ctrl-D.", err=True)
    return sys.stdin.buffer.read().decode("utf-8", "replace")
