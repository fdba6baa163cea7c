"""Fails where a file names another version than Cargo.toml's, which is the argument: a release changes all of them."""

import re
import sys
from pathlib import Path

PLACES = {
    "action.yml": r"description: The version of the wheel\n    default: (\S+)",
    "docs/ci/README.md": r"campaign-ims(?:@v|==|-)(\d+\.\d+\.\d+)",
}

version = sys.argv[1]
wrong = []
for name, pattern in PLACES.items():
    found = ["".join(match.groups("")) for match in re.finditer(pattern, Path(name).read_text(encoding="utf-8"))]
    if not found:
        wrong.append(f"{name}: no version found")
    wrong += [f"{name}: {other} instead of {version}" for other in found if other != version]
print("\n".join(wrong) or f"{len(PLACES)} files name version {version}")
sys.exit(bool(wrong))
