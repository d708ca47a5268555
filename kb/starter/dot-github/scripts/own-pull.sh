#!/usr/bin/env bash
# Prints the number of the pull request from a branch of this repository, 0 if there is none: own-pull.sh BRANCH STATE.
# A fork may have a branch of the same name, and a pull request from it: GitHub is asked with the owner, and what it
# answers is looked through for the repository itself. (`gh pr list --head` knows names of branches alone.)
set -euo pipefail

branch=$1 state=$2
head=$(jq --raw-output --null-input --arg head "$GITHUB_REPOSITORY_OWNER:$branch" '$head | @uri')
gh api "repos/$GITHUB_REPOSITORY/pulls?state=$state&per_page=100&head=$head" |
  jq --raw-output --arg repository "$GITHUB_REPOSITORY" --arg branch "$branch" \
    'first((.[] | select(.head.repo.full_name == $repository and .head.ref == $branch) | .number), 0)'
