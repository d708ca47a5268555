#!/usr/bin/env bash
# cron-parser runs a job on days that cron leaves out: where the day of the month is `*/10` and a weekday is named.
#
# Packages: cron-parser 5.10.6, on Node.js 20 or newer; cronsim 2.8, which follows Debian's cron.
# Expected: crontab(5) of Debian's cron and of cronie: a job runs when either day matches where both fields are restricted, "i.e.
#   do not contain the * character", and both have to match otherwise. `*/10` begins with that character.
# Seen: `0 0 */10 * 1` runs for cron-parser on each Monday and on the 1st, 11th, 21st and 31st. Cron runs it on a Monday that is
#   one of these days: 2 times in 2026's first half in place of 45.
set -euo pipefail
command -v node >/dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cronsim==2.8
npm install --silent --no-audit --no-fund cron-parser@5.10.6
cat >main.cjs <<'JS'
const { CronExpressionParser } = require("cron-parser");
for (const line of ["0 0 */10 * 1", "0 0 1,11,21,31 * 1"]) {
  const runs = CronExpressionParser.parse(line, { currentDate: "2025-12-31T12:00:00Z", tz: "UTC" });
  let count = 0;
  while (runs.next().toDate() < new Date("2026-07-01T00:00:00Z")) count += 1;
  console.log(`cron-parser ${line}: ${count}`);
}
JS
node main.cjs >seen
venv/bin/python - >>seen <<'PY'
from datetime import datetime
from itertools import takewhile
from cronsim import CronSim
for line in ("0 0 */10 * 1", "0 0 1,11,21,31 * 1"):
    runs = CronSim(line, datetime(2025, 12, 31, 12))
    print(f"cronsim {line}: {len(list(takewhile(lambda run: run < datetime(2026, 7, 1), runs)))}")
PY
cat seen
expected="cron-parser 0 0 */10 * 1: 45|cron-parser 0 0 1,11,21,31 * 1: 45|cronsim 0 0 */10 * 1: 2|cronsim 0 0 1,11,21,31 * 1: 45|"
if [ "$(tr '\n' '|' <seen)" != "$expected" ]; then
  echo "changed: the days are told otherwise"
  exit 1
fi
echo "as described: a step over all days counts as a restriction in one of them"
