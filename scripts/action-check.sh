#!/usr/bin/env bash
# A step of action.yml: one run of `check` that prints for people and annotates the pull request, writes SARIF, and
# appends to the job's summary. Everything comes through the environment, nothing is expanded into this text.
set -euo pipefail

arguments=(check --fail-on "${FAIL_ON:?}")
[ -z "${ENVIRONMENT:-}" ] || arguments+=(--env "$ENVIRONMENT")
[ -z "${SINCE:-}" ] || arguments+=(--since "$SINCE")
[ -z "${CONFIG:-}" ] || arguments+=(--config "$CONFIG")
[ "${ANNOTATIONS:-true}" = true ] || arguments+=(--no-annotations)

work="$(mktemp -d "${RUNNER_TEMP:?}/campaign-ims-XXXXXX")"
sarif="${SARIF_FILE:-$work/campaign-ims.sarif}"
case "$sarif" in
*$'\n'* | *$'\r'*)
    # It would write other outputs of this step.
    echo "::error::\`sarif-file\` is one line"
    exit 2
    ;;
esac
# The summary already exists and may hold what other steps wrote; `--output` replaces a file, so it goes to a file of its own.
summary="$work/summary.md"
arguments+=(--output "sarif=$sarif" --output "markdown=$summary")

# Further arguments, one or more to a line, parted by blanks; nothing in them is expanded.
while IFS= read -r line || [ -n "$line" ]; do
    read -r -a words <<<"$line"
    arguments+=(${words[@]+"${words[@]}"})
done <<<"${ARGS:-}"

# Paths, one to a line, so that they may hold blanks; never read as options.
arguments+=(--)
while IFS= read -r path || [ -n "$path" ]; do
    [ -z "$path" ] || arguments+=("$path")
done <<<"${PATHS:-.}"

# A file from an earlier run must not pass for this one's.
rm -f -- "$sarif"
code=0
"${PROGRAM:?}" "${arguments[@]}" || code=$?

if [ "${SUMMARY:-true}" = true ] && [ -f "$summary" ]; then
    cat -- "$summary" >>"${GITHUB_STEP_SUMMARY:?}"
fi
{
    echo "exit-code=$code"
    # A check that failed has not found everything: uploaded, it would close alerts.
    [ "$code" -ge 2 ] || [ ! -f "$sarif" ] || echo "sarif-file=$sarif"
} >>"${GITHUB_OUTPUT:?}"
exit "$code"
