#!/usr/bin/env bash
# In any CI system: install once, prepare, keep the files, end with the conclusion.
set -euo pipefail

# The tarball that `npm pack` makes of a checkout of Polkadot PVF.
npm install --global "${PVF_PACKAGE:?}"

# Keep this folder between runs. It must not lie in the checkout.
export PVF_CACHE_DIR="${PVF_CACHE_DIR:-$HOME/.cache/polkadot-pvf}"

# $BASELINE: the JSON report of the main branch, if there is one.
pvf prepare --metadata --no-history ${BASELINE:+--baseline "$BASELINE"} \
  --json --output report.json \
  --report markdown=report.md --report sarif=report.sarif --report junit=report.xml --report html=report.html \
  "$@"
