"""Collectors that the tests of a module share: each test votes for an entry of its own, from addresses of its own."""

import fcntl
import itertools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from collector_server import ENTRIES, PROXY, Server, postgresql, postgresql_programs, running, worker

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
import environment

_UNUSED = itertools.count(1)


@pytest.fixture
def entry() -> str:
    """An entry that nobody has voted on."""
    return ENTRIES[next(_UNUSED) % len(ENTRIES)]


@pytest.fixture(scope="session")
def postgresql_address() -> Iterator[str]:
    """A PostgreSQL server, without the name of a database."""
    if postgresql_programs() is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with postgresql() as address:
        yield address


@pytest.fixture(scope="session")
def new_database(postgresql_address) -> Callable[[], str]:
    """A function that makes a database on that server, and gives its address."""
    import psycopg

    numbers = itertools.count()

    def make() -> str:
        name = f"votes{next(numbers)}"
        with psycopg.connect(f"{postgresql_address}postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"{postgresql_address}{name}"

    return make


@pytest.fixture(scope="session")
def cloud() -> Path:
    """Node.js, with Cloudflare's local runtime installed for it."""
    folder = Path(__file__).parent / "worker"
    try:
        with (folder / "package-lock.json").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # tests in other processes install it as well
            return environment.install_packages(Path(sys.executable), folder)
    except environment.SetupError as error:
        pytest.skip(f"Cloudflare's local runtime can't be had: {error}")


@pytest.fixture(scope="module", params=["sqlite", "postgresql", "worker"])
def server(request: pytest.FixtureRequest, tmp_path_factory) -> Iterator[Server]:
    """A collector with each kind of database, and the one for Cloudflare."""
    folder = tmp_path_factory.mktemp("collector")
    if request.param == "worker":
        with worker(folder, request.getfixturevalue("cloud")) as started:
            yield started
        return
    address = request.getfixturevalue("new_database")() if request.param == "postgresql" else str(folder / "votes.db")
    with running(folder, address, "--trusted-proxy", PROXY) as started:
        yield started
