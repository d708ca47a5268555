#!/usr/bin/env bash
# gettext-to-messageformat escapes with backslashes, which no MessageFormat knows: "#5 files" is shown as "\55 files".
#
# Packages: gettext-to-messageformat 0.4.0 and messageformat 2.3.0 (npm), the version that it is tested with, on Node.js 20 or newer.
# Expected: ICU's guide "Formatting Messages", "Quoting/Escaping": `{`, `}` and, in a plural, `#` are quoted by apostrophes, and an apostrophe before one of these begins
#   a quotation. messageformat has it so since 1.0. The README: "messageformat-compatible JSON".
# Seen: "{name}" of a translation becomes `\{name\}`, which messageformat refuses. In a plural "#" becomes `\#`, and the reader puts the number and a backslash. And
#   "'%s' is missing" becomes `'{0}' is missing`, quoted, so that the reader sees "{0} is missing".
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund gettext-to-messageformat@0.4.0 messageformat@2.3.0
cat > de.po <<'PO'
msgid ""
msgstr ""
"Language: de\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "plain"
msgstr "%s Dateien"

msgid "braces"
msgstr "{name} ist ein Platzhalter"

msgid "number"
msgid_plural "numbers"
msgstr[0] "#%d Datei"
msgstr[1] "#%d Dateien"

msgid "quotes"
msgstr "'%s' fehlt"
PO
cat > main.cjs <<'JS'
const { parsePo } = require("gettext-to-messageformat");
const MessageFormat = require("messageformat");
const { pluralFunction, translations } = parsePo(require("fs").readFileSync("de.po"));
const format = new MessageFormat({ de: pluralFunction });
for (const key of ["plain", "braces", "number", "quotes"]) {
  let seen;
  try {
    seen = format.compile(translations[key])([5]);
  } catch (error) {
    seen = error.message.split("\n")[0];
  }
  console.log(translations[key], "|", seen);
}
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
{0} Dateien | 5 Dateien
\{name\} ist ein Platzhalter | Expected "," or "}" but "\\" found.
{0, plural, p0{\#{0} Datei} p1{\#{0} Dateien}} | \55 Dateien
'{0}' fehlt | {0} fehlt
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: it escapes otherwise"
  exit 1
fi
echo "as described: backslashes escape nothing"
