"""What votes call a workaround: by its title, so that one that is put before it takes no votes away from it."""

from itertools import count
from typing import Final

from kb.entry.model import Entry
from kb.entry.plain import slug

_LONGEST: Final = 60
_NAMELESS: Final = "workaround"


def workaround_keys(entry: Entry) -> tuple[str, ...]:
    """A key for each workaround, in the order of the entry's file: the slug of its title, with a number if it is taken.

    A workaround with another title is another one, and has no votes yet.
    """
    keys: dict[str, None] = {}
    for workaround in entry.workarounds:
        name = slug(workaround.title, _LONGEST) or _NAMELESS
        numbered = (name if number == 1 else f"{name}-{number}" for number in count(1))
        keys[next(key for key in numbered if key not in keys)] = None
    return tuple(keys)
