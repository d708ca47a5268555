"""Link reference definitions (`[label]: address`): a section may use one that stands in another section of its file."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from kb.entry.markdown import to_html

# A label holds no bracket that isn't escaped: https://spec.commonmark.org/0.31.2/#link-label
_LABEL: Final = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\](:?)", re.DOTALL)
_TARGET: Final = re.compile(r'<p><a href="([^"]*)"')


class Definitions(NamedTuple):
    """What the labels of a document stand for."""

    targets: dict[str, str]
    """Label, as `_key` writes it -> target, as HTML writes it."""

    def before(self, section: str) -> str:
        """A section of the document as a document of its own: the definitions that it uses stand before it."""
        if not self.targets or "[" not in section:
            return section
        used = {_key(label) for label, _ in _LABEL.findall(section)} & self.targets.keys()
        lines = [f"[{label}]: <{self.targets[label]}>" for label in sorted(used)]
        return "\n".join([*lines, "", section]) if lines else section


def definitions_in(body: str) -> Definitions:
    """The definitions of a document. Which of several holds, and what is none, comrak says: it is asked for each label.

    What is asked stands before the document, where nothing that is left open can swallow it.
    """
    if "]:" not in body:
        return Definitions({})
    labels = sorted({_key(label) for label, colon in _LABEL.findall(body) if colon} - {""})
    asked = "".join(f"[{label}]\n\n" for label in labels)
    return Definitions(dict(_answers(labels, to_html(asked + body))))


def _answers(labels: list[str], html: str) -> Iterator[tuple[str, str]]:
    """Each label that is a link, with its target; the first paragraphs of `html` are the labels."""
    for label, paragraph in zip(labels, html.split("\n", len(labels)), strict=False):
        if found := _TARGET.match(paragraph):
            yield label, found[1]


def _key(label: str) -> str:
    """A label as labels are compared: https://spec.commonmark.org/0.31.2/#matches."""
    return " ".join(label.split()).casefold()
