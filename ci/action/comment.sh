#!/usr/bin/env bash
# Writes the report into one comment of the pull request. Later runs replace its text: the first line of the comment tells
# which one it is. Never fails the job: the token of a pull request from a fork may not comment.
set -euo pipefail

warn() {
  echo "::warning::$1 The report is in the job summary."
  exit 0
}

command -v gh >/dev/null || warn "The runner has no gh, so there is no comment."

name="$(printf '%s' "${PVF_NAME:-}" | tr -c 'A-Za-z0-9.-' '-')"
marker="<!-- pvf-report${name:+ $name} -->"
body="$RUNNER_TEMP/pvf/comment.md"
{
  printf '%s\n' "$marker"
  # The report's own first line is the marker without a name.
  tail -n +2 "$PVF_MARKDOWN"
} >"$body"

comments="repos/$GITHUB_REPOSITORY/issues/$PVF_PULL_REQUEST/comments"
# Only a comment of this token's own user: anyone can write the marker.
user="$(gh api graphql -f query='{viewer{login}}' --jq .data.viewer.login)" || user='github-actions[bot]'
found="$(gh api --paginate "$comments?per_page=100" --jq '.[] | [.id, .user.login, (.body | split("\n")[0] | rtrimstr("\r"))] | @tsv')" ||
  warn "The comments of the pull request can't be read."
id="$(awk -F '\t' -v user="$user" -v marker="$marker" '$2 == user && $3 == marker { print $1; exit }' <<<"$found")"

if [ -n "$id" ]; then
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" -F body=@"$body" ||
    warn "The comment can't be updated."
else
  gh api --silent --method POST "$comments" -F body=@"$body" || warn "The comment can't be written."
fi
