#!/usr/bin/env bash
# gqlmin cuts a query off behind three quotes that are escaped in a block string.
#
# Packages: gqlmin 0.3.2 and graphql 16.15.0 (npm), on Node.js 20 or newer.
# Expected: GraphQL's specification, 2.9.4: in a block string \""" is three quotes and ends nothing. gqlmin calls itself a "GraphQL query
#   minifier"; what it writes means the same.
# Seen: behind \""" gqlmin takes the rest for another text: `{ a(s: """x \""" y""") b }` becomes `{a(s:"""x \"""y`, without its end. GraphQL refuses it
#   ("Unterminated string"). No error from gqlmin. Two quotes in a block string are right, and three escaped ones are in graphql's own
#   `stripIgnoredCharacters`.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund gqlmin@0.3.2 graphql@16.15.0
cat > main.mjs <<'JS'
import gqlmin from "gqlmin";
import { parse, print, stripIgnoredCharacters } from "graphql";
const meaning = (text) => {
  try {
    return print(parse(text));
  } catch (error) {
    return error.message;
  }
};
for (const text of ['{ a(s: """x "" y""") b }', '{ a(s: """x \\""" y""") b }', '{ a(s: """x \\"""""") b }']) {
  const short = gqlmin(text);
  const same = (other) => (meaning(other) === meaning(text) ? "same" : meaning(other));
  console.log(text, "graphql:", same(stripIgnoredCharacters(text)), "gqlmin:", short, same(short));
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
{ a(s: """x "" y""") b } graphql: same gqlmin: {a(s:"""x "" y""")b} same
{ a(s: """x \""" y""") b } graphql: same gqlmin: {a(s:"""x \"""y Syntax Error: Unterminated string.
{ a(s: """x \"""""") b } graphql: same gqlmin: {a(s:"""x \""" Syntax Error: Unterminated string.
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: gqlmin reads such block strings otherwise"
  exit 1
fi
echo "as described: a query without its end"
