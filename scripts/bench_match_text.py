"""Signatures, logs and pastes for the benchmark of matching: made up, as many as wanted, the same every time.

A signature is a message of a made-up program: ordinary words as all messages have them, words of its own subject, and
one to three placeholders. How often a word stands in signatures and logs follows Zipf's law.
"""

from collections.abc import Iterator
from random import Random
from typing import Final, NamedTuple

SEED: Final = 20260


def _words(text: str) -> list[str]:
    return text.split()


_ORDINARY: Final = _words("""
error failed cannot could not to the a of in for is was with from on at by file connection request open read write
load create remove update connect resolve parse find no such directory permission denied refused reset timed out while
unexpected invalid missing unknown unsupported already exists in use limit exceeded version mismatch expected got but
server client socket port host address certificate token key value name type module package table column index query
transaction lock cache queue worker thread process signal memory disk volume image container network proxy session user
""")
_STARTS: Final = _words("b br c ch d dr f fl g gr h j k l m n p pl qu r s sh st t tr v w z")
_VOWELS: Final = _words("a e i o u ai ea ou")
_ENDS: Final = ("", "n", "r", "s", "t", "l", "x", "nd", "rk")
_TYPES: Final = ("", "", ":word", ":int", ":path", ":quoted")


class Message(NamedTuple):
    """A signature, and the same message with values in place of the placeholders."""

    id: str
    signature: str
    filled: str


def vocabulary(choose: Random, size: int) -> list[str]:
    """Made-up words, all different."""
    words: dict[str, None] = {}
    while len(words) < size:
        syllables = choose.choice((2, 2, 3))
        spoken = (choose.choice(_STARTS) + choose.choice(_VOWELS) + choose.choice(_ENDS) for _ in range(syllables))
        words["".join(spoken)] = None
    return list(words)


class Writer:
    """Writes messages and logs in the words of a made-up trade."""

    def __init__(self, size: int = 6000, seed: int = SEED) -> None:
        self._choose = Random(seed)  # noqa: S311 - nothing here is secret
        own = vocabulary(self._choose, size)
        self._words = [*_ORDINARY, *own]
        self._shares = [1 / (place + 3) for place in range(len(_ORDINARY))]
        self._shares += [1 / (place + 20) for place in range(len(own))]
        self._own = own

    def words(self, count: int) -> list[str]:
        return self._choose.choices(self._words, self._shares, k=count)

    def value(self, kind: str) -> str:
        """A value for a placeholder of a type, written as after its name."""
        choose = self._choose
        number = choose.randint(1, 99999)
        values = {
            ":int": str(number),
            ":word": f"{choose.choice(self._own)}-{number}",
            ":path": f"/srv/{choose.choice(self._own)}/{choose.choice(self._own)}.{choose.choice(('log', 'py', 'so'))}",
            ":quoted": f"'{choose.choice(self._own)} {number}'",
        }
        return values.get(kind) or choose.choice(list(values.values()))

    def messages(self, count: int) -> Iterator[Message]:
        """Messages of 5 to 16 words, no two alike."""
        choose = self._choose
        seen: set[str] = set()
        while len(seen) < count:
            words = [*self.words(choose.randint(4, 13)), *choose.choices(self._own, k=choose.randint(1, 3))]
            choose.shuffle(words)
            filled = list(words)
            places = choose.sample(range(1, len(words)), choose.randint(1, max(1, min(3, len(words) // 4))))
            for number, place in enumerate(sorted(places)):
                kind = choose.choice(_TYPES)
                words[place] = f"{{{{value{number}{kind}}}}}"
                filled[place] = self.value(kind)
            # Two placeholders side by side would leave open where one ends.
            text = " ".join(words).replace("}} {{", "}} and {{")
            if text in seen:
                continue
            seen.add(text)
            pairs = zip(words, filled, strict=True)
            message = " ".join(
                f"and {new}" if number and old.startswith("{{") and words[number - 1].startswith("{{") else new
                for number, (old, new) in enumerate(pairs)
            )
            yield Message(f"bench/{len(seen)}", text, message)

    def log(self, size: int, known: list[Message]) -> str:
        """A log of `size` characters; one line in fifty shows one of the known messages."""
        choose = self._choose
        lines: list[str] = []
        length = 0
        while length < size:
            minutes, second = divmod(len(lines) // 7, 60)
            clock = f"{minutes // 60 % 24:02}:{minutes % 60:02}:{second:02}.{choose.randint(0, 999):03}"
            level = choose.choice(("INFO", "INFO", "INFO", "DEBUG", "WARN", "ERROR"))
            if choose.random() < 0.02:
                said = choose.choice(known).filled
            else:
                words = self.words(choose.randint(5, 14))
                words.insert(choose.randint(1, 4), self.value(choose.choice(_TYPES)))
                said = " ".join(words)
            lines.append(f"2026-03-01T{clock}Z {level} [{choose.choice(self._own[:40])}] {said}\n")
            length += len(lines[-1])
        return "".join(lines)[:size]
