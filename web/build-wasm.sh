#!/bin/sh
# Builds the WebAssembly: web/build-wasm.sh [FOLDER]. It prints where the module is.
# Where rustup has the target, that is a plain build. Else Debian's compiler for such builds (packages rustc-web and rust-web-src,
# installed here where that can be done) and rustup's cargo build the standard library too, once: the target folder is kept.
set -eu
cd "$(dirname "$0")"

target=wasm32-unknown-unknown
CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/../target/wasm}
# `getrandom` would bring wasm-bindgen; src/random.rs answers it.
RUSTFLAGS='--cfg getrandom_backend="custom"'
export CARGO_TARGET_DIR RUSTFLAGS

if [ -d "$(rustc --print sysroot)/lib/rustlib/$target" ]; then
  cargo build --quiet --locked --release --lib --target "$target"
else
  if [ ! -d /usr/lib/rustlib/src/rust/library ]; then
    sudo=""
    [ "$(id -u)" = 0 ] || sudo=sudo
    $sudo apt-get update -qq >&2
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends rustc-web rust-web-src >&2
  fi
  host=$(rustc -vV | sed -n 's/^host: //p')
  lld=$(rustc --print sysroot)/lib/rustlib/$host/bin/rust-lld
  RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$lld \
    cargo build --quiet --locked --release --lib --target "$target" -Z build-std=std,panic_abort
fi
echo "$CARGO_TARGET_DIR/$target/release/campaign_ims_web.wasm"
