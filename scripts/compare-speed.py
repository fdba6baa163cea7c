#!/usr/bin/env python3
"""Measures the release build beside other validators in one run, and prints ratios; or beside another build of itself.

    scripts/compare-speed.py [--scale] [--build] [--program PATH]
    scripts/compare-speed.py --base PATH [--program PATH]

--scale adds 10,000 and 100,000 manifests, --build a clean release build. --base counts the instructions of two programs alone, and
fails where one of the works takes 5 % more than it took. The peers come from PyPI, into target/tools. Each time is the median of many
runs, start of process included; processor time is that of all threads; peak memory is the largest resident set (/usr/bin/time,
Debian's package "time"), instructions are counted by valgrind: nothing without these. Peers get JSON Schema alone to do, yamllint the
form of the text: no rules, no places in the YAML.
"""

import argparse
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "schemas/ims-manifest.schema.json"
PEERS = {
    "sourcemeta jsonschema": ("sourcemeta-jsonschema==17.3.0", "jsonschema", ["validate", SCHEMA]),
    "check-jsonschema": ("check-jsonschema==0.39.0", "check-jsonschema", ["--schemafile", SCHEMA]),
    "yamllint": ("yamllint==1.38.0", "yamllint", ["-d", "relaxed"]),
}
# Too slow to be run many times.
PYTHON = ("check-jsonschema", "yamllint")
TIME = pathlib.Path("/usr/bin/time")
VALGRIND = shutil.which("valgrind")
TARGETS = (
    "targets: ratio to sourcemeta jsonschema 0.15 for one manifest; 0.35, of processor 0.60, for 1,000; "
    "100,000 under 100 MB; binary under 12 MB"
)

# So many copies of examples/before.ims.yaml have 20,000 findings, and so many 2,200: valgrind is slow.
BAD = ROOT / "examples/before.ims.yaml"
CONFIGURATION = ROOT / "examples/campaign-ims.toml"
BAD_COUNT = 909
FEW_COUNT = 100
FORMATS = ("concise", "human", "json", "sarif")
# What instructions are counted of, with the goals of docs/performance.md.
GOALS = {
    "--version": None,
    "one manifest": 1.2e6,
    "  a configuration beside that": None,
    "each of 1,000 manifests": 330e3,
    "2,200 findings, concise": None,
    "  human beside that": 137e6,
    "  json beside that": 37e6,
    "  sarif beside that": 180e6,
}
MOST_GROWTH = 1.05

MANIFEST = """\
# yaml-language-server: $schema=ims-manifest.schema.json
version: 1

organization:
  name: Contoso
  id: {org:024X}@AdobeOrg
  tenant: contoso{n}

instance:
  name: contoso{n}-prod
  url: https://campaign{n}.fabrikam.com
  hosting: on-premise
  build: {{ version: "6.7", number: 9394 }}
  release: 7.4.3

external_account:
  ims_server: https://ims-na1.adobelogin.com
  scope: [openid, AdobeID, session]
  client_id: Campaign{n}
  client_secret: {{ env: IMS_CLIENT_SECRET_{n} }}
  callback_server: https://campaign{n}.fabrikam.com
  association_mask: Campaign - contoso{n} - (.*)

groups:
  admin: {{}}
  delivery: {{}}
  operation: {{}}
  reviewers:
    label: Reviewers
    create: true
"""


def install(package, name):
    """The path of a peer's program, installed where it is not there yet."""
    folder = ROOT / "target/tools" / package.split("==")[0]
    program = folder / "bin" / name
    if not program.exists():
        venv.create(folder, with_pip=True)
        subprocess.run(
            [folder / "bin/pip", "install", "--quiet", "--disable-pip-version-check", package],
            check=True,
        )
    # A package may start its native program from Python; it is the native one that is measured.
    native = [path for path in folder.rglob("*") if path.is_file() and os.access(path, os.X_OK) and is_native(path)]
    native = [path for path in native if "jsonschema" in path.name and path.suffix != ".so"]
    return native[0] if native else program


def is_native(path):
    with open(path, "rb") as file:
        return file.read(4) == b"\x7fELF"


def run_once(command, cwd):
    """Seconds and processor seconds of one run."""
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode != 0:
        sys.exit(f"exit code {process.returncode}: {' '.join(map(str, command[:4]))} …")
    return seconds, usage.ru_utime + usage.ru_stime


def peak_memory(command, cwd):
    """Peak resident megabytes. A child's figure as the kernel counts it includes this script's own before the program starts."""
    if not TIME.exists():
        return float("nan")
    output = subprocess.run([TIME, "-f", "%M", *command], cwd=cwd, capture_output=True, text=True, check=True)
    return int(output.stderr.split()[-1]) / 1024


def measure(contestants, cwd, runs):
    """Medians of all contestants, run in turn, so that a busy machine is busy for all of them; and their peak memory."""
    results = {name: [] for name in contestants}
    for _ in range(runs):
        for name, command in contestants.items():
            results[name].append(run_once(command, cwd))
    return {
        name: (*(statistics.median(column) for column in zip(*values)), peak_memory(contestants[name], cwd))
        for name, values in results.items()
    }


def table(title, results):
    print(f"\n{title}")
    own = results["campaign-ims"]
    for name, (seconds, processor, memory) in results.items():
        figures = f"{seconds * 1000:10.1f} ms {processor * 1000:10.1f} ms of processor {memory:8.1f} MB"
        ratio = "" if name == "campaign-ims" else f"   ratio {own[0] / seconds:.2f}, of processor {own[1] / processor:.2f}"
        print(f"  {name:<24}{figures}{ratio}")


