"""Names as parts of addresses and names of files: lower-case words joined by hyphens."""

import re
from typing import Final

_NOT_IN_SLUG: Final = re.compile(r"[^a-z0-9]+")


def slug_of(name: str) -> str:
    """A name as a slug: `HTTP 400` -> `http-400`. Empty where it has no letters and digits."""
    return _NOT_IN_SLUG.sub("-", name.lower()).strip("-")
