"""A page's Markdown by its headings: which part of an entry each piece is, and whether the page is about one error."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from kb.drafts.moving.errors import is_message
from kb.drafts.moving.headings import Named, named
from kb.drafts.moving.page import Fix, Parts
from kb.entry import outline, text_of, to_html, trimmed

_LABEL: Final = re.compile(
    r"^ {0,3}(?:(?:\*\*|__)(?P<bold>[^*_\n]{2,60}?)\s*(?:(?:\*\*|__)\s*[:：]|[:：]\s*(?:\*\*|__)|(?:\*\*|__)\s*$)"
    r"|(?P<plain>[^\W\d_][\w /-]{2,40}):(?=\s|$))[ \t]*(?P<rest>.*)$"
)
_LABELS: Final = ("error", "cause", "fix")
"""What a line may start for, without being a heading."""
_LABEL_LEVEL: Final = 7
_LONGEST_LEAD: Final = 600
"""Characters of a text before the first heading that can be a summary."""
_INSIDE_OF_FIX: Final = ("fix", "example", "notes", "guidance", "error", "summary")
"""What a heading may be called inside of a fix, and be a part of it."""


class Said(NamedTuple):
    """What one error's part of a page says, and the name by which that is told from others of the page."""

    anchor: str
    parts: Parts
    unknown: tuple[str, ...]
    """Headings of the page that no section has."""


@dataclass
class _Piece:
    """A heading with the text under it; without a heading, the text before the first one."""

    level: int
    heading: str
    named: Named | None
    lines: list[str] = field(default_factory=list)
    inside: "_Piece | None" = None
    """The nearest heading above it of a lower level that stands for no part."""

    @property
    def text(self) -> str:
        return trimmed("\n".join(self.lines))

    @property
    def part(self) -> str:
        return self.named.part if self.named else ""


def errors_of_page(body: str, title: str, own: Mapping[str, str]) -> list[Said]:
    """What a page says of each error that it is about: of one, unless its headings tell several apart."""
    pieces = _pieces(body, title, own)
    for split in (_by_enclosing, _by_repetition):
        groups = split(pieces)
        if len(groups) > 1:
            return list(_told_apart(pieces, groups))
    return [Said("", _parts(pieces), _unknown(pieces))]


def _pieces(body: str, title: str, own: Mapping[str, str]) -> list[_Piece]:
    pieces = [_Piece(0, "", None)]
    lines = body.split("\n")
    marks = dict(_marks(body, lines, own))
    skip = 0
    for number, line in enumerate(lines):
        if number < skip:
            continue
        mark = marks.get(number)
        if mark is None:
            pieces[-1].lines.append(line)
            continue
        level, heading, length, rest = mark
        skip = number + length
        name = named(heading, own)
        if level < _LABEL_LEVEL and not name and _same(heading, title) and not any(map(str.strip, pieces[-1].lines)):
            continue  # the page's own title
        if level == _LABEL_LEVEL and not _may_be_label(pieces[-1]):
            pieces[-1].lines.append(line)
            continue
        if level < _LABEL_LEVEL and _is_inside(pieces[-1], level, name):
            pieces[-1].lines += lines[number : number + length]
            continue
        above = (one for one in reversed(pieces) if one.level and one.level < level and not one.named)
        piece = _Piece(level, heading, name, [rest] if rest else [])
        piece.inside = _enclosing(pieces, level) if next(above, None) else None
        pieces.append(piece)
    return pieces


def _marks(body: str, lines: list[str], own: Mapping[str, str]) -> Iterator[tuple[int, tuple[int, str, int, str]]]:
    """Lines at which a piece may start, from 0: level, heading, lines that it takes, and text behind a label."""
    found = outline(body)
    in_code = {line for block in found.blocks for line in range(block.position.line - 1, block.end_line)}
    for heading in found.headings:
        number = heading.position.line - 1
        if heading.position.column > 4 or number in in_code:
            continue
        taken, size = 1, len(lines[number])
        while size < heading.length and number + taken < len(lines):
            size += len(lines[number + taken])
            taken += 1
        written = "\n".join(lines[number : number + taken])
        yield number, (heading.level, " ".join(text_of(to_html(written)).split()), taken, "")
    for number, line in enumerate(lines):
        label = None if number in in_code else _LABEL.match(line)
        if label:
            name = (label["bold"] or label["plain"]).strip()
            told = named(name, own)
            is_sure = label["bold"] or not label["rest"] or (told and told.part != "error")
            is_first = number == 0 or not lines[number - 1].strip() or label["bold"] or not label["rest"]
            if told and told.part in _LABELS and is_sure and is_first:
                yield number, (_LABEL_LEVEL, name, 1, label["rest"])


