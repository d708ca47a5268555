"""The size of an SVG picture that only draws: nothing in it runs, moves, loads, links, or is drawn again and again.

What it may hold is a list of elements and attributes of SVG 1.1 (https://www.w3.org/TR/SVG11/); all else is refused,
by its line. Opened by itself, an SVG file is a document of the site: what a browser would run there it must not hold.
`use`, patterns, masks, clips and filters are not on the list, since nested they cost a browser more than any file may.
"""

import re
from typing import Final
from xml.parsers import expat

from kb.entry.picture_error import PictureError

MAX_ELEMENTS: Final = 5_000
MAX_NESTING: Final = 40

_SVG: Final = "http://www.w3.org/2000/svg"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_ELEMENTS: Final = frozenset(
    {
        *("svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("text", "tspan", "linearGradient", "radialGradient", "stop"),
    }
)
_ATTRIBUTES: Final = frozenset(
    {
        *(
            "id",
            "class",
            "version",
            "role",
            "aria-label",
            "viewBox",
            "preserveAspectRatio",
            "width",
            "height",
            "x",
            "y",
        ),
        *("x1", "y1", "x2", "y2", "dx", "dy", "cx", "cy", "r", "rx", "ry", "fx", "fy", "d", "points", "pathLength"),
        *("transform", "rotate", "textLength", "lengthAdjust", "offset", "gradientUnits", "gradientTransform"),
        *("spreadMethod", "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity"),
        *("stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset"),
        *("opacity", "color", "display", "visibility", "stop-color", "stop-opacity", "vector-effect"),
        *("shape-rendering", "text-rendering", "text-anchor", "dominant-baseline", "alignment-baseline"),
        *("baseline-shift", "font-family", "font-size", "font-style", "font-weight", "font-stretch"),
        *("font-variant", "letter-spacing", "word-spacing", "text-decoration", "writing-mode"),
    }
)
_OWN_REFERENCE: Final = re.compile(r"\s*url\(\s*#[\w.-]+\s*\)\s*")
_LENGTH: Final = re.compile(r"\s*([0-9]{1,5}(?:\.[0-9]{1,6})?)(?:px)?\s*")
_HINT: Final = "Let it hold shapes, text and gradients alone, with their looks as attributes; or make it a WebP."


def svg_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels. Raises PictureError, with the line, for what is no picture that only draws."""
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)
    except expat.ExpatError as error:
        message = f"line {error.lineno}: is not well-formed XML: {expat.ErrorString(error.code)}"
        raise PictureError(message, _HINT) from None
    return reader.size()


class _Reader:
    """Hears what a parser finds, and refuses what is not on the list. No entity is ever read: a DOCTYPE ends it."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._element
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self._root: dict[str, str] | None = None
        self._count = self._depth = 0

    def size(self) -> tuple[int, int]:
        root = self._root or {}
        named = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
        box = root.get("viewBox", "").replace(",", " ").split()
        if all(named):
            width, height = (float(each[1]) for each in named if each)
        elif len(box) == 4 and all(map(_LENGTH.fullmatch, box[2:])) and not {"width", "height"} & root.keys():
            width, height = map(float, box[2:])
        else:
            raise PictureError(
                "does not say how large it is", "Give its `<svg>` a width and a height in pixels, or a viewBox."
            )
        return round(width), round(height)

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        self._depth += 1
        space, _, local = name.rpartition(" ")
        if self._count > MAX_ELEMENTS or self._depth > MAX_NESTING:
            self._refuse(f"more than {MAX_ELEMENTS} elements, or {MAX_NESTING} inside of each other")
        if space != _SVG or local not in _ELEMENTS or (local == "svg") != (self._root is None):
            self._refuse(f"<{local}> is not among what it may hold")
        for key, value in attributes.items():
            self._attribute(local, key, value)
        if self._root is None:
            self._root = attributes

    def _end(self, _: str) -> None:
        self._depth -= 1

    def _attribute(self, element: str, name: str, value: str) -> None:
        space, _, local = name.rpartition(" ")
        if (space or local not in _ATTRIBUTES) and (space, local) != (_XML, "space"):
            self._refuse(f"the attribute {local} of <{element}> is not among what it may hold")
        # A backslash may write `url(` in another way.
        if ("(" in value and "url" in value.lower() and not _OWN_REFERENCE.fullmatch(value)) or "\\" in value:
            self._refuse(f"the attribute {local} of <{element}> refers to something outside of the file")

    def _doctype(self, *_: object) -> None:
        self._refuse("a DOCTYPE, which can define entities")

    def _instruction(self, *_: object) -> None:
        self._refuse("a processing instruction, such as one that loads a stylesheet")

    def _refuse(self, what: str) -> None:
        raise PictureError(f"line {self.parser.CurrentLineNumber}: {what}", _HINT)
