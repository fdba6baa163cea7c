#!/usr/bin/env bash
# Builds the program of a revision and of this checkout, and compares the instructions that their works take. Needs valgrind.
#
#     scripts/compare-base.sh REVISION
set -euo pipefail
cd "$(dirname "$0")/.."

export CARGO_TARGET_DIR="$PWD/target/compare"
# Without the whole program's optimization at link time: minutes less, and the same differences.
export CARGO_PROFILE_RELEASE_LTO=off
base=$(mktemp -d)
trap 'git worktree remove --force "$base"' EXIT
git worktree add --quiet --detach "$base" "$1"
(cd "$base" && cargo build --locked --release --bin campaign-ims)
cp "$CARGO_TARGET_DIR/release/campaign-ims" "$CARGO_TARGET_DIR/base"
cargo build --locked --release --bin campaign-ims
python3 scripts/compare-speed.py --base "$CARGO_TARGET_DIR/base" --program "$CARGO_TARGET_DIR/release/campaign-ims"