def write(folder, count):
    for n in range(count):
        sub = folder / f"{n // 1000:03}"
        sub.mkdir(exist_ok=True)
        (sub / f"{n:06}.ims.yaml").write_text(MANIFEST.format(n=n, org=0x4E3D60F754C8E5D50A000000 + n))


def write_bad(folder, number):
    folder.mkdir()
    for n in range(number):
        (folder / f"{n:04}.ims.yaml").write_text(BAD.read_text())


def count(command, cwd):
    """Instructions of one run, on one processor: with threads, the order of their work would count."""
    command = [VALGRIND, "--tool=callgrind", "--callgrind-out-file=/dev/null", *command]
    if shutil.which("taskset"):
        command = ["taskset", "--cpu-list", "0", *command]
    output = subprocess.run(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    found = re.search(r"Collected : (\d+)", output.stderr)
    if not found:
        sys.exit(output.stderr)
    return int(found[1])


def instructions(program, folder):
    """What each work of GOALS takes. `folder` has one manifest in one/, 1,000 in many/, 2,200 findings in few/."""
    check = [program, "check", "--no-config"]
    manifest = "one/000/000000.ims.yaml"
    one = count([*check, manifest], folder)
    configured = count([program, "check", "--config", CONFIGURATION, manifest], folder)
    counts = [count([program, "--version"], folder), one, configured - one, (count([*check, "many"], folder) - one) / 999]
    reports = [count([*check, "few", "--fail-on", "never", "--format", name], folder) for name in FORMATS]
    counts += [reports[0], *(report - reports[0] for report in reports[1:])]
    return dict(zip(GOALS, counts))


def short(number):
    unit, name = (1e9, "thousand million") if number >= 1e9 else (1e6, "million") if number >= 1e6 else (1e3, "thousand")
    return f"{number / unit:,.2f} {name}"


def compare_with_base(base, program, folder):
    """Prints the instructions of two programs. Whether none of the works grew."""
    before, after = instructions(base, folder), instructions(program, folder)
    for work in GOALS:
        print(f"  {work:<28}{short(before[work]):>24} -> {short(after[work]):>24}   ratio {after[work] / before[work]:.3f}")
    return all(after[work] <= before[work] * MOST_GROWTH for work in GOALS)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", action="store_true")
    parser.add_argument("--build", action="store_true")
    parser.add_argument("--program", type=pathlib.Path)
    parser.add_argument("--base", type=pathlib.Path)
    options = parser.parse_args()

    program = (options.program or build(ROOT / "target")).resolve()

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for part, number in (("one", 1), ("many", 1000)):
            (folder / part).mkdir()
            write(folder / part, number)
        write_bad(folder / "bad", BAD_COUNT)
        write_bad(folder / "few", FEW_COUNT)
        if options.base:
            if not VALGRIND:
                sys.exit("valgrind is not installed")
            sys.exit(0 if compare_with_base(options.base.resolve(), program, folder) else 1)
        compare_with_peers(program, folder, options)

    if options.build:
        with tempfile.TemporaryDirectory() as target:
            start = time.perf_counter()
            build(target)
            print(f"\nclean release build: {time.perf_counter() - start:.0f} s (target: under 180 s on 2 processors)")


def build(folder):
    """Builds the program as releases have it. Gives its path."""
    target = subprocess.run(["rustc", "--print", "host-tuple"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    flags = subprocess.run([ROOT / "scripts/release-flags.sh", target], stdout=subprocess.PIPE, text=True, check=True).stdout
    command = ["cargo", "build", "--locked", "--release", "--quiet", "--target", target, "--target-dir", folder]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"RUSTFLAGS": flags.strip()}, check=True)
    return pathlib.Path(folder) / target / "release/campaign-ims"


def compare_with_peers(program, folder, options):
    peers = {name: [install(package, tool), *arguments] for name, (package, tool, arguments) in PEERS.items()}
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} processors, load {load:.1f} before the first run{' (busy: believe the ratios)' if load > 1 else ''}")
    print(TARGETS)
    print(f"binary: {program.stat().st_size / 1e6:.1f} MB")

    one = folder / "one/000/000000.ims.yaml"
    files = sorted((folder / "many/000").iterdir())
    lines = len(one.read_text().splitlines())
    for title, own, paths, runs in (
        (f"one manifest of {lines} lines", one, [one], (200, 5)),
        ("1,000 manifests, one process", folder / "many", files, (15, 1)),
    ):
        contestants = {"campaign-ims": [program, "check", own]}
        contestants |= {peer: [*command, *paths] for peer, command in peers.items()}
        slow = {peer: contestants.pop(peer) for peer in PYTHON}
        results = measure(contestants, folder, runs[0]) | measure(slow, folder, runs[1])
        table(title, results)

    if options.scale:
        for number in (10_000, 100_000):
            (folder / "scale").mkdir(exist_ok=True)
            write(folder / "scale", number)
            results = measure({"campaign-ims": [program, "check", folder / "scale"]}, folder, 3)
            seconds = results["campaign-ims"][0]
            table(f"{number:,} manifests: {seconds / number * 1e6:.1f} µs each", results)

    bad = {name: [program, "check", "bad", "--fail-on", "never", "--format", name] for name in FORMATS}
    print("\n20,000 findings")
    for name, (seconds, processor, memory) in measure(bad, folder, 3).items():
        print(f"  {name:<24}{seconds * 1000:10.1f} ms {processor * 1000:10.1f} ms of processor {memory:8.1f} MB")

    if VALGRIND:
        print("\ninstructions")
        for work, number in instructions(program, folder).items():
            goal = GOALS[work]
            ratio = f"   goal {short(goal)}, ratio {number / goal:.2f}" if goal else ""
            print(f"  {work:<28}{short(number):>24}{ratio}")


if __name__ == "__main__":
    main()
