"""Moving in, as a keeper does: a folder of entries with a product, and the command."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.checks import check
from kb.cli import main
from kb.entry import Entry, load_collection

PRODUCTS = """\
shop: {name: Shop, home: "https://example.com/", category: service, tags: [shop]}
bank: {name: Bank Gateway, home: "https://example.com/", category: service, tags: [bank]}
"""


class Base:
    """A knowledge base of somebody's, and `kb import` in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.file("entries/products.yml", PRODUCTS)
        self.file("entries/tools.yml", "[]\n")
        self.last: Result | None = None

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def move(self, *arguments: str, code: int = 0) -> dict[str, list[str]]:
        """Import, and give what was told, by what became of each page."""
        self.last = CliRunner().invoke(main, ["import", *arguments], catch_exceptions=False)
        assert self.last.exit_code == code, self.last.output
        told: dict[str, list[str]] = {}
        for line in self.last.stdout.splitlines():
            kind, _, rest = line.partition(" ")
            told.setdefault(kind, []).append(rest.strip())
        return told

    @property
    def said(self) -> str:
        """What the last import said beside its answers."""
        return self.last.stderr

    def entries(self) -> dict[str, Entry]:
        """The entries by their ids; all of them pass the checks."""
        collection = load_collection(self.root / "entries")
        problems = check(collection, datetime.now(UTC).date() + timedelta(days=1))
        assert [str(problem) for problem in problems] == []
        return {entry.id: entry for entry in collection.entries}

    def only(self) -> Entry:
        (entry,) = self.entries().values()
        return entry

    def drafts(self) -> dict[str, str]:
        folder = self.root / "drafts"
        return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.md"))}

    def ledger(self) -> list[dict]:
        return [json.loads(line) for line in (self.root / "imported.jsonl").read_text("utf-8").splitlines()]

    def files(self) -> dict[str, bytes]:
        """All that an import may write."""
        found = [*(self.root / "entries").rglob("*"), *(self.root / "drafts").rglob("*"), self.root / "imported.jsonl"]
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in found if path.is_file()}


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Base:
    monkeypatch.chdir(tmp_path)
    return Base(tmp_path)
