#!/usr/bin/env bash
# Fails the job unless the conclusion is pass.
set -euo pipefail
case "$PVF_STATUS" in
0) echo 'pass: the runtime can ship' ;;
1) echo '::error::fail: validators would reject the runtime, or it must not ship.' ;;
2) echo '::error::error: wrong usage, or an input that is no runtime.' ;;
3) echo '::error::undecided: this machine failed; it says nothing about the runtime.' ;;
*) echo '::error::pvf was interrupted.' ;;
esac
exit "$PVF_STATUS"
