#!/usr/bin/env bash
# Whether check-jsonschema, another validator with another YAML parser, agrees with this one about which manifests the schema refuses.
# Needs python3, and pip once; CAMPAIGN_IMS names the program (by default the debug build).
set -euo pipefail
cd "$(dirname "$0")/.."

venv=target/tools/check-jsonschema
[ -x "$venv/bin/check-jsonschema" ] || {
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check "check-jsonschema==0.39.0" "ruamel.yaml==0.19.1"
}
exec "$venv/bin/python" scripts/second_opinion.py "$venv/bin/check-jsonschema" "${CAMPAIGN_IMS:-target/debug/campaign-ims}"
