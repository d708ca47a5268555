"""Pagefind's index in a fixed order, so that the same pages give the same bytes.

Pagefind 1.5 writes the values of a filter, and the filters of an index, in the order of a hash map with a random
seed. Its files are CBOR behind a marker, compressed with gzip, and named after the SHA-1 of the CBOR
(`<language>_<hash>.pf_filter`, `pagefind.<language>_<hash>.pf_meta`); `pagefind-entry.json` names the meta file.
"""

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any, Final

import cbor2

_MARKER: Final = b"pagefind_dcd"
_FILTERS: Final = 3
"""Where the filters stand in the meta file: a list of `[name, file]`."""


def put_in_order(folder: Path) -> None:
    """Rewrite the filter and meta files of the index in `folder` with sorted contents and the names that go with them.

    Raises ValueError if a file is not as described above.
    """
    renamed = dict(_sorted_filter(path) for path in sorted(folder.glob("filter/*.pf_filter")))
    entry_path = folder / "pagefind-entry.json"
    entry = json.loads(entry_path.read_text("utf-8"))
    for language in entry["languages"].values():
        path = folder / f"pagefind.{language['hash']}.pf_meta"
        meta = _read(path)
        meta[_FILTERS] = sorted([name, renamed.get(file, file)] for name, file in meta[_FILTERS])
        language["hash"] = _write(path, meta, digits=10).removeprefix("pagefind.")
    entry_path.write_text(json.dumps(entry, separators=(",", ":"), ensure_ascii=False), "utf-8")


def _sorted_filter(path: Path) -> tuple[str, str]:
    """Sort the values of a filter. Returns the old and the new name, without ending."""
    name, values = _read(path)
    return path.stem, _write(path, [name, sorted(values)], digits=7)


def _read(path: Path) -> list[Any]:
    content = gzip.decompress(path.read_bytes())
    if not content.startswith(_MARKER):
        raise ValueError(f"{path.name} is not a file of Pagefind's")
    found = cbor2.loads(content[len(_MARKER) :])
    if not isinstance(found, list):
        raise ValueError(f"{path.name} does not hold a list")
    return found


def _write(path: Path, value: list[Any], digits: int) -> str:
    """Replace a file by one with another content, named after that. Returns the new name, without ending."""
    encoded = cbor2.dumps(value)
    digest = hashlib.sha1(encoded, usedforsecurity=False).hexdigest()[:digits]
    name = f"{path.stem.rpartition('_')[0]}_{digest}"
    path.unlink()
    path.with_name(name + path.suffix).write_bytes(gzip.compress(_MARKER + encoded, mtime=0))
    return name
