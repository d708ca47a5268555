"""From an issue and its facts to the fields of a draft entry: what is known is said, and what isn't is said too.

Text of the issue goes only where it is shown as text: title, signatures, examples, versions, environment. The prose of
a draft is the project's own, so that nobody else's Markdown gets into it.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from kb.drafts.environment import environment_of
from kb.drafts.signature import draft_signature
from kb.drafts.telling import error_blocks
from kb.entry import IssueRef, Status, literals_of, one_line, plain, slug
from kb.github import Facts, Issue

MOST_SIGNATURES: Final = 3
MOST_BLOCKS: Final = 8
"""Errors of one text that are looked at."""
TELLING_WORDS: Final = 4
MOST_TAGS: Final = 8
LONGEST_EXAMPLE: Final = 4_000
_LONGEST_TITLE: Final = 120

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_PREFIX: Final = re.compile(
    r"^(?:\[[^\]\n]{1,40}\](?!\()|(?:bug|issue|error report|bug report) *:)[ :]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DraftedError:
    """A signature, and the print it was drafted from."""

    text: str
    example: str


def errors_in(issue: Issue) -> tuple[DraftedError, ...]:
    """The errors that an issue's text prints, or else its title; none where it prints none.

    Of several, those that say enough to be told from others: `npm ERR! code E404` would take in half of all reports.
    """
    return drafted_errors(plain(issue.get("body"))) or drafted_errors(plain(issue["title"]))


def drafted_errors(text: str) -> tuple[DraftedError, ...]:
    """The errors that a text prints; none where it prints none."""
    found = _errors(text)
    telling = [error for error in found if _words(error.text) >= TELLING_WORDS]
    return tuple(telling[:MOST_SIGNATURES]) or tuple(sorted(found, key=lambda error: -_words(error.text))[:1])


def _errors(text: str) -> list[DraftedError]:
    found: dict[str, DraftedError] = {}
    for block in error_blocks(text)[:MOST_BLOCKS]:
        example = block.strip("\n").rstrip()
        if len(example) <= LONGEST_EXAMPLE:
            with suppress(ValueError):  # too little of it would be left
                signature = draft_signature(example)
                found.setdefault(signature, DraftedError(signature, example))
    return list(found.values())


def _words(signature: str) -> int:
    """The words of a signature that stand outside of placeholders."""
    return sum(len(_WORD.findall(literal)) for literal in literals_of(signature))


def title_of(issue: Issue) -> str:
    """The issue's title without what forms put before it, as an entry's title."""
    title = one_line(issue["title"], 2 * _LONGEST_TITLE)
    return one_line(_PREFIX.sub("", title), _LONGEST_TITLE) or one_line(title, _LONGEST_TITLE) or "An untitled error"


def slug_of(issue: Issue) -> str:
    """What to call the entry: by its title, or else by its number."""
    return slug(title_of(issue), 60) or f"issue-{issue['number']}"


def fields_of(issue: Issue, facts: Facts, errors: tuple[DraftedError, ...], product: str) -> dict[str, object]:
    """The fields of a draft entry; `product` is the product's name."""
    ref = facts.issue.ref
    link = _link(ref, ref.url)
    where = environment_of(plain(issue.get("body")), product)
    merged = [pull.ref for pull in facts.pulls if pull.state == "merged"]
    is_fixed = facts.status is Status.FIXED
    by = f" by {_link(merged[0], merged[0].pull_url)}" if merged else ""
    workaround = (
        {"title": "Update to a release with the fix", "body": f"It was fixed{by}. A release made after it has the fix."}
        if is_fixed
        else {"title": "None known yet", "body": f"Nobody has written one down. {link} may have news."}
    )
    tags = dict.fromkeys(tag for label in issue.get("labels") or () if (tag := slug(label.get("name"), 40)))
    fields = {
        "title": title_of(issue),
        "signatures": [
            {"text": error.text} | ({"examples": [error.example]} if error.example else {}) for error in errors
        ],
        "tags": list(tags)[:MOST_TAGS],
        "status": str(facts.status or Status.OPEN),
        "affects": where.fields,
        "issue": facts.issue.model_dump(mode="python"),
        "pulls": [pull.model_dump(mode="json", exclude_none=True) for pull in facts.pulls],
        "reports": list(map(str, facts.reports)),
        "updated": issue["created_at"][:10],
        "summary": f"Reported as {link}. This is a draft made from that report; nobody has looked at it yet.",
        "cause": "Not known yet.",
        "workarounds": [workaround],
    }
    return {name: value for name, value in fields.items() if value or name == "tags"}


def _link(ref: IssueRef, url: str) -> str:
    shown = str(ref).replace("_", r"\_")
    return f"[{shown}]({url})"
