#!/usr/bin/env bash
# The links that rich writes ansi2html shows as garbage, and those that ls writes rich does: each knows one end of them.
#
# Packages: rich 15.0.0 and ansi2html 1.9.5 (PyPI); coreutils 8.28 or newer for `ls --hyperlink`.
# Expected: ECMA-48, 5.6: an operating system command ends with ST (`ESC \`); xterm's control sequences, "Operating System Commands": "xterm
#   accepts either BEL or ST". A link of a terminal, `ESC ] 8 ; ; URI`, may have either, and a reader of output shows its text.
# Seen: `Text.from_ansi` of rich takes ST alone: of `ls --hyperlink=always`, which writes BEL, its plain text is
#   "8;;file://…/a.txta.txt8;;", the address glued to the name, without the characters that could be looked for. ansi2html takes
#   BEL alone: a link that rich itself wrote stands in the page with its escape characters, and is no link. So of a log in
#   which both programs wrote, each of the two readers spoils the half that the other one can read. No option changes it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check rich==15.0.0 ansi2html==1.9.5
mkdir shown
touch shown/a.txt
cat > main.py <<'PYTHON'
import io
import re
import subprocess

from ansi2html import Ansi2HTMLConverter
from rich.console import Console
from rich.text import Text

console = Console(file=io.StringIO(), force_terminal=True, color_system="standard", legacy_windows=False)
console.print("[link=https://a.example/x]a.txt[/link]")
listed = subprocess.run(["ls", "--hyperlink=always", "shown"], capture_output=True, text=True, check=True).stdout
for name, text in (("ls", listed), ("rich", console.file.getvalue())):
    plain = re.sub(r"file://[^;]*/", "file://…/", Text.from_ansi(text).plain.strip())
    page = Ansi2HTMLConverter(inline=True).convert(text, full=False)
    print(f"{name} wrote it: rich reads {plain!r}; ansi2html has a link: {'<a ' in page}, an escape: {chr(27) in page}")
PYTHON
venv/bin/python main.py | tee seen
cat > expected <<'EXPECTED'
ls wrote it: rich reads '8;;file://…/a.txta.txt8;;'; ansi2html has a link: True, an escape: False
rich wrote it: rich reads 'a.txt'; ansi2html has a link: False, an escape: True
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: one of the two reads such links otherwise"
  exit 1
fi
echo "as described: each knows one end of a link"
