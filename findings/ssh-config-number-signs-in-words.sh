#!/usr/bin/env bash
# ssh-config cuts a value off at a number sign within a word.
#
# Packages: ssh-config 5.3.0 (npm), on Node.js 20 or newer, and OpenSSH's ssh (seen with 9.2), which reads the same file.
# Expected: ssh_config(5): lines that start with "#" are comments. What OpenSSH takes beyond that begins with a word of its own: in "~/.ssh/key#1" and
#   "me:a#b" the sign is one of the value's letters, and after ProxyCommand the value is all of the line.
# Seen: `compute` gives the key "~/.ssh/key", which is another file, and the command "ncat --proxy-auth me:a" without its host and port. No error.
#   A program that connects with what it gets (an editor's remote folder) fails where `ssh a` works.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
command -v ssh > /dev/null || { echo "needs ssh"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund ssh-config@5.3.0
cat > config <<'CONFIG'
Host a
  IdentityFile ~/.ssh/key#1
  ProxyCommand ncat --proxy-auth me:a#b %h %p
CONFIG
cat > main.cjs <<'JS'
const { readFileSync } = require("node:fs");
const SSHConfig = require("ssh-config").default;
const { IdentityFile, ProxyCommand } = SSHConfig.parse(readFileSync("config", "utf8")).compute("a");
console.log("ssh-config:", JSON.stringify([IdentityFile, ProxyCommand]));
JS
{
  ssh -T -G -F config a 2>&1 | tr -d '\r' | grep -E '^(identityfile|proxycommand) '
  node main.cjs
} | tee seen
cat > expected <<'EXPECTED'
identityfile ~/.ssh/key#1
proxycommand ncat --proxy-auth me:a#b %h %p
ssh-config: [["~/.ssh/key"],"ncat --proxy-auth me:a"]
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: ssh-config reads such signs otherwise"
  exit 1
fi
echo "as described: values without their ends"
