#!/usr/bin/env bash
# Citation.js takes a first name that begins with a letter in braces for a particle: of "{\'E}mile Zola" the author has no first name.
#
# Package: @citation-js/plugin-bibtex 0.8.2 with @citation-js/core 0.8.2 (npm), on Node.js 20 or newer.
# Expected: BibTeX's manual ("BibTeXing", 4 and 18): a brace with a backslash behind it is a special character, and its case is that of the letter it shows: \'E is a
#   capital. Only a word that begins with a small letter is the "von" part.
# Seen: "{\'E}mile Zola", "{\"O}zg{\"u}r Yal" and "{\O}ystein Berg" have a non-dropping particle "Émile", "Özgür", "Øystein" and no given name, so they are
#   sorted and shortened otherwise, and BibTeX written from them has "{\' E}mile Zola,". No error. Without the braces, as Unicode and as "Zola,
#   {\'E}mile" they are right.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2
cat > main.mjs <<'JS'
import { Cite } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
for (const author of ["Émile Zola", "\\'Emile Zola", "Zola, {\\'E}mile", "{\\'E}mile Zola", '{\\"O}zg{\\"u}r Yal', "{\\O}ystein Berg"]) {
  const cite = new Cite(`@misc{key, author = {${author}}}`);
  console.log(author, JSON.stringify(cite.data[0].author), cite.format("bibtex").match(/author.*/)[0]);
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
Émile Zola [{"given":"Émile","family":"Zola"}] author = {Zola, {\' E}mile},
\'Emile Zola [{"given":"Émile","family":"Zola"}] author = {Zola, {\' E}mile},
Zola, {\'E}mile [{"given":"Émile","family":"Zola"}] author = {Zola, {\' E}mile},
{\'E}mile Zola [{"family":"Zola","non-dropping-particle":"Émile"}] author = {{\' E}mile Zola,},
{\"O}zg{\"u}r Yal [{"family":"Yal","non-dropping-particle":"Özgür"}] author = {{\" O}zg{\" u}r Yal,},
{\O}ystein Berg [{"family":"Berg","non-dropping-particle":"Øystein"}] author = {\O{}ystein Berg,},
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: Citation.js reads such names otherwise"
  exit 1
fi
echo "as described: a first name becomes a particle"
