#!/usr/bin/env bash
# pofile takes the space before a flag into its name, so that a translation that is marked as fuzzy is none.
#
# Packages: pofile 1.1.4, on Node.js 20 or newer; polib 1.2.0 (PyPI) writes the file.
# Expected: GNU gettext's manual, "The Format of PO Files": flags stand in one comment `#,`, "separated by commas", as in `#, python-format, fuzzy`, and all of
#   its programs write a space behind the comma. Its README: "Each flag is mapped to a key": `item.flags.fuzzy` is true.
# Seen: the flags are "python-format" and " fuzzy", with a space before it; `flags.fuzzy` is undefined, and so is each flag's but the
#   first one's. polib adds `fuzzy` behind what is there. A build that leaves fuzzy translations out, or counts them, takes such
#   a one for finished. Setting `flags.fuzzy = false` does not take it away: the file written anew has it still.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund pofile@1.1.4
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check polib==1.2.0
cat > write.py <<'PYTHON'
import polib

catalogue = polib.POFile()
catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
entry = polib.POEntry(msgid="%d files", msgstr="%d Dateien", flags=["python-format"])
entry.flags.append("fuzzy")
catalogue.append(entry)
catalogue.save("de.po")
PYTHON
venv/bin/python write.py
grep '^#,' de.po
cat > main.cjs <<'JS'
const PO = require("pofile");
const catalogue = PO.parse(require("fs").readFileSync("de.po", "utf8"));
const item = catalogue.items[0];
console.log(JSON.stringify(item.flags), "fuzzy:", item.flags.fuzzy);
item.flags.fuzzy = false;
console.log(catalogue.toString().split("\n").find((line) => line.startsWith("#,")));
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
{"python-format":true," fuzzy":true} fuzzy: undefined
#, python-format, fuzzy
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: pofile reads flags otherwise"
  exit 1
fi
echo "as described: a flag behind another has a space in its name"
