#!/usr/bin/env bash
# Learns what the program does most, so that `scripts/release-flags.sh` has the compiler make that fast (profile-guided optimisation): an
# eighth fewer instructions for each manifest. Writes target/train/TARGET.profdata. Needs rustup's component llvm-tools, and some minutes.
#   scripts/train.sh TARGET
set -euo pipefail
cd "$(dirname "$0")/.."

target="${1:?for which target}"
merge="$(rustc --print target-libdir)/../bin/llvm-profdata"
if [ ! -x "$merge" ]; then
    echo "error: llvm-profdata is missing: rustup component add llvm-tools" >&2
    exit 1
fi
folder="$PWD/target/train"
profile="$folder/$target.profdata"
rm -rf "$folder/raw" "$profile"
flags="$(scripts/release-flags.sh "$target")"
RUSTFLAGS="$flags -C profile-generate=$folder/raw" \
    cargo build --release --locked --target "$target" --target-dir "$folder"
program="$folder/$target/release/campaign-ims"

# Mostly what is right, as CI finds it, in folders and alone; then what is wrong, in each report. More kinds of work would make more of
# the program fast, and the program larger.
many="$(mktemp -d)"
trap 'rm -rf "$many"' EXIT
for number in {100..599}; do
    sed "s/contoso/c$number/g; s/60718293A4B5/60718293A$number/" examples/one-instance.ims.yaml >"$many/$number.ims.yaml"
done
for _ in {1..10}; do
    "$program" check --quiet --no-config "$many"
done
for file in tests/cases/right/*.ims.yaml; do
    "$program" check --quiet --no-config "$file"
done
for format in concise human json sarif github gitlab junit markdown; do
    "$program" check --quiet --no-config tests/cases/realistic examples --fail-on never --format "$format" >/dev/null
done

"$merge" merge -o "$profile" "$folder/raw"/*.profraw
