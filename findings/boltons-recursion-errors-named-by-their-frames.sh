#!/usr/bin/env bash
# boltons takes a line of the stack into the type of an exception where Python left repeated frames out.
#
# Packages: boltons 26.2.0, on Python 3.11 or newer.
# Expected: `ParsedException` is a traceback "as would be typically output by `sys.excepthook`", of which `from_string` "will ignore trailing
#   text after the end of the first". `exc_type` is the name of the exception, "RecursionError". Python prints a frame three times and
#   then counts (documentation of `traceback`, `StackSummary.format`: "a summary line stating the exact number of further repetitions").
# Seen: `exc_type` is "  [Previous line repeated 996 more times]\nRecursionError", with the number in it, so that whoever groups or looks up
#   errors by their type has another one for each depth. For a SyntaxError the file, the line and the caret are in the type. Of two
#   chained exceptions the type is that of the first, KeyError, and the second one's whole traceback is part of its message:
#   what the program ended with is no field of anything. Nothing is raised.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check boltons==26.2.0
echo 'def f(n):
    return f(n + 1)


f(0)' > recursion.py
echo 'eval("1 +")' > syntax.py
echo 'try:
    {}["a"]
except KeyError as error:
    raise ValueError("no setting a") from error' > chained.py
echo '1 / 0' > plain.py
cat > main.py <<'PYTHON'
import subprocess
import sys

from boltons.tbutils import ParsedException

for name in ("plain", "recursion", "syntax", "chained"):
    printed = subprocess.run([sys.executable, f"{name}.py"], capture_output=True, text=True).stderr
    found = ParsedException.from_string(printed)
    print(name, repr(found.exc_type), len(found.exc_msg.splitlines()))
PYTHON
venv/bin/python main.py | sed 's/repeated [0-9]*/repeated N/' | tee seen
cat > expected <<'EXPECTED'
plain 'ZeroDivisionError' 1
recursion '  [Previous line repeated N more times]\nRecursionError' 1
syntax '  File "<string>", line 1\n    1 +\nSyntaxError' 1
chained 'KeyError' 8
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: boltons reads tracebacks otherwise"
  exit 1
fi
echo "as described: the type of an exception has lines of the stack in it"
