#!/usr/bin/env bash
# shell-quote takes the rest of a command for a comment where a number sign stands inside a word.
#
# Packages: shell-quote 1.12.0, on Node.js 20 or newer; bash as the reference.
# Expected: POSIX, Shell Command Language, 2.3, rules 8 and 9: `#` begins a comment only where a word could begin; inside a word it
#   is a letter like others. References with a fragment are such words.
# Seen: `nix build .#app --impure`: the word ends before the sign, and all that follows,
#   the option too, is a comment.
set -euo pipefail
command -v node >/dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund shell-quote@1.12.0
cat >command.txt <<'TXT'
nix build .#app --impure
TXT
node -e '
const { parse } = require("shell-quote");
console.log(JSON.stringify(parse(require("fs").readFileSync("command.txt", "utf8").trim())));' | tee seen
bash -c "set -- $(cat command.txt); printf '%s|' \"\$@\"" | tee words
echo
if [ "$(cat words)" != "nix|build|.#app|--impure|" ] ||
  [ "$(cat seen)" != '["nix","build",".",{"comment":"app --impure"}]' ]; then
  echo "changed: the command is split otherwise"
  exit 1
fi
echo "as described: the option is part of a comment"
