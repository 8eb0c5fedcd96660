#!/usr/bin/env bash
# Prepares the runtimes once, and writes the report in every format. Succeeds whatever the conclusion is, so that the steps
# after it can tell about it; the step "Conclude" fails the job.
set -euo pipefail

pvf() { node "$GITHUB_ACTION_PATH/dist/cli.cjs" "$@"; }
output() { printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"; }

# The lines of an input that are not blank.
lines() {
  local line
  while IFS= read -r line || [ -n "$line" ]; do
    line="${line%$'\r'}"
    [ -z "${line//[[:space:]]/}" ] || printf '%s\0' "$line"
  done <<<"$1"
}

out="$RUNNER_TEMP/pvf/report"
rm -rf "$out"
mkdir -p "$out" "$PVF_CACHE_DIR"

case "${PVF_BUILD_WORKER:-}" in
'') ;;
official) pvf workers build ;;
engine) pvf workers build --engine ;;
*)
  echo "::error::build-worker: give official or engine." >&2
  exit 2
  ;;
esac

# No history: the cache folder would hold the results of any branch.
args=(prepare --no-progress --no-history --json --output "$out/report.json")
for format in markdown=report.md sarif=report.sarif junit=report.xml html=report.html; do
  args+=(--report "${format%%=*}=$out/${format#*=}")
done
[ -z "${PVF_CONFIG:-}" ] || args+=(--config "$PVF_CONFIG")
[ -z "${PVF_PROFILE:-}" ] || args+=(--profile "$PVF_PROFILE")
[ -z "${PVF_RPC:-}" ] || args+=(--rpc "$PVF_RPC")
[ -z "${PVF_WORKER:-}" ] || args+=(--worker "$PVF_WORKER")
[ "${PVF_METADATA:-}" != true ] || args+=(--metadata)

if [ -n "${PVF_BASELINE:-}" ]; then
  args+=(--baseline "$PVF_BASELINE")
else
  kept=("$PVF_BASELINE_FOLDER"/*.json)
  if [ -f "${kept[0]}" ]; then
    args+=(--baseline "${kept[0]}")
  else
    echo "::notice::There is no report of $PVF_BASELINE_LABEL to compare with. A run on that branch leaves one."
  fi
fi

while IFS= read -r -d '' line; do args+=("$line"); done < <(lines "${PVF_ARGS:-}")
args+=(--)

# Expands globs, and nothing else: no words are split, and no command runs.
shopt -s nullglob globstar
while IFS= read -r -d '' line; do
  if [ -e "$line" ]; then
    args+=("$line")
    continue
  fi
  IFS= matches=($line)
  if [ "${#matches[@]}" -eq 0 ]; then
    # pvf says what is wrong with it.
    args+=("$line")
  else
    args+=("${matches[@]}")
  fi
done < <(lines "${PVF_FILES:-}")

# A file name must not be a command for the runner.
stop="$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
echo "::stop-commands::$stop"
printf 'pvf'
printf ' %q' "${args[@]}"
echo
status=0
pvf "${args[@]}" || status=$?
echo
echo "::$stop::"

# Large, and of no use to a later run.
rm -rf "$PVF_CACHE_DIR/artifacts"

case "$status" in
0) conclusion=pass ;;
1) conclusion=fail ;;
3) conclusion=undecided ;;
*) conclusion=error ;;
esac
output status "$status"
output conclusion "$conclusion"
for file in report=report.json markdown=report.md sarif=report.sarif html=report.html; do
  [ ! -f "$out/${file#*=}" ] || output "${file%%=*}" "$out/${file#*=}"
done
