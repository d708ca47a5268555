#!/usr/bin/env bash
# A patch release of uv words "No solution found" in another layout: no cross, no arrow, no wrapping, another first word.
#
# Packages: uv 0.12.14, beside 0.12.13.
# Expected: from 0.12.13 to 0.12.14 what is printed of a resolution that fails stays as it is: a line that begins
#   with "×" and ends with a colon, and the reason behind "╰─▶", wrapped to 80 columns. Whoever looks for it in logs does so.
# Seen: 0.12.14 prints "error: No solution found when resolving dependencies", without the colon, and "cause: Because …" on
#   one line however long it is. The exit code is 1 in both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/13"
python3 -m venv "$folder/14"
"$folder/13/bin/pip" install --quiet --disable-pip-version-check uv==0.12.13
"$folder/14/bin/pip" install --quiet --disable-pip-version-check uv==0.12.14
cd "$folder"
printf 'idna==3.6\nidna==3.7\n' >wanted.in
told() {
  local code=0 said
  said=$("$1/bin/uv" pip compile --offline --no-config --no-cache --python-version 3.11 wanted.in 2>&1) || code=$?
  printf 'exit %s\n%s\n' "$code" "$said"
}
before=$(told 13)
after=$(told 14)
printf '%s\n' "$before" "$after"
if ! grep -qx 'exit 1' <<<"$before" || ! grep -qx 'exit 1' <<<"$after" ||
  ! grep -qx '  × No solution found when resolving dependencies:' <<<"$before" ||
  ! grep -qx '  ╰─▶ Because you require idna==3.6 and idna==3.7, we can conclude that your' <<<"$before" ||
  ! grep -qx 'error: No solution found when resolving dependencies' <<<"$after" ||
  ! grep -qx '  cause: Because you require idna==3.6 and idna==3.7, we can conclude that your requirements are unsatisfiable.' <<<"$after"; then
  echo "changed: both print it alike, or in other ways"
  exit 1
fi
echo "as described: a cross and an arrow with 0.12.13, error and cause with 0.12.14"
