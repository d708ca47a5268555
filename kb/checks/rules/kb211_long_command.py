"""A command that is too long to be read on one line."""

from collections.abc import Iterator
from typing import Final

from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.shape import SHELLS, body_lines, body_of, code_blocks
from kb.entry import Position, Source

LONGEST: Final = 140
"""Characters: a screen shows about 100 of them, and a few more are scrolled to."""


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    if source.draft is None or max(map(len, body_lines(body_of(source)))) <= LONGEST:
        return
    for code in code_blocks(source):
        if code.block.language.lower() not in SHELLS:
            continue
        for number, line in enumerate(code.lines, code.first_line):
            # An address or a digest can't be broken.
            if len(line) <= LONGEST or max(map(len, line.split()), default=0) > LONGEST // 2:
                continue
            written = body_lines(body_of(source))[number - 1]
            column = len(written) - len(line) + LONGEST + 1
            message = f"a command of {len(line)} characters; the limit is {LONGEST}"
            hint = r"End the line with `\` (PowerShell: a backtick, cmd: `^`) before an option, and go on in the next."
            yield Finding(source.body_position(Position(number, column)), message, hint)


RULE = Rule(
    code="KB211",
    name="long-command",
    family=Family.CONTENT,
    summary=f"A line of a command has more than {LONGEST} characters.",
    why="What a reader is about to run has to be seen as a whole. The end of a long line is out of sight.",
    fix="Break the line before an option, or do it in two commands.",
    bad="docker run --rm --name db --network app --env POSTGRES_DB=shop --volume data:/var/lib/… --publish …",
    good="""\
docker run --rm --name db --network app \\
  --env POSTGRES_DB=shop --volume data:/var/lib/… \\
  --publish 5432:5432 …
""",
    in_source=_check,
)
