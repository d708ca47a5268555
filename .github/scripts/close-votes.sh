#!/usr/bin/env bash
# Closes vote issues, as completed and with the label `counted`: close-votes.sh FILE, numbers a line. The file is a
# stranger's word: whatever it says, only open issues with the label `vote` are closed, and not more than 400.
# One request closes and labels: no vote is ever closed without the label by which it goes on to count.
set -euo pipefail

numbers=$1
closed=0
change=$(mktemp)
[ -f "$numbers" ] && [ ! -L "$numbers" ] || exit 1
while IFS= read -r number; do
  [[ "$number" =~ ^[1-9][0-9]{0,9}$ ]] || { echo "::error::No number of an issue."; exit 1; }
  # One that is gone by now is no trouble: it counts no more.
  found=$(gh api "repos/$GITHUB_REPOSITORY/issues/$number") || continue
  jq 'select(.state == "open" and (has("pull_request") | not) and any(.labels[]; .name == "vote"))
    | {state: "closed", state_reason: "completed", labels: ([.labels[].name] + ["counted"] | unique)}' \
    <<< "$found" > "$change"
  [ -s "$change" ] || continue
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/$number" --input "$change"
  closed=$((closed + 1))
  sleep "${PAUSE:-1}" # as GitHub asks for between changes
done < <(head --lines=400 "$numbers")
echo "$closed votes closed."
