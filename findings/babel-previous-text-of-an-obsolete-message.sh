#!/usr/bin/env bash
# Babel takes a message for obsolete because the next one, which is, begins with its previous text.
#
# Packages: Babel 2.19.0 and polib 1.2.0 (PyPI).
# Expected: the manual of GNU gettext, "PO Files": "#~" marks the lines of an obsolete entry, and "#~|" those with its previous text, as `msgmerge --previous`
#   and then `msgattrib --clear-fuzzy` leave them. They belong to the entry that they begin; the one before, "Save", is in use, as polib has it.
# Seen: at "#~|" Babel ends the entry before and marks it obsolete. "Save" is in `obsolete`, `pybabel compile` leaves it out, and the program shows it
#   untranslated; the catalog that is written has it in "#~" lines. On the error output there is "Unknown or misformatted keyword" about the
#   other entry. With a comment or a flag ("#, fuzzy") between the two, "Save" is kept.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check Babel==2.19.0 polib==1.2.0
cat > main.py <<'PYTHON'
import gettext
import io

import polib
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Save"\nmsgstr "Sichern"\n\n'
OBSOLETE = '#~ msgid "Delete it now?"\n#~ msgstr "Löschen?"\n'
for between in ("", '#~| msgid "Delete it?"\n', '#, c-format\n#~| msgid "Delete it?"\n'):
    text = HEAD + between + OBSOLETE
    catalog = read_po(io.BytesIO(text.encode()))
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    print("polib:", [entry.msgid for entry in polib.pofile(text) if not entry.obsolete], end=" ")
    print("Babel:", [message.id for message in catalog if message.id], "obsolete:", list(catalog.obsolete), end=" ")
    print("shown:", gettext.GNUTranslations(compiled).gettext("Save"))
PYTHON
venv/bin/python main.py | tee seen
cat > expected <<'EXPECTED'
polib: ['Save'] Babel: ['Save'] obsolete: ['Delete it now?'] shown: Sichern
WARNING: Unknown or misformatted keyword
WARNING: Problem on line 7: '| msgid "Delete it?"'
polib: ['Save'] Babel: [] obsolete: ['Save', 'Delete it now?'] shown: Save
WARNING: Unknown or misformatted keyword
WARNING: Problem on line 8: '| msgid "Delete it?"'
polib: ['Save'] Babel: ['Save'] obsolete: ['Delete it now?'] shown: Sichern
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: Babel reads such an entry otherwise"
  exit 1
fi
echo "as described: a message in use is obsolete"
