"""How much an entry may hold: bounds that a real one never meets, so that no file costs a reader or a build much.

What is longer is refused with a diagnostic that names the bound. Those of keys stand in the JSON Schema, too. The
largest of the project's own entries has 8 KB, 8 signatures, 8 reports, 7 codes and 5 workarounds.
"""

from typing import Final

MAX_BYTES: Final = 1_000_000
"""Largest file that is read. A report pasted whole into `raw` stays far below it."""

MAX_DEPTH: Final = 12
"""Deepest nesting of YAML; what an entry has a use for is 5 (`signatures[].examples[]`)."""

MAX_VALUES: Final = 20_000
"""Values in one YAML document; the largest real entry has a few hundred."""

MAX_SIGNATURES: Final = 40
MAX_EXAMPLES: Final = 40
"""Examples of one signature."""
MAX_WORKAROUNDS: Final = 40
MAX_CODES: Final = 40
MAX_TAGS: Final = 20
MAX_NAMES: Final = 100
"""Versions, platforms, kinds of timeline events."""
MAX_PULLS: Final = 100
MAX_REPORTS: Final = 1_000
MAX_LINKED: Final = 100
"""Related entries, and former ids: each is an address."""

MAX_COMBINATIONS: Final = 60
"""Combinations of tools' versions that a recipe may ask for: each is a run of seconds."""
MAX_RECIPE_FILES: Final = 40

MAX_TEXT: Final = 20_000
"""Characters of a section, a signature or an example."""
MAX_RAW: Final = 200_000
"""Characters of the original report."""
MAX_LINE: Final = 300
"""Characters of what is one line."""

MAX_LINES: Final = 20_000
"""Lines of prose; a file of 1 MB has room for 200,000 headings, items or paragraphs."""

MAX_HEADING: Final = MAX_LINE
"""Characters of a heading in prose: searches show it, and look for its words."""

MAX_QUOTES: Final = 60
"""Quotes inside of quotes; rendering `>>>…` takes the square of their number."""

MAX_COLUMNS: Final = 60
"""Columns of a table; every row that is shorter is filled up to as many as the first one has."""

MAX_ADDRESSES: Final = 1_000
"""Signs `@` in one line of prose in which addresses become links. comrak (0.0.16 for Python) goes one call deeper with
each mail address of a line: that takes the square of their number, and with some 20,000 ends the process."""

MAX_PICTURES: Final = 4
"""Pictures of one entry, each of which a reader of its page loads."""
MAX_PICTURE_BYTES: Final = 150_000
"""A screen of a dialog or a console has 10 to 60 kB as WebP."""
MAX_PICTURE_SIDE: Final = 2_000
"""Pixels of a picture's width and of its height: a column of text on a fine screen has 1,500."""
MAX_ALT: Final = MAX_LINE
