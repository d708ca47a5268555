#!/usr/bin/env bash
# just-diff writes keys with "/" or "~" as they are into JSON Patch, and the patch is for another key or for none.
#
# Packages: just-diff 6.0.2, just-diff-apply 5.5.0 and fast-json-patch 3.1.1 (npm), on Node.js 20 or newer.
# Expected: its README has `jsonPatchPathConverter` for the format of jsonpatch.com, RFC 6902. There a path is a JSON Pointer, and RFC 6901, 3 and 4, writes "~" in
#   a key as "~0" and "/" as "~1". Whoever applies the patch to the first document gets the second.
# Seen: a changed version of "@scope/tool" is `/dependencies/@scope/tool`, and to apply it is an error, as is a path of OpenAPI, "/users". Where
#   there is such a key, it is changed instead, without an error: of `{"a": {"b": 1}, "a/b": 1}` the inner "b". just-diff-apply does
#   the same with its own converter. fast-json-patch compares the documents rightly.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund just-diff@6.0.2 just-diff-apply@5.5.0 fast-json-patch@3.1.1
cat > main.mjs <<'JS'
import jsonpatch from "fast-json-patch";
import { diff, jsonPatchPathConverter } from "just-diff";
import { diffApply, jsonPatchPathConverter as converter } from "just-diff-apply";
const attempt = (apply) => {
  try {
    return JSON.stringify(apply());
  } catch {
    return "an error";
  }
};
for (const [before, after] of [
  [{ dependencies: { "@scope/tool": "1.0" } }, { dependencies: { "@scope/tool": "2.0" } }],
  [{ a: { b: 1 }, "a/b": 1 }, { a: { b: 1 }, "a/b": 2 }],
  [{ "x~1y": 1, "x/y": 1 }, { "x~1y": 2, "x/y": 1 }],
]) {
  const patch = diff(before, after, jsonPatchPathConverter);
  const own = structuredClone(before);
  console.log(`just-diff: ${patch[0].path}, fast-json-patch: ${jsonpatch.compare(before, after)[0].path}`);
  console.log("  wanted:", JSON.stringify(after));
  console.log("  by fast-json-patch:", attempt(() => jsonpatch.applyPatch(structuredClone(before), patch).newDocument));
  console.log("  by just-diff-apply:", attempt(() => (diffApply(own, patch, converter), own)));
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
just-diff: /dependencies/@scope/tool, fast-json-patch: /dependencies/@scope~1tool
  wanted: {"dependencies":{"@scope/tool":"2.0"}}
  by fast-json-patch: an error
  by just-diff-apply: an error
just-diff: /a/b, fast-json-patch: /a~1b
  wanted: {"a":{"b":1},"a/b":2}
  by fast-json-patch: {"a":{"b":2},"a/b":1}
  by just-diff-apply: {"a":{"b":2},"a/b":1}
just-diff: /x~1y, fast-json-patch: /x~01y
  wanted: {"x~1y":2,"x/y":1}
  by fast-json-patch: {"x~1y":1,"x/y":2}
  by just-diff-apply: {"x~1y":2,"x/y":1}
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: just-diff writes such keys otherwise"
  exit 1
fi
echo "as described: a patch for another key"
