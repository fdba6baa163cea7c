#!/usr/bin/env bash
# Builds the page and the site, and tests them as people use them: web/check.sh [PROGRAM]. PROGRAM is what the module is compared with,
# by default target/debug/campaign-ims. Needs Rust and Node.js; Chromium comes by apt-get where it is not there.
set -euo pipefail
# A path is meant from where the script is called.
CAMPAIGN_IMS=$(realpath "${1:-$(dirname "$0")/../target/debug/campaign-ims}")
export CAMPAIGN_IMS
cd "$(dirname "$0")"

if [ -z "${CHROMIUM:-}" ]; then
  for name in chromium chromium-browser google-chrome; do
    CHROMIUM=$(command -v "$name") && break
  done
fi
if [ -z "${CHROMIUM:-}" ]; then
  sudo=""
  [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -qq
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
  CHROMIUM=$(command -v chromium)
fi
export CHROMIUM

cargo fmt --check
WASM=$(./build-wasm.sh)
export WASM
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --silent --no-audit --no-fund
node build.mjs
node --test --test-concurrency=1 test/*.test.mjs
