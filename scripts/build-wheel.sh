#!/usr/bin/env bash
# Builds the wheel with maturin into target/dist, installs it into a fresh virtual environment and runs the program
# from there. The build is the same as `cargo build --release --locked`, for a TARGET with the flags
# of scripts/release-flags.sh, so what that built is used.
#   scripts/build-wheel.sh [TARGET]     TARGET: what `cargo build --target` was given
# MATURIN_VERSION: the maturin to install; COMPATIBILITY: the platform tags of the wheel, parted by blanks.
set -euo pipefail
cd "$(dirname "$0")/.."

version="$(scripts/version.sh)"
arguments=(--release --locked --out target/dist)
if [ -n "${1:-}" ]; then
    arguments+=(--target "$1")
    RUSTFLAGS="$(scripts/release-flags.sh "$1")"
    export RUSTFLAGS
fi
read -r -a tags <<<"${COMPATIBILITY:-linux}"
arguments+=(--compatibility "${tags[@]}")

python=python3
command -v "$python" >/dev/null || python=python
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
# The folder of a virtual environment that holds its programs.
programs() { if [ -d "$1/Scripts" ]; then echo "$1/Scripts"; else echo "$1/bin"; fi; }

"$python" -m venv "$work/build"
build="$(programs "$work/build")"
"$build/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: \
    "maturin==${MATURIN_VERSION:-1.16.0}"
"$build/maturin" build "${arguments[@]}"

# What is built in, as the release publishes it.
"$build/python" - target/dist/campaign_ims-"$version"-*.whl <<'PYTHON'
import json, sys, zipfile

for name in sys.argv[1:]:
    wheel = zipfile.ZipFile(name)
    (sbom,) = [entry for entry in wheel.namelist() if "/sboms/" in entry]
    sbom = json.loads(wheel.read(sbom))
    assert sbom["bomFormat"] == "CycloneDX" and len(sbom["components"]) > 50, name
PYTHON

"$python" -m venv "$work/fresh"
fresh="$(programs "$work/fresh")"
"$fresh/python" -m pip install --quiet --disable-pip-version-check --no-index --no-deps --only-binary :all: \
    --find-links target/dist "campaign-ims==$version"
said="$("$fresh/campaign-ims" --version)"
echo "$said"
[[ $said == "campaign-ims $version"* ]]
# The starter has nothing but its CHANGE-ME values to complain of: findings, so the exit code is 1.
"$fresh/campaign-ims" init "$work/starter.ims.yaml"
code=0
"$fresh/campaign-ims" check --quiet --no-config --format json "$work/starter.ims.yaml" >"$work/findings.json" || code=$?
[ "$code" -eq 1 ]
"$fresh/python" - "$work/findings.json" <<'PYTHON'
import json, sys

rules = {finding["rule"] for finding in json.load(open(sys.argv[1], encoding="utf-8"))["findings"]}
assert rules == {"placeholder"}, rules
PYTHON
echo "the wheel works"
