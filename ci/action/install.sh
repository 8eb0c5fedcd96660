#!/usr/bin/env bash
# Builds pvf from the action's own checkout: the version of the code is the version of the action.
set -euo pipefail
cd "$GITHUB_ACTION_PATH"
# A second use in one job finds the build of the first.
if [ -f dist/cli.cjs ] && [ -f dist/.built ]; then
  exit 0
fi
npm run build --silent
touch dist/.built
