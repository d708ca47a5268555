"""Where fetched packages are kept, and the one way to fetch them: a package client in the sandbox, with a network.

Only package clients run here, told to run no program of a package. The registry is whatever they are configured for.
"""

import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from kb.proofs.sandbox import Bounds, End, Room, Sandbox, SandboxError, Step, Trial
from kb.proofs.tools.tool import NotTriedError

_FETCHING: Final = Bounds(seconds=300, disk=4 << 30)
_PASSED_ON: Final = ("PIP_", "UV_", "NPM_CONFIG_", "NODE_EXTRA_CA_CERTS", "SSL_CERT_", "REQUESTS_CA_BUNDLE")
_NOT_PASSED_ON: Final = ("UV_CACHE_DIR", "UV_PYTHON", "NPM_CONFIG_PREFIX", "NPM_CONFIG_CACHE", "PIP_TARGET")
_PROXIES: Final = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY")
_SETTINGS: Final = (".npmrc", ".config/uv", ".config/pip")
"""Settings of package clients in the home folder: which registry they ask."""
_IMPATIENT: Final = {
    "UV_HTTP_RETRIES": "1",
    "PIP_RETRIES": "1",
    "NPM_CONFIG_FETCH_RETRIES": "1",
    "NPM_CONFIG_FETCH_TIMEOUT": "30000",  # milliseconds
}
"""Else npm waits five minutes for each answer, and all clients ask three times or more."""
_SILENT: Final = 2
"""So many times in a row has a registry to be silent before it is asked no more."""
_ADDRESS: Final = re.compile(r"\w+://[^\s`'\")]+")
_PATH: Final = re.compile(r"(?<![\w./…])(?:/[\w@.+~-]+){2,}/?")
_WHY: Final = 300
"""Characters of what a client said that are told."""
_ASIDE: Final = ".{}.fetching"
"""Names of folders that are not whole."""
_KILLED: Final = 3_600
"""Seconds after which what is still being fetched is nobody's any more: whoever fetched it was killed."""
_UNUSED: Final = 30 * 86_400
"""Seconds after which a package that no recipe asked for goes: `latest` is another one every week."""


