#!/usr/bin/env bash
# Names the caches: of compiled functions and workers, and of the reports of the baseline branch.
# A cache's key holds no text from outside, but its hash: a branch may have any name.
set -euo pipefail

hash() { printf '%s' "$1" | sha256sum | cut -c1-16; }
# For names that people read: letters, digits, dots and dashes.
plain() { printf '%s' "$1" | tr -c 'A-Za-z0-9.-' '-' | cut -c1-60; }
output() { printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"; }

branch="${PVF_BASELINE_BRANCH:-${GITHUB_BASE_REF:-${PVF_DEFAULT_BRANCH:-main}}}"
name="$(hash "${PVF_NAME:-}")"
platform="$(plain "${RUNNER_OS:-Linux}-${RUNNER_ARCH:-X64}")"
commit="$(plain "${GITHUB_SHA:-0}")"

# A pull request of the baseline branch is no push to it.
is_baseline=false
if [ "${GITHUB_EVENT_NAME:-}" != pull_request ] && [ "${GITHUB_EVENT_NAME:-}" != pull_request_target ] &&
  [ "${GITHUB_REF_TYPE:-branch}" = branch ] && [ "${GITHUB_REF_NAME:-}" = "$branch" ]; then
  is_baseline=true
fi

# Compiled functions belong to one version of the engine.
engine="$(cat "$GITHUB_ACTION_PATH"/package.json "$GITHUB_ACTION_PATH"/engine/Cargo.lock | sha256sum | cut -c1-16)"
cache="pvf-cache-$platform-$engine-$(plain "${PVF_BUILD_WORKER:-}")-$name-"
reports="pvf-report-$name-$(hash "$branch")-"

output is-baseline "$is_baseline"
output cache-folder "$RUNNER_TEMP/pvf/cache"
output cache-key "$cache$commit"
output cache-prefix "$cache"
output baseline-folder "$RUNNER_TEMP/pvf/baseline"
output baseline-key "$reports$commit"
output baseline-prefix "$reports"
output baseline-label "$(plain "$branch")"
output own-label "$(plain "$branch")-${commit:0:7}"
output category "pvf-$(plain "${PVF_NAME:-}")"
