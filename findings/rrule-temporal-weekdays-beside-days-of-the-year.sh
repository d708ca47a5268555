#!/usr/bin/env bash
# rrule-temporal ignores the weekdays of a yearly rule beside days of the year: "the first Monday of the year" is each of its first seven days.
#
# Packages: rrule-temporal 2.2.8 (npm), on Node.js 20 or newer; python-dateutil 2.9.0.post0 (PyPI) as the second opinion.
# Expected: RFC 5545, 3.3.10, the table of rule parts: BYDAY of a YEARLY rule, note 2: "Limit if BYYEARDAY or BYMONTHDAY is present". The README:
#   "The first and only fully compliant Recurrence rule (RFC-5545) processing JS/TS library".
# Seen: with BYYEARDAY, BYDAY has no effect: "the last day of the year, if it is a working day" is Sunday, the 31st of December 2028, too. With
#   BYMONTHDAY it limits, as long as it has no number.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund rrule-temporal@2.2.8
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-dateutil==2.9.0.post0
cat > rules <<'RULES'
FREQ=YEARLY;BYYEARDAY=1,2,3,4,5,6,7;BYDAY=MO;COUNT=3
FREQ=YEARLY;BYYEARDAY=-1;BYDAY=MO,TU,WE,TH,FR;COUNT=5
FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR;COUNT=3
RULES
cat > main.mjs <<'JS'
import { readFileSync } from "node:fs";
import { RRuleTemporal } from "rrule-temporal";
for (const rule of readFileSync("rules", "utf8").trim().split("\n")) {
  const days = new RRuleTemporal({ rruleString: `DTSTART:20240101T090000Z\nRRULE:${rule}` }).all();
  console.log("rrule-temporal", ...days.map((day) => day.toPlainDate().toString()));
}
JS
cat > main.py <<'PYTHON'
from datetime import datetime
from pathlib import Path

from dateutil.rrule import rrulestr

for rule in Path("rules").read_text().splitlines():
    print("dateutil", *(day.date() for day in rrulestr(rule, dtstart=datetime(2024, 1, 1, 9))))
PYTHON
node main.mjs | tee seen
venv/bin/python main.py | tee -a seen
cat > expected <<'EXPECTED'
rrule-temporal 2024-01-01 2024-01-02 2024-01-03
rrule-temporal 2024-12-31 2025-12-31 2026-12-31 2027-12-31 2028-12-31
rrule-temporal 2024-09-13 2024-12-13 2025-06-13
dateutil 2024-01-01 2025-01-06 2026-01-05
dateutil 2024-12-31 2025-12-31 2026-12-31 2027-12-31 2029-12-31
dateutil 2024-09-13 2024-12-13 2025-06-13
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: such rules have other days"
  exit 1
fi
echo "as described: weekdays do not limit the days of the year"
