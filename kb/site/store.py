"""Values of a build that are kept for the next one, and those that only this one has."""

from collections.abc import Iterable, Mapping

from kb.process import KeptValues


class Store:
    """Values of a kind, by their keys."""

    def __init__(self, kind: str) -> None:
        self._kept = KeptValues(kind)
        self._held: dict[str, bytes] = {}

    def take(self, values: Mapping[str, bytes]) -> None:
        """Keep values, or hold them where nothing can be kept."""
        if values and not self._kept.write(values):
            self.hold(values)

    def hold(self, values: Mapping[str, bytes]) -> None:
        """Have values for this build alone."""
        self._held |= values

    def has(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys under which a value is kept."""
        return self._kept.has(keys)

    def read(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Key -> value of those that are there."""
        keys = list(keys)
        return self._kept.read(keys) | {key: self._held[key] for key in keys if key in self._held}
