"""Text from strangers as plain text: nothing in it that a terminal, a file or a page would obey."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 200_000
"""Characters of an issue's text that are looked at. GitHub itself takes 65,536."""

_ESCAPES: Final = re.compile(r"\x1b(?:\[[0-9;:?]{0,40}[ -/]{0,4}[@-~]|\][^\x07\x1b]{0,500}(?:\x07|\x1b\\)|[@-Z\\^_])")
"""What colours a terminal, moves its cursor or sets its title (ECMA-48)."""
_KEPT: Final = ("\n", "\t")
_SPELT: Final = str.maketrans(
    {
        "ß": "ss",
        "ẞ": "SS",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
    }
)
"""Latin letters that are no letter with a mark."""
_HIDDEN: Final = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def plain(text: str | None, most: int = LONGEST) -> str:
    """Text without control and format characters, with LF line ends; of a longer one its first `most` characters."""
    lines = (text or "")[:most].replace("\r\n", "\n").replace("\r", "\n")
    if lines.isascii() and lines.replace("\n", "").replace("\t", "").isprintable():
        return lines
    lines = _ESCAPES.sub("", lines) if "\x1b" in lines else lines
    return "".join(one for one in lines if one in _KEPT or unicodedata.category(one) not in _HIDDEN)


def one_line(text: str | None, most: int) -> str:
    """Text as one line of at most so many characters, cut between words where it is longer."""
    line = " ".join(plain((text or "")[: most * 20]).split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    return (cut.rpartition(" ")[0] if " " in cut[most // 2 :] else cut).rstrip() + "…"


def in_ascii(text: str) -> str:
    """Text with letters that are Latin in their plain form, and without all others: `Größe` -> `Grosse`."""
    return unicodedata.normalize("NFKD", text.translate(_SPELT)).encode("ascii", "ignore").decode()


def slug(text: str | None, most: int = 80) -> str:
    """Lower-case words joined by hyphens; empty where the text has no letters and digits of ASCII."""
    words = re.sub(r"[^a-z0-9]+", "-", in_ascii(one_line(text, 400)).lower()).strip("-")
    if len(words) > most:
        cut = words[: most + 1]
        words = (cut.rpartition("-")[0] if "-" in cut[most // 2 :] else cut[:most]).strip("-")
    return "" if words == "index" else words
