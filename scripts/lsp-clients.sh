#!/usr/bin/env bash
# Sessions of real clients with the language server: pytest-lsp (with the capabilities of VS Code, Neovim and Emacs), vscode-jsonrpc,
# and Neovim itself. Needs python3, node, npm and nvim; CAMPAIGN_IMS names the program (by default the debug build).
set -euo pipefail
cd "$(dirname "$0")/.."

CAMPAIGN_IMS=$(realpath "${CAMPAIGN_IMS:-target/debug/campaign-ims}")
export CAMPAIGN_IMS PYTHONDONTWRITEBYTECODE=1
tools=target/tools

[ -x "$tools/lsp/bin/pytest" ] || {
  python3 -m venv "$tools/lsp"
  "$tools/lsp/bin/pip" install --quiet --disable-pip-version-check "pytest-lsp==1.0.1"
}
"$tools/lsp/bin/pytest" --quiet -p no:cacheprovider -o asyncio_default_fixture_loop_scope=function tests/lsp/real

[ -d "$tools/lsp-node/node_modules/vscode-jsonrpc" ] || {
  npm install --silent --no-audit --no-fund --no-save --prefix "$tools/lsp-node" vscode-jsonrpc@10.0.0
}
node tests/lsp/real/session.cjs "$tools/lsp-node" "$CAMPAIGN_IMS"

FOLDER=$(mktemp -d)
trap 'rm -rf "$FOLDER"' EXIT
export FOLDER EXPECTED=$FOLDER/expected.json
cp examples/before.ims.yaml "$FOLDER"
"$CAMPAIGN_IMS" check --format json "$FOLDER/before.ims.yaml" >"$EXPECTED" || [ $? = 1 ]
nvim --headless -u NONE -i NONE -n -S tests/lsp/real/session.lua
