"""Compares the schema verdicts of check-jsonschema and campaign-ims, file by file; see second-opinion.sh."""

import json
import pathlib
import subprocess
import sys

SCHEMA = "schemas/ims-manifest.schema.json"
FINDINGS = {"unknown-field", "missing-field", "wrong-type", "invalid-value"}

# Files on which the two may differ, with the reason. Each is looked at: an entry that is no longer needed is a failure.
EXCEPTIONS = {
    "tests/cases/right/explicit-keys.ims.yaml": "ruamel.yaml refuses a tab after a colon, which YAML 1.2 allows (6.1, separation spaces)",
    "tests/cases/missing-field/no-client-id-in-one-environment.ims.yaml": "the published schema requires no field where there are environments",
    "tests/cases/missing-field/removed-by-a-patch.ims.yaml": "the published schema requires no field where there are environments",
    "tests/cases/missing-field/section-removed-by-a-patch.ims.yaml": "the published schema requires no field where there are environments",
    "tests/cases/invalid-value/secret-reference-emptied-by-a-patch.ims.yaml": "the published schema does not merge patches",
    "tests/cases/invalid-value/secret-second-place-in-a-patch.ims.yaml": "the published schema does not merge patches",
    "tests/cases/wrong-type/environment-boolean.ims.yaml": "a schema sees every key as a string",
    "tests/cases/wrong-type/environment-null.ims.yaml": "a schema sees every key as a string",
    "tests/cases/wrong-type/environment-number.ims.yaml": "a schema sees every key as a string",
    "tests/cases/wrong-type/build-number-with-a-sign.ims.yaml": "a schema sees the number, not how it is written",
    "tests/cases/wrong-type/build-number-with-a-zero.ims.yaml": "a schema sees the number, not how it is written",
    "tests/cases/wrong-type/version-with-a-zero.ims.yaml": "a schema sees the number, not how it is written",
    "tests/cases/wrong-type/group-left-empty-in-patch.ims.yaml": "a schema cannot tell an empty value from the written word null",
}


def ours(program, files):
    """The files with a finding of the schema."""
    output = subprocess.run(
        [program, "check", "--no-config", "--fail-on", "never", "--format", "json", *files],
        capture_output=True, text=True, check=True,
    )
    report = json.loads(output.stdout)
    assert report["summary"]["files"] == len(files), report["summary"]
    return {finding["path"] for finding in report["findings"] if finding["rule"] in FINDINGS}


def theirs(validator, files):
    """The files that check-jsonschema refuses, or cannot read."""
    output = subprocess.run(
        [validator, "--schemafile", SCHEMA, "--output-format", "json", *files],
        capture_output=True, text=True, check=False,
    )
    report = json.loads(output.stdout)
    return {error["filename"] for error in report["errors"] + report["parse_errors"]}


def main():
    validator, program = sys.argv[1:]
    right = sorted(str(path) for folder in ("examples", "tests/cases/right") for path in pathlib.Path(folder).rglob("*.ims.y*ml"))
    wrong = sorted(str(path) for rule in FINDINGS for path in pathlib.Path("tests/cases", rule).glob("*.ims.yaml"))
    files = right + wrong
    mine, other = ours(program, files), theirs(validator, files)
    complaints = []
    for path in files:
        agree = (path in mine) == (path in other)
        if agree and path in EXCEPTIONS:
            complaints.append(f"{path}: the two agree; take it off the list")
        elif not agree and path not in EXCEPTIONS:
            word = {True: "refuses", False: "takes"}
            complaints.append(f"{path}: campaign-ims {word[path in mine]} it, check-jsonschema {word[path in other]} it")
    for path in right:
        if path in mine and path != "examples/before.ims.yaml":
            complaints.append(f"{path}: should be right, but the schema refuses it")
    complaints.extend(f"{path}: should be refused" for path in wrong if path not in mine)
    complaints.extend(f"{path}: is listed, but does not exist" for path in EXCEPTIONS if path not in files)
    print(f"{len(files)} manifests, {len(mine)} of them refused; {len(EXCEPTIONS)} reviewed exceptions")
    sys.exit("\n".join(complaints) or 0)


if __name__ == "__main__":
    main()
