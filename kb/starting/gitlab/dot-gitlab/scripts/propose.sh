#!/usr/bin/env bash
# Opens a merge request with what is staged, or renews the open one in its place: propose.sh BRANCH TITLE.
# Asks for PROPOSE_TOKEN, and for what GitLab sets in each job.
set -euo pipefail

branch=$1 title=$2

if git diff --cached --quiet; then
  echo "Nothing to propose."
  exit 0
fi
if [ -z "${PROPOSE_TOKEN:-}" ]; then
  echo "There is no PROPOSE_TOKEN, so the changes stay in the artifacts of the job before."
  exit 0
fi
git config user.name "Known Fixes"
git config user.email "noreply@$CI_SERVER_HOST"
git commit --quiet --message "$title"
# The token goes to git by its environment: in an address it would stand in the list of processes.
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$CI_SERVER_URL/.extraHeader"
GIT_CONFIG_VALUE_0="Authorization: Basic $(printf 'oauth2:%s' "$PROPOSE_TOKEN" | base64 --wrap=0)"
export GIT_CONFIG_VALUE_0
git push --quiet --force --push-option=merge_request.create \
  --push-option="merge_request.target=$CI_DEFAULT_BRANCH" --push-option="merge_request.title=$title" \
  "$CI_SERVER_URL/$CI_PROJECT_PATH.git" "HEAD:refs/heads/$branch"
echo "Opened or renewed a merge request from $branch."
