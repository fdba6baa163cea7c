"""Plays the runner for action.yml: runs its steps on scratch repositories, with the program given as argument on the PATH.

It knows as much of a runner as action.yml needs: `${{ inputs.X }}` and `${{ steps.X.outputs.Y }}` in `env`, the files of
outputs and of the summary, and that a failed step ends the job. `uses` and `if` are not evaluated.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parent.parent
ACTION = YAML(typ="safe").load(ROOT / "action.yml")
PROGRAM = Path(sys.argv[1]).resolve()

GOOD = (ROOT / "tests/support/one.ims.yaml").read_text(encoding="utf-8")
BAD = GOOD.replace("callback_server: https:", "callback_server: http:")


def play(folder: Path, **inputs: str) -> tuple[int, str, dict[str, str], str]:
    """Exit code, log, the Action's outputs and the job's summary."""
    temp = Path(tempfile.mkdtemp(dir=folder.parent))
    values = {name: str(each.get("default", "")) for name, each in ACTION["inputs"].items()}
    values |= {name.replace("_", "-"): value for name, value in inputs.items()}
    outputs: dict[str, dict[str, str]] = {}

    def expand(text: str) -> str:
        def value(match: re.Match) -> str:
            path = match.group(1).split(".")
            if path[0] == "inputs":
                return values[path[1]]
            assert path[0] == "steps" and path[2] == "outputs", path
            return outputs[path[1]].get(path[3], "")

        return re.sub(r"\$\{\{ ([a-z.-]+) \}\}", value, str(text))

    summary = temp / "summary"
    summary.write_text("from a step before\n", encoding="utf-8")
    log, code = "", 0
    for step in ACTION["runs"]["steps"]:
        if "run" not in step:
            continue
        assert "${{" not in step["run"], "nothing is expanded into a script"
        output = temp / "output"
        output.write_text("")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
        env = kept | {
            "PATH": f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_REPOSITORY": "contoso/campaign",
            "GITHUB_SHA": "0123abc",
            "GITHUB_WORKSPACE": str(folder),
            "RUNNER_TEMP": str(temp),
        }
        env |= {name: expand(value) for name, value in step.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=folder, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )
        log += done.stdout
        outputs[step["id"]] = dict(line.split("=", 1) for line in output.read_text().splitlines())
        code = done.returncode
        if code:
            break
    own = {name: expand(each["value"]) for name, each in ACTION["outputs"].items() if "check" in outputs}
    return code, log, own, summary.read_text(encoding="utf-8")


def expect(what: str, holds: bool, *shown: object) -> None:
    print(("ok    " if holds else "FAILED ") + what)
    if not holds:
        print(*shown, sep="\n")
        sys.exit(1)


def main() -> None:
    with tempfile.TemporaryDirectory() as temp:
        folder = Path(temp).resolve() / "repository with blank"
        (folder / "a b").mkdir(parents=True)
        manifest = folder / "a b" / "prod.ims.yaml"

        manifest.write_text(GOOD, encoding="utf-8")
        code, log, own, summary = play(folder, install="none")
        expect("a good manifest passes", code == 0 and own["exit-code"] == "0", code, log)
        expect("its SARIF is there", json.loads(Path(own["sarif-file"]).read_text())["version"] == "2.1.0")
        expect("the summary is appended to", summary.startswith("from a step before\n## "), summary)

        manifest.write_text(BAD, encoding="utf-8")
        code, log, own, summary = play(folder, install="none")
        expect("a bad one fails", code == 1 and own["exit-code"] == "1", code, log)
        expect("it is annotated", "\n::error file=a b/prod.ims.yaml,line=13," in log, log)
        expect("its SARIF has the finding", "callback-not-https" in Path(own["sarif-file"]).read_text())
        link = "https://github.com/contoso/campaign/blob/0123abc/a%20b/prod.ims.yaml#L13"
        expect("the summary links to the line", link in summary, summary)

        code, log, own, _ = play(folder, install="none", fail_on="never", annotations="false", summary="false")
        expect("fail-on: never passes, unannotated", code == 0 and "::error" not in log, code, log)

        code, log, own, _ = play(folder, install="none", args="--format json --quiet", sarif_file="ims.sarif")
        expect("args are taken apart", code == 1 and '"rule":"callback-not-https"' in log, code, log)
        expect("sarif-file is written", own["sarif-file"] == "ims.sarif" and (folder / "ims.sarif").exists(), own)

        code, log, own, _ = play(folder, install="none", paths="nowhere\na b\n")
        expect("a path that is not there fails with 2", code == 2 and own["exit-code"] == "2", code, log)
        code, log, own, _ = play(folder, install="none", paths="--help")
        expect("a path is never an option", code == 2, code, log)

        git = ["git", "-c", "user.name=Test", "-c", "user.email=test@contoso.com", "-C", str(folder)]
        for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "bad before"]):
            subprocess.run(git + command, check=True)
        code, log, own, _ = play(folder, install="none", since="HEAD")
        expect("since: what was bad before passes", code == 0, code, log)
        (folder / "new.ims.yaml").write_text(BAD.replace("contoso-prod", "contoso-new"), encoding="utf-8")
        code, log, own, _ = play(folder, install="none", since="HEAD")
        expect("since: what is new and bad fails", code == 1 and "::error file=new.ims.yaml" in log, code, log)

        hostile = "$(touch pwned)`touch pwned`;touch pwned"
        for name in ("paths", "env", "since", "config", "args", "fail_on", "sarif_file", "version", "install"):
            play(folder, **({"install": "none"} | {name: hostile}))
        expect("no input is run", not list(folder.rglob("pwned")))

        code, log, own, _ = play(folder, install="other")
        expect("an unknown way to install fails", code == 2 and not own, code, log)


if __name__ == "__main__":
    main()
