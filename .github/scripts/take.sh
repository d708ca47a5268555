#!/usr/bin/env bash
# Stages what a job without rights left: take.sh PATCH KIND. That job installs and runs what others wrote, so its patch
# is a stranger's word. KIND says what is taken: `counts` (lines of votes, feedback and taps), `entries` (changed entries) or
# `entry` (one new entry). Anything else in it, such as a link, a program, a file elsewhere, ends the job with nothing
# staged. Only git's index is written: no file of the patch is ever on disk before a person reads it.
set -euo pipefail

patch=$1 kind=$2
most_bytes=20000000
most_files=5000
entry='^entries/[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*\.(md|yml)$'
signal='(works|easy_fix|time_saver|blocking|common_issue|flaky|verified|helpful|unhelpful)'
of_workaround='works@[a-z0-9]+(-[a-z0-9]+)*'
count="^[-+] *((votes|feedback|taps): *)?[{]?( *($signal|$of_workaround): *[0-9]+ *,?)* *[}]? *(#.*)?\$"

refuse() {
  git reset --quiet
  printf '::error::The changes are not taken: %s.\n' "$1"
  exit 1
}

[ -f "$patch" ] && [ ! -L "$patch" ] || refuse "there is no patch"
[ "$(wc -c < "$patch")" -le "$most_bytes" ] || refuse "the patch is too large"
if [ ! -s "$patch" ]; then
  echo "Nothing changed."
  exit 0
fi
git apply --cached --whitespace=nowarn -- "$patch" || refuse "git can't apply them"

files=0
while IFS= read -r -d '' change && IFS= read -r -d '' path; do
  files=$((files + 1))
  case "$kind $change" in
    "counts :100644 100644 "*" M" | "entries :100644 100644 "*" M" | "entry :000000 100644 "*" A") ;;
    *) refuse "a file is added, removed, linked, or made a program" ;;
  esac
  [[ "$path" =~ $entry ]] || refuse "a file is no entry"
done < <(git diff --cached --raw --no-renames -z)

[ "$files" -le "$most_files" ] || refuse "there are too many"
[ "$kind" != entry ] || [ "$files" -le 1 ] || refuse "there is more than one new entry"
if [ "$kind" = counts ]; then
  # The lines of a diff without context are headers, places, and what changed.
  if git diff --cached --unified=0 --no-color --no-ext-diff --text | sed -e '/^diff /,/^+++ /d' -e '/^@[@] /d' | grep --quiet --invert-match --extended-regexp "$count"; then
    refuse "more than counts is changed"
  fi
fi
echo "$files files."
