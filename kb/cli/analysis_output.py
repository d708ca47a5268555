"""An analysis by a model as it stands in a report: marked as such, with its sources, and fit to be posted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kb.github.report import as_inert_markdown, fenced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.drafts.model import Analysis

_PART: Final = re.compile(
    r"^(?P<fence>`{3,})[^`\n]*\n(?P<code>.*?)\n(?P=fence)$|(?P<words>[^\n]+)", re.MULTILINE | re.DOTALL
)
_SPAN: Final = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK: Final = re.compile(r"\[([^\[\]\n]*)\]\([^()\s]*\)")


def as_markdown(analysis: Analysis, addresses: Mapping[str, str]) -> str:
    """The analysis as a section of a report, quoted as a whole, so that nothing of it looks like the report's own.

    `addresses` leads from issues, in lower case, to their pages. Ends with a line end.
    """
    lines = ["## Analysis by a model", "", *_quoted([as_inert_markdown(analysis.mark)])]
    for section, statements in analysis.sections.items():
        lines += ["", f"### {section.capitalize()} (drafted by a model)", ""]
        parts: list[str] = []
        for said in statements:
            names = " ".join(f"\\[{_named(name, addresses)}\\]" for name in said.sources)
            *before, last = _parts(said.text)
            parts += [*before, last, names] if last.endswith("`" * 3) else [*before, f"{last} {names}"]
        lines += _quoted(parts)
    if not analysis.said:
        lines += ["", *_quoted(["Nothing of its answer had a source."])]
    return "\n".join(lines) + "\n"


def as_data(analysis: Analysis) -> dict[str, object]:
    """The analysis as values for JSON."""
    sections = {
        section: [{"text": said.text, "sources": list(said.sources)} for said in statements]
        for section, statements in analysis.sections.items()
    }
    return {"by": "model", "model": analysis.model, "day": analysis.day.isoformat(), "reviewed": False} | {
        "sections": sections,
        "dropped": len(analysis.dropped),
    }


def _parts(text: str) -> Iterator[str]:
    """A statement's paragraphs and blocks, each as Markdown that does nothing."""
    for part in _PART.finditer(text):
        if part["words"] is None:
            yield fenced(part["code"])
        else:
            yield _inert(part["words"])


def _inert(words: str) -> str:
    """Words without links, in which code stays code: GitHub looks for nobody in it."""
    words = _LINK.sub(r"\1", words).replace("\x00", "")
    spans = [found[0] for found in _SPAN.finditer(words)]
    inert = as_inert_markdown(_SPAN.sub("\x00", words))
    return "".join(part + span for part, span in zip(inert.split("\x00"), [*spans, ""], strict=True))


def _named(name: str, addresses: Mapping[str, str]) -> str:
    """The name of a source; that of an issue in the report leads to it."""
    ref, space, rest = name.partition(" ")
    address = addresses.get(ref.lower())
    shown = f"[{as_inert_markdown(ref)}]({address})" if address else as_inert_markdown(ref)
    return f"{shown}{space}{as_inert_markdown(rest)}"


def _quoted(parts: list[str]) -> list[str]:
    """Paragraphs in a quotation."""
    text = "\n\n".join(parts)
    return [f"> {line}".rstrip() for line in text.split("\n")]
