"""The files of a new knowledge base, and what says from what they were made."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kb import __version__
from kb.entry import Forge
from kb.starting.changes import newest_release
from kb.starting.choices import PLACES, Choices, forge_of_choice, host_of_choice
from kb.starting.files import PACKAGE, filled, write_files
from kb.starting.origin import ORIGIN, Origin, renewable
from kb.starting.server import for_server, is_server

_OF_GITHUB: Final = ".github/"
_TAKE: Final = "scripts/take.sh"


def write_starter(folder: Path, chosen: Choices, blanks: Mapping[str, str]) -> None:
    """Write the files of a new knowledge base, all or none; the folder is empty or not there. Raises OSError."""
    contents = started(chosen, blanks)
    origin = origin_now(chosen, renewable(contents))
    write_files(folder, contents | {ORIGIN: origin.to_json().encode()})


def started(chosen: Choices, blanks: Mapping[str, str]) -> dict[str, bytes]:
    """The files that the running generator starts a base of these choices with, which have filled the blanks."""
    contents = filled(PACKAGE / "starter", blanks)
    if (chosen.forge or forge_of_choice(chosen.repo)) == Forge.GITLAB:
        take = contents[f"{_OF_GITHUB}{_TAKE}"]
        contents = {name: content for name, content in contents.items() if not name.startswith(_OF_GITHUB)}
        contents |= filled(PACKAGE / "starting/gitlab", blanks) | {f".gitlab/{_TAKE}": take}
    elif is_server(host := host_of_choice(chosen.repo)):
        contents = for_server(contents, host)
    for place in PLACES:
        if place in chosen.places:
            contents |= filled(PACKAGE / "starting/places" / place, blanks)
    return contents


def origin_now(chosen: Choices, texts: Mapping[str, str]) -> Origin:
    """What a base says of its start where the running generator wrote it."""
    return Origin(__version__, newest_release(), chosen, texts)
