#!/usr/bin/env bash
# gettext-parser compiles fuzzy translations, which are guesses of a tool, into the catalog that programs show.
#
# Packages: gettext-parser 10.0.0 (npm), on Node.js 20 or newer; Babel 2.19.0 and polib 1.2.0 (PyPI) compile the same file.
# Expected: the manual of GNU gettext, "Fuzzy Entries": such a translation is to be checked by a translator, and `msgfmt` takes it for untranslated ("msgfmt
#   Invocation": `--use-fuzzy` to have it otherwise). gettext-parser knows the flag, leaves obsolete entries and empty translations out of what
#   `mo.compile` writes, which takes what `po.parse` gives.
# Seen: fuzzy ones are in. After `msgmerge` has guessed that "Delete all files?" may be what "Delete the file?" was, the program asks the old
#   question before the new deed. Nothing in the README says so. With Babel and polib the program shows the untranslated text.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund gettext-parser@10.0.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check Babel==2.19.0 polib==1.2.0
cat > de.po <<'PO'
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

msgid "Save"
msgstr "Sichern"

#, fuzzy
#| msgid "Delete the file?"
msgid "Delete all files?"
msgstr "Datei löschen?"

msgid "Quit"
msgstr ""
PO
cat > main.mjs <<'JS'
import { readFileSync, writeFileSync } from "node:fs";
import { mo, po } from "gettext-parser";
writeFileSync("gettext-parser.mo", mo.compile(po.parse(readFileSync("de.po"))));
JS
cat > main.py <<'PYTHON'
import gettext
from pathlib import Path

import polib
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

polib.pofile("de.po").save_as_mofile("polib.mo")
with Path("de.po").open("rb") as source, Path("Babel.mo").open("wb") as compiled:
    write_mo(compiled, read_po(source))
for name in ("Babel", "polib", "gettext-parser"):
    with Path(f"{name}.mo").open("rb") as compiled:
        texts = gettext.GNUTranslations(compiled)
    print(name, *(texts.gettext(text) for text in ("Save", "Delete all files?", "Quit")), sep=" | ")
PYTHON
node main.mjs
venv/bin/python main.py | tee seen
cat > expected <<'EXPECTED'
Babel | Sichern | Delete all files? | Quit
polib | Sichern | Delete all files? | Quit
gettext-parser | Sichern | Datei löschen? | Quit
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: gettext-parser compiles such entries otherwise"
  exit 1
fi
echo "as described: a guess is shown"
