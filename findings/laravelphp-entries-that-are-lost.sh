#!/usr/bin/env bash
# laravelphp drops every entry of a Laravel translation whose value is not one plain text: lists, texts joined by a dot, numbers.
#
# Package: laravelphp 2.0.4 (npm), on Node.js 20 or newer.
# Expected: Laravel's guide "Localization": a file of texts is a PHP file that returns an array; values are any PHP. Laravel's own validation.php has arrays, texts in
#   lists are got by their number, and long ones are joined by a dot over lines. The README: a converter, in both ways.
# Seen: `laravel2js` leaves them out without an error: of a list nothing is left but {}, of "'one ' . 'two'", a number, or a heredoc not even the key. What
#   `js2laravel` writes afterwards lacks them.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund laravelphp@2.0.4
cat > texts.php <<'PHP'
<?php
return [
  'plain' => 'one',
  'joined' => 'one ' .
    'two',
  'days' => ['Monday', 'Tuesday'],
  'limit' => 5,
  'letter' => <<<'EOT'
Dear reader
EOT,
  'nested' => ['key' => 'one'],
];
PHP
cat > main.cjs <<'JS'
const { js2laravel, laravel2js } = require("laravelphp");
(async () => {
  const texts = await laravel2js(require("fs").readFileSync("texts.php", "utf8"));
  console.log(JSON.stringify(texts));
  console.log((await js2laravel(texts)).replace(/\s+/g, " "));
})();
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
{"plain":"one","days":{},"nested":{"key":"one"}}
<?php return [ 'plain' => 'one', 'days' => [ ], 'nested' => [ 'key' => 'one' ] ];
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: such entries are read otherwise"
  exit 1
fi
echo "as described: plain texts alone are left"
