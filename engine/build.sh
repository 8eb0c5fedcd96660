#!/usr/bin/env bash
# Builds the engine for wasm32 from locked sources and packs it.
#
#   engine/build.sh OUT_FOLDER [release|fast]
#
# Writes OUT_FOLDER/pvf-engine.wasm.br and OUT_FOLDER/pvf-engine.json. Needs Node and either rustup with its
# wasm32-unknown-unknown target, or Debian's rustc-web, cargo-web, rust-web-src and lld, which build the standard library
# along. CARGO_TARGET_DIR may name a folder that is kept. About 12 CPU minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
out=$(mkdir -p "${1:?folder for the result}" && cd "$1" && pwd)
profile=${2:-release}
target=${CARGO_TARGET_DIR:-$PWD/target}
triple=wasm32-unknown-unknown
homes=${CARGO_HOME:-$HOME/.cargo}

if command -v rustup > /dev/null && rustup target list --installed 2> /dev/null | grep -qx "$triple"; then
  kind=rustup rustc=$(rustup which rustc) cargo=$(rustup which cargo) extra=()
else
  kind=debian rustc=/usr/bin/rustc cargo=/usr/bin/cargo
  linker=$( (ls /usr/bin/wasm-ld-* /usr/bin/wasm-ld 2> /dev/null || true) | sort -V | tail -1)
  extra=(-Zbuild-std=std,panic_abort --config "target.$triple.linker=\"$linker\"")
  export RUSTC_BOOTSTRAP=1
fi
./patches/apply.sh
RUSTC=$rustc "$cargo" fetch --quiet --locked

# Paths of the machine would end up in panic locations, and make bytes differ between machines.
remap="--remap-path-prefix=$PWD=/engine --remap-path-prefix=$target=/target"
for sources in "$homes"/registry/src/*; do remap+=" --remap-path-prefix=$sources=/crates"; done
remap+=" --remap-path-prefix=$("$rustc" --print sysroot)/lib/rustlib/src/rust=/rust"

RUSTC=$rustc RUSTFLAGS=$remap CARGO_TARGET_DIR=$target "$cargo" build --lib --locked --profile "$profile" --target "$triple" "${extra[@]}"
node pack.mjs "$target/$triple/$profile/pvf_engine.wasm" "$out" "$kind" "$("$rustc" --version)" "$profile"
