#!/usr/bin/env bash
# GitHub's parser for workflows, published for Node.js, can't be imported by Node.js.
#
# Packages: @actions/workflow-parser 0.3.61, on Node.js 20 or newer.
# Expected: its package.json has `"type": "module"`, exports `./dist/index.js` for `import`, and `"engines": {"node": ">= 20"}`,
#   so `import "@actions/workflow-parser"` loads it.
# Seen: "Module "…/dist/workflow-v1.0.min.json" needs an import attribute of "type: json"" (Node.js 24; 20 words it `of type
#   "json"`): a module imports a JSON file without `with { type: "json" }`, which Node.js asks of every import of JSON
#   (its documentation of ES modules, "JSON modules"). A bundler that reads JSON in its own way can build it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @actions/workflow-parser@0.3.61
node -p 'const { type, engines } = JSON.parse(require("fs").readFileSync("node_modules/@actions/workflow-parser/package.json")); `${type}, node ${engines.node}`'
echo 'import "@actions/workflow-parser";' >probe.mjs
if node probe.mjs >out 2>&1; then
  echo "changed: Node.js imports it"
  exit 1
fi
if ! grep -E 'workflow-v1\.0\.min\.json" needs an import attribute of ("type: json"|type "json")' out; then
  cat out
  echo "changed: it can't be imported for another reason"
  exit 1
fi
echo "as described: it imports JSON without saying so"
