"""Lists of words, as a rule writes them: parted by spaces."""


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())
