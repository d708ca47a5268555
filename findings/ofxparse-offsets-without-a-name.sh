#!/usr/bin/env bash
# ofxparse ignores a time zone without a name: "20260115233000.000[-5]" stays half past eleven, as though it were in UTC.
#
# Packages: ofxparse 0.21 and ofxtools 1.1.1 (PyPI).
# Expected: OFX 2.2, 3.2.8.2: dates are "YYYYMMDDHHMMSS.XXX [gmt offset[:tz name]]", so the name may be left out. ofxparse hands out times in UTC.
# Seen: with the name, "[-5:EST]", a transaction late in the evening is on the next day in UTC; without it, "[-5]", it keeps its day and its hour. No
#   error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ofxparse==0.21 ofxtools==1.1.1
cat > main.py <<'PYTHON'
import io

from ofxparse import OfxParser
from ofxtools.Parser import OFXTree

HEAD = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n"
BODY = """<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260131<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD
<BANKACCTFROM><BANKID>1<ACCTID>2<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20260101<DTEND>20260131
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>{}<TRNAMT>-1.00<FITID>a<NAME>x</STMTTRN></BANKTRANLIST>
<LEDGERBAL><BALAMT>1<DTASOF>20260131</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
for date in ("20260115233000.000[-5:EST]", "20260115233000.000[-5]", "20260115233000.000[+3:MSK]", "20260115233000.000[+3]"):
    text = (HEAD + BODY.format(date)).encode()
    other = OFXTree()
    other.parse(io.BytesIO(text))
    (right,) = other.convert().statements[0].transactions
    (seen,) = OfxParser.parse(io.BytesIO(text)).account.statement.transactions
    print(date, "ofxtools:", right.dtposted, "ofxparse:", seen.date)
PYTHON
venv/bin/python main.py | tee seen
cat > expected <<'EXPECTED'
20260115233000.000[-5:EST] ofxtools: 2026-01-16 04:30:00+00:00 ofxparse: 2026-01-16 04:30:00
20260115233000.000[-5] ofxtools: 2026-01-16 04:30:00+00:00 ofxparse: 2026-01-15 23:30:00
20260115233000.000[+3:MSK] ofxtools: 2026-01-15 20:30:00+00:00 ofxparse: 2026-01-15 20:30:00
20260115233000.000[+3] ofxtools: 2026-01-15 20:30:00+00:00 ofxparse: 2026-01-15 23:30:00
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: ofxparse reads such offsets otherwise"
  exit 1
fi
echo "as described: an offset without an effect"
