#!/usr/bin/env bash
# node-ical leaves out an attendee who has passed the invitation on to two people, and cuts a quoted name at its semicolon.
#
# Packages: node-ical 0.27.2 and ical.js 2.2.1 (npm), on Node.js 20 or newer.
# Expected: RFC 5545, 3.2: a parameter may have several values, each in quotes where it has ":", ";" or ","; the example of
#   3.2.5 has such a list in DELEGATED-TO. So each line "ATTENDEE" is an attendee, and `CN="Doe; Jane"` the name "Doe; Jane".
# Seen: of a line with a list of quoted values nothing is kept, neither the parameters nor the address: of three attendees two are left. No
#   error. The name is `"Doe`, with the first quote, and " Jane" is gone.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node-ical@0.27.2 ical.js@2.2.1
cat > main.mjs <<'JS'
import ICAL from "ical.js";
import ical from "node-ical";
const lines = [
  "BEGIN:VCALENDAR",
  "VERSION:2.0",
  "PRODID:-//example//EN",
  "BEGIN:VEVENT",
  "UID:1",
  "DTSTAMP:20261101T000000Z",
  "DTSTART:20261101T090000Z",
  "ATTENDEE;CN=Kim:mailto:kim@mail.example",
  'ATTENDEE;CN="Doe; Jane":mailto:jane@mail.example',
  'ATTENDEE;DELEGATED-TO="mailto:a@mail.example","mailto:b@mail.example":mailto:jo@mail.example',
  "END:VEVENT",
  "END:VCALENDAR",
  "",
];
const text = lines.join("\r\n");
const event = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent");
for (const one of event.getAllProperties("attendee")) {
  console.log("ical.js:", one.getFirstParameter("cn") ?? "-", one.getFirstValue());
}
for (const { params, val } of ical.sync.parseICS(text)["1"].attendee) {
  console.log("node-ical:", params.CN ?? "-", val);
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
ical.js: Kim mailto:kim@mail.example
ical.js: Doe; Jane mailto:jane@mail.example
ical.js: - mailto:jo@mail.example
node-ical: Kim mailto:kim@mail.example
node-ical: "Doe mailto:jane@mail.example
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: node-ical reads such attendees otherwise"
  exit 1
fi
echo "as described: an attendee who is not there"
