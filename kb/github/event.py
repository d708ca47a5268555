"""An event of GitHub Actions: whether it is a new issue that a program may answer, and which."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from kb.entry import GITHUB, IssueRef
from kb.github.report.reading import count, record, records, text

if TYPE_CHECKING:
    from collections.abc import Collection

    from kb.github.report.model import Json


class NewIssue(NamedTuple):
    """An issue that was just opened. All of it is a stranger's words."""

    ref: IssueRef
    text: str


def new_issue(event: Json, labels: Collection[str] = (), host: str = GITHUB) -> NewIssue | str:
    """The new issue of an event, or why it is not to be answered. With `labels`, it has to have one of them.
    `host` is the server whose event it is.

    https://docs.github.com/en/webhooks/webhook-events-and-payloads#issues
    """
    issue, author = record(event, "issue"), record(record(event, "issue"), "user")
    if text(event, "action") != "opened" or not issue:
        return "this is no event of a new issue"
    if "pull_request" in issue:
        return "this is a pull request"
    if text(author, "type") == "Bot" or text(author, "login").endswith("[bot]"):
        return "the issue was opened by a bot"
    if text(issue, "state") != "open" or issue.get("locked") is True:
        return "the issue is closed or locked"
    held = {text(label, "name").lower() for label in records(issue, "labels")}
    if labels and not held & {label.lower() for label in labels}:
        return "the issue has none of the labels that are to be answered"
    with suppress(ValueError):
        ref = IssueRef.parse(f"{text(record(event, 'repository'), 'full_name')}#{count(issue, 'number')}", host)
        return NewIssue(ref, f"{text(issue, 'title')}\n\n{text(issue, 'body')}")
    return "the event names no issue"
