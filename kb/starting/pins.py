"""Pins of a knowledge base: the generator and what it needs, renewed package by package, with a keeper's own kept."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from packaging.requirements import InvalidRequirement, Requirement
from packaging.version import InvalidVersion, Version

from kb.starting.generator import NAME

PINS: Final = ("requirements.txt", "constraints.txt", "requirements-prove.txt")
"""Files of one requirement a line."""


class Renewed(NamedTuple):
    """A file of pins after an upgrade."""

    text: str
    said: tuple[str, ...]
    """What became of which package, one thing each."""


class _Pin(NamedTuple):
    """A line of such a file that names a package, with the lines that continue it."""

    name: str
    line: str
    requirement: Requirement


def renewed_pins(written: str, present: str, new: str) -> Renewed:
    """A file of pins with those of a newer start. `written` is what the former start had there.

    A package that the keeper pinned otherwise, or added, stays so; but of two versions the newer one counts where both
    went ahead. Comments and other lines stay as they are.
    """
    if present == written and not hashed(present):
        return _all_renewed(present, new)
    before, ahead = _pins(written), _pins(new)
    lines, said = [], []
    here = set()
    for line in _logical_lines(present):
        pin = _pin(line)
        if pin is None:
            lines.append(line)
            continue
        here.add(pin.name)
        theirs = ahead.get(pin.name)
        kept = _kept(pin, before.get(pin.name), theirs)
        if kept is not None:
            lines.append(line)
            said += [f"{kept} stays as you have it"] if kept else []
        elif theirs is None:
            said.append(f"{pin.name} is needed no more")
        else:
            lines.append(theirs.line)
            said += [_step(pin, theirs)] if _pinned(pin) != _pinned(theirs) else []
    removed = before.keys() - here
    missing = [pin for name, pin in ahead.items() if name not in here and (name not in removed or not here)]
    said += [f"{pin.name} is new" for pin in missing if pin.name not in removed]
    text = "\n".join(lines).rstrip("\n")
    return Renewed("\n".join([*([text] if text else []), *(pin.line for pin in missing)]) + "\n", tuple(said))


def _all_renewed(present: str, new: str) -> Renewed:
    """A file of pins that nobody edited, with the newer one's comments and order."""
    here, lines, said = _pins(present), [], []
    for line in _logical_lines(new):
        theirs = _pin(line)
        mine = here.get(theirs.name) if theirs else None
        is_tighter = mine is not None and theirs is not None and _is_tighter(mine, theirs)
        lines.append(mine.line if mine and is_tighter else line)
        if theirs and mine is None:
            said.append(f"{theirs.name} is new")
        elif theirs and mine and not is_tighter and _pinned(mine) != _pinned(theirs):
            said.append(_step(mine, theirs))
    said += [f"{name} is needed no more" for name in here if name not in _pins(new)]
    return Renewed("\n".join(lines), tuple(said))


def _is_tighter(present: _Pin, theirs: _Pin) -> bool:
    """Whether a version is pinned that an environment without the package would let loose: it knows no better."""
    is_ = _exact(present)
    return is_ is not None and not _exact(theirs) and theirs.requirement.specifier.contains(is_, prereleases=True)


def presumably_written(present: str, new: str) -> str:
    """Of a file of pins, of which nothing says how it was written, the lines that a start may have put there.

    A package that a newer start has not may be the keeper's own.
    """
    known = _pins(new)
    lines = ((line, _pin(line)) for line in _logical_lines(present))
    return "\n".join(line for line, pin in lines if pin is None or pin.name in known)


def hashed(text: str) -> bool:
    """Whether packages stand in a file of pins with the digests of their archives."""
    return "--hash=" in text


def with_extras(requirement: str, present: str) -> str:
    """A requirement of the generator with the extras that the present file of pins asks for."""
    extras = _pins(present)[NAME].requirement.extras if NAME in _pins(present) else set()
    named = f"[{','.join(sorted(extras))}]" if extras else ""
    return re.sub(rf"^{NAME}\b(?!\[)", f"{NAME}{named}", requirement)


def generator_in(text: str) -> str | None:
    """The requirement by which a file of pins installs the generator; None where it names none."""
    pin = _pins(text).get(NAME)
    return str(pin.requirement) if pin else None


def _kept(present: _Pin, before: _Pin | None, theirs: _Pin | None) -> str | None:
    """What to say of a pin that stays; empty where there is nothing to say, None where it is renewed or goes."""
    is_, was, will = _exact(present), before and _exact(before), theirs and _exact(theirs)
    is_edited = before is None or _pinned(present) != _pinned(before)
    if present.name == NAME:
        return None if theirs else ""
    if theirs is None:
        return (_pinned(present) if before else "") if is_edited else None
    if _is_tighter(present, theirs):
        return ""
    went_ahead = is_ is not None and will is not None and (was or is_) <= is_ <= will
    return _pinned(present) if is_edited and not went_ahead else None


def _step(present: _Pin, theirs: _Pin) -> str:
    was, will = _exact(present), _exact(theirs)
    return f"{present.name} {was} -> {will}" if was and will else f"{_pinned(present)} -> {_pinned(theirs)}"


def _exact(pin: _Pin) -> Version | None:
    """The one version that a pin names."""
    found = [each.version for each in pin.requirement.specifier if each.operator == "=="]
    try:
        return Version(found[0]) if len(found) == 1 else None
    except InvalidVersion:  # 1.*
        return None


def _pinned(pin: _Pin) -> str:
    """The pin without digests and comments."""
    return re.split(r"\s+(?:--hash=|#)|\s*\\", pin.line)[0].strip()


def _pins(text: str) -> dict[str, _Pin]:
    return {pin.name: pin for line in _logical_lines(text) if (pin := _pin(line))}


def _pin(line: str) -> _Pin | None:
    bare = re.split(r"\s+(?:--hash=|#)|\s*\\", line)[0].strip()
    try:
        requirement = Requirement(bare)
    except InvalidRequirement:
        return None
    return _Pin(re.sub(r"[-_.]+", "-", requirement.name).lower(), line, requirement)


def _logical_lines(text: str) -> Iterator[str]:
    """Lines, each with those that continue it after a backslash."""
    collected: list[str] = []
    for line in text.split("\n"):
        collected.append(line)
        if not line.endswith("\\"):
            yield "\n".join(collected)
            collected = []
    if collected:
        yield "\n".join(collected)
