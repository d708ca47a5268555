"""A reader's values in commands and prose: in as data, or not at all."""

from kb.match.filling.blocks import Hole, fill, inline_pieces, pieces, prose_pieces
from kb.match.filling.entry_types import types_of
from kb.match.filling.markdown import fill_prose, holes_of
from kb.match.filling.values import NEVER, Place, Types, quoted, refusal, unfilled, written

__all__ = [
    "NEVER",
    "Hole",
    "Place",
    "Types",
    "fill",
    "fill_prose",
    "holes_of",
    "inline_pieces",
    "pieces",
    "prose_pieces",
    "quoted",
    "refusal",
    "types_of",
    "unfilled",
    "written",
]
