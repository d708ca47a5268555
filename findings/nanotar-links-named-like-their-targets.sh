#!/usr/bin/env bash
# nanotar calls a link like the file that it points to, and that file's content is lost in the map of names.
#
# Packages: nanotar 0.3.0, on Node.js 20 or newer; the archive is from Python 3.8's `tarfile` or newer.
# Expected: POSIX, pax, "pax Extended Header Keywords": `path` is the name of the entry, `linkpath` the name of what the link points to. In an
#   archive with the file "größe.txt" and the link "latest" to it `parseTar` lists these two names, as tar does.
# Seen: where a link has a `linkpath` and its own name fits into the header, the link's name is the `linkpath`: "größe.txt" is there twice, the
#   second time with nothing in it, and "latest" is nowhere. So whoever writes the entries to their names leaves an empty file. GNU tar's
#   long targets (type K) give the same. Python writes a `linkpath` for every target that is not ASCII or has more than 100
#   characters, and so do GNU tar's `--format=pax` and `git archive` for the long ones.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund nanotar@0.3.0
cat > write.py <<'PYTHON'
import io
import tarfile

LONG = "d/" * 60 + "long.txt"
with tarfile.open("links.tar", "w") as archive:
    for name, content in (("größe.txt", b"large"), (LONG, b"long")):
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    for name, target in (("latest", "größe.txt"), ("short", LONG), ("plain", "README")):
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = tarfile.SYMTYPE, target
        archive.addfile(entry)
with tarfile.open("links.tar") as archive:
    print("tarfile:", ", ".join(name[-9:] for name in archive.getnames()))
PYTHON
cat > read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { parseTar } from "nanotar";
const entries = parseTar(readFileSync("links.tar"));
console.log("nanotar:", entries.map((entry) => entry.name.slice(-9)).join(", "));
const contents = Object.fromEntries(entries.map((entry) => [entry.name, entry.text]));
console.log("content of größe.txt:", JSON.stringify(contents["größe.txt"]));
JS
python3 write.py | tee seen
node read.mjs | tee --append seen
cat > expected <<'EXPECTED'
tarfile: größe.txt, /long.txt, latest, short, plain
nanotar: größe.txt, /long.txt, größe.txt, /long.txt, plain
content of größe.txt: ""
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: nanotar names links otherwise"
  exit 1
fi
echo "as described: a link has the name of its target"
