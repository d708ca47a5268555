#!/usr/bin/env python3
"""Write what tools list of their own errors into `entries/coverage.yml`: python3 scripts/coverage.py [PRODUCT…]

Each list comes from the tool itself, as it is installed or as its package has it. What can't be had stays as it stands.
What is wanted is a keeper's, and stays, too.
"""

import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

import yaml

ROOT: Final = Path(__file__).parents[1]


class Found(NamedTuple):
    """A list as its tool has it."""

    what: str
    version: str
    source: str
    prefix: str
    codes: Iterable[str]


def _rustc() -> Found:
    root = Path(_said("rustc", "--print", "sysroot"), "share/doc/rust/html/error_codes")
    codes = sorted(path.stem for path in root.glob("E[0-9]*.html"))
    return Found(
        "error codes of rustc", _said("rustc", "--version").split()[1], "the pages of rustc --explain", "", codes
    )


def _typescript() -> Found:
    version = "5.9.3"  # The last one whose package has the compiler as JavaScript, with its diagnostics.
    text = _packed(f"typescript@{version}", "package/lib/typescript.js")[0]
    codes = sorted({int(code) for code in re.findall(r"diag\((\d+), 1 /\* Error \*/", text)})
    return Found("errors of tsc", version, "npm package typescript, lib/typescript.js", "TS", map(str, codes))


def _node() -> Found:
    code = "console.log(Object.keys(require('internal/errors').codes).sort().join(' '))"
    codes = _said("node", "--expose-internals", "-e", code).split()
    return Found("error codes of Node.js", _said("node", "--version")[1:], "internal/errors of node", "", codes)


def _postgres() -> Found:
    path = max(Path("/usr/share/postgresql").glob("*/errcodes.txt"))
    codes = re.findall(r"(?m)^([0-9A-Z]{5})\s+E\s", path.read_text("utf-8"))
    return Found("SQLSTATEs of errors", path.parent.name, "errcodes.txt of PostgreSQL", "SQLSTATE ", codes)


def _npm() -> Found:
    version = _said("npm", "--version")
    text = "".join(_packed(f"npm@{version}", "package/lib/utils/error-message.js"))
    return Found(
        "codes that npm explains",
        version,
        "npm package npm, lib/utils/error-message.js",
        "",
        re.findall(r"case '(E\w+)':", text),
    )


PRODUCTS: Final[dict[str, Callable[[], Found]]] = {
    "cargo": _rustc,
    "typescript": _typescript,
    "node": _node,
    "postgres": _postgres,
    "npm": _npm,
}


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _packed(package: str, ending: str) -> list[str]:
    """The files of an npm package whose names end so."""
    with tempfile.TemporaryDirectory() as folder:
        name = _said("npm", "pack", "--silent", "--pack-destination", folder, package).splitlines()[-1]
        with tarfile.open(Path(folder, name)) as archive:
            members = [member for member in archive if member.isfile() and member.name.endswith(ending)]
            read = [archive.extractfile(member) for member in members]
            return [file.read().decode() for file in read if file]


def main() -> None:
    """Write the lists of the products named, or of all."""
    path = ROOT / "entries/coverage.yml"
    known = yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}
    for product in sys.argv[1:] or PRODUCTS:
        try:
            found = PRODUCTS[product]()
        except (OSError, subprocess.CalledProcessError, ValueError, KeyError) as error:
            print(f"{product}: can't be had, and stays as it stands: {error}", file=sys.stderr)
            continue
        codes = list(dict.fromkeys(found.codes))
        values: dict[str, object] = {"what": found.what, "version": found.version, "source": found.source}
        values |= {"day": datetime.now(UTC).date(), "prefix": found.prefix, "codes": " ".join(codes)}
        known.setdefault(product, {})["lists"] = [{key: value for key, value in values.items() if value}]
        print(f"{product}: {len(codes)} codes")
    with path.open("w", encoding="utf-8") as file:
        yaml.safe_dump(known, file, sort_keys=False, width=118, allow_unicode=True)


if __name__ == "__main__":
    main()
