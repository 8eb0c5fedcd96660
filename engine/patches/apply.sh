#!/usr/bin/env bash
# Makes ../patched/wasmtime-internal-cranelift from the source that cargo downloaded and the patch beside this script.
# The patch takes finished functions from the store without translating them again,
# and tells an observer which function is compiled. It changes no machine code.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
version=36.0.20
name=wasmtime-internal-cranelift
sources=$(ls -d "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/"$name-$version" 2> /dev/null | head -1 || true)
if [ -z "$sources" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  mkdir "$work/src" && : > "$work/src/lib.rs"
  printf '[package]\nname = "fetch"\nversion = "0.0.0"\nedition = "2021"\n[dependencies]\n%s = "=%s"\n' "$name" "$version" > "$work/Cargo.toml"
  cargo fetch --quiet --manifest-path "$work/Cargo.toml"
  sources=$(ls -d "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/"$name-$version" | head -1)
fi
rm -rf "../patched/$name"
mkdir -p ../patched
cp -r "$sources" "../patched/$name"
patch --quiet -p1 -d "../patched/$name" < "$name.patch"
