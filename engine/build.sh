#!/usr/bin/env bash
# Builds the engine, the zstd decoder, the reader of modules and BLAKE2b for wasm32 from locked sources, and packs them.
#
#   engine/build.sh OUT_FOLDER [release|fast|small]
#
# Writes pvf-engine.wasm.br, pvf-zstd.wasm, pvf-inspect.wasm, pvf-blake2b.wasm and pvf-engine.json into OUT_FOLDER. With
# `small` it leaves the engine there as it is. Needs Node, a clang that knows wasm32
# (Debian's does; Apple's doesn't), and either rustup with its wasm32-unknown-unknown target, or Debian's rustc-web,
# cargo-web, rust-web-src and lld, which build the standard library along. On Debian 12:
#   apt-get install rustc-web cargo-web rust-web-src lld-22 clang-22
# CARGO_TARGET_DIR may name a folder that is kept. About 13 CPU minutes.
set -euo pipefail
# Relative to where the caller is.
out=$(mkdir -p "${1:?folder for the result}" && cd "$1" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")"
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
crates=(zstd inspect blake2b)
if [ "$profile" != small ]; then
  ./patches/apply.sh
  crates+=(.)
fi
for crate in "${crates[@]}"; do (cd "$crate" && RUSTC=$rustc "$cargo" fetch --quiet --locked); done

# Paths of the machine would end up in panic locations, and make bytes differ between machines.
remap="--remap-path-prefix=$PWD=/engine --remap-path-prefix=$target=/target"
for sources in "$homes"/registry/src/*; do remap+=" --remap-path-prefix=$sources=/crates"; done
remap+=" --remap-path-prefix=$("$rustc" --print sysroot)/lib/rustlib/src/rust=/rust"

# build_crate FOLDER PROFILE [OBJECTS]: with our objects in place of the library that the build script of zstd-sys makes.
build_crate() {
  local links="" object
  if [ $# -gt 2 ]; then for object in "$3"/*.o; do links+=" -Clink-arg=$object"; done; fi
  (cd "$1" && RUSTC=$rustc RUSTFLAGS=$remap$links CARGO_TARGET_DIR=$target "$cargo" build --lib --locked --profile "$2" \
    --target "$triple" --config "target.$triple.zstd.rustc-link-lib=[]" "${extra[@]}")
}
# The engine has its own functions for C's memory (src/c_memory.rs); for the other those of zstd-sys will do.
shim=rust_zstd_wasm_shim
zstd/c/build.sh "$target/zstd-alone" "-Dmalloc=${shim}_malloc" "-Dcalloc=${shim}_calloc" "-Dfree=${shim}_free"
build_crate zstd release "$target/zstd-alone"
if [ "$profile" != small ]; then
  zstd/c/build.sh "$target/zstd-engine"
  build_crate . "$profile" "$target/zstd-engine"
fi
# These need no standard library.
if [ $kind = debian ]; then extra[0]=-Zbuild-std=core,panic_abort; fi
build_crate inspect release
build_crate blake2b release
node pack.mjs "$target/$triple" "$out" "$kind" "$("$rustc" --version)" "$profile"
