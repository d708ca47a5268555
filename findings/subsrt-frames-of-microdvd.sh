#!/usr/bin/env bash
# subsrt and subsrt-ts take the seconds of a MicroDVD file for milliseconds: its first minute lasts 60 of them, and times are written a thousandfold.
#
# Packages: subsrt 1.1.1 and subsrt-ts 2.1.2 (npm), on Node.js 20 or newer; pysubs2 1.8.1 (PyPI) as the second opinion.
# Expected: MicroDVD's "{25}{75}text" counts frames: at 25 a second that is from 1 to 3 seconds. The READMEs: times are in milliseconds, and the option `fps` is frames per
#   second, 25 where it is not given.
# Seen: both read it as from 1 to 3 milliseconds, and write a second as frame 25000. So the captions of a film flash by in its first seconds, or never appear.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund subsrt@1.1.1 subsrt-ts@2.1.2
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pysubs2==1.8.1
cat > main.cjs <<'JS'
const ts = require("subsrt-ts");
const libraries = { subsrt: require("subsrt"), "subsrt-ts": ts.default ?? ts };
for (const [name, library] of Object.entries(libraries)) {
  const [{ start, end }] = library.parse("{25}{75}hello\n", { format: "sub", fps: 25 });
  const written = library.build([{ type: "caption", start: 1000, end: 3000, text: "hello" }], { format: "sub", fps: 25 });
  console.log(name, start, end, written.trim());
}
JS
node main.cjs | tee seen
venv/bin/python -c '
from pysubs2 import SSAFile
line = SSAFile.from_string("{25}{75}hello\n", format_="microdvd", fps=25)[0]
print("pysubs2", line.start, line.end)' | tee -a seen
cat > expected <<'EXPECTED'
subsrt 1 3 {25000}{75000}hello
subsrt-ts 1 3 {25000}{75000}hello
pysubs2 1000 3000
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: frames are read or written otherwise"
  exit 1
fi
echo "as described: frames are a thousand times too short"
