"""Where the running generator came from, in words that pip understands, and what it runs with."""

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final

from packaging.requirements import InvalidRequirement, Requirement

NAME: Final = "known-fixes"
"""The generator's name as a distribution."""
_REPOSITORY: Final = re.compile(r"@ (git\+[^@#]+(?:@[^@#/]+(?=/)[^@#]+)?)(?:@[^@#]+)?(#.*)?$")
"""The address of a repository in a requirement; a revision may come behind it, and before its host a user's name."""
_TAG: Final = re.compile(r"@v\d[^@/]*$")
_VERSION: Final = re.compile(r"\d+(\.\d+)+(rc\d+)?")
_PROVING: Final = {"extra": "prove"}


def running_generator() -> str:
    """The requirement that installs the generator that runs now: from a folder, a repository or an index.

    How it was installed stands in `direct_url.json` (https://packaging.python.org/en/latest/specifications/direct-url/).
    """
    distribution = metadata.distribution(NAME)
    text = distribution.read_text("direct_url.json")
    if text is None:
        return f"{NAME}=={distribution.version}"
    origin = json.loads(text)
    url = str(origin["url"])
    if "vcs_info" in origin:
        facts = origin["vcs_info"]
        asked = str(facts.get("requested_revision", ""))
        revision = asked if asked == f"v{distribution.version}" else facts["commit_id"]  # a release's tag, or a commit
        url = f"{facts['vcs']}+{url}@{revision}"
    return f"{NAME} @ {url}"


def released_generator(version: str, present: str | None) -> str:
    """The requirement that installs a release from where the present one comes: an index, or a repository by its tag.

    Where that is a folder of one computer, or nothing, it is an index.
    """
    found = _REPOSITORY.search(present or "")
    return f"{NAME} @ {found[1]}@v{version}{found[2] or ''}" if found else f"{NAME}=={version}"


def renewed_generator(present: str | None, running: str, version: str) -> str:
    """The requirement that installs what runs now, from where others can have it, if the present one does so.

    What runs from a folder of this computer is for nobody else: then a release is named by its version, or its tag, and
    a commit, of which nothing says what came after it, stays.
    """
    if "file:" not in running or present is None or "file:" in present:
        return running
    found = _REPOSITORY.search(present)
    is_commit = found is not None and not _TAG.search(present)
    return present if is_commit else released_generator(version, present)


def generator_from(text: str) -> str:
    """The requirement that a person means: a version, a folder, a wheel, an address (`git+https://…`), a requirement.

    Raises ValueError for what is none, or of another distribution.
    """
    folder = Path(text)
    if is_version(text):
        text = f"{NAME}=={text}"
    elif folder.is_dir() or (folder.is_file() and text.endswith((".whl", ".tar.gz"))):
        text = f"{NAME} @ {folder.resolve().as_uri()}"
    elif "://" in text and "@ " not in text:
        text = f"{NAME} @ {text}"
    try:
        requirement = Requirement(text)
    except InvalidRequirement:
        raise ValueError(f"{text!r} is no folder, no wheel, no address and no requirement") from None
    if requirement.name.lower().replace("_", "-") != NAME:
        raise ValueError(f"{requirement.name!r} is another package; the generator is {NAME}")
    return text.replace("\n", " ")


def is_version(text: str) -> bool:
    """Whether a text names a release by its version: 0.2.0, not a folder or an address."""
    return _VERSION.fullmatch(text) is not None


@cache
def running_versions(*extras: str) -> tuple[str, ...]:
    """Everything that the generator and extras of it need, as `name==version` of what runs here, ordered by name."""
    return tuple(sorted(set(_versions(NAME, set(extras), set())), key=str.lower))


def proving_tools() -> list[str]:
    """What `kb prove` takes besides (the extra `prove`): in the version that is here, else in any that will do."""
    found = []
    for text in metadata.distribution(NAME).requires or ():
        requirement = Requirement(text)
        marker = requirement.marker
        # Where it is for one system alone, it is for Linux.
        if (
            marker is None
            or marker.evaluate({"extra": ""})
            or not marker.evaluate(_PROVING | {"sys_platform": "linux"})
        ):
            continue
        try:
            pinned = f"{requirement.name}=={metadata.version(requirement.name)}"
        except metadata.PackageNotFoundError:
            pinned = f"{requirement.name}{requirement.specifier}"
        is_everywhere = marker.evaluate(_PROVING | {"sys_platform": "darwin"})
        found.append(pinned if is_everywhere else f"{pinned}; sys_platform == 'linux'")
    return sorted(found)


def _versions(name: str, extras: set[str], seen: set[tuple[str, str]]) -> Iterator[str]:
    """What a distribution with these extras needs; `seen` is what was walked through already."""
    for text in metadata.distribution(name).requires or ():
        requirement = Requirement(text)
        needed = requirement.marker is None or any(
            requirement.marker.evaluate({"extra": extra}) for extra in ("", *extras)
        )
        key = (requirement.name.lower().replace("_", "-"), ",".join(sorted(requirement.extras)))
        if key in seen or not needed:
            continue
        seen.add(key)
        try:
            found = metadata.distribution(requirement.name)
        except metadata.PackageNotFoundError:
            continue  # for another system
        if found.read_text("direct_url.json") is None:
            yield f"{found.metadata['Name']}=={found.version}"
        yield from _versions(requirement.name, requirement.extras, seen)
