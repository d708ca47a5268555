#!/usr/bin/env bash
# Prettier moves a JSDoc type cast out of the parentheses that it stands in, so that TypeScript reads another cast.
#
# Packages: prettier 3.10.1, typescript 7.0.2 (npm).
# Expected: formatting changes no meaning; Prettier keeps the parentheses after `/** @type {T} */`, because they make
#   the comment a cast.
# Seen: in `(/** @type {T} */ (value).key ?? "").length` the cast is of `value`. Prettier writes
#   `/** @type {T} */ ((value).key ?? "").length`: the comment now stands before the outer parentheses and casts what
#   they hold. The program does the same as before, but TypeScript, which found nothing, reports errors in it: the type
#   of `value` is lost, and that of the whole is wrong. A first run of Prettier over JavaScript that `tsc --checkJs`
#   accepts can break the check, without a warning.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts prettier@3.10.1 typescript@7.0.2
cat > sizes.js <<'SCRIPT'
/** @param {unknown} value */
export function size(value) {
  return (/** @type {{ key?: string }} */ (value).key ?? "").length;
}
SCRIPT
check() { npx --no-install tsc --allowJs --checkJs --strict --noEmit --target es2022 --module es2022 sizes.js; }

check
npx --no-install prettier --write sizes.js > log
cat sizes.js
if ! grep -qF '/** @type {{ key?: string }} */ ((value).key ?? "").length' sizes.js || check > errors; then
  echo "changed: the cast stays where it was, or TypeScript accepts it"
  exit 1
fi
cat errors
grep -q "TS2571" errors
echo "as described: TypeScript accepts the file before Prettier formats it, and not after"
