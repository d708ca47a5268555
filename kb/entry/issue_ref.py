"""What names an issue: the host of its tracker, the path of its repository there, and its number.

On github.com it is written `owner/name#123`. On another host, that stands first: `ghe.example.com/owner/name#123`,
`gitlab.example.com/group/sub/project#12`. The two can't be mixed up: every host has a dot, and no owner on GitHub has.
Pull requests on GitHub are counted, and so named, together with issues. GitLab counts its merge requests apart, and
writes a `!` before their numbers: `gitlab.example.com/group/project!7`.

Owners and names as GitHub takes them: an owner has up to 39 letters, digits and hyphens (accounts that an enterprise
manages have an underscore, https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam), a repository's
name up to 100 letters, digits, `.`, `-` and `_` (https://docs.github.com/en/repositories/creating-and-managing-repositories/creating-a-new-repository).
GitLab's groups have the letters of those names, and up to 20 levels below the first
(https://docs.gitlab.com/user/reserved_names/, https://docs.gitlab.com/user/group/subgroups/).
"""

import re
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from kb.entry.forge import Forge, forge_of

GITHUB: Final = "github.com"
"""The host of an issue that is named without one."""

OWNER: Final = r"[A-Za-z0-9][A-Za-z0-9_-]{0,38}"
# It may start with dots, but is not `.` or `..`: it is a folder in short addresses. (With two dots before it, it may be
# two characters too long here: engines without look-around can't count them.)
NAME: Final = r"\.{0,2}[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}"
NUMBER: Final = r"[1-9][0-9]{0,9}"
REPOSITORY: Final = rf"{OWNER}/{NAME}"
_HOST: Final = r"(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z0-9-]{1,63}(?::[0-9]{1,5})?"
PATH: Final = rf"{NAME}(?:/{NAME}){{1,21}}"
PATTERN: Final = rf"^(?:{REPOSITORY}#{NUMBER}|{_HOST}/{PATH}[#!]{NUMBER})$"
"""What engines without look-around take, as those of JSON Schema and pydantic."""
PLACE: Final = rf"^(?:{REPOSITORY}|{_HOST}/{PATH})$"
"""A repository as `IssueRef.place` names it: on another host than github.com with that before."""
LONGEST: Final = 400
"""Characters of a reference, and of an address that is looked at, at most."""

_IS_HOST: Final = re.compile(_HOST)
_SHORT: Final = re.compile(rf"({REPOSITORY})#({NUMBER})")
_ON_HOST: Final = re.compile(rf"{PATH}[#!]{NUMBER}")
_LONG: Final = re.compile(rf"({_HOST})/({PATH})([#!])({NUMBER})")
_ON_GITHUB: Final = re.compile(rf"(?:/api/v3)?(?:/repos)?/({NAME}/{NAME})/(?:issues|pulls?)/({NUMBER})(/.*)?")
_ON_GITLAB: Final = re.compile(rf"/({PATH})/-/(issues|work_items|merge_requests)/({NUMBER})(/.*)?")
_NAMES_OF_GITHUB: Final = ("www.github.com", "api.github.com")


@dataclass(frozen=True, order=True, slots=True)
class IssueRef:
    """An issue, or a pull request. Trackers take its repository in any case: compare by `key`."""

    host: str
    """In lower case; with its port, where it has one of its own."""
    repository: str
    """`owner/name`, or a longer path."""
    number: int
    mark: Literal["#", "!"] = "#"
    """`!` for a merge request of GitLab's; whatever GitHub has is named by `#`."""

    @classmethod
    def parse(cls, text: str, host: str = GITHUB) -> Self:
        """The issue of a reference. One that names no host is on `host`. Raises ValueError where it is none.

        Where `host` is not github.com, one that names none may have a longer path, and a `!`.
        """
        if len(text) <= LONGEST:
            if short := _SHORT.fullmatch(text):
                return cls(host, short[1], int(short[2]))
            if long := _LONG.fullmatch(text):
                mark: Literal["#", "!"] = "!" if long[3] == "!" else "#"
                found = cls(long[1].lower(), long[2], int(long[4]), mark)
                if found.host != GITHUB or _SHORT.fullmatch(str(found)):
                    return found
            elif host != GITHUB and _ON_HOST.fullmatch(text):
                return cls.parse(f"{host}/{text}")
        raise ValueError("no issue: expected owner/name#123")

    @classmethod
    def of_url(cls, url: str, *, deeper: bool = False) -> Self | None:
        """The issue, pull or merge request at an address, of GitHub's API too; None where it is another address.

        With `deeper`, of an address below it as well: `/pull/7/files`.
        """
        try:
            parts = urlsplit(url) if len(url) <= LONGEST else urlsplit("")
        except ValueError:
            return None
        host = parts.netloc.lower()
        if parts.scheme not in ("http", "https") or not _IS_HOST.fullmatch(host):
            return None
        found = _ON_GITLAB.fullmatch(parts.path)
        if found and (deeper or found[4] in (None, "/")):
            sign = "!" if found[2] == "merge_requests" else "#"
            return cls._of(f"{host}/{found[1]}{sign}{found[3]}")
        found = _ON_GITHUB.fullmatch(parts.path)
        if found and (deeper or found[3] in (None, "/")):
            return cls._of(f"{GITHUB if host in _NAMES_OF_GITHUB else host}/{found[1]}#{found[2]}")
        return None

    @classmethod
    def _of(cls, text: str) -> Self | None:
        try:
            return cls.parse(text)
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.place}{self.mark}{self.number}"

    @property
    def place(self) -> str:
        """The repository as references name it: with its host, unless that is github.com."""
        return self.repository if self.host == GITHUB else f"{self.host}/{self.repository}"

    @property
    def key(self) -> Self:
        """The same for all spellings of an issue."""
        lower = self.repository.lower()
        return self if lower == self.repository else type(self)(self.host, lower, self.number, self.mark)

    @property
    def short_path(self) -> str:
        """Folders that no other issue has: `owner/name/123`, `gitlab.example.com/group/project/!7`."""
        return f"{self.place}/{'!' if self.mark == '!' else ''}{self.number}"

    @property
    def url(self) -> str:
        """Its address on its host. GitHub leads from it to the pull request, where it is one."""
        if self.mark == "!":
            return f"https://{self.host}/{self.repository}/-/merge_requests/{self.number}"
        return f"https://{self.host}/{self.repository}/{'-/' if self.is_on_gitlab else ''}issues/{self.number}"

    @property
    def pull_url(self) -> str:
        """The address of the pull or merge request of this name."""
        if self.is_on_gitlab:
            return replace(self, mark="!").url
        return f"https://{self.host}/{self.repository}/pull/{self.number}"

    @property
    def is_on_gitlab(self) -> bool:
        """Whether nothing but GitLab names things so, or the host says that it is one."""
        return self.mark == "!" or forge_of(self.host, self.repository) is Forge.GITLAB

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """A reference in front matter, in JSON and in their schema is text."""
        text = core_schema.no_info_after_validator_function(
            cls._validated, core_schema.str_schema(pattern=PATTERN, max_length=LONGEST)
        )
        return core_schema.no_info_before_validator_function(
            lambda value: str(value) if isinstance(value, cls) else value,
            text,
            serialization=core_schema.plain_serializer_function_ser_schema(str, return_schema=core_schema.str_schema()),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> Any:
        return {**handler(schema), "examples": ["owner/name#123"]}

    @classmethod
    def _validated(cls, text: str) -> Self:
        found = cls._of(text)
        if found is None:  # a path of another depth on github.com
            raise PydanticCustomError("string_pattern_mismatch", "must name an issue")
        return found
