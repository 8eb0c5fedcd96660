#!/usr/bin/env bash
# Writes ../src/host_functions.rs from what the crates of Cargo.lock declare. About 5 CPU minutes the first time.
# CARGO_TARGET_DIR may name a folder that is kept.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
cargo run --quiet --locked | python3 table.py Cargo.lock > ../src/host_functions.rs.new
mv ../src/host_functions.rs.new ../src/host_functions.rs
