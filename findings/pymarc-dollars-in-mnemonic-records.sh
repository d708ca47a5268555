#!/usr/bin/env bash
# pymarc knows no mnemonics in records as text: a dollar sign starts a subfield when it reads what it wrote, and "{dollar}" stays as it is.
#
# Package: pymarc 5.4.0 (PyPI).
# Expected: the Library of Congress' MARCMaker, the format of MarcEdit's .mrk files, which `MARCMakerReader` reads: "$" delimits subfields, and a dollar sign in
#   the text is "{dollar}". What `str` writes is read the same.
# Seen: "Costs $5 a day" is written as it is and read as "Costs " and a subfield 5 with " a day"; "{dollar}5" of another program's file is read
#   as these nine characters, not as $5. No error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pymarc==5.4.0
cat > main.py <<'PYTHON'
import pymarc


def subfields(text):
    (record,) = pymarc.MARCMakerReader(text)
    return [tuple(subfield) for subfield in record["500"].subfields]


for text in ("Costs nothing", "Costs $5 a day"):
    record = pymarc.Record(leader="00000nam a2200000 a 4500")
    record.add_field(pymarc.Field(tag="500", indicators=[" ", " "], subfields=[pymarc.Subfield("a", text)]))
    print(text, "written:", str(record).splitlines()[1], "read again:", subfields(str(record)))
print(subfields("=LDR  00000nam a2200000 a 4500\n=500  \\\\$aCosts {dollar}5 a day\n"))
PYTHON
venv/bin/python main.py | tee seen
cat > expected <<'EXPECTED'
Costs nothing written: =500  \\$aCosts nothing read again: [('a', 'Costs nothing')]
Costs $5 a day written: =500  \\$aCosts $5 a day read again: [('a', 'Costs '), ('5', ' a day')]
[('a', 'Costs {dollar}5 a day')]
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: pymarc reads or writes dollar signs otherwise"
  exit 1
fi
echo "as described: a dollar sign starts a subfield"
