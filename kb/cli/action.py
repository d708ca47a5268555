"""What the GitHub Action runs: comments on a new issue, once, when its error is known.

All settings come from the environment, as action.yml sets them, and nothing of the event goes through a shell. What is
printed may hold a stranger's words, which a runner would take for commands to it: so they are printed between marks.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.cli.site_address import site_address
from kb.github import GitHubError, client_from
from kb.github.event import NewIssue, new_issue
from kb.github.refs import host_of
from kb.github.reply import comment_text
from kb.github.replying import post_once
from kb.github.report.references import web_address
from kb.github.server import API_URL
from kb.match import SourceError, from_entries, from_site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.match import KnownError

MOST_KNOWN: Final = 3
"""Answers that are looked at: the best may be for another platform."""

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*\Z")


class SettingsError(ValueError):
    """An input of the action is missing or wrong; the text says which."""


class Settings(NamedTuple):
    """The inputs of the action."""

    event: Path
    site: str | None
    entries: Path
    url: str | None
    labels: tuple[str, ...]
    confidence: float
    """Share of the wording from which on a match is answered; 1 is an exact one."""
    dry_run: bool

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Settings:
        """From the environment. Raises SettingsError."""
        event = environ.get("GITHUB_EVENT_PATH")
        if not event:
            raise SettingsError("GITHUB_EVENT_PATH is not set; this runs in a workflow on `issues: [opened]`")
        labels = re.split(r"[,\n]", environ.get("KB_LABELS", ""))
        dry_run = environ.get("KB_DRY_RUN", "").strip().lower() or "false"
        if dry_run not in ("true", "false"):
            raise SettingsError("dry-run has to be true or false")
        return cls(
            event=Path(event),
            site=environ.get("KB_SITE", "").strip() or None,
            entries=Path(environ.get("KB_ENTRIES", "").strip() or "entries"),
            url=environ.get("KB_SITE_URL", "").strip() or None,
            labels=tuple(label.strip() for label in labels if label.strip()),
            confidence=_confidence(environ.get("KB_CONFIDENCE", "").strip()),
            dry_run=dry_run == "true",
        )


def _confidence(written: str) -> float:
    if written in ("", "exact"):
        return 1
    try:
        share = float(written)
    except ValueError:
        share = 0
    if not 0.5 <= share <= 1:
        raise SettingsError("confidence has to be `exact`, or a number from 0.5 to 1 for likely matches too")
    return share


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
    issue = _issue_of(settings)
    if isinstance(issue, str):
        return f"No reply: {issue}.", None
    base = from_site(settings.site) if settings.site else from_entries(settings.entries)
    found = base.find(issue.text, MOST_KNOWN)
    sure = [known for known in found if known.tier == "exact" or known.score >= settings.confidence]
    if not sure:
        return "No reply: nothing is known of this error, or not for sure.", None
    fitting = [known for known in sure if not known.is_for_another_platform(issue.text)]
    if not fitting:
        return f"No reply: the issue shows another platform than {sure[0].entry} is about.", None
    known, address = fitting[0], site_address(settings.site, settings.url)
    if not address.startswith(("http://", "https://")):
        raise SettingsError("the replies need the address of the site: set `site`, or `url` beside `entries`")
    text = comment_text(known, address)
    if settings.dry_run:
        _show(text)
        return f"Dry run: would reply to {issue.ref} with {known.entry}.", known
    with client_from(os.environ) as client:
        reason = post_once(client, issue.ref, text)
    return (f"No reply: {reason}.", None) if reason else (f"Replied to {issue.ref} with {known.entry}.", known)


def _issue_of(settings: Settings) -> NewIssue | str:
    try:
        event = json.loads(settings.event.read_bytes())
    except (ValueError, RecursionError):
        raise SettingsError("the file of GITHUB_EVENT_PATH holds no JSON, or JSON that is nested too deeply") from None
    host = host_of(web_address(os.environ.get("GITHUB_API_URL") or API_URL))
    return new_issue(event if isinstance(event, dict) else {}, settings.labels, host)


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
