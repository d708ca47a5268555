#!/usr/bin/env bash
# sqlglot reads PostgreSQL's numbers with digits in groups, in octal and in hexadecimal as names of columns and strings of bits.
#
# Packages: sqlglot 30.30.0 and pglast 8.8 (PyPI), PostgreSQL's own parser of version 18.
# Expected: the manual of PostgreSQL since 16, 4.1.2.6: 1_500, 0x1F, 0o17 and 0b101 are integers: 1500, 31, 15 and 5. With `read` and `write` "postgres" a
#   statement that is read is written with the same meaning.
# Seen: "SELECT 1_500" is written "SELECT 1 AS _500", one for fifteen hundred; "0o17" is "0 AS o17"; "0x1F" is "x'1F'", a string of bits, which cannot be
#   compared with an integer. No error and no warning. "INSERT .. VALUES (1_500)" becomes what PostgreSQL refuses. Of DuckDB it reads 1_500 right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check sqlglot==30.30.0 pglast==8.8
cat > main.py <<'PYTHON'
import pglast
import sqlglot


def values(sql):
    try:
        columns = pglast.parse_sql(sql)[0].stmt.targetList
    except pglast.parser.ParseError as error:
        return error.args[0]
    found = [(column.val.val, column.name) for column in columns]
    return [f"{type(value).__name__} {getattr(value, 'ival', getattr(value, 'bsval', None))} {name}" for value, name in found]


for sql in ("SELECT 1_500", "SELECT 0o17", "SELECT 0x1F", "SELECT 0b101"):
    written = sqlglot.transpile(sql, read="postgres", write="postgres")[0]
    print(sql, values(sql), written, values(written), sep=" | ")
print(sqlglot.transpile("INSERT INTO prices VALUES (1_500)", read="postgres", write="postgres")[0])
print(sqlglot.transpile("SELECT 1_500", read="duckdb", write="postgres")[0])
PYTHON
venv/bin/python main.py | tee seen
cat > expected <<'EXPECTED'
SELECT 1_500 | ['Integer 1500 None'] | SELECT 1 AS _500 | ['Integer 1 _500']
SELECT 0o17 | ['Integer 15 None'] | SELECT 0 AS o17 | ['Integer 0 o17']
SELECT 0x1F | ['Integer 31 None'] | SELECT x'1F' | ['BitString x1F None']
SELECT 0b101 | ['Integer 5 None'] | SELECT b'101' | ['BitString b101 None']
INSERT INTO prices VALUES (1 AS _500)
SELECT 1500
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: sqlglot reads such numbers otherwise"
  exit 1
fi
echo "as described: numbers become names and strings"
