#!/usr/bin/env bash
# The report on the page of the run.
set -euo pipefail
cat "$PVF_MARKDOWN" >>"$GITHUB_STEP_SUMMARY"
