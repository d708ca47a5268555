#!/usr/bin/env bash
# shell-quote gives a command that goes on in the next line an empty word for each end of a line.
#
# Packages: shell-quote 1.12.0, on Node.js 20 or newer; bash as the reference.
# Expected: POSIX, Shell Command Language, 2.2.1: a backslash before the end of a line takes both away before the words are told
#   apart.
# Seen: between `run` and `-it` stands a word of no letters. A program that gets it as an argument takes it for a name: for the
#   image of a container, for a file.
set -euo pipefail
command -v node >/dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund shell-quote@1.12.0
cat >command.txt <<'TXT'
docker run \
  -it alpine
TXT
node -e '
const { parse } = require("shell-quote");
console.log(JSON.stringify(parse(require("fs").readFileSync("command.txt", "utf8").trim())));' | tee seen
bash -c "set -- $(cat command.txt); printf '%s|' \"\$@\"" | tee words
echo
if [ "$(cat words)" != "docker|run|-it|alpine|" ] || [ "$(cat seen)" != '["docker","run","","-it","alpine"]' ]; then
  echo "changed: the command is split otherwise"
  exit 1
fi
echo "as described: there is an empty word at the end of the line"
