#!/usr/bin/env bash
# Prints the RUSTFLAGS that releases for TARGET are built with. Every Linux program is static: one file for all systems, with the
# allocator of glibc. musl's has one lock, for which threads wait: with it, 1,000 files take twice the processor time. `--target` must
# be given to cargo then, so that macros of dependencies are built as usual.
#   RUSTFLAGS="$(scripts/release-flags.sh TARGET)" cargo build --release --locked --target TARGET
set -euo pipefail

case "${1:?for which target}" in
    *-linux-gnu) echo "-C target-feature=+crt-static" ;;
    *) ;;
esac
