"""Issues that are votes, as GitHub's API gives them."""

import documented


def form(entry: str = "git/a", signal: str = "works", details: str = "_No response_") -> str:
    """The text of an issue that was made with the vote form."""
    return f"### Entry\n\n{entry}\n\n### Signal\n\n{signal}\n\n### Anything to add?\n\n{details}\n"


def vote(number: int = 1, **keys: object) -> dict:
    return documented.issue(f"fixes/base#{number}", **{"body": form(), "author": "ann", "labels": ("vote",)} | keys)
