#!/usr/bin/env bash
# Fuzzes every target from a corpus that is made here, of the tests' cases, the examples and yaml-test-suite, and keeps what is new and
# small of it in fuzz/corpus. A crash ends it; its input is then in fuzz/artifacts.
#   scripts/fuzz.sh runs NUMBER [TARGET…]       so many executions of each target
#   scripts/fuzz.sh seconds NUMBER [TARGET…]    so long for each target
# Needs cargo-fuzz (`cargo install --locked cargo-fuzz`) and a nightly toolchain; without one, any toolchain is taken for one.
# Python makes the seeds.
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1:-}" in
    runs) limit="-runs=${2:?how many executions}" ;;
    seconds) limit="-max_total_time=${2:?how many seconds}" ;;
    *)
        sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
        exit 2
        ;;
esac
shift 2
targets=("$@")
[ "$#" -gt 0 ] || targets=(check fix mask package)
if [ -z "${RUSTUP_TOOLCHAIN:-}" ]; then
    if cargo +nightly --version >/dev/null 2>&1; then export RUSTUP_TOOLCHAIN=nightly; else export RUSTC_BOOTSTRAP=1; fi
fi

# The seeds of a target, a file each, by the hash of what it holds.
seeds="$(mktemp -d)"
trap 'rm -rf "$seeds"' EXIT
keep() { # FOLDER, with the seeds' paths on standard input
    mkdir -p "$1"
    while IFS= read -r file; do
        cp "$file" "$1/$(sha1sum <"$file" | cut -c1-40)"
    done
}
sh tests/fetch-yaml-suite.sh || echo "without yaml-test-suite: it could not be fetched" >&2
find tests/cases examples -name '*.yaml' | keep "$seeds/check"
find tests/cases examples -name '*.xml' | keep "$seeds/package"
python3 - "$seeds/check" target/yaml-test-suite/package/data/*.js <<'EOF'
import json, pathlib, sys
folder, *files = map(pathlib.Path, sys.argv[1:])
for file in files:
    script = file.read_text(encoding="utf-8") if file.is_file() else "{}"
    _, _, data = script.partition("export default ")
    for number, case in enumerate(json.loads(data.rstrip().rstrip(";") or "{}").get("cases", [])):
        (folder / f"{file.stem}-{number}").write_text(case["yaml"], encoding="utf-8")
EOF
cp -r "$seeds/check" "$seeds/fix"
# A mask, then profiles; of each line that has one.
mkdir -p "$seeds/mask"
number=0
grep -rhoP '(?<=association_mask: ).*' tests/cases examples --include='*.yaml' | sort -u | while IFS= read -r mask; do
    number=$((number + 1))
    printf '%s\nCampaign - contoso - admin\nCampaign - contoso - reviewers\n' "$mask" >"$seeds/mask/$number"
done

# The code is safe Rust: a sanitizer would find nothing more, and takes half of the speed.
fuzz() { cargo fuzz run --sanitizer none "$@" -max_len=8192 -timeout=25 -rss_limit_mb=2048 -verbosity=0; }
for target in "${targets[@]}"; do
    corpus="fuzz/corpus/$target"
    rm -rf "$corpus.new"
    mkdir -p "$corpus" "$corpus.new"
    echo "== $target, from $(find "$seeds/$target" "$corpus" -type f | wc -l) inputs"
    fuzz "$target" "$corpus" "$seeds/$target" -- "$limit" -print_final_stats=1
    # What reaches nothing that a smaller one does not reach goes.
    fuzz "$target" "$corpus.new" "$corpus" "$seeds/$target" -- -merge=1
    rm -rf "$corpus"
    mv "$corpus.new" "$corpus"
    echo "== $target: $(find "$corpus" -type f | wc -l) inputs are kept"
done
