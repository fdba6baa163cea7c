#!/usr/bin/env bash
# A step of action.yml: finds or installs the program, and tells the next step where it is (output `program`).
# INSTALL: source, wheel or none; VERSION: of the wheel; INDEX_URL: the package index that has it, as nothing is on PyPI yet, so that
# somebody else's program of this name would be installed from there; HASHES: of the wheels that are taken, one to a line, as sha256.
set -euo pipefail

case "${INSTALL:?}" in
wheel)
    [ -n "${INDEX_URL:-}" ] || {
        echo "::error::\`install: wheel\` needs \`index-url\`, your own package index: nothing is on PyPI yet"
        exit 2
    }
    python=python3
    command -v "$python" >/dev/null || python=python
    folder="${RUNNER_TEMP:?}/campaign-ims-wheel"
    "$python" -m venv --clear "$folder"
    binaries="$folder/bin"
    [ -d "$binaries" ] || binaries="$folder/Scripts"
    hashes="$(tr -s '[:space:]' '\n' <<<"${HASHES:-}" | sed '/^$/d')"
    if [ -z "$hashes" ] || grep -qvE '^[0-9a-f]{64}$' <<<"$hashes"; then
        echo "::error::a wheel is taken by its hash alone: set \`hashes\` to the SHA-256 of each wheel, one to a line, or \`install\` to source"
        exit 2
    fi
    requirements="$folder/requirements.txt"
    {
        printf 'campaign-ims==%s' "${VERSION:?}"
        # shellcheck disable=SC2086
        printf ' --hash=sha256:%s' $hashes
        echo
    } >"$requirements"
    "$binaries/python" -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: \
        --index-url "$INDEX_URL" --require-hashes --requirement "$requirements"
    program="$binaries/campaign-ims"
    ;;
source)
    folder="${RUNNER_TEMP:?}/campaign-ims-source"
    cd "${GITHUB_ACTION_PATH:?}"
    cargo install --quiet --locked --path . --root "$folder"
    program="$folder/bin/campaign-ims"
    ;;
none)
    program="$(command -v campaign-ims)" || {
        echo "::error::there is no campaign-ims on the PATH: install it in a step before, or set \`install\` to source or wheel"
        exit 2
    }
    ;;
*)
    echo "::error::\`install\` is source, wheel or none"
    exit 2
    ;;
esac

"$program" --version
echo "program=$program" >>"${GITHUB_OUTPUT:?}"
