"""Issues that a text names in GitHub's short form."""

import re
from typing import Final

from kb.entry.issue_ref import NAME, NUMBER, OWNER
from kb.entry.markdown import readable_text

ISSUE_REF: Final = re.compile(rf"(?<![\w/.-]){OWNER}/{NAME}#{NUMBER}\b")
"""An issue in text, in GitHub's short form: `owner/name#123`. It parses as an `IssueRef`."""

_NUMBER: Final = re.compile(r"#[1-9]")
"""What each `ISSUE_REF` has and few bodies do: looked for before a body is rendered.

It saves 0.02 s of processor time at 92 entries, and 0.14 s at 1,000: it is the same for each entry.
"""


def issues_named(markdown: str) -> tuple[str, ...]:
    """The issues that a reader of Markdown sees named outside of code and links, as they are written there."""
    return tuple(ISSUE_REF.findall(readable_text(markdown))) if _NUMBER.search(markdown) else ()
