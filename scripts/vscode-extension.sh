#!/usr/bin/env bash
# Packs the extension for VS Code into target/campaign-ims.vsix, looks at what is in it, and runs its test. Needs node, npm and
# python3.
set -euo pipefail
cd "$(dirname "$0")/.."

build=target/tools/vscode
rm -rf "$build/extension" "$build/unpacked"
mkdir -p "$build"
cp -R editors/vscode "$build/extension"
cp LICENSE-MIT "$build/extension/LICENSE"
[ -x "$build/node_modules/.bin/vsce" ] || npm install --silent --no-audit --no-fund --no-save --prefix "$build" @vscode/vsce@3.9.2
(
  cd "$build/extension"
  npm ci --silent --no-audit --no-fund
  ../node_modules/.bin/vsce package --out ../../../campaign-ims.vsix >/dev/null
)
python3 -m zipfile -e target/campaign-ims.vsix "$build/unpacked"
for file in extension.vsixmanifest extension/package.json extension/extension.js extension/LICENSE.txt extension/readme.md; do
  [ -f "$build/unpacked/$file" ] || { echo "the package lacks $file" >&2; exit 1; }
done
[ ! -e "$build/unpacked/extension/test.cjs" ] || { echo "the package holds its test" >&2; exit 1; }
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
grep -q "Version=\"$version\"" "$build/unpacked/extension.vsixmanifest" || {
  echo "the extension has another version than the program, $version" >&2
  exit 1
}
node editors/vscode/test.cjs "$build/unpacked/extension"
