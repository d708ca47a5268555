#!/usr/bin/env bash
# laravelphp writes backslashes into a PHP text as they are: one at the end swallows the quote, and the file is no PHP any more.
#
# Package: laravelphp 2.0.4 (npm), on Node.js 20 or newer.
# Expected: PHP's manual, "Strings", single quoted: a backslash is written `\\`, before a quote and at the end it must be. laravelphp reads it in that way.
# Seen: of "C:\", read from 'C:\\', `js2laravel` writes 'C:\', which its own `laravel2js`, too, refuses: "Parse Error". Of "\\server", read from '\\\\server', it
#   writes '\\server', which has one backslash: a path that is no share any more.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund laravelphp@2.0.4
cat > main.cjs <<'JS'
const { js2laravel, laravel2js } = require("laravelphp");
(async () => {
  for (const text of ["'C:\\\\'", "'\\\\\\\\server'", "'It\\'s'"]) {
    const texts = await laravel2js(`<?php return ['key' => ${text}];`);
    const written = await js2laravel(texts);
    let read;
    try {
      read = (await laravel2js(written)).key;
    } catch (error) {
      read = error.message.split(":")[0].trim();
    }
    console.log(text, "|", texts.key, "|", written.split("\n")[2].trim(), "|", read);
  }
})();
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
'C:\\' | C:\ | 'key' => 'C:\' | Parse Error
'\\\\server' | \\server | 'key' => '\\server' | \server
'It\'s' | It's | 'key' => 'It\'s' | It's
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: backslashes are written otherwise"
  exit 1
fi
echo "as described: backslashes are written as they are"
