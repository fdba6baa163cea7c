#!/bin/sh
# Builds the WebAssembly: web/build-wasm.sh [FOLDER]. It prints where the module is.
# Where rustup has the target, that is a plain build. Else Debian's compiler for such builds (packages rustc-web and rust-web-src,
# installed here where that can be done) and rustup's cargo build the standard library too, once: the target folder is kept.
set -eu
cd "$(dirname "$0")"

target=wasm32-unknown-unknown
CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/../target/wasm}
export CARGO_TARGET_DIR

build() {
  cargo rustc --quiet --locked --release --lib --crate-type cdylib --target "$target" "$@" -- -C link-arg=--strip-all
}

if [ -d "$(rustc --print sysroot)/lib/rustlib/$target" ]; then
  build
else
  if [ ! -d /usr/lib/rustlib/src/rust/library ]; then
    sudo=""
    [ "$(id -u)" = 0 ] || sudo=sudo
    $sudo apt-get update -qq >&2
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends rustc-web rust-web-src >&2
  fi
  host=$(rustc -vV | sed -n 's/^host: //p')
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(rustc --print sysroot)/lib/rustlib/$host/bin/rust-lld
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER
  # A panic's words reach nobody here: a trap is all that the page sees.
  RUSTFLAGS="-Z unstable-options -C panic=immediate-abort -Z location-detail=none -Z fmt-debug=none"
  export RUSTFLAGS
  RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 build -Z build-std=std,panic_abort -Z build-std-features=optimize_for_size
fi
echo "$CARGO_TARGET_DIR/$target/release/campaign_ims_web.wasm"
