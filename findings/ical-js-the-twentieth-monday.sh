#!/usr/bin/env bash
# ical.js makes two yearly rules that RFC 5545 has as examples, "the 20th Monday" and "Monday of week 20", weekly ones.
#
# Packages: ical.js 2.2.1 (npm), on Node.js 20 or newer; python-dateutil 2.9.0.post0 (PyPI) as the second opinion.
# Expected: RFC 5545, 3.8.5.3, among the examples: from 19 May 1997 `FREQ=YEARLY;BYDAY=20MO` is 19 May 1997, 18 May 1998, 17 May 1999; from 12 May 1997
#   `FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO` is 12 May 1997, 11 May 1998, 17 May 1999. dateutil finds just these.
# Seen: every Monday from then on. Of the week, even the one that is asked for (12 May 1997) is left out and the 19th is the first. No error: what
#   is to be once a year is in the calendar 52 times.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund ical.js@2.2.1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-dateutil==2.9.0.post0
cat > main.mjs <<'JS'
import ICAL from "ical.js";
for (const [start, rule] of [
  ["1997-05-19T09:00:00", "FREQ=YEARLY;BYDAY=20MO;COUNT=3"],
  ["1997-05-12T09:00:00", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3"],
]) {
  const dates = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateTimeString(start));
  const found = [];
  for (let next = dates.next(); next; next = dates.next()) found.push(next.toString().slice(0, 10));
  console.log("ical.js", found.join(" "));
}
JS
cat > main.py <<'PYTHON'
from dateutil.rrule import rrulestr

for rule in (
    "DTSTART:19970519T090000\nRRULE:FREQ=YEARLY;BYDAY=20MO;COUNT=3",
    "DTSTART:19970512T090000\nRRULE:FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3",
):
    print("dateutil", *(date.strftime("%Y-%m-%d") for date in rrulestr(rule)))
PYTHON
venv/bin/python main.py | tee seen
node main.mjs | tee --append seen
cat > expected <<'EXPECTED'
dateutil 1997-05-19 1998-05-18 1999-05-17
dateutil 1997-05-12 1998-05-11 1999-05-17
ical.js 1997-05-19 1997-05-26 1997-06-02
ical.js 1997-05-19 1997-05-26 1997-06-02
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: ical.js finds other dates of these rules"
  exit 1
fi
echo "as described: yearly Mondays are weekly"
