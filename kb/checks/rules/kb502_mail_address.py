"""The e-mail address of a person."""

import re
from collections.abc import Iterator
from typing import Final

from kb.checks.data_files import in_data_files
from kb.checks.edit import Edit
from kb.checks.places import place_of
from kb.checks.prefilter import Prefilter
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import Catalog, Source

_ADDRESS: Final = re.compile(
    r"(?<![\w.%+$-])([^\W_][\w.%+-]{0,63})(?:@|%40)((?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}(?:[a-z]{2,24}|[A-Z]{2,24}))"
    r"(?![\w@-]|\.[A-Za-z])"
)
_PREFILTER: Final = Prefilter(r"(?:@|%40)[^\s@]*\.[A-Za-z]")
_FILE: Final = re.compile(
    r".*\.(?:png|jpe?g|gif|svg|webp|ico|[jt]sx?|json|css|html?|txt|lock|g?z|tgz|ya?ml|xml|toml)", re.IGNORECASE
)
"""Names of files, such as `icon@2x.png`: no host has such an ending."""
_RESERVED: Final = re.compile(
    r"(?:.*\.)?(?:example(?:\.(?:com|org|net))?|openssh\.com|libssh\.org|test|invalid|localhost|local|internal|lan|noreply\.github\.com)",
    re.IGNORECASE,
)
"""Hosts of RFC 2606 and RFC 6761, and those that no mail reaches; those that the names of SSH's algorithms end in."""
_NOBODY: Final = re.compile(
    r"git|hg|svn|user(?:name)?|you|your[._-]?(?:name|email|mail)|me|name|someone|somebody|no-?reply|do-?not-?reply|root|admin"
    r"|administrator|ubuntu|ec2-user|security|support|info|postmaster|abuse|first\.last|alice|bob|foo|bar|test",
    re.IGNORECASE,
)
"""Local parts that stand for anybody, for a service, or for the office that answers the public."""


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    return _look(source)


def _look(source: Source | Catalog) -> Iterator[Finding]:
    if not _PREFILTER.lets_pass(source.text):
        return
    for found in _ADDRESS.finditer(source.text):
        user, host = found.groups()
        if (
            _RESERVED.fullmatch(host)
            or _FILE.fullmatch(host)
            or _NOBODY.fullmatch(user)
            or _is_in_web_address(source.text, found.start())
        ):
            continue
        start, end = place_of(source.text, found.start()), place_of(source.text, found.end())
        message = f"{user[:2]}…@{host} looks like the e-mail address of a person"
        yield Finding(start, message, "Write name@example.org.", (Edit(start, end, "name@example.org"),))


def _is_in_web_address(text: str, at: int) -> bool:
    """Whether what stands at a place is the user, password or path of an address. What is asked behind `?` is not."""
    before = text[max(0, at - 200) : at]
    word = before[max(before.rfind(" "), before.rfind("\n")) + 1 :]
    return "://" in word and "mailto:" not in word and "?" not in word


RULE = Rule(
    code="KB502",
    name="mail-address",
    family=Family.SAFETY,
    summary="The text holds somebody's e-mail address.",
    why="Logs carry the addresses of people who did not ask to be published, and programs that collect them read here.",
    fix="Write `name@example.org`: hosts of example.org, example.com and .example belong to nobody.",
    bad="Permission to repo denied to jane.doe@acme-corp.com.",
    good="Permission to repo denied to name@example.org.",
    mended="Writes name@example.org in its place.",
    in_source=_check,
    in_collection=in_data_files(_look),
)
