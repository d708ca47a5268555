#!/usr/bin/env bash
# sarif-tools tells the id of a message where its text belongs.
#
# Packages: sarif-tools 3.0.5.
# Expected: SARIF 2.1.0, 3.11.7 and 3.11.11: a message with an `id` takes its text from the rule's `messageStrings`, and its
#   `arguments` go where `{0}`, `{1}` stand.
# Seen: the description is "unused", the id, in summaries, CSV, HTML and Code Climate's JSON alike. The text and the arguments
#   are nowhere, so that two results with other names count as one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check sarif-tools==3.0.5
cat >found.sarif <<'JSON'
{"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "runs": [{
  "tool": {"driver": {"name": "linter", "rules": [
    {"id": "L1", "messageStrings": {"unused": {"text": "{0} is never used in {1}"}}}]}},
  "results": [
    {"ruleId": "L1", "message": {"id": "unused", "arguments": ["total", "sum.py"]}},
    {"ruleId": "L1", "message": {"id": "unused", "arguments": ["count", "main.py"]}}]}]}
JSON
venv/bin/sarif summary found.sarif | grep L1 | tee seen
if [ "$(cat seen)" != " - L1 unused: 2" ]; then
  echo "changed: the text of the messages is told otherwise"
  exit 1
fi
echo "as described: two messages are told by their id"
