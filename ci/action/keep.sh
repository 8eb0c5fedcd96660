#!/usr/bin/env bash
# Keeps the report of this run, with the blobs that it is about: pvf reads from them what changed in the metadata.
set -euo pipefail
folder="$PVF_BASELINE_FOLDER"
rm -rf "$folder"
mkdir -p "$folder"
cp "$PVF_REPORT" "$folder/$PVF_BASELINE_LABEL.json"
# Entries without a runtime are files that pvf could not read.
node -e '
  const { readFileSync } = require("node:fs");
  const entries = [JSON.parse(readFileSync(process.argv[1], "utf8"))].flat();
  for (const { runtime } of entries) if (runtime) process.stdout.write(runtime.path + "\0");
' "$PVF_REPORT" | while IFS= read -r -d '' file; do
  [ ! -f "$file" ] || cp -- "$file" "$folder/"
done
echo 'kept=true' >>"$GITHUB_OUTPUT"
