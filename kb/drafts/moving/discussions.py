"""A category of GitHub Discussions: the question is where the error stands, the answer that was chosen the fix."""

from collections.abc import Iterator
from datetime import date

from kb.drafts.moving.page import Fix, Found, Page, Parts
from kb.github import Discussion


def pages_of_discussions(discussions: Iterator[Discussion], repository: str) -> Iterator[Found]:
    """Each discussion as a page; what was not chosen as the answer stays there, and is linked."""
    return (_page(one, repository) for one in discussions)


def _page(one: Discussion, repository: str) -> Page:
    answer = one.get("answer")
    count = one["comments"]["totalCount"]
    fix = (answer or {}).get("body") or ""
    nodes = (one.get("labels") or {}).get("nodes") or ()
    labels = tuple(name for label in nodes if (name := label.get("name")))
    others = count - (1 if answer else 0)
    notes = f"{others} more comment{'s' * (others != 1)} stand{'s' * (others == 1)} there." if others > 0 else ""
    return Page(
        key=f"{repository}/discussions/{one['number']}",
        where=f"{repository}/discussions/{one['number']}",
        title=one["title"],
        body="",
        said=Parts(error=one.get("body") or "", fixes=(Fix("", fix),) if fix.strip() else (), notes=notes),
        products=(*labels, repository),
        tags=labels,
        address=one["url"],
        updated=date.fromisoformat((one.get("updatedAt") or one["createdAt"])[:10]),
    )
