"""Languages of code blocks, by every name that people and Pygments give them, and who knows the places in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.match.filling.data_languages import json_places, yaml_places
from kb.match.filling.javascript import javascript_places
from kb.match.filling.python import python_places
from kb.match.filling.shell import console_places, fish_places, posix_places, powershell_places
from kb.match.filling.sql import sql_places
from kb.match.filling.windows import cmd_places

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.match.filling.values import Place

Analysis = "Callable[[str], list[Place]]"
"""Code with `HOLE` where placeholders stand -> the place of each."""

_NAMES: Final = (
    (posix_places, "sh bash shell zsh ksh dash ash posix openrc shellscript"),
    (console_places, "console sh-session shell-session shellsession bash-session terminal"),
    (fish_places, "fish fishshell"),
    (powershell_places, "powershell pwsh posh ps1 psm1"),
    (cmd_places, "bat batch dosbatch winbatch cmd"),
    (python_places, "python py python3 py3"),
    (sql_places, "sql postgresql postgres pgsql mysql mariadb sqlite sqlite3"),
    (json_places, "json jsonc"),
    (yaml_places, "yaml yml"),
    (javascript_places, "javascript js mjs cjs jsx typescript ts mts cts tsx"),
)

ANALYSES: Final[dict[str, Callable[[str], list[Place]]]] = {
    name: analysis for analysis, names in _NAMES for name in names.split()
}
"""Name of a language in lower case -> what finds the places in its code. In any other language nothing is filled."""
