#!/usr/bin/env bash
# Writes the comment on a pull request, or renews it in its place: comment.sh FOLDER. In the folder stands `comment.md`,
# or `renewal.md` where there is something to say only if something was said before. Both are a stranger's words, so the
# pull request is found by what GitHub says of the run: HEAD_OWNER, HEAD_BRANCH, HEAD_ID (of its repository), HEAD_SHA.
set -euo pipefail

folder=$1
most_bytes=250000
mark='<!-- kb: what this pull request changes -->'
repository="repos/$GITHUB_REPOSITORY"

text="$folder/comment.md"
[ -e "$text" ] || text="$folder/renewal.md"
if [ ! -f "$text" ] || [ -L "$text" ]; then
  echo "Nothing to say."
  exit 0
fi
[ "$(wc -c < "$text")" -le "$most_bytes" ] || { echo "::error::The comment is too long."; exit 1; }
[ "$(head -n 1 "$text")" = "$mark" ] || { echo "::error::This is no comment on what changes."; exit 1; }

head=$(jq --raw-output --null-input --arg head "$HEAD_OWNER:$HEAD_BRANCH" '$head | @uri')
number=$(gh api "$repository/pulls?state=open&per_page=100&head=$head" |
  jq --raw-output --arg id "$HEAD_ID" --arg sha "$HEAD_SHA" \
    'first((.[] | select((.head.repo.id | tostring) == $id and .head.sha == $sha) | .number), 0)')
if [ "$number" = 0 ]; then
  echo "The run belongs to no open pull request, or not to its last commit."
  exit 0
fi
comment=$(gh api --paginate "$repository/issues/$number/comments?per_page=100" |
  jq --raw-output --null-input --arg mark "$mark" \
    'first((inputs[] | select(.user.login == "github-actions[bot]" and (.body | startswith($mark))) | .id), 0)')
if [ "$comment" != 0 ]; then
  gh api --silent --method PATCH "$repository/issues/comments/$comment" --field body=@"$text"
  echo "Renewed the comment on #$number."
elif [ "$text" = "$folder/comment.md" ]; then
  gh api --silent --method POST "$repository/issues/$number/comments" --field body=@"$text"
  echo "Commented on #$number."
else
  echo "#$number changes no entry."
fi
