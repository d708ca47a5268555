"""From an issue and its timeline to the facts that an entry keeps: counts, official pull requests, reports, status."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from kb.entry import PATH, IssueRef, Status, one_line, plain
from kb.entry import Issue as IssueFacts
from kb.entry import Pull as PullFacts
from kb.github.client import ref_of
from kb.github.errors import GitHubError
from kb.github.shapes import Event, Issue, Timeline, User

MOST_PULLS: Final = 20
MOST_REPORTS: Final = 40
"""What an entry lists of each; anyone on GitHub can mention an issue as often as they like."""

_KIND: Final = re.compile(r"[a-z]+(?:[-_][a-z0-9]+){0,6}")
_CLOSING: Final = r"\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)\b:?[ \t]+"
"""Words that let a pull request close an issue, as GitHub documents them ("Linking a pull request to an issue")."""
_DUPLICATE: Final = re.compile(
    rf"\b(?<!not )(?<!not a )duplicate of[ \t]+(?:(https?://\S{{1,200}})|({PATH})?#([0-9]{{1,10}})\b)",
    re.IGNORECASE,
)
_STATUS_OF_REASON: Final = {"not_planned": Status.WONTFIX, "duplicate": Status.DUPLICATE}


@dataclass(frozen=True, slots=True)
class Facts:
    """What GitHub says of an issue. `status` is None where it says nothing of how things stand with the error."""

    issue: IssueFacts
    pulls: tuple[PullFacts, ...]
    reports: tuple[IssueRef, ...]
    status: Status | None
    is_open: bool


def facts_of(issue: Issue, timeline: Timeline, now: datetime) -> Facts:
    """The facts of an issue that was read at `now`.

    Pull requests are official where they are in the issue's own repository; those that close the issue come first.
    Reports are issues that mention this one, and those that comments call the same. Raises GitHubError.
    """
    ref = ref_of(issue)
    if ref is None:
        raise GitHubError(f"GitHub gave an issue that has no address of one: {one_line(issue['html_url'], 200)}.")
    pulls = list(_pulls(ref, timeline))
    closing = [pull for pull, closes in pulls if closes]
    linked = [pull for pull, closes in pulls if not closes]
    return Facts(
        IssueFacts(
            ref=ref,
            fetched=now.replace(microsecond=0),
            comments=issue.get("comments") or 0,
            participants=len({login for login in _participants(issue, timeline) if login}),
            reactions=(issue.get("reactions") or {}).get("total_count") or 0,
            timeline=_kinds(timeline),
        ),
        tuple([*closing, *linked][:MOST_PULLS]),
        tuple(_others(ref, pulls, timeline))[:MOST_REPORTS],
        _status(issue, timeline, closing),
        issue["state"] == "open",
    )


def is_pull(issue: Issue) -> bool:
    """Whether an issue that was read is a pull request."""
    return issue.get("pull_request") is not None


def state_of(pull: Issue) -> Literal["open", "merged", "closed"]:
    """How things stand with a pull request that was read as an issue."""
    if (pull.get("pull_request") or {}).get("merged_at"):
        return "merged"
    return "open" if pull["state"] == "open" else "closed"


def _kinds(timeline: Timeline) -> dict[str, int]:
    kinds = Counter(event.get("event") or "" for event in timeline.events)
    known = [(kind, count) for kind, count in kinds.items() if _KIND.fullmatch(kind)]
    return dict(sorted(known, key=lambda one: (-one[1], one[0])))


def _participants(issue: Issue, timeline: Timeline) -> Iterator[str]:
    """Who wrote: the author and those who commented."""
    yield _login(issue.get("user"))
    for event in timeline.events:
        if event.get("event") == "commented":
            yield _login(event.get("user") or event.get("actor"))


def _login(user: User | None) -> str:
    return user["login"] if user else ""


def _sources(timeline: Timeline) -> Iterator[tuple[IssueRef, Issue, bool]]:
    """The issues and pull requests that mention this one, each once, as they were last. And: is it said to close it?"""
    found: dict[IssueRef, tuple[IssueRef, Issue, bool]] = {}
    for event in timeline.events:
        source = (event.get("source") or {}).get("issue")
        if event.get("event") == "cross-referenced" and source and (ref := ref_of(source)):
            found[ref.key] = ref, source, event.get("closes", False)
    yield from found.values()


def _pulls(ref: IssueRef, timeline: Timeline) -> Iterator[tuple[PullFacts, bool]]:
    """Official pull requests, and whether they close the issue."""
    repository, number = ref.repository, ref.number
    names = rf"(?:(?:{re.escape(repository)})?#{number}\b|\S*/{re.escape(repository)}/(?:-/)?issues/{number}\b)"
    closing = re.compile(_CLOSING + names, re.IGNORECASE)
    for name, source, closes in _sources(timeline):
        if is_pull(source) and name.key.place == ref.key.place:
            title = one_line(source["title"], 300) or None
            text = f"{source['title']}\n{plain(source.get('body'))}"
            pull = PullFacts(ref=name, state=state_of(source), title=title)
            yield pull, closes or bool(closing.search(text))


def _others(ref: IssueRef, pulls: list[tuple[PullFacts, bool]], timeline: Timeline) -> Iterator[IssueRef]:
    """Other reports of the same error, each once: neither the issue itself nor what stands among its pull requests."""
    seen = {ref.key, *(pull.ref.key for pull, _ in pulls)}
    for other in _reports(ref, timeline):
        if other.key not in seen:
            seen.add(other.key)
            yield other


def _reports(ref: IssueRef, timeline: Timeline) -> Iterator[IssueRef]:
    for event in timeline.events:
        if event.get("event") == "commented":
            yield from _duplicates(ref, event)
    for name, source, _ in _sources(timeline):
        if not is_pull(source):
            yield name


def _duplicates(ref: IssueRef, event: Event) -> Iterator[IssueRef]:
    """The issues that a comment calls the same: `Duplicate of #12`."""
    for url, repository, number in _DUPLICATE.findall(plain(event.get("body"))):
        with suppress(ValueError):
            found = (
                IssueRef.of_url(url) if url else IssueRef.parse(f"{repository or ref.repository}#{number}", ref.host)
            )
            if found:
                yield found


def _status(issue: Issue, timeline: Timeline, closing: list[PullFacts]) -> Status | None:
    """How things stand, where closing the issue says it.

    Fixed: closed, and a pull request or a commit did it. A program that closes what is old says nothing of the error,
    and neither does "completed" alone, which is also said when an answer helped.
    """
    if issue["state"] != "closed":
        return None
    last = next((event for event in reversed(timeline.events) if event.get("event") == "closed"), None)
    reason = issue.get("state_reason") or "completed"
    if reason == "completed":
        by_commit = last is not None and last.get("commit_id")
        return Status.FIXED if by_commit or any(pull.state == "merged" for pull in closing) else None
    actor = (last.get("actor") if last else None) or issue.get("closed_by")
    return None if is_program(actor) and reason == "not_planned" else _STATUS_OF_REASON.get(reason)


def is_program(user: User | None) -> bool:
    """Whether an account is a bot's."""
    return user is not None and (user.get("type") == "Bot" or user["login"].endswith("[bot]"))
