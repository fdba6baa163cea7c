#!/usr/bin/env bash
# Prints the RUSTFLAGS that releases for TARGET are built with. Every Linux program is static: one file for all systems, with the
# allocator of glibc. musl's has one lock, for which threads wait: with it, 1,000 files take twice the processor time. `--target` must
# be given to cargo then, so that macros of dependencies are built as usual. Packed relocations are half a megabyte less to read and to do
# at each start. What `scripts/train.sh TARGET` has learned is used where it is there.
#   RUSTFLAGS="$(scripts/release-flags.sh TARGET)" cargo build --release --locked --target TARGET
set -euo pipefail
cd "$(dirname "$0")/.."

target="${1:?for which target}"
profile="$PWD/target/train/$target.profdata"
flags=()
case "$target" in
    *-linux-gnu) flags+=("-C target-feature=+crt-static" "-C link-arg=-Wl,-z,pack-relative-relocs") ;;
    *) ;;
esac
if [ -e "$profile" ]; then
    # Of what ran, 95 % of the work is made fast: with the usual 99 % the program is 1 MB larger, and hardly faster.
    flags+=("-C profile-use=$profile" "-C llvm-args=-profile-summary-cutoff-hot=950000")
fi
echo "${flags[*]}"
