#!/usr/bin/env bash
# ical.js places "the last day" of a yearly rule for several months in the next month, and a 31st where a month has none.
#
# Packages: ical.js 2.2.1 (npm), on Node.js 20 or newer; python-dateutil 2.9.0.post0 (PyPI) as the second opinion.
# Expected: RFC 5545, 3.3.10: -1 in BYMONTHDAY is the last day of the month, and dates that do not exist "MUST be ignored". So
#   `FREQ=YEARLY;BYMONTH=1,2,3,4;BYMONTHDAY=-1` is 31 January, 28 February, 31 March, 30 April, as dateutil has it.
# Seen: 30 January, 2 March, 30 March, 30 April; with all twelve months in the rule 31 January, 3 March, 31 March, 1 May: each month is given the days
#   of the last one in the list, and what it does not have is counted on. So a rule of a 31st for January and April has 1 May, too, and
#   one of 29 February every 1 March. A rule with a single month is right. No error: a payment or a backup is on another day.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund ical.js@2.2.1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-dateutil==2.9.0.post0
cat > rules <<'RULES'
20260101T090000 FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1;COUNT=3
20260101T090000 FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYMONTHDAY=-1;COUNT=4
20260101T090000 FREQ=YEARLY;BYMONTH=1,2,3,4;BYMONTHDAY=-1;COUNT=4
20260131T090000 FREQ=YEARLY;BYMONTH=1,4;COUNT=3
20240229T090000 FREQ=YEARLY;COUNT=3
RULES
cat > main.mjs <<'JS'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
for (const line of readFileSync("rules", "utf8").trim().split("\n")) {
  const [start, rule] = line.split(" ");
  const at = ICAL.Time.fromDateTimeString(start.replace(/^(....)(..)(..)T(..)(..)/, "$1-$2-$3T$4:$5:"));
  const dates = ICAL.Recur.fromString(rule).iterator(at);
  const found = [];
  for (let next = dates.next(); next; next = dates.next()) found.push(next.toString().slice(2, 10));
  console.log("ical.js ", found.join(" "));
}
JS
cat > main.py <<'PYTHON'
from pathlib import Path

from dateutil.rrule import rrulestr

for line in Path("rules").read_text().splitlines():
    start, rule = line.split()
    print("dateutil", *(date.strftime("%y-%m-%d") for date in rrulestr(f"DTSTART:{start}\nRRULE:{rule}")))
PYTHON
node main.mjs > by-ical-js
venv/bin/python main.py > by-dateutil
paste -d '\n' by-dateutil by-ical-js | tee seen
cat > expected <<'EXPECTED'
dateutil 26-02-28 27-02-28 28-02-29
ical.js  26-02-28 27-02-28 28-02-29
dateutil 26-01-31 26-02-28 26-03-31 26-04-30
ical.js  26-01-31 26-03-03 26-03-31 26-05-01
dateutil 26-01-31 26-02-28 26-03-31 26-04-30
ical.js  26-01-30 26-03-02 26-03-30 26-04-30
dateutil 26-01-31 27-01-31 28-01-31
ical.js  26-01-31 26-05-01 27-01-31
dateutil 24-02-29 28-02-29 32-02-29
ical.js  24-02-29 25-03-01 26-03-01
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: ical.js finds other dates of such rules"
  exit 1
fi
echo "as described: last days in the next month"
