#!/usr/bin/env bash
# Citation.js leaves the particle of a name out of RIS: "van den Berg" is written "Berg".
#
# Package: @citation-js/plugin-ris 0.8.2 with @citation-js/core 0.8.2 (npm), on Node.js 20 or newer.
# Expected: CSL 1.0.2, "Names": family, given, dropping-particle, non-dropping-particle and suffix are the parts of one name. RIS has "Lastname, Firstname,
#   Suffix", so the particle belongs to one of the first two.
# Seen: with a non-dropping or a dropping particle the line has the family name and the given name alone: "AU  - Berg, J". Suffixes are written. No
#   error; "van den Berg" as the whole family name is right.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @citation-js/core@0.8.2 @citation-js/plugin-ris@0.8.2
cat > main.mjs <<'JS'
import { Cite } from "@citation-js/core";
import "@citation-js/plugin-ris";
for (const author of [
  { family: "van den Berg", given: "Jo" },
  { family: "Berg", given: "Jo", suffix: "Jr" },
  { family: "Berg", given: "Jo", "non-dropping-particle": "van den" },
  { family: "Humboldt", given: "Jo", "dropping-particle": "von" },
]) {
  const text = new Cite([{ id: "x", type: "book", title: "T", author: [author] }]).format("ris");
  console.log(JSON.stringify(author), text.match(/AU .*/)[0]);
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
{"family":"van den Berg","given":"Jo"} AU  - van den Berg, Jo
{"family":"Berg","given":"Jo","suffix":"Jr"} AU  - Berg, Jo, Jr
{"family":"Berg","given":"Jo","non-dropping-particle":"van den"} AU  - Berg, Jo
{"family":"Humboldt","given":"Jo","dropping-particle":"von"} AU  - Humboldt, Jo
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: Citation.js writes particles in RIS"
  exit 1
fi
echo "as described: a name without its particle"
