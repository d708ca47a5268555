"""What the clients of all hosts have in common: whom they ask, lists in pages, and answers that are looked at."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Self, TypeVar

from pydantic import TypeAdapter, ValidationError

from kb.github.errors import GitHubError
from kb.github.exchange import Absent, Answer
from kb.github.refs import host_of
from kb.github.report.references import web_address
from kb.github.shapes import Issue, Missing

if TYPE_CHECKING:
    from kb.entry import IssueRef
    from kb.github.connection import Connection
    from kb.github.service import Service

_Value = TypeVar("_Value")


class ApiClient(ABC):
    """Asks over a connection, which it closes at its end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._connection!r})"

    def close(self) -> None:
        self._connection.close()

    @property
    def service(self) -> Service:
        """Which API it is."""
        return self._connection.service

    @property
    def requests(self) -> int:
        """Requests sent so far."""
        return self._connection.requests

    @property
    def web_url(self) -> str:
        """Where people read what the API serves."""
        return web_address(self._connection.api_url)

    @property
    def host(self) -> str:
        """The host of the issues that it can ask for."""
        return host_of(self.web_url)

    @abstractmethod
    def issue(self, ref: IssueRef) -> Issue | Missing:
        """An issue, or a pull or merge request as an issue."""

    def _check_host(self, ref: IssueRef) -> None:
        """Raises GitHubError for an issue that is on another host."""
        if ref.host != self.host:
            raise GitHubError(f"{ref} is not on {self.host}; {self.service.address} says which server is asked.")

    def _first(self, path: str, pages: int) -> list[Answer] | Absent:
        """The first pages of a list."""
        found: list[Answer] = []
        while path and len(found) < pages:
            answer = self._connection.get(path)
            if isinstance(answer, Absent):
                return answer
            found.append(answer)
            path = answer.next
        return found

    def _first_and_last(self, path: str, pages: int) -> tuple[list[Answer], bool] | Absent:
        """The first pages of a list and its last one, which tells how things stand now; whether that is all of it."""
        answer = self._connection.get(path)
        if isinstance(answer, Absent):
            return answer
        found = [answer]
        is_complete = True
        for left in range(pages - 1, 0, -1):
            if not answer.next:
                break
            is_complete = left > 1 or answer.last in ("", answer.next)
            following = self._connection.get(answer.next if is_complete else answer.last)
            if isinstance(following, Absent):
                return following
            answer = following
            found.append(answer)
        return found, is_complete and not answer.next

    def _why_not_written(self, ref: IssueRef, answer: Answer | Absent) -> Missing | None:
        """Why an issue was not changed, where it was not. Raises GitHubError where the token may not write there."""
        if not isinstance(answer, Absent):
            return None
        # "Not found" is also what a token hears that may not write.
        found = self.issue(ref) if answer.reason == "not found" else Missing(str(ref), answer.reason)
        if not isinstance(found, Missing):
            raise GitHubError(f"{Missing(str(ref), answer.reason)}. Or the token may not write there.")
        return found

    def _parsed(self, kind: TypeAdapter[_Value], answer: Answer) -> _Value:
        """An answer as a value. Raises GitHubError where it is not what the API documents."""
        try:
            return kind.validate_json(answer.body)
        except ValidationError as error:
            raise undocumented(error, f"GET {answer.url}", self.service) from None

    def _made(self, kind: TypeAdapter[_Value], value: object, where: str) -> _Value:
        """The same for what was made of an answer."""
        try:
            return kind.validate_python(value)
        except ValidationError as error:
            raise undocumented(error, where, self.service) from None


def undocumented(error: ValidationError, where: str, service: Service) -> GitHubError:
    """What to raise where something that came is not what an API documents."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    name = ".".join(map(str, first["loc"])) or "the whole"
    return GitHubError(f"{where}: not what {service.name}'s API documents ({name}: {first['msg'].splitlines()[0]}).")
