"""The inputs of the GitHub Action, as action.yml hands them on in the environment, and the event that it runs for."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kb.github.event import NewIssue, new_issue
from kb.github.refs import host_of
from kb.github.report.references import web_address
from kb.github.server import API_URL

if TYPE_CHECKING:
    from collections.abc import Mapping


class SettingsError(ValueError):
    """An input of the action is missing or wrong; the text says which."""


class Settings(NamedTuple):
    """The inputs of the action."""

    event: Path
    host: str
    """The server whose event it is."""
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
            host=host_of(web_address(environ.get("GITHUB_API_URL") or API_URL)),
            site=environ.get("KB_SITE", "").strip() or None,
            entries=Path(environ.get("KB_ENTRIES", "").strip() or "entries"),
            url=environ.get("KB_SITE_URL", "").strip() or None,
            labels=tuple(label.strip() for label in labels if label.strip()),
            confidence=_confidence(environ.get("KB_CONFIDENCE", "").strip()),
            dry_run=dry_run == "true",
        )

    def issue(self, event: bytes) -> NewIssue | str:
        """The issue of the event's JSON, or why it is not to be answered. Raises SettingsError."""
        try:
            held = json.loads(event)
        except (ValueError, RecursionError):
            raise SettingsError(
                "the file of GITHUB_EVENT_PATH holds no JSON, or JSON that is nested too deeply"
            ) from None
        return new_issue(held if isinstance(held, dict) else {}, self.labels, self.host)


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
