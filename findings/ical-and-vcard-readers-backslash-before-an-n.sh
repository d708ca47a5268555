#!/usr/bin/env bash
# node-ical and vcard-parser make a line end of the "n" after a backslash that stands for itself: "C:\new" becomes two lines.
#
# Packages: node-ical 0.27.2, vcard-parser 1.0.0 and ical.js 2.2.1 (npm), on Node.js 20 or newer; icalendar 7.3.2 (PyPI) writes the event.
# Expected: RFC 5545, 3.3.11, and RFC 2426, 4: in text `\\` is a backslash and `\n` a line end, read from left to right. `C:\\new` is the
#   text "C:\new", as icalendar, the writer, reads it again.
# Seen: both replace `\n` in the whole value before they replace `\\`, so that of `\\n` a backslash and a line end are left: "C:\", a line end, "ew". So
#   is every path whose folder begins with an n, and `\\nas01\share`. No error; the same values written again are other text for everyone.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node-ical@0.27.2 vcard-parser@1.0.0 ical.js@2.2.1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check icalendar==7.3.2
cat > write.py <<'PYTHON'
from datetime import datetime, timezone
from pathlib import Path

from icalendar import Calendar, Event

event = Event()
event.add("uid", "1")
event.add("dtstart", datetime(2026, 11, 1, tzinfo=timezone.utc))
event.add("description", "Logs: C:\\new\nAsk Jo")
calendar = Calendar()
calendar.add("prodid", "-//example//EN")
calendar.add("version", "2.0")
calendar.add_component(event)
Path("calendar.ics").write_bytes(calendar.to_ical())
print("icalendar:", repr(str(Calendar.from_ical(Path("calendar.ics").read_bytes()).events[0]["description"])))
PYTHON
cat > main.mjs <<'JS'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import ical from "node-ical";
import vcard from "vcard-parser";
const text = readFileSync("calendar.ics", "utf8");
const line = text.split("\r\n").find((line) => line.startsWith("DESCRIPTION:"));
console.log(line);
const event = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent");
console.log("ical.js:", JSON.stringify(event.getFirstPropertyValue("description")));
console.log("node-ical:", JSON.stringify(ical.sync.parseICS(text)["1"].description));
const card = ["BEGIN:VCARD", "VERSION:3.0", "FN:Jo", line.replace("DESCRIPTION", "NOTE"), "END:VCARD", ""].join("\r\n");
console.log("vcard-parser:", JSON.stringify(vcard.parse(card).note[0].value));
JS
venv/bin/python write.py | tee seen
node main.mjs | tee --append seen
cat > expected <<'EXPECTED'
icalendar: 'Logs: C:\\new\nAsk Jo'
DESCRIPTION:Logs: C:\\new\nAsk Jo
ical.js: "Logs: C:\\new\nAsk Jo"
node-ical: "Logs: C:\\\new\nAsk Jo"
vcard-parser: "Logs: C:\\\new\nAsk Jo"
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: node-ical or vcard-parser read backslashes otherwise"
  exit 1
fi
echo "as described: an escaped backslash and an n make a line end"
