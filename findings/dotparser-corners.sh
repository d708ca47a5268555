#!/usr/bin/env bash
# dotparser reads a corner of a node as a side and a node: "a:p:ne -> b" goes from "e" to "b".
#
# Package: dotparser 1.1.1 (npm), on Node.js 20 or newer.
# Expected: Graphviz' documentation, "DOT Language": a port is ":" ID [ ":" compass_pt ], and compass_pt is n, ne, e, se, s, sw, w, nw, c or _.
# Seen: behind a port's name "ne", "nw", "se" and "sw" are cut to "n" and "s", and the letter left over is a node of its own, from which the edge goes: of
#   "a:p:ne -> b" there is a node "a" without an edge and an edge from "e" to "b". No error. "a:p:n -> b" is right, and "a:ne -> b" is a port called ne.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund dotparser@1.1.1
cat > main.mjs <<'JS'
import parse from "dotparser";
const name = ({ id, port }) => id + (port ? ` port ${port.id ?? ""} ${port.compass_pt ?? ""}` : "");
for (const edge of ["a:p:n -> b", "a:p:ne -> b", "a:p:sw -> b", "a:ne -> b"]) {
  const [graph] = parse(`digraph { ${edge} }`);
  const seen = graph.children.map((child) => (child.type === "edge_stmt" ? `edge [${child.edge_list.map(name).join("] to [")}]` : `${child.type} [${name(child.node_id)}]`));
  console.log(edge, "|", seen.join(", "));
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
a:p:n -> b | edge [a port p n] to [b]
a:p:ne -> b | node_stmt [a port p n], edge [e] to [b]
a:p:sw -> b | node_stmt [a port p s], edge [w] to [b]
a:ne -> b | edge [a port ne ] to [b]
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: dotparser reads such corners otherwise"
  exit 1
fi
echo "as described: an edge from a corner's letter"
