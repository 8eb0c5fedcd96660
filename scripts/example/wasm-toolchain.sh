#!/usr/bin/env bash
# Makes a Rust toolchain with the target wasm32v1-none from Debian's packages, for machines where rustup can't download it:
#
#   apt-get install --no-install-recommends rustc-web cargo-web rust-web-src lld
#   scripts/example/wasm-toolchain.sh FOLDER
#   PATH=FOLDER/bin:$PATH cargo build --release
#
# Debian has no precompiled wasm32v1-none, so this compiles `core` and `alloc` (less than a CPU minute). wasm-builder then
# finds an installed target, and needs neither RUSTC_BOOTSTRAP nor WASM_BUILD_STD.
set -euo pipefail
folder=$(mkdir -p "${1:?folder for the toolchain}" && cd "$1" && pwd)
target=wasm32v1-none
sysroot=$(/usr/bin/rustc --print sysroot)
host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir -p "$work/src" "$folder/bin" "$folder/lib/rustlib/$target/lib" "$folder/lib/rustlib/$host/bin"
printf '[package]\nname = "wasm-std"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n[profile.release]\npanic = "abort"\n' > "$work/Cargo.toml"
printf '#![no_std]\n' > "$work/src/lib.rs"
(
  cd "$work" # away from any .cargo/config.toml
  # The runtime is linked with LTO, which needs the bitcode of these crates. By default, cargo leaves it out.
  env -u CARGO_ENCODED_RUSTFLAGS RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc RUSTFLAGS="-C embed-bitcode=yes" CARGO_TARGET_DIR="$work/target" \
    /usr/bin/cargo build --quiet --release -Zbuild-std=core,alloc --target "$target"
)
rm -f "$folder/lib/rustlib/$target/lib/"*
cp "$work/target/$target/release/deps/"lib{core,alloc,compiler_builtins}-*.rlib "$folder/lib/rustlib/$target/lib/"

ln -sfn "$sysroot/lib/rustlib/$host/lib" "$folder/lib/rustlib/$host/lib"
ln -sfn "$sysroot/lib/rustlib/src" "$folder/lib/rustlib/src"
lld=$( (command -v lld; ls /usr/bin/lld-[0-9]*) 2> /dev/null | sort -V | tail -1)
ln -sfn "${lld:?lld is missing}" "$folder/lib/rustlib/$host/bin/rust-lld"
ln -sfn /usr/bin/cargo "$folder/bin/cargo"
cat > "$folder/bin/rustc" <<'R'
#!/bin/sh
exec /usr/bin/rustc --sysroot "$(dirname "$(dirname "$(readlink -f "$0")")")" "$@"
R
chmod +x "$folder/bin/rustc"
