#!/usr/bin/env bash
# sql-formatter and sqlparse put the parts of a string constant on one line, where it is no valid SQL any more.
#
# Packages: sql-formatter 15.9.0 (npm), on Node.js 20 or newer; sqlparse 0.6.1 and pglast 8.8 (PyPI), PostgreSQL's own parser of version 18.
# Expected: the manual of PostgreSQL, 4.1.2.1, as SQL's standard: string constants with a line end between them are one ("'a'", line end, "'b'" is "ab");
#   on one line they are a syntax error. A formatter changes blanks only where they mean nothing.
# Seen: both write 'Kept for ' 'ten years', which PostgreSQL refuses. Long comments and messages in migrations are written so; sql-formatter does it with
#   "sql", "postgresql" and "redshift", sqlparse with `reindent` and `strip_whitespace`. Neither says a word.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund sql-formatter@15.9.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check sqlparse==0.6.1 pglast==8.8
printf "select 'Kept for '\n  'ten years';\n" > before.sql
cat > main.mjs <<'JS'
import { readFileSync, writeFileSync } from "node:fs";
import { format } from "sql-formatter";
writeFileSync("sql-formatter.sql", format(readFileSync("before.sql", "utf8"), { language: "postgresql" }));
JS
cat > main.py <<'PYTHON'
from pathlib import Path

import pglast
import sqlparse

Path("sqlparse.sql").write_text(sqlparse.format(Path("before.sql").read_text(), reindent=True))
for name in ("before", "sql-formatter", "sqlparse"):
    sql = Path(f"{name}.sql").read_text()
    try:
        read = repr(pglast.parse_sql(sql)[0].stmt.targetList[0].val.val.sval)
    except pglast.parser.ParseError as error:
        read = error.args[0]
    print(name, " ".join(sql.split("\n")).strip(), read, sep=" | ")
PYTHON
node main.mjs
venv/bin/python main.py | tee seen
cat > expected <<'EXPECTED'
before | select 'Kept for '   'ten years'; | 'Kept for ten years'
sql-formatter | select   'Kept for ' 'ten years'; | syntax error at or near "'ten years'"
sqlparse | select 'Kept for ' 'ten years'; | syntax error at or near "'ten years'"
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: the formatters write such strings otherwise"
  exit 1
fi
echo "as described: valid SQL becomes invalid"
