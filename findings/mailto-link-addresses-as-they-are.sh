#!/usr/bin/env bash
# mailto-link writes the address of the recipient as it is: what stands behind "?" or "#" in it is no part of it any more.
#
# Package: mailto-link 2.0.0 (npm), on Node.js 20 or newer.
# Expected: RFC 6068, 2: in an address "%", the gen-delims "/", "?", "#", "[" and "]", and "&", ";" and "=" must be percent-encoded; the local part may have all but the
#   brackets and the semicolon without quotes (RFC 5322, 3.2.3). mailto-link does so with the addresses of `cc` and `bcc`.
# Seen: `{ to: "what?@host.example" }` is a mail to "what", with a field "@host.example"; of "a#b@host.example" the recipient is "a"; "100%25@host.example" goes to
#   "100%@host.example".
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund mailto-link@2.0.0
cat > main.mjs <<'JS'
import { createRequire } from "node:module";
const link = createRequire(import.meta.url)("mailto-link");
for (const one of ["what?@host.example", "a#b@host.example", "100%25@host.example"]) {
  const address = link({ to: one });
  console.log(address, decodeURIComponent(new URL(address).pathname), link({ to: "x@host.example", cc: one }));
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
mailto:what?@host.example what mailto:x@host.example?cc=what%3F%40host.example
mailto:a#b@host.example a mailto:x@host.example?cc=a%23b%40host.example
mailto:100%25@host.example 100%@host.example mailto:x@host.example?cc=100%2525%40host.example
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: the recipient is written otherwise"
  exit 1
fi
echo "as described: the recipient is not encoded"
