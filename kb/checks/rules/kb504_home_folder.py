"""The home folder of a person, with their name."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

import re2

from kb.checks.edit import Edit
from kb.checks.places import lines_with, place_of
from kb.checks.prefilter import Prefilter
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import Source

_HOME: Final = re.compile(
    r"(?<![\w.@-])(?:(?:/(?:var|usr|export|data))?/home/|(?:/mnt/[a-z]|/cygdrive/[a-z]|/[a-z])?/Users/"
    r"|[A-Za-z]:(?:\\{1,4}|/)(?:Users|Documents and Settings)(?:\\{1,4}|/)|\\{2,8}wsl[\w.$\\-]{1,60}\\home\\{1,4})"
    r"([^\W_][\w.~-]{0,40}?)(?=[/\\:;,'\"\s)\]>]|\.?$|\.\s)",
    re.MULTILINE,
)
_REQUEST_BEFORE: Final = re.compile(r"\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) $")
_FILE: Final = re.compile(r".*\.(?:[jt]sx?|html?|css|json|php|vue|svelte|py|rb|go|md|txt)")
"""`/home/page.js` is a file of a site's folder `home`."""
_NOBODY: Final = re.compile(
    r"user(?:name)?s?|usr|you|your[._-]?(?:name|user(?:name)?|home)|me|my[._-]?(?:name|user)|name|someone|somebody|runner(?:admin)?"
    r"|root|admin(?:istrator)?|ubuntu|debian|fedora|centos|ec2-user|vagrant|vscode|codespace|coder|gitpod|jovyan|circleci"
    r"|travis|jenkins|gitlab-runner|app(?:user)?|node|python|ruby|nonroot|worker|service|build(?:er)?|ci|dev(?:eloper)?"
    r"|deploy(?:er)?|docker|podman|linuxbrew|git|postgres|mysql|www|www-data|nginx|apache|airflow|spark|hadoop|sandbox|pi|kali"
    r"|public|shared|default|guest|test(?:er|user)?|demo|example|foo|bar|containeradministrator|vssadministrator|wsl|nobody|x{2,}"
    r"|redacted|placeholder|project|src|student|opam|rust|cargo|conda|mambauser|micromamba|solr|elasticsearch|jboss|wildfly",
    re.IGNORECASE,
)
"""Names that stand for anybody, or for an account of a machine."""
_FOLDERS: Final = ("/home/", "\\home\\", "Users", "Documents and Settings")
"""One of these stands in each such path."""
_PREFILTER: Final = Prefilter("|".join(map(re2.escape, _FOLDERS)))


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    text = source.text
    if not _PREFILTER.lets_pass(text):
        return
    signatures = "\n".join(signature.text for signature in source.draft.signatures) if source.draft else ""
    for found in chain.from_iterable(_HOME.finditer(text, *line) for line in lines_with(text, _FOLDERS)):
        name = found[1]
        if _FILE.fullmatch(name) or _REQUEST_BEFORE.search(text, max(0, found.start() - 10), found.start()):
            continue
        if _NOBODY.fullmatch(name) or found[0] in signatures:
            continue  # in a signature it is a value that should be a placeholder
        start, end = place_of(text, found.start(1)), place_of(text, found.end(1))
        message = f"the home folder of {name!r}"
        yield Finding(start, message, "Write `user` for the name.", (Edit(start, end, "user"),))


RULE = Rule(
    code="KB504",
    name="home-folder",
    family=Family.SAFETY,
    summary="A path names the home folder of a person.",
    why="The name of an account is often that of its owner, and tells an attacker what to log in as.",
    fix="Write `/home/user/…`, `/Users/user/…` or `C:\\\\Users\\\\user\\\\…`, or leave the folder out.",
    bad="ENOENT: no such file, open '/home/alice/app/package.json'",
    good="ENOENT: no such file, open '/home/user/app/package.json'",
    mended="Writes `user` for the name.",
    in_source=_check,
)
