"""Versions, platforms and environment, as an issue's text says them under a form's headings, or as `Key: value`."""

import re
from dataclasses import dataclass
from typing import Final

from kb.entry import one_line

_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING: Final = re.compile(r" {0,3}#{2,4} +(.{1,120}?)[ #:]*$")
_PAIR: Final = re.compile(
    r"[ \t]*(?:[-*+] +)?(?:\*\*|__)?([A-Za-z][\w ./()-]{1,60}?)(?:\*\*|__)? *: *(?:\*\*|__)? *(\S.*)$"
)
_NOTHING: Final = ("", "_no response_", "no response", "n/a", "none", "-")
_VERSION: Final = re.compile(r"(?<![\w.])v?(\d{1,9}(?:\.\d{1,9}){1,4}(?:[-+]?[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+){0,5})?)")
_PLATFORMS: Final = {
    "linux": r"linux|ubuntu|debian|fedora|centos|rhel|red hat|arch|alpine|nixos|opensuse|wsl2?",
    "macos": r"mac ?os|os ?x|darwin|mac(?:book)?",
    "windows": r"windows|win(?:10|11|32|64)|powershell",
}
"""Platform, as `affects.platforms` has it -> what people call it."""
_CALLED: Final = {
    name: re.compile(rf"(?<![a-z])(?:{words})(?![a-z])", re.IGNORECASE) for name, words in _PLATFORMS.items()
}
_PLATFORM_VERSION: Final = re.compile(
    rf"(?<![a-z])(?:{'|'.join(_PLATFORMS.values())})(?: (?:lts|version|server|home|pro))? ?[0-9][0-9.]*", re.IGNORECASE
)
_ABOUT_VERSION: Final = re.compile(r"\bversion\b|\brelease\b")
_ABOUT_OLDER: Final = re.compile(r"\b(last|previous|earlier|regression|working)\b")
_ABOUT_PLATFORM: Final = re.compile(r"\b(os|platform|operating system|system)\b")
_ABOUT_ENVIRONMENT: Final = re.compile(r"\b(environment|terminal|shell|runtime|browser|ide|editor|runner|container)\b")
_MOST: Final = 3
_LONGEST_FACT: Final = 120


@dataclass(frozen=True, slots=True)
class Environment:
    """Where an error was met, as its report says."""

    versions: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    environment: str | None = None

    @property
    def fields(self) -> dict[str, object]:
        """The field `affects` of an entry; empty where nothing is known."""
        held = {"versions": list(self.versions), "platforms": list(self.platforms), "environment": self.environment}
        return {name: value for name, value in held.items() if value}


def environment_of(text: str, product: str) -> Environment:
    """What the report's `text` says of where it happened; `product` is the name to look for beside versions."""
    facts = _facts(text)
    versions = [(name, value) for name, value in facts if _ABOUT_VERSION.search(name) and not _ABOUT_OLDER.search(name)]
    own = [(name, value) for name, value in versions if product.lower() in name] or versions[:1]
    platforms = " ".join(value for name, value in facts if _ABOUT_PLATFORM.search(name))
    around = [value for name, value in facts if _ABOUT_ENVIRONMENT.search(name) and not _ABOUT_PLATFORM.search(name)]
    return Environment(
        _versions("\n".join(value for _, value in own)),
        _platforms(platforms),
        one_line(around[0], _LONGEST_FACT) if around else None,
    )


def environment_said(text: str) -> Environment:
    """What somebody says who was asked for version and platform alone: `pip 24.0 on Windows 11`."""
    return Environment(_versions(_PLATFORM_VERSION.sub(" ", text)), _platforms(text))


def _versions(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_VERSION.findall(text)))[:_MOST]


def _platforms(text: str) -> tuple[str, ...]:
    return tuple(name for name, called in _CALLED.items() if called.search(text))


def _facts(text: str) -> list[tuple[str, str]]:
    """Names in lower case with what is said under them, in order; code blocks say nothing."""
    facts: list[tuple[str, str]] = []
    fence, name = "", ""
    for line in text.split("\n"):
        opening = _FENCE.match(line)
        if opening and (not fence or (opening[1].startswith(fence) and not line.strip(" `~"))):
            fence = "" if fence else opening[1]
            continue
        if fence or not line.strip() or len(line) > 500:
            continue
        heading, pair = _HEADING.match(line), _PAIR.match(line)
        if heading:
            name = heading[1].lower()
        elif pair and not _says_nothing(pair[2]):
            facts.append((pair[1].lower(), pair[2].strip()))
        elif name:
            if not _says_nothing(line):
                facts.append((name, line.strip()))
            name = ""
    return facts


def _says_nothing(value: str) -> bool:
    return value.strip().lower() in _NOTHING
