"""The scheme of an address as browsers read it."""

import re
from typing import Final
from urllib.parse import unquote

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_NOT_READ: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
"""What browsers leave out at the start or inside of a scheme, and a little more (https://url.spec.whatwg.org/)."""
_LOOKED_AT: Final = 200
"""Characters of an address."""


def scheme_of(target: str) -> str:
    """The scheme of a link's target in lower case, such as `https`; nothing where it has none."""
    found = _SCHEME.match(_NOT_READ.sub("", unquote(target[:_LOOKED_AT])))
    return found[1].lower() if found else ""
