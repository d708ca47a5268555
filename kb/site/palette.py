"""A knowledge base's own colors: checked for contrast, completed, and written as CSS for the design's variables."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

LEAST_CONTRAST: Final = 4.5
"""WCAG 2.2, success criterion 1.4.3 (AA), for text of any size: https://www.w3.org/TR/WCAG22/#contrast-minimum."""

_TOKENS: Final = Path(__file__).parent / "assets/css/00-tokens.css"
_HEX: Final = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_SURFACES: Final = ("bg", "raised", "sunken")
"""Variables of the backgrounds on which colored text stands."""
_SOFT: Final = 0.12
"""Share of the accent in the soft background of chips."""
_STEPS: Final = 100


class PaletteError(ValueError):
    """A color can't be used; the text says why and which one like it can."""


class Color(NamedTuple):
    """Red, green and blue, each 0 to 255."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    def mixed(self, other: "Color", share: float) -> "Color":
        """The color with a share (0 to 1) of another in it."""
        return Color(*(round(mine + (its - mine) * share) for mine, its in zip(self, other, strict=True)))


BLACK: Final = Color(0, 0, 0)
WHITE: Final = Color(255, 255, 255)


class Scheme(NamedTuple):
    """A color scheme of the design: its selector, and where its colors move when they need more contrast."""

    name: str
    selector: str
    toward: Color


SCHEMES: Final = (
    Scheme("light", '[data-kb-scheme="light"]', BLACK),
    Scheme("dark", '[data-kb-scheme="dark"]', WHITE),
)


def palette_css(colors: Mapping[str, str | None]) -> str:
    """CSS that sets the accent and the color of links in both schemes; nothing where no color is given.

    What is said of a fix (that it is known, proven, found) keeps the design's green: a red accent must not say "no".

    `colors` may hold `accent` and `link`, and for the dark scheme `accent_dark` and `link_dark`, which are made from
    the others where they are missing. Raises PaletteError for what is no color or too faint to read.
    """
    rules = []
    for scheme in SCHEMES:
        values: dict[str, Color] = {}
        accent, link = (_color_of(colors, role, scheme) for role in ("accent", "link"))
        if accent:
            values |= {"accent": accent, "accent-soft": _soft(accent, scheme), "on-accent": _readable_on(accent)}
        if link:
            values["link"] = link
        if values:
            lines = "".join(f"  --kb-{name}: {value};\n" for name, value in values.items())
            root = ":root,\n" if scheme.name == "light" else ""
            rules.append(f"{root}{scheme.selector} {{\n{lines}}}\n")
        if accent and scheme.toward == WHITE:
            on_slab = f"  --kb-slab-accent: {accent};\n  --kb-on-slab-accent: {_readable_on(accent)};\n"
            rules.append(f":root {{\n{on_slab}}}\n")
    return "".join(rules)


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colors, 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _color_of(colors: Mapping[str, str | None], role: str, scheme: Scheme) -> Color | None:
    """The color of a role in a scheme, if any is given. Raises PaletteError."""
    name = role if scheme.name == "light" else f"{role}_dark"
    given = colors.get(name)
    if given is None:
        base = colors.get(role)
        return _made_readable(_parse(role, base), scheme) if base else None
    color = _parse(name, given)
    surface = next(
        (surface for surface in _backgrounds(color, scheme) if contrast(color, surface) < LEAST_CONTRAST), None
    )
    if surface:
        raise PaletteError(
            f"{name}: {given} can't be read on {surface}, a background of the {scheme.name} colors: their contrast is "
            f"{contrast(color, surface):.1f}, and WCAG AA asks for {LEAST_CONTRAST}. "
            f"{_made_readable(color, scheme)} is like it and can."
        )
    return color


def _parse(name: str, text: str) -> Color:
    if not _HEX.fullmatch(text):
        raise PaletteError(f'{name}: {text!r} is no color; write it like "#08653f", in quotes.')
    digits = text[1:] if len(text) == 7 else "".join(digit * 2 for digit in text[1:])
    return Color(*bytes.fromhex(digits))


def _made_readable(color: Color, scheme: Scheme) -> Color:
    """The color itself, or the one nearest to it on the way to black or white that can be read."""
    steps = (color.mixed(scheme.toward, step / _STEPS) for step in range(_STEPS + 1))
    return next(
        step
        for step in steps
        if all(contrast(step, surface) >= LEAST_CONTRAST for surface in _backgrounds(step, scheme))
    )


def _backgrounds(color: Color, scheme: Scheme) -> list[Color]:
    return [*_surfaces(scheme), _soft(color, scheme)]


def _soft(color: Color, scheme: Scheme) -> Color:
    return _surfaces(scheme)[_SURFACES.index("raised")].mixed(color, _SOFT)


def _readable_on(color: Color) -> Color:
    return max(WHITE, BLACK, key=lambda ink: contrast(ink, color))


@cache
def _surfaces(scheme: Scheme) -> tuple[Color, ...]:
    """The design's backgrounds in a scheme, from its stylesheet."""
    block = _TOKENS.read_text("utf-8").partition(f"{scheme.selector} {{")[2].partition("}")[0]
    values = dict(re.findall(r"--kb-([\w-]+): (#\w{6});", block))
    return tuple(_parse(name, values[name]) for name in _SURFACES)


def _luminance(color: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (part / 255 for part in color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
