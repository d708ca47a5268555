"""Where the target of a link stands in its file, so that it can be exchanged."""

from kb.checks.edit import Edit
from kb.checks.shape import body_lines, body_of
from kb.entry import Link, Position, Source


def with_target(source: Source, link: Link, old: str, new: str) -> tuple[Edit, ...]:
    """The edit that puts `new` in the place of `old` in a link's target, where that stands to the letter and once."""
    if source.blocks or source.draft is None or not old:
        return ()
    line = body_lines(body_of(source))[link.position.line - 1]
    at = line.find(old)
    # Looked for twice and not counted: a line can be a megabyte long, and have 100,000 links.
    if line.find(old, at + 1) >= 0 or at < link.position.column - 1:
        return ()
    start = source.body_position(Position(link.position.line, at + 1))
    return (Edit(start, Position(start.line, start.column + len(old)), new),)
