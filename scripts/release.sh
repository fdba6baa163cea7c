#!/usr/bin/env bash
# scripts/release.sh VERSION: makes the commit and the tag of a release. Pushing the tag starts release.yml.
set -euo pipefail
cd "$(dirname "$0")/.."
new="${1:?the new version, such as 0.2.0}"
[[ "$new" =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || { echo "$new is no version: write three numbers" >&2; exit 2; }
old="$(scripts/version.sh)"
[ -z "$(git status --porcelain)" ] || { echo "commit your changes first" >&2; exit 2; }

python3 - "$old" "$new" <<'PYTHON'
import datetime, re, sys
from pathlib import Path

old, new = sys.argv[1:]


def edit(name, pattern, text):
    path = Path(name)
    changed, count = re.subn(pattern, text, path.read_text(encoding="utf-8"), count=0)
    if not count:
        sys.exit(f"{name} has nothing to change: {pattern}")
    path.write_text(changed, encoding="utf-8", newline="\n")


if old != new:
    edit("Cargo.toml", rf'(?m)^version = "{re.escape(old)}"$', f'version = "{new}"')
    edit("action.yml", rf"(wheel\n    default: ){re.escape(old)}", rf"\g<1>{new}")
    edit("docs/ci/README.md", rf"(campaign-ims(?:==|-)){re.escape(old)}", rf"\g<1>{new}")
today = datetime.date.today().isoformat()
edit("CHANGELOG.md", r"## \[Unreleased\]\n", f"## [Unreleased]\n\n## [{new}] - {today}\n")
PYTHON
cargo update --quiet --offline --package campaign-ims
python3 scripts/check-versions.py "$new"
git commit --quiet --all --message "Release $new"
git tag --annotate "v$new" --message "campaign-ims $new"
echo "Now: git push --follow-tags"
