#!/usr/bin/env bash
# mt940 appends what a bank says of the whole statement to the details of its last transaction.
#
# Package: mt-940 5.1.1 (PyPI).
# Expected: SWIFT's MT 940: a field 86 behind a field 61 belongs to that transaction; the last one, behind the balances (62F, 64, 65), is "Information to Account Owner"
#   for the statement as a whole.
# Seen: that text stands behind a line end in `transaction_details` of the last transaction, and nowhere in the statement's own data. If the
#   transaction has no field 86 of its own, the note is all its details. A statement without transactions loses it. No error, and none of the options
#   of 5.1 changes it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mt-940==5.1.1
cat > main.py <<'PYTHON'
import mt940

HEAD = ":20:START\n:25:12345678\n:28C:5/1\n:60F:C260131EUR1000,00\n"
FOOT = ":62F:C260228EUR900,00\n:64:C260228EUR900,00\n"
RENT = ":61:2602010201D90,00NMSCNONREF\n:86:Rent\n"
FEE = ":61:2602020202D10,00NMSCNONREF\n"
for name, text in (
    ("two, no note", HEAD + RENT + FEE + FOOT),
    ("one", HEAD + RENT + FOOT + ":86:New fees from May\n"),
    ("two", HEAD + RENT + FEE + FOOT + ":86:New fees from May\n"),
    ("none", HEAD + FOOT + ":86:New fees from May\n"),
):
    statement = mt940.parse(text)
    details = [transaction.data.get("transaction_details") for transaction in statement]
    print(name, details, "in the statement:", "New fees" in str(statement.data))
PYTHON
venv/bin/python main.py | tee seen
cat > expected <<'EXPECTED'
two, no note ['Rent', None] in the statement: False
one ['Rent\nNew fees from May'] in the statement: False
two ['Rent', 'New fees from May'] in the statement: False
none [] in the statement: False
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: mt940 puts such notes elsewhere"
  exit 1
fi
echo "as described: a note in a transaction"
