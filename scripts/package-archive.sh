#!/usr/bin/env bash
# Makes target/dist/campaign-ims-VERSION-TARGET.tar.gz (.zip for Windows) and its SHA-256, from a release build that is
# already there: the program, shell completions, the man page, the read-me, the change log and the licences. Equal
# inputs give equal bytes.
#   scripts/package-archive.sh [TARGET]     TARGET: what `cargo build --target` was given; else this machine's build
set -euo pipefail
cd "$(dirname "$0")/.."

target="${1:-}"
built="${CARGO_TARGET_DIR:-target}${target:+/$target}/release"
target="${target:-$(rustc -vV | sed -n 's/^host: //p')}"
suffix=
[[ $target != *windows* ]] || suffix=.exe
program="$built/campaign-ims$suffix"
[ -x "$program" ] || { echo "error: there is no $program: run cargo build --release --locked first" >&2; exit 2; }
if [[ ${1:-} == *-linux-* ]] && readelf --program-headers "$program" | grep -q INTERP; then
    echo "error: $program is not static: build it with the flags of scripts/release-flags.sh" >&2
    exit 2
fi

name="campaign-ims-$(scripts/version.sh)-$target"
stage="$(mktemp -d)"
trap 'rm -rf "$stage"' EXIT
folder="$stage/$name"
mkdir -p "$folder/completions" "$folder/man"
cp "$program" README.md CHANGELOG.md LICENSE-* "$folder/"
"$program" man >"$folder/man/campaign-ims.1"
"$program" completions bash >"$folder/completions/campaign-ims.bash"
"$program" completions zsh >"$folder/completions/_campaign-ims"
"$program" completions fish >"$folder/completions/campaign-ims.fish"
"$program" completions powershell >"$folder/completions/_campaign-ims.ps1"
"$program" completions elvish >"$folder/completions/campaign-ims.elv"

mkdir -p target/dist
python=python3
command -v "$python" >/dev/null || python=python
SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}" \
    "$python" scripts/archive.py "$folder" "target/dist/$name"
