"""What a value of the wrong type or form was meant to be, where that is certain."""

import re
from datetime import date
from typing import Final

from kb.entry import NAME, NUMBER, OWNER, IssueRef

_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})(?:[T ][0-9:.]+(?:Z|[+-][0-9:]+)?)?")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_MONTH: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.? +([A-Za-z]{3,9})\.?,? +(\d{4})")
_MONTH_DAY: Final = re.compile(r"([A-Za-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})")
_ISSUE_WORDS: Final = re.compile(rf"({OWNER}/{NAME})(?: +#?|/(?:issues|pull)/|:#?)({NUMBER})")


def day_of(text: str) -> date | None:
    """The day that a text means; None where it may mean another one too (`03/04/2026`), or none."""
    text = text.strip()
    if found := _YEAR_FIRST.fullmatch(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if first == second or first > 12:
            return _date(year, second, first)
        return _date(year, first, second) if second > 12 else None
    if found := _DAY_MONTH.fullmatch(text):
        return _date(int(found[3]), _month(found[2]), int(found[1]))
    if found := _MONTH_DAY.fullmatch(text):
        return _date(int(found[3]), _month(found[1]), int(found[2]))
    return None


def issue_of(text: str) -> str | None:
    """The issue that an address or a text means, as `owner/name#123`."""
    text = text.strip()
    if words := _ISSUE_WORDS.fullmatch(text):
        return f"{words[1]}#{words[2]}"
    # GitHub counts discussions together with issues, and leads from one address to the other.
    address = text.replace("/discussions/", "/issues/")
    found = IssueRef.of_url(address if "://" in address else f"https://{address}")
    return str(found) if found else None


def _month(name: str) -> int:
    short = name[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
