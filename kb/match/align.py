"""Matching one signature against a text, exactly and in linear time.

A signature's literals are looked up in the text's skeleton; what lies between two of them is a placeholder's value.
From a literal whose place is known, the others are found outwards, the nearest first, and each place is tried once.
All bounds here are constants, so the work for one known place doesn't depend on the text's length. They are as large as
tests/match/test_linear_time.py lets them be: no hostile text takes five times as long as prose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.match import captures, lines, values
from kb.match.match import Match
from kb.match.words import is_of_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.match.plan import Piece, Plan
    from kb.match.reading import Reading
    from kb.match.skeleton import Skeleton

TRIES = 40
"""Places tried for one literal, given the place of the literal beside it."""
STEPS = 200
"""Places tried in all for one known place of a signature."""
STEP_COST = 4
"""What one of them costs, in known places that turn out wrong at once."""
LEAST_WORK = 5000
WORDS_PER_WORK = 16
LEAST_SHARE = 500
"""Work for any text, the words that add one to it, and work for any one signature as long as there is some left."""
WORDS_PER_GLANCE = 6
GLANCES_A_TRY = 50
"""Words that add one glance, and what it costs, in glances, to try a place that one showed."""


class Budget:
    """Work that may still be done for a text, in known places looked at: what bounds the time for any text.

    `glances` counts apart, in places that are only glanced at because no time is left for more.
    """

    def __init__(self, left: int, glances: int = 0) -> None:
        self.left = left
        self.glances = glances

    @classmethod
    def of_text(cls, words: int) -> Budget:
        """The budget for a text of so many words."""
        return cls(LEAST_WORK + words // WORDS_PER_WORK, LEAST_WORK + words // WORDS_PER_GLANCE)

    def share(self) -> Budget:
        """What one signature may use of it, so that none leaves nothing for the others."""
        return Budget(
            min(self.left, max(LEAST_SHARE, self.left // 4)), min(self.glances, max(LEAST_SHARE, self.glances // 2))
        )

    def spend(self, given: Budget, left: Budget) -> None:
        """Take off what was used of a share."""
        self.left -= given.left - left.left
        self.glances -= given.glances - left.glances


def align(signature: Plan, reading: Reading, budget: Budget) -> Match | None:
    """Find the first place where the whole signature stands in a text."""
    kept: Match | None = None
    anchor = max(range(len(signature.pieces)), key=lambda number: len(signature.pieces[number].text))
    for bones in (reading.skeleton, reading.bare):
        if bones is None:
            continue
        at = bones.text.find(signature.pieces[anchor].text)
        while at >= 0 and budget.left > 0:
            match = align_at(signature, reading, bones, (anchor, at), budget)
            if match is not None and (not match.over_lines or not reading.bare or bones is reading.bare):
                return match
            kept = kept or match
            at = bones.text.find(signature.pieces[anchor].text, at + 1)
    return kept


def align_at(
    signature: Plan, reading: Reading, bones: Skeleton, known: tuple[int, int], budget: Budget
) -> Match | None:
    """Match a signature one of whose pieces, given by its number, stands at a known place of the skeleton."""
    piece, at = known
    budget.left -= 1
    if at < 0 or not stands(signature.pieces[piece], bones, at):
        return None
    return _Alignment(signature, reading, bones, known, budget).match()


def stands(piece: Piece, bones: Skeleton, at: int) -> bool:
    """Whether a literal is here, with the same words: white space may differ beside punctuation and at line ends."""
    if not bones.text.startswith(piece.text, at):
        return False
    end = at + len(piece.text)
    if piece.gap_before and not ends_words(bones, at):
        return False
    if piece.gap_after and not ends_words(bones, end):
        return False
    gaps = bones.gaps(at, end)
    if gaps == piece.gaps:
        return True
    own, given = set(piece.gaps), set(gaps)
    if any(_between_words(piece.text, gap) for gap in own - given):
        return False
    return all(not _between_words(piece.text, gap) or bones.breaks(at + gap) for gap in given - own)


def ends_words(bones: Skeleton, at: int) -> bool:
    """Whether words end or begin here."""
    return at == 0 or bones.is_gap(at) or not _between_words(bones.text, at)


def _wants_space(piece: Piece, *, ends: bool) -> bool:
    """Whether a piece has white space beside it that a text may lack; a piece without text is white space itself."""
    return bool(piece.text) and (piece.gap_before or piece.gap_after or ends)


STOP = ".,:;!?"
"""Punctuation that may stand in a value as well as after it."""


def _has_space(piece: Piece, clean: str, bones: Skeleton, at: int, *, ends: bool) -> bool:
    """Whether a piece has white space beside it wherever the signature has some, not the backslash of a path.

    Punctuation that `ends` a signature should be followed by some, or a quote that closes: it is no URL's colon then.
    """
    end = at + len(piece.text)
    if piece.gap_before and not (bones.is_gap(at) and not clean.startswith("\\", max(bones.in_clean(at), 1) - 1)):
        return False
    if ends and bones.text.startswith("'", end):
        return True
    return not (piece.gap_after or ends) or (
        bones.is_gap(end) and not clean.startswith("\\", bones.after_in_clean(end))
    )


def _between_words(text: str, at: int) -> bool:
    return 0 < at < len(text) and is_of_word(text[at - 1]) and is_of_word(text[at])


class _Alignment:
    """The search outwards from one known place."""

    def __init__(
        self, signature: Plan, reading: Reading, bones: Skeleton, known: tuple[int, int], budget: Budget
    ) -> None:
        self._signature = signature
        self._reading = reading
        self._bones = bones
        self._known = known[0]
        self._places = dict([known])
        self._budget = budget
        self._captures: dict[str, list[str]] = {}
        self._start = self._end = 0
        self._steps = STEPS
        self._dead: set[tuple[int, int]] = set()

    def match(self) -> Match | None:
        """Complete the match, or find that there is none."""
        if not (self._backward(self._known) and self._forward(self._known)):
            return None
        named = dict.fromkeys(slot.name for slot in self._signature.slots if slot)
        found = {name: self._captures[name][0] for name in named}
        over_lines = "\n" in self._reading.clean[self._start : self._end]
        first = self._bones.in_clean(self._places[0])
        last = self._bones.after_in_clean(self._after(len(self._signature.pieces) - 1))
        origin, origin_end = self._reading.origin, self._reading.origin_end
        return Match(origin(self._start), origin_end(self._end), found, over_lines, (origin(first), origin_end(last)))

    def _starts(self) -> bool:
        """Whether the match may start where its first piece is; notes where it does."""
        slot = self._signature.slots[0]
        first = self._places[0]
        self._start = self._bones.in_clean(first)
        if slot is None:
            return ends_words(self._bones, first)
        edge = captures.before(slot.type, self._reading, self._bones, self._start)
        if edge is None or not self._capture(slot.name, edge.value):
            return False
        self._start = edge.start
        return True

    def _ends(self) -> bool:
        """Whether the match may end where its last piece does; notes where it does."""
        slot = self._signature.slots[-1]
        last = self._after(len(self._signature.pieces) - 1)
        self._end = self._bones.after_in_clean(last)
        if slot is None:
            return ends_words(self._bones, last)
        edge = captures.after(slot.type, self._reading, self._bones, self._end, self._columns())
        if edge is None or not self._capture(slot.name, edge.value):
            return False
        self._end = edge.end
        return True

    def _columns(self) -> int:
        """How wide this match shows the lines to be: by a word that was cut, or by lines that agree; 0 if unknown."""
        folded = self._bones.folded
        at = self._bones.in_clean(self._places[0])
        end = self._bones.after_in_clean(self._after(len(self._signature.pieces) - 1))
        widths: list[int] = []
        while len(widths) < values.MAX_WRAPS and (at := folded.find("\n", at, end)) >= 0:
            if not self._bones.wraps(at):
                return 0
            widths.append(lines.width(folded, at))
            at += 1
        return max(widths) if len(widths) > 1 or self._cuts_word() else 0

    def _cuts_word(self) -> bool:
        """Whether a line end stands inside a word of this signature."""
        return any(
            self._bones.breaks(self._places[number] + gap)
            for number, piece in enumerate(self._signature.pieces)
            for gap in self._bones.gaps(self._places[number], self._places[number] + len(piece.text))
            if gap not in piece.gaps
        )

    def _after(self, piece: int) -> int:
        """Where a placed piece ends in the skeleton."""
        return self._places[piece] + len(self._signature.pieces[piece].text)

    def _forward(self, piece: int) -> bool:
        """Place the pieces after `piece`, each as near to the one before it as its placeholder's type allows."""
        following = piece + 1
        if following == len(self._signature.pieces):
            return self._ends()
        return self._place(following, following)

    def _backward(self, piece: int) -> bool:
        """Place the pieces before `piece`, each as near to the one after it as its placeholder's type allows."""
        if piece == 0:
            return self._starts()
        return self._place(piece - 1, piece)

    def _place(self, piece: int, slot: int) -> bool:
        """Try places for a piece that is beside the value in `slot`, whose other side is known, and go on from there.

        First those with white space beside the piece as the signature has it: `: ` is rather that than a URL's colon.
        """
        placeholder = self._signature.slots[slot]
        is_after = piece == slot
        origin = self._places[slot - 1 if is_after else slot]
        if placeholder is None or (piece, origin) in self._dead:
            return False
        length = len(self._signature.pieces[piece].text)
        known = self._after(slot - 1) if is_after else origin
        places = self._places_after if is_after else self._places_before
        for is_spaced in (True, False):
            for place in places(piece, known, is_spaced=is_spaced):
                self._steps -= 1
                self._budget.left -= STEP_COST
                if self._steps < 0 or self._budget.left < 0:
                    return False
                start, end = (known, place) if is_after else (place + length, known)
                value, may_grow = captures.between(placeholder.type, self._reading, self._bones, start, end)
                if value is not None and self._fits_gaps(slot, value) and self._capture(placeholder.name, value):
                    self._places[piece] = place
                    if self._forward(piece) if is_after else self._backward(piece):
                        return True
                    self._captures[placeholder.name].pop()
                if not may_grow:
                    break
        self._dead.add((piece, origin))
        return False

    def _fits_gaps(self, slot: int, value: str) -> bool:
        """Whether an empty value is possible: white space on both sides of a placeholder has something between."""
        before, after = self._signature.pieces[slot - 1], self._signature.pieces[slot]
        return bool(value) or not (before.gap_after and after.gap_before)

    def _capture(self, name: str, value: str) -> bool:
        """Note a placeholder's value; a name used twice means the same value."""
        known = self._captures.setdefault(name, [])
        if known and known[0].lower() != value.lower():
            return False
        known.append(value)
        return True

    def _places_after(self, number: int, start: int, *, is_spaced: bool) -> Iterator[int]:
        """Where a piece may stand if its placeholder's value begins at `start`, the nearest first."""
        piece, bones, slot = self._signature.pieces[number], self._bones, self._signature.slots[number]
        ends = (
            number == len(self._signature.pieces) - 1 and not self._signature.slots[-1] and not piece.text.strip(STOP)
        )
        if not is_spaced and not _wants_space(piece, ends=ends):
            return
        is_block = slot is not None and slot.type == "lines"
        reach = start + (values.MAX_BLOCK if is_block else values.MAX_VALUE) + len(piece.text)
        at = bones.text.find(piece.text, start, reach) if piece.text else start
        if at < 0:
            return
        last = start + values.MAX_BLOCK if is_block else bones.line_end(start)
        if not piece.text:
            yield from (at for at in bones.next_gaps(start, TRIES) if at <= last)
            return
        for _ in range(TRIES):
            if at < 0 or at > last:
                return
            if stands(piece, bones, at) and _has_space(piece, self._reading.clean, bones, at, ends=ends) == is_spaced:
                yield at
            at = bones.text.find(piece.text, at + 1, last + len(piece.text))

    def _places_before(self, number: int, end: int, *, is_spaced: bool) -> Iterator[int]:
        """Where a piece may stand if the value after it ends at `end`, the nearest first."""
        piece, bones, slot = self._signature.pieces[number], self._bones, self._signature.slots[number + 1]
        if not is_spaced and not _wants_space(piece, ends=False):
            return
        is_block = slot is not None and slot.type == "lines"
        reach = max(0, end - (values.MAX_BLOCK if is_block else values.MAX_VALUE) - len(piece.text))
        at = bones.text.rfind(piece.text, reach, end) if piece.text else end
        if at < 0:
            return
        first = end - values.MAX_BLOCK if is_block else bones.line_start(end)
        if not piece.text:
            yield from (at for at in bones.last_gaps(end, TRIES) if at >= first)
            return
        first = max(0, first - len(piece.text))
        for _ in range(TRIES):
            if at < first:
                return
            if stands(piece, bones, at) and _has_space(piece, self._reading.clean, bones, at, ends=False) == is_spaced:
                yield at
            at = bones.text.rfind(piece.text, first, at + len(piece.text) - 1)
