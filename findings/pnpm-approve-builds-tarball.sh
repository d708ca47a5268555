#!/usr/bin/env bash
# `pnpm approve-builds NAME` writes an approval that pnpm itself doesn't heed where the package comes from a tarball.
#
# Packages: pnpm 12.21.0, on Node.js 20 or newer.
# Expected: `pnpm install` ends with ERR_PNPM_IGNORED_BUILDS and says 'Run "pnpm approve-builds" to pick which
#   dependencies should be allowed to run scripts'. `pnpm approve-builds addon`, for a dependency
#   `"addon": "file:addon-1.0.0.tgz"` with an `install` script, is to allow it, or to change nothing.
# Seen: it prints `[WARN] The following packages are not awaiting approval: addon`, writes `allowBuilds: addon: true` into
#   pnpm-workspace.yaml all the same, and the next `pnpm install` ends with the same error and advice. What counts is the
#   name that the error has: `"addon@file:addon-1.0.0.tgz": true`. With it the script runs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix="$folder/tool" pnpm@12.21.0
pnpm() { "$folder/tool/node_modules/.bin/pnpm" "$@"; }
mkdir -p "$folder/addon" "$folder/shop"
cat >"$folder/addon/package.json" <<'JSON'
{"name": "addon", "version": "1.0.0", "scripts": {"install": "node -e \"require('fs').writeFileSync('built', 'yes')\""}}
JSON
(cd "$folder/addon" && npm pack --silent >/dev/null && mv addon-1.0.0.tgz "$folder/shop")
echo '{"name": "shop", "version": "1.0.0", "dependencies": {"addon": "file:addon-1.0.0.tgz"}}' >"$folder/shop/package.json"
cd "$folder/shop"

is_ignored() {
  if pnpm install >"$folder/out" 2>&1; then return 1; fi
  grep -F 'Ignored build scripts: addon@file:addon-1.0.0.tgz' "$folder/out"
}
is_ignored || { echo "changed: the script of a tarball is not held back, or is in another way"; exit 1; }
approval=$(pnpm approve-builds addon 2>&1 || true)
printf '%s\n' "$approval"
cat pnpm-workspace.yaml
if ! grep -qF 'not awaiting approval: addon' <<<"$approval" || ! grep -qxF '  addon: true' pnpm-workspace.yaml || ! is_ignored; then
  echo "changed: the approval is refused, or heeded"
  exit 1
fi
printf 'allowBuilds:\n  "addon@file:addon-1.0.0.tgz": true\n' >pnpm-workspace.yaml
pnpm install >"$folder/out" 2>&1 || { cat "$folder/out"; echo "changed: the name of the error is not heeded either"; exit 1; }
[ -f node_modules/addon/built ] || { echo "changed: the script does not run"; exit 1; }
echo "as described: the approval that pnpm writes holds nothing, the name in its error does"
