#!/usr/bin/env bash
# TypeScript 7 has another code, and no first line, for an object literal in a call that lacks a property.
#
# Packages: typescript 7.0.2, beside 6.0.3.
# Expected: for `ship({ id: 1 })` with a parameter `{ id: number; total: number }` 6.0.3 says TS2345, "Argument of type '{ id:
#   number; }' is not assignable to parameter of type 'Order'.", and below it which property is missing. Codes are what
#   `@ts-expect-error` notes, editors' filters and lists of known errors name.
# Seen: 7.0.2 says TS2741 at the same place, "Property 'total' is missing in type '{ id: number; }' but required in type
#   'Order'.", and nothing of an argument: the same words as for an assignment, whose code is TS2741 in both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix="$folder/6.0.3" typescript@6.0.3
npm install --silent --no-audit --no-fund --prefix="$folder/7.0.2" typescript@7.0.2
cat >"$folder/order.ts" <<'TYPESCRIPT'
type Order = { id: number; total: number };
function ship(order: Order): void {}
ship({ id: 1 });
TYPESCRIPT
cd "$folder"
six=$(6.0.3/node_modules/.bin/tsc --noEmit --strict order.ts || true)
seven=$(7.0.2/node_modules/.bin/tsc --noEmit --strict order.ts || true)
printf '6.0.3: %s\n7.0.2: %s\n' "$six" "$seven"
missing="Property 'total' is missing in type '{ id: number; }' but required in type 'Order'."
if ! grep -qF "order.ts(3,6): error TS2345: Argument of type '{ id: number; }' is not assignable" <<<"$six" ||
  ! grep -qxF "  $missing" <<<"$six" || [ "$seven" != "order.ts(3,6): error TS2741: $missing" ]; then
  echo "changed: the two say it alike, or in other ways"
  exit 1
fi
echo "as described: TS2345 with 6.0.3, TS2741 alone with 7.0.2"
