#!/usr/bin/env bash
# Compiles libzstd's decoder for wasm32 from the sources in the crate zstd-sys, which cargo must have fetched.
#
#   engine/zstd/c/build.sh OUT_FOLDER [clang option…]
#
# Leaves one object per source in OUT_FOLDER, and nothing else. Needs a clang that knows wasm32.
#
# Polkadot's validators run the 64-bit build of libzstd, whose fast paths overlook some damage that the 32-bit build finds.
# The vote must be theirs, and wasm32 has 64-bit arithmetic: 64-bit.patch makes libzstd take the 64-bit paths.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:?folder for the objects}
shift
clang=$( (ls /usr/bin/clang-[0-9]* 2> /dev/null || true) | grep -E 'clang-[0-9]+$' | sort -V | tail -1)
clang=${clang:-clang}

version=$(sed -n '/^name = "zstd-sys"$/{n;s/^version = "\(.*\)"$/\1/p}' "$here/../Cargo.lock")
crate=$(ls -d "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/"zstd-sys-$version" | head -1)
rm -rf "$out"
mkdir -p "$out"
sources=$(mktemp -d)
trap 'rm -rf "$sources"' EXIT
cp -r "$crate/zstd/lib" "$sources/lib"
patch --quiet -p1 -d "$sources" < "$here/64-bit.patch"

# As the crate's build.rs has it, without its default features, which the official worker's build doesn't have either.
options=(
  --target=wasm32-unknown-unknown -O3 -fvisibility=hidden -ffunction-sections -fdata-sections
  -I "$here/include" -I "$sources/lib" -I "$sources/lib/common"
  -DZSTD_LIB_DEPRECATED=0 -DZSTD_DISABLE_ASM -DXXH_PRIVATE_API= -DZSTDLIB_VISIBILITY= -DZSTDERRORLIB_VISIBILITY=
)
for source in "$sources"/lib/common/*.c "$sources"/lib/decompress/*.c; do
  name=$(basename "$source" .c)
  # Included by the headers that use it (XXH_PRIVATE_API).
  [ "$name" = xxhash ] || "$clang" "${options[@]}" "$@" -c "$source" -o "$out/$name.o"
done
