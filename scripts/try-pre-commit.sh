#!/usr/bin/env bash
# Tries the hooks with pre-commit itself on a scratch repository: they run when a manifest or the configuration is part of
# the commit and not otherwise, they see all manifests, and a bad one stops the commit.
#   scripts/try-pre-commit.sh PROGRAM            with `language: system`: the hooks as they are, but for the building
#   scripts/try-pre-commit.sh --rust             as a user would: pre-commit clones this repository and compiles (minutes)
#   scripts/try-pre-commit.sh --wheel FOLDER     with `language: python` and the wheel in FOLDER, as docs/ci/README.md says
# CARGO_TARGET_DIR: where --rust compiles, to use what is there already.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"

case "${1:-}" in
--rust) language=rust ;;
--wheel) language=python wheels="$(cd "$2" && pwd)" ;;
"" | -*) sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2 ;;
*) language=system program="$(cd "$(dirname "$1")" && pwd)/$(basename "$1")" ;;
esac

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
if ! command -v pre-commit >/dev/null; then
    python3 -m venv "$work/venv"
    "$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: pre-commit==4.7.0
    PATH="$work/venv/bin:$PATH"
fi
# Nothing of this machine's or of the caller's repository.
for name in $(env | sed -n 's/^\(GIT_[A-Z_]*\)=.*/\1/p'); do unset "$name"; done
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 PRE_COMMIT_HOME="$work/home" NO_COLOR=1
export GIT_AUTHOR_NAME=Test GIT_AUTHOR_EMAIL=test@contoso.com GIT_COMMITTER_NAME=Test GIT_COMMITTER_EMAIL=test@contoso.com

failed=0
check() { # WHAT EXIT-CODE TEXT-THAT-IS-SAID COMMAND…
    local what="$1" code="$2" text="$3" got=0 said
    shift 3
    said="$("$@" 2>&1)" || got=$?
    if [ "$got" -eq "$code" ] && grep -qF -- "$text" <<<"$said"; then
        echo "ok    $what"
    else
        printf 'FAILED %s: exit code %s\n%s\n' "$what" "$got" "$said"
        failed=1
    fi
}

pre-commit validate-manifest "$root/.pre-commit-hooks.yaml"
mkdir "$work/repository"
cd "$work/repository"
git init --quiet --initial-branch=main
pattern="$(sed -n 's/^  files: &files //p' "$root/.pre-commit-hooks.yaml")"
case "$language" in
rust)
    # The hooks of HEAD: what is not committed is not tried.
    git clone --quiet --no-local "$root" "$work/clone"
    commit="$(git -C "$work/clone" rev-parse HEAD)"
    cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: $work/clone
    rev: $commit
    hooks:
      - id: campaign-ims-check
YAML
    ;;
python)
    export PIP_FIND_LINKS="$wheels"
    cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: local
    hooks:
      - id: campaign-ims-check
        name: check Adobe Campaign IMS manifests
        entry: campaign-ims check
        language: python
        additional_dependencies: [campaign-ims==$("$root/scripts/version.sh")]
        files: $pattern
        pass_filenames: false
YAML
    ;;
system)
    mkdir "$work/bin"
    ln -s "$program" "$work/bin/campaign-ims"
    PATH="$work/bin:$PATH"
    mkdir "$work/hooks"
    sed 's/language: rust/language: system/' "$root/.pre-commit-hooks.yaml" >"$work/hooks/.pre-commit-hooks.yaml"
    git -C "$work/hooks" init --quiet
    git -C "$work/hooks" add .
    git -C "$work/hooks" commit --quiet --message hooks
    cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: $work/hooks
    rev: $(git -C "$work/hooks" rev-parse HEAD)
    hooks:
      - id: campaign-ims-check
YAML
    ;;
esac
git add .
git commit --quiet --message hooks

manifest() { # NAME SCHEME
    sed -e "s/contoso-prod/contoso-$1/; s/campaign\.fabrikam/$1.fabrikam/; s/Campaign1/Client-$1/" \
        -e "s/Campaign - contoso/Campaign - contoso-$1/; s/SECRET_OF_PROD/SECRET_$1/" \
        -e "s#callback_server: https#callback_server: $2#" "$root/tests/support/one.ims.yaml" >"$1.ims.yaml"
}

seconds=$SECONDS
check "the hooks install ($language)" 0 "" pre-commit install --install-hooks
echo "      in $((SECONDS - seconds)) seconds"
hook=(git commit --message test)

echo text >other.txt
git add .
check "no manifest, no run" 0 "(no files to check)Skipped" "${hook[@]}"
manifest prod https
git add .
check "a good manifest is committed" 0 "Passed" "${hook[@]}"
manifest stage http
git add .
check "a bad one stops the commit" 1 "stage.ims.yaml:13:20" "${hook[@]}"
mv stage.ims.yaml stage.ims.yml
git add .
check "also as .yml" 1 "stage.ims.yml:13:20" "${hook[@]}"
git commit --quiet --no-verify --message "bad all the same"
echo '# nothing set' >campaign-ims.toml
git add .
check "the configuration has all manifests checked" 1 "callback-not-https" "${hook[@]}"

if [ "$language" = system ]; then
    sed -i.old 's/campaign-ims-check/campaign-ims-fix/' .pre-commit-config.yaml
    git add .
    check "the other hook fixes, and says so" 1 "files were modified by this hook" "${hook[@]}"
    git add .
    check "then the commit goes through" 0 "Passed" "${hook[@]}"
fi
exit "$failed"
