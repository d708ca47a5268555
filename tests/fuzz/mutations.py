"""Mutants: texts with a few changes, at places where a grammar has its joints, made of pieces that mean something."""

import re
from collections.abc import Sequence

from hypothesis import strategies as st

MOST_CHANGES = 5

_JOINT = re.compile(r"\n|(?<=\n)|[^\S\n]+|[:,\[\]{}`'\"|>#*()<-]+|\Z")
"""Where words, lines and marks begin or end."""


@st.composite
def mutants(draw: st.DrawFn, texts: Sequence[str], pieces: st.SearchStrategy[str]) -> str:
    """One of the texts with up to `MOST_CHANGES` changes; `pieces` are what gets put in."""
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(0, MOST_CHANGES))):
        text = _changed(draw, text, texts, pieces)
    return text


def _changed(draw: st.DrawFn, text: str, texts: Sequence[str], pieces: st.SearchStrategy[str]) -> str:
    joints = [found.start() for found in _JOINT.finditer(text)]
    start = joints[draw(st.integers(0, len(joints) - 1))]
    end = joints[min(len(joints) - 1, joints.index(start) + draw(st.integers(0, 12)))]
    part = text[start:end]
    kind = draw(st.sampled_from(("insert", "replace", "delete", "repeat", "borrow", "move", "cut")))
    if kind == "insert":
        return text[:start] + draw(pieces) + text[start:]
    if kind == "replace":
        return text[:start] + draw(pieces) + text[end:]
    if kind == "delete":
        return text[:start] + text[end:]
    if kind == "repeat":
        return text[:start] + part * draw(st.sampled_from((2, 3, 40))) + text[end:]
    if kind == "borrow":
        lines = draw(st.sampled_from(texts)).splitlines(keepends=True) or [""]
        return text[:start] + draw(st.sampled_from(lines)) + text[start:]
    if kind == "move":
        place = draw(st.sampled_from(joints))
        rest = text[:start] + text[end:]
        return rest[:place] + part + rest[place:]
    return text[:start]
