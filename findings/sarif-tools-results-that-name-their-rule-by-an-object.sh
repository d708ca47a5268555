#!/usr/bin/env bash
# sarif-tools ends with a KeyError at a result that names its rule by `rule` or `ruleIndex` alone.
#
# Packages: sarif-tools 3.0.5.
# Expected: SARIF 2.1.0, 3.27.5 to 3.27.7: `ruleId` may be left out; then `rule`, an object with an id or an index, or `ruleIndex`
#   says which rule it is. The rule's id is in the tool's list of rules.
# Seen: "KeyError: 'ruleId'" from every command that reads results, for a whole file because of one result.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check sarif-tools==3.0.5
write() {
  cat >"$1.sarif" <<JSON
{"version": "2.1.0", "\$schema": "https://json.schemastore.org/sarif-2.1.0.json", "runs": [{
  "tool": {"driver": {"name": "linter", "rules": [{"id": "L1", "shortDescription": {"text": "unused name"}}]}},
  "results": [{$2, "message": {"text": "x is never used"}, "locations": [
    {"physicalLocation": {"artifactLocation": {"uri": "a.py"}, "region": {"startLine": 3}}}]}]}]}
JSON
}
write ruleId '"ruleId": "L1"'
write rule '"rule": {"id": "L1"}'
write ruleIndex '"ruleIndex": 0'
for name in ruleId rule ruleIndex; do
  if venv/bin/sarif summary "$name.sarif" >out 2>&1; then
    echo "$name: $(grep -o 'L1.*' out | head -1)"
  else
    echo "$name: $(tail -1 out)"
  fi
done | tee seen
if [ "$(tr '\n' '|' <seen)" != "ruleId: L1 x is never used: 1|rule: KeyError: 'ruleId'|ruleIndex: KeyError: 'ruleId'|" ]; then
  echo "changed: the results are read otherwise"
  exit 1
fi
echo "as described: without ruleId there is no summary"