@dataclass(frozen=True, slots=True)
class Shop:
    """A folder of fetched packages, and the sandbox in which they are fetched."""

    folder: Path
    sandbox: Sandbox
    patience: float = 20
    """Seconds after which what could not be fetched is taken for a registry that does not answer."""
    _silences: dict[str, int] = field(default_factory=dict)
    """Registry -> how often it was silent since it last gave something."""

    def kept(self, what: str, fetch: Callable[[Path], None]) -> Path:
        """The folder in which something is kept, which is fetched if it isn't there yet.

        `fetch` fills a folder beside it, which gets the name at the end: what is there is whole.
        """
        place = self.folder / "kept" / f"{_readable(what)}-{sha256(what.encode()).hexdigest()[:12]}"
        if place.is_dir():
            with suppress(OSError):  # who can't write here sweeps nothing either
                os.utime(place)
            return place
        place.parent.mkdir(parents=True, exist_ok=True)
        being_made = self._aside()
        being_made.mkdir()
        try:
            fetch(being_made)
            with suppress(FileExistsError, OSError):  # another has been faster
                being_made.rename(place)
        finally:
            shutil.rmtree(being_made, ignore_errors=True)
        return place

    def ask(self, registry: str, script: str, *, room: Room, writable: tuple[Path, ...] = ()) -> str:
        """Run a package client that asks a registry, and give what it printed.

        Raises NotTriedError where it fails, and at once where the registry was silent before: hundreds of combinations
        would wait for it, one after the other.
        """
        if self._silences.get(registry, 0) >= _SILENT:
            raise NotTriedError(f"it can't be fetched: {registry} does not answer")
        start = time.monotonic()
        try:
            said = self._run(script, room, writable)
        except NotTriedError:
            if time.monotonic() - start >= self.patience:
                self._silences[registry] = self._silences.get(registry, 0) + 1
            raise
        self._silences.pop(registry, None)
        return said

    def _run(self, script: str, room: Room, writable: tuple[Path, ...]) -> str:
        caches = self.folder / "caches"
        caches.mkdir(parents=True, exist_ok=True)
        settings = tuple(path for name in _SETTINGS if _is_readable(path := Path.home() / name))
        environment = {
            **_IMPATIENT,
            **_configured(),
            **_places_of(settings),
            "UV_CACHE_DIR": str(caches / "uv"),
            "NPM_CONFIG_CACHE": str(caches / "npm"),
            "XDG_CONFIG_HOME": str(Path.home() / ".config"),
            **room.environment,
        }
        trial = Trial(
            (Step(script),),
            Room((*room.readable, *settings, *_named_in(_configured())), room.path, environment),
            _FETCHING,
            network=True,
            writable=(caches, *writable),
        )
        try:
            finished = self.sandbox.run(trial)
        except SandboxError as error:
            raise NotTriedError(str(error)) from None
        (ran,) = finished.steps
        if finished.end is not End.ITSELF:
            raise NotTriedError(f"fetching was stopped: too much {finished.end}")
        if ran.code:
            raise NotTriedError(f"it can't be fetched: {_last_words(ran.output)}")
        return ran.output

    def sweep(self) -> None:
        """Remove what is left of fetching that was killed, and what no recipe has asked for in a month.

        With that go the caches of the package clients, which hold the same files once more.
        """
        unused = _older(self.folder.glob("kept/*-*"), _UNUSED)
        for place in unused:
            with suppress(OSError):
                place.rename(self._aside())  # so that what has its name is whole
        for place in _older(self.folder.glob(f"kept/{_ASIDE.format('*')}"), _KILLED):
            shutil.rmtree(place, ignore_errors=True)
        is_fetching = any(self.folder.glob(f"kept/{_ASIDE.format('*')}"))
        if unused and not is_fetching:
            shutil.rmtree(self.folder / "caches", ignore_errors=True)

    def _aside(self) -> Path:
        """A new name for what is not whole: what is being fetched, or removed."""
        return self.folder / "kept" / _ASIDE.format(secrets.token_hex(8))


def _older(places: Iterable[Path], seconds: float) -> list[Path]:
    """Those that nobody has written or asked for in so long."""
    latest = time.time() - seconds
    found = []
    for place in places:
        with suppress(OSError):
            if place.stat().st_mtime < latest:
                found.append(place)
    return found


def _configured() -> dict[str, str]:
    """What the environment says of registries, certificates and proxies."""
    return {
        name: value
        for name, value in os.environ.items()
        if (name.upper().startswith(_PASSED_ON) or name.upper() in _PROXIES) and name.upper() not in _NOT_PASSED_ON
    }


def _places_of(settings: tuple[Path, ...]) -> dict[str, str]:
    """Where clients find their settings, which are bound where they are."""
    npmrc = next((path for path in settings if path.name == ".npmrc"), None)
    return {"NPM_CONFIG_USERCONFIG": str(npmrc)} if npmrc else {}


def _named_in(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Files and folders that the clients' settings name: certificates, and packages beside those of a registry."""
    named = (value for name, value in environment.items() if name.upper().startswith(_PASSED_ON))
    return tuple(
        path
        for value in named
        if value.startswith("/") and _is_readable(path := Path(value)) and not path.is_relative_to("/etc")
    )


def _is_readable(path: Path) -> bool:
    """Whether something is there for whoever runs this: settings may be those of another user."""
    return os.access(path, os.R_OK)


def _readable(what: str) -> str:
    return "".join(character if character.isalnum() or character in ".-" else "_" for character in what)[:60]


def _last_words(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    # Which registry that was, and where this machine keeps what, is nobody's business: the reason may be recorded.
    return _PATH.sub("…", _ADDRESS.sub("…", " ".join(lines)))[-_WHY:] if lines else "it said nothing"
