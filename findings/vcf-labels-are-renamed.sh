#!/usr/bin/env bash
# vcf writes Apple's X-ABLabel as "X-AB-LABEL", a property that nobody knows, and the labels of numbers and addresses are gone.
#
# Packages: vcf 2.1.2 and ical.js 2.2.1 (npm), on Node.js 20 or newer.
# Expected: RFC 6350, 3.3: names of properties are case-insensitive, and nothing else in them may change: X-ABLabel is X-ABLABEL. What is parsed and
#   written again is the same card. "item1.TEL" with "item1.X-ABLabel:Boat" is how macOS and iOS keep a label of one's own.
# Seen: vcf keeps names in camel case ("xAbLabel") and makes a hyphen before each capital letter when it writes: "item1.X-AB-LABEL:Boat". So
#   is X-ABShowAs, that a card is a company's, "X-AB-SHOW-AS". No error. X-ABADR, without small letters, stays.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund vcf@2.1.2 ical.js@2.2.1
cat > main.mjs <<'JS'
import ICAL from "ical.js";
import VCard from "vcf";
const card = ["BEGIN:VCARD", "VERSION:3.0", "FN:Jo", "item1.TEL:+491", "item1.X-ABLabel:Boat", "X-ABShowAs:COMPANY", "X-ABADR:de", "END:VCARD", ""].join("\r\n");
const names = (text) => text.split("\r\n").filter((line) => line.includes("X-")).join(" ");
console.log("read:", names(card));
console.log("ical.js:", names(ICAL.stringify(ICAL.parse(card))));
console.log("vcf:", names(new VCard().parse(card).toString()));
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
read: item1.X-ABLabel:Boat X-ABShowAs:COMPANY X-ABADR:de
ical.js: ITEM1.X-ABLABEL:Boat X-ABSHOWAS:COMPANY X-ABADR:de
vcf: item1.X-AB-LABEL:Boat X-AB-SHOW-AS:COMPANY X-ABADR:de
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: vcf writes such names otherwise"
  exit 1
fi
echo "as described: a label with a hyphen more"
