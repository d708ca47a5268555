#!/usr/bin/env python3
"""Write what tools list of their own errors into `entries/coverage.yml`: python3 scripts/coverage.py [PRODUCT…]

Each list comes from the tool itself, as it is installed or as its package has it. What can't be had stays as it stands.
What is wanted is a keeper's, and stays, too.
"""

import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
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


def _pnpm() -> Found:
    version = _newest("pnpm@11")  # The last ones that are JavaScript, in which a code ends where it ends.
    text = _packed(f"pnpm@{version}", "package/dist/pnpm.mjs")[0]
    codes = set(re.findall(r"ERR_PNPM_([A-Z0-9_]*[A-Z0-9])\b", text))
    codes |= set(re.findall(r"PnpmError\d*\(\s*\"([A-Z0-9_]+)\"", text))
    codes |= set(re.findall(r"extends PnpmError\d* \{[^{}]*\{\s*super\(\"([A-Z0-9_]+)\"", text))
    return Found("error codes of pnpm", version, "npm package pnpm, dist/pnpm.mjs", "ERR_PNPM_", sorted(codes))


def _yarn() -> Found:
    version = _newest("@yarnpkg/core@4")
    text = _packed(f"@yarnpkg/core@{version}", "package/lib/MessageName.js")[0]
    codes = [f"{int(number):04}" for number in re.findall(r'MessageName\["\w+"\] = (\d+)\]', text)]
    return Found("codes of Yarn's messages", version, "npm package @yarnpkg/core, lib/MessageName.js", "YN", codes)


def _pip() -> Found:
    with tempfile.TemporaryDirectory() as folder:
        _said(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, "pip")
        wheel = next(Path(folder).glob("pip-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            sources = [name for name in archive.namelist() if re.fullmatch(r"pip/_internal/.*\.py", name)]
            text = "\n".join(archive.read(name).decode() for name in sources)
    codes = sorted(set(re.findall(r"\breference\s*=\s*\"([a-z-]+)\"", text)))
    return Found("diagnostics of pip", wheel.name.split("-")[1], "PyPI package pip, pip/_internal", "", codes)


def _openssl() -> Found:
    folder = Path("/usr/include/openssl")
    number = r"(?m)^#\s*define (\w+)_{}_(\w+)\s+(\d+)"
    libraries = {name: int(of) for _, name, of in re.findall(number.format("LIB"), (folder / "err.h").read_text())}
    codes = [
        f"{libraries[library] << 23 | int(reason):08X}"
        for path in sorted(folder.glob("*err.h"))
        for library, _, reason in re.findall(number.format("R"), path.read_text("utf-8"))
        if library in libraries
    ]
    version = _said("openssl", "version").split()[1]
    return Found("reasons of OpenSSL, as numbers", version, "openssl/*err.h", "", codes)


def _curl() -> Found:
    manual = _said("curl", "--manual")
    part = manual.partition("\nEXIT CODES\n")[2].partition("\nAUTHORS")[0]
    codes = [code for code in re.findall(r"(?m)^ {7}(\d+) {2,}", part) if code != "0"]
    return Found("exit codes of curl", _said("curl", "--version").split()[1], "curl --manual", "exit ", codes)


def _mysql() -> Found:
    path = Path("/usr/include/mariadb/mysqld_error.h")  # of Debian's libmariadb-dev
    codes = re.findall(r"(?m)^#define ER_(?!ERROR_FIRST|ERROR_LAST|UNUSED)\w+ (\d+)$", path.read_text("utf-8"))
    version = _said("dpkg-query", "--show", "--showformat=${source:Upstream-Version}", "libmariadb-dev")
    return Found("errors of MariaDB's server", version, "mysqld_error.h of MariaDB", "ERROR ", codes)


PRODUCTS: Final[dict[str, Callable[[], Found]]] = {
    "cargo": _rustc,
    "typescript": _typescript,
    "node": _node,
    "postgres": _postgres,
    "npm": _npm,
    "pnpm": _pnpm,
    "yarn": _yarn,
    "pip": _pip,
    "openssl": _openssl,
    "curl": _curl,
    "mysql": _mysql,
}


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _newest(package: str) -> str:
    found = json.loads(_said("npm", "view", package, "version", "--json"))
    return str(found[-1] if isinstance(found, list) else found)


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
