"""A signature ready to be found in texts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kb.entry import Part, SignatureError, placeholders_of, signature_parts
from kb.match.align import Budget, align
from kb.match.plan import Plan, plan
from kb.match.reading import read

if TYPE_CHECKING:
    from kb.match.match import Match


@dataclass(frozen=True)
class Signature:
    """A message as printed, with placeholders where it varies."""

    text: str
    parts: tuple[Part, ...]

    @cached_property
    def placeholders(self) -> tuple[str, ...]:
        """The placeholders' names in the order of their first use."""
        return placeholders_of(self.parts)

    @cached_property
    def plan(self) -> Plan:
        """The signature prepared for matching."""
        return plan(self.parts)

    def find(self, text: str) -> Match | None:
        """Find the first place where the whole signature stands, seeing through noise; `None` if there is none."""
        reading = read(text)
        return align(self.plan, reading, Budget.of_text(len(reading.words)))


def parse_signature(text: str, *, is_strict: bool = True) -> Signature:
    """Read a signature that texts can be searched for; `is_strict` is explained at `signature_parts`.

    In one that isn't strict any literal will do, where an entry's signature must have a whole word. Raises
    SignatureError, with the column at fault, if `text` isn't in the language or can't be matched.
    """
    signature = Signature(text, signature_parts(text, is_strict=is_strict))
    if not signature.plan.words and (is_strict or not signature.plan.size):
        raise SignatureError("A signature needs at least one literal word, with no placeholder attached to it", 0)
    return signature
