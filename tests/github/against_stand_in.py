"""Fixtures for tests of what speaks with GitHub: the stand-in, and clients that talk to it."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from stand_in import StandIn, serve

from kb.cli import main
from kb.github import AnswerStore, Client, client_from, tracker_from


@pytest.fixture
def github() -> Iterator[StandIn]:
    """An empty GitHub on loopback."""
    with serve() as api:
        yield api


@pytest.fixture
def new_client(github: StandIn) -> Iterator[Callable[..., Client]]:
    """A function that makes a client; it waits for little, and for a rate limit two seconds at the most."""
    opened: list[Client] = []

    def new(token: str = "", store: AnswerStore | None = None, url: str = "", **keys: object) -> Client:
        environ = {"GITHUB_API_URL": url or github.url, "GITHUB_TOKEN": token}
        opened.append(
            client_from(environ, store=store, **{"patience": 2, "timeout": 2, "backoff": 0.01, "pause": 0} | keys)
        )
        return opened[-1]

    yield new
    for client in opened:
        client.close()


@pytest.fixture
def client(new_client: Callable[..., Client]) -> Client:
    """A client without a token."""
    return new_client()


class Command:
    """The command `kb`, run against the stand-in in a folder of its own; nobody's token and cache are touched."""

    def __init__(self, github: StandIn, folder: Path) -> None:
        self._github = github
        self._folder = folder
        self.environ = {"GITHUB_TOKEN": "", "GITHUB_REPOSITORY": "fixes/base", "NO_COLOR": "1"}

    def __call__(self, *arguments: str, code: int = 0, patience: float = 1, asks: bool = True) -> Result:
        """Run a verb, which has to end with `code`."""
        more = ["--patience", str(patience), "--cache", str(self._folder / "cache/github.db")] if asks else []
        environ = self.environ | {"GITHUB_API_URL": self._github.url}
        found = CliRunner().invoke(main, [*arguments, *more], env=environ, catch_exceptions=False)
        assert found.exit_code == code, found.output
        return found


@pytest.fixture
def kb(github: StandIn, folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command in a folder with `entries/` in it; it changes one thing after the other without a second between."""
    monkeypatch.setattr("kb.cli.asking.tracker_from", partial(tracker_from, pause=0))
    monkeypatch.chdir(tmp_path)
    return Command(github, tmp_path)
