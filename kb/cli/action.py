"""What the GitHub Action runs: comments on a new issue, once, when its error is known.

All settings come from the environment, as action.yml sets them, and nothing of the event goes through a shell. What is
printed may hold a stranger's words, which a runner would take for commands to it: so they are printed between marks.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kb.cli.site_address import site_address
from kb.github import GitHubError, client_from
from kb.github.action import Settings, SettingsError
from kb.github.answering import choose
from kb.github.reply import comment_text
from kb.github.replying import post_once
from kb.match import SourceError, from_entries, from_site

if TYPE_CHECKING:
    from kb.match import KnownError

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*\Z")


def main() -> int:
    """Answer the event that the environment names. Returns the exit code: 0, or 2 where something has to be mended."""
    try:
        settings = Settings.read(os.environ)
        outcome, known = answer(settings)
    except (SettingsError, SourceError, GitHubError, OSError) as error:
        _say("error", str(error))
        return 2
    _say("notice", outcome)
    try:
        _write_outputs(known)
    except OSError as error:
        _say("error", f"the outputs can't be written to the file of GITHUB_OUTPUT: {error}")
        return 2
    return 0


def answer(settings: Settings) -> tuple[str, KnownError | None]:
    """Comment on the event's issue if there is something to say. What was done, and the entry that was answered with.

    Raises SettingsError, kb.match.SourceError, GitHubError, OSError.
    """
    issue = settings.issue(settings.event.read_bytes())
    if isinstance(issue, str):
        return f"No reply: {issue}.", None
    base = from_site(settings.site) if settings.site else from_entries(settings.entries)
    known, refused, unreviewed = choose(issue.text, base, settings.confidence)
    if refused:
        return f"No reply: the issue shows another platform than {refused} is about.", None
    if unreviewed:
        return f"No reply: a model drafted the fix of {unreviewed}, and nobody has reviewed it.", None
    if not known:
        return "No reply: nothing is known of this error, or not for sure.", None
    address = site_address(settings.site, settings.url)
    if not address.startswith(("http://", "https://")):
        raise SettingsError("the replies need the address of the site: set `site`, or `url` beside `entries`")
    text = comment_text(known, address)
    if settings.dry_run:
        _show(text)
        return f"Dry run: would reply to {issue.ref} with {known.entry}.", known
    with client_from(os.environ) as client:
        reason = post_once(client, issue.ref, text)
    return (f"No reply: {reason}.", None) if reason else (f"Replied to {issue.ref} with {known.entry}.", known)


def _say(kind: str, message: str) -> None:
    """A message that a runner shows beside the run (https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands)."""
    escaped = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    print(f"::{kind} title=Known Fixes::{escaped}")  # noqa: T201 - a workflow command


def _show(text: str) -> None:
    """Print text in which a runner must not look for commands."""
    mark = secrets.token_hex(16)
    print(f"::stop-commands::{mark}\n{text}\n::{mark}::")  # noqa: T201 - a workflow command


def _write_outputs(known: KnownError | None) -> None:
    """Tell later steps: `answered`, and the entry's id where it is one."""
    file = os.environ.get("GITHUB_OUTPUT")
    if file:
        entry = known.entry if known and _ID.match(known.entry) else ""
        with Path(file).open("a", encoding="utf-8") as output:
            output.write(f"answered={'true' if known else 'false'}\nentry={entry}\n")


if __name__ == "__main__":
    sys.exit(main())
