"""Which model drafts, where it is, and the key to it: from the environment, and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

NEEDED: Final = (
    "this takes a model, and {unset}: set KB_AI_BASE_URL (such as http://127.0.0.1:11434/v1), KB_AI_MODEL (its name "
    "there), and KB_AI_KEY where its server asks for one"
)
_SHORTEST_KEY: Final = 12


class SettingsError(ValueError):
    """The settings of a model are missing or can't be used. The text never holds the key."""


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """A model behind an OpenAI-compatible address."""

    base_url: str
    model: str
    key: str = field(default="", repr=False)

    def is_leaked_by(self, text: str) -> bool:
        """Whether a text holds the key. One as short as a word is none: local servers take any, such as `ollama`."""
        return len(self.key) >= _SHORTEST_KEY and self.key in text


def model_settings(environ: Mapping[str, str]) -> ModelSettings:
    """The settings that an environment has. Raises SettingsError."""
    base, model = environ.get("KB_AI_BASE_URL", "").strip(), environ.get("KB_AI_MODEL", "").strip()
    key = environ.get("KB_AI_KEY", "").strip()
    if not base or not model:
        unset = "none is set" if base == model else f"KB_AI_{'MODEL' if base else 'BASE_URL'} is not set"
        raise SettingsError(NEEDED.format(unset=unset))
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise SettingsError("KB_AI_KEY holds what no key has: a blank, a line end, or a letter outside of ASCII")
    if not model.isprintable() or len(model) > 200:
        raise SettingsError("KB_AI_MODEL is no name of a model")
    settings = ModelSettings(_checked(base, key), model, key)
    if settings.is_leaked_by(f"{base} {model}"):
        raise SettingsError(
            "KB_AI_MODEL or KB_AI_BASE_URL holds the key, and both are shown; it belongs into KB_AI_KEY"
        )
    return settings


def _checked(base: str, key: str) -> str:
    """The address, without a slash at its end. It is not repeated where it may hold a password."""
    try:
        parts = urlsplit(base)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or port == 0:
        raise SettingsError("KB_AI_BASE_URL is no address such as https://models.example.com/v1")
    if parts.username is not None or parts.query or parts.fragment:
        raise SettingsError("KB_AI_BASE_URL holds a name, a password, `?` or `#`; the key goes into KB_AI_KEY")
    if key and parts.scheme == "http" and not _is_here(host):
        raise SettingsError("KB_AI_BASE_URL begins with http://, which shows the key to everybody on the way: https://")
    return base.rstrip("/")


def _is_here(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
