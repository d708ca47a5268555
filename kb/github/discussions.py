"""Discussions of a repository, which GitHub gives in GraphQL alone.

https://docs.github.com/graphql/guides/using-the-graphql-api-for-discussions
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter, ValidationError

from kb.github.errors import GitHubError
from kb.github.shapes import Discussion, DiscussionCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.github.connection import Connection

PAGE: Final = 50
"""Discussions that are asked for at once: with their texts, they are far below what GitHub gives in one answer."""
_TRIES: Final = 3

_CATEGORIES: Final = """\
query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    hasDiscussionsEnabled
    discussionCategories(first: 100) { nodes { id name slug } }
  }
}"""
_DISCUSSIONS: Final = """\
query($owner: String!, $name: String!, $category: ID!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    discussions(
      first: $first, after: $after, categoryId: $category, orderBy: {field: CREATED_AT, direction: ASC}
    ) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        number title body url createdAt updatedAt
        labels(first: 20) { nodes { name } }
        answer { body }
        comments { totalCount }
      }
    }
  }
}"""

_CATEGORY_LIST: Final = TypeAdapter(list[DiscussionCategory])
_PAGE_OF: Final = TypeAdapter(list[Discussion])


def discussions_of(connection: Connection, repository: str, category: str) -> tuple[int, Iterator[Discussion]]:
    """The discussions of a category, named by its slug or name: how many there are, and each, oldest first.

    Raises GitHubError, also for a category that is not there, naming those that are.
    """
    owner, _, name = repository.partition("/")
    names = {"owner": owner, "name": name}
    found = _repository(connection, _CATEGORIES, names, repository)
    held = _parsed(_CATEGORY_LIST, (found.get("discussionCategories") or {}).get("nodes"), repository)
    wanted = category.casefold()
    ids = [one["id"] for one in held if wanted in ((one.get("slug") or "").casefold(), one["name"].casefold())]
    if not ids:
        there = ", ".join(str(one.get("slug") or one["name"]) for one in held)
        known = f"It has {there}." if there else "It has no discussions."
        raise GitHubError(f"{repository}: no category {category!r}. {known}")
    first = _page(connection, names | {"category": ids[0]}, repository, None)
    return int(first["totalCount"]), _all(connection, names | {"category": ids[0]}, repository, first)


def _all(
    connection: Connection, names: Mapping[str, object], repository: str, first: dict[str, Any]
) -> Iterator[Discussion]:
    page, seen = first, set[str]()
    while True:
        yield from _parsed(_PAGE_OF, page.get("nodes"), repository)
        info = page.get("pageInfo") or {}
        cursor = info.get("endCursor")
        if not info.get("hasNextPage") or not isinstance(cursor, str):
            return
        if cursor in seen:
            raise GitHubError("GitHub's list of discussions leads back to itself.")
        seen.add(cursor)
        page = _page(connection, names, repository, cursor)


def _page(connection: Connection, names: Mapping[str, object], repository: str, after: str | None) -> dict[str, Any]:
    found = _repository(connection, _DISCUSSIONS, {**names, "first": PAGE, "after": after}, repository)
    page = found.get("discussions")
    if not isinstance(page, dict) or not isinstance(page.get("totalCount"), int):
        raise _undocumented(repository)
    return page


def _repository(connection: Connection, query: str, variables: Mapping[str, object], repository: str) -> dict[str, Any]:
    """What a query gives of the repository. What goes wrong comes as `errors`, with the status 200."""
    for _ in range(_TRIES):
        received = connection.query(query, variables)
        try:
            answer: dict[str, Any] = TypeAdapter(dict[str, Any]).validate_json(received.body or b"{}")
        except ValidationError:
            raise _undocumented(repository) from None
        errors = [error for error in answer.get("errors") or () if isinstance(error, dict)]
        if any(error.get("type") in ("RATE_LIMITED", "RATE_LIMIT") for error in errors):
            connection.limited(received.headers)
            continue
        data = answer.get("data")
        found = data.get("repository") if isinstance(data, dict) else None
        if isinstance(found, dict):
            return found
        told = "; ".join(str(error.get("message", ""))[:200] for error in errors[:3])
        raise GitHubError(f"{repository}: {told or 'no such repository, or the token may not read it.'}")
    raise GitHubError(f"{repository}: GitHub takes no more requests for now. Try again later.")


def _parsed(kind: TypeAdapter[Any], value: object, repository: str) -> Any:
    try:
        return kind.validate_python(value or [])
    except ValidationError:
        raise _undocumented(repository) from None


def _undocumented(repository: str) -> GitHubError:
    return GitHubError(f"{repository}: GitHub's GraphQL API does not answer as it documents. Is the address right?")