def _may_be_label(last: _Piece) -> bool:
    """Whether a label may start a piece here: not in a part that a heading of its own has begun."""
    return last.named is None or last.level == _LABEL_LEVEL


def _is_inside(last: _Piece, level: int, name: Named | None) -> bool:
    """Whether a heading belongs to the part that it stands in."""
    if last.named is None or level <= last.level or last.level == _LABEL_LEVEL:
        return False
    if name is None:
        return True
    if last.part == "fix":
        is_own_fix = name.part == "fix" and (name.title or not last.text)
        return name.part in _INSIDE_OF_FIX and not is_own_fix
    return name.part == last.part


def _enclosing(pieces: list[_Piece], level: int) -> _Piece | None:
    """The heading that stands for no part and under which a new one stands."""
    for one in reversed(pieces):
        if one.level and one.level < level:
            if not one.named:
                return one
            level = one.level
    return None


def _same(heading: str, title: str) -> bool:
    return heading.casefold().split() == title.casefold().split()


def _by_enclosing(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Pieces by the heading under which they stand, of those that have a fix and say what for."""
    groups: dict[int, list[_Piece]] = {}
    for piece in pieces:
        if piece.named and piece.inside:
            groups.setdefault(id(piece.inside), []).append(piece)
    heads = ((group[0].inside, group) for group in groups.values())
    return [[head, *group] for head, group in heads if head and (_is_whole(group) or _is_named_by(head, group))]


def _by_repetition(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Pieces in runs, each of which starts with an error after a fix."""
    runs: list[list[_Piece]] = [[]]
    for piece in (piece for piece in pieces if piece.named):
        if piece.part == "error" and any(one.part == "fix" for one in runs[-1]):
            runs.append([])
        runs[-1].append(piece)
    return runs if all(map(_is_whole, runs)) else []


def _is_whole(group: list[_Piece]) -> bool:
    parts = {piece.part for piece in group}
    return {"error", "fix"} <= parts


def _is_named_by(head: _Piece, group: list[_Piece]) -> bool:
    """Whether a heading is itself the error that the fix under it is for."""
    return any(piece.part == "fix" for piece in group) and is_message(head.heading)


def _told_apart(pieces: list[_Piece], groups: list[list[_Piece]]) -> Iterator[Said]:
    """Each group for itself; what belongs to none goes with the first, so that nothing is lost."""
    taken = {id(piece) for group in groups for piece in group}
    rest = [piece for piece in pieces if id(piece) not in taken]
    for number, group in enumerate(groups):
        head = group[0] if not group[0].named else None
        errors = (piece.named.title for piece in group if piece.named and piece.part == "error")
        title = head.heading if head else next(filter(None, errors), "")
        told = [*group[1:]] if head else group
        lead = [_Piece(0, "", None, head.lines)] if head and head.text else []
        parts = _parts([*lead, *told])
        if number == 0:
            others = _parts(rest)
            notes = (parts.notes, others.summary, others.notes)
            parts = replace(parts, notes="\n\n".join(filter(None, notes)))
        anchor = "-".join(re.findall(r"\w+", title.casefold())) or str(number + 1)
        yield Said(anchor, replace(parts, title=title), () if number else _unknown(rest))


def _parts(pieces: list[_Piece]) -> Parts:
    texts: dict[str, list[str]] = {}
    fixes: list[Fix] = []
    others: list[str] = []
    leads: list[str] = []
    for piece in pieces:
        if not piece.level:
            leads += [piece.text] if piece.text else []
        elif not piece.named:
            others.append(_under(piece.heading, piece.text))
        elif piece.part == "fix":
            if piece.text or piece.named.title:
                fixes.append(Fix(piece.named.title, piece.text or piece.named.title))
        else:
            title = piece.named.title
            title = f"`{title}`" if title and piece.part == "error" and "`" not in title else title
            texts.setdefault(piece.part, []).append("\n\n".join(filter(None, (title, piece.text))))
    lead = "\n\n".join(leads)
    if lead and not texts.get("summary") and len(lead) <= _LONGEST_LEAD and "```" not in lead:
        texts["summary"] = [lead]
    elif lead:
        others.insert(0, lead)
    joined = {part: "\n\n".join(filter(None, found)) for part, found in texts.items()}
    joined["notes"] = "\n\n".join(filter(None, [*others, joined.get("notes", "")]))
    return Parts(fixes=tuple(fixes), **joined)


def _under(heading: str, text: str) -> str:
    return f"### {heading}\n\n{text}" if text else f"### {heading}"


def _unknown(pieces: list[_Piece]) -> tuple[str, ...]:
    return tuple(piece.heading for piece in pieces if piece.level and not piece.named and piece.text)
