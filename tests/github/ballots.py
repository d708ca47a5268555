"""Issues that are votes, as GitHub's API gives them."""

import documented


def form(entry: str = "git/a", signal: str = "works", details: str = "_No response_") -> str:
    """The text of an issue that was made with the vote form."""
    return f"### Entry\n\n{entry}\n\n### Signal\n\n{signal}\n\n### Anything to add?\n\n{details}\n"


def title(entry: str = "git/a", words: str = "works") -> str:
    """The title of an issue that a vote button opened."""
    return f"Vote: {words} {entry}"


def vote(number: int = 1, entry: str = "git/a", signal: str = "works", **keys: object) -> dict:
    """A vote issue; `keys` are those of `documented.issue`."""
    said = {"title": title(entry, signal), "body": form(entry, signal), "author": "ann", "labels": ("vote",)}
    return documented.issue(f"fixes/base#{number}", **{**said, **keys})
