#!/usr/bin/env bash
# ssh-config writes a comment after a value without the space before it, so that ssh takes the number sign for a part of the value.
#
# Packages: ssh-config 5.3.0 (npm), on Node.js 20 or newer, and OpenSSH's ssh (seen with 9.2), which reads both files.
# Expected: README, example of `stringify`: "The original whitespaces and comments are preserved." OpenSSH takes a word that begins with "#" for a
#   comment up to the end of the line, but no sign within a word. What is read and written is the same file, or one that says the same.
# Seen: "Host a b # team" is written as "Host a b# team", "Port 2222 # not 22" as "Port 2222# not 22". Before, `ssh b` goes to example.com; afterwards
#   ssh knows no "b" and refuses the whole file: "Bad port '2222#'". A host added at the end, which is what tools use it for, is enough.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
command -v ssh > /dev/null || { echo "needs ssh"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund ssh-config@5.3.0
cat > config <<'CONFIG'
Host a b # team
  HostName example.com
  Port 2222 # not 22
CONFIG
cat > main.cjs <<'JS'
const { readFileSync, writeFileSync } = require("node:fs");
const SSHConfig = require("ssh-config").default;
const config = SSHConfig.parse(readFileSync("config", "utf8"));
config.append({ Host: "c", HostName: "example.org" });
writeFileSync("written", config.toString());
JS
node main.cjs
{
  cat written
  for name in config written; do
    ssh -T -G -F "$name" b 2>&1 | tr -d '\r' | grep -E '^(hostname|port) |Bad' | sort || true
  done
} | tee seen
cat > expected <<'EXPECTED'
Host a b# team
  HostName example.com
  Port 2222# not 22

Host c
  HostName example.org
hostname example.com
port 2222
written line 3: Bad port '2222#'.
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: ssh-config writes such comments otherwise"
  exit 1
fi
echo "as described: comments become part of values"
