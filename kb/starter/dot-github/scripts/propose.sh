#!/usr/bin/env bash
# Opens a pull request with what is staged, or renews the open one in its place: propose.sh BRANCH TITLE BODY-FILE.
# Asks for GH_TOKEN and BASE. A branch that has a pull request and is not to be renewed is asked for before.
set -euo pipefail

branch=$1 title=$2 body=$3
here=$(dirname "$0")

git config user.name "github-actions[bot]"
git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
git commit --quiet --message "$title"
gh auth setup-git
git push --quiet --force origin "HEAD:refs/heads/$branch"
number=$("$BASH" "$here/own-pull.sh" "$branch" open)
if [ "$number" != 0 ]; then
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/pulls/$number" --field body=@"$body"
  echo "Renewed #$number."
else
  gh api --silent --method POST "repos/$GITHUB_REPOSITORY/pulls" --raw-field title="$title" \
    --raw-field head="$branch" --raw-field base="$BASE" --field body=@"$body"
  echo "Opened a pull request from $branch."
fi
