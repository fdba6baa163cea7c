#!/usr/bin/env python3
"""Measures the release build beside other validators in one run, and prints ratios.

    scripts/compare-speed.py [--scale] [--build] [--program PATH]

--scale adds 10,000 and 100,000 manifests, --build a clean release build. The peers come from PyPI, into target/tools.
Each figure is the median of many runs, start of process included; processor time is that of all threads; peak memory is
the largest resident set (/usr/bin/time, Debian's package "time"; nothing without it). Peers get JSON Schema alone to do: no rules, no places in the YAML.
"""

import argparse
import os
import pathlib
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
}
TIME = pathlib.Path("/usr/bin/time")
TARGETS = "targets: ratio to sourcemeta jsonschema 1.00 for one manifest, 0.50 for 1,000; under 30 MB; binary under 12 MB"

MANIFEST = """\
# yaml-language-server: $schema=ims-manifest.schema.json
version: 1

organization:
  name: Contoso
  id: {org:024X}@AdobeOrg
  tenant: contoso{n}

instance:
  name: contoso{n}-prod
  url: https://campaign{n}.contoso.com
  hosting: on-premise
  build: {{ version: "6.7", number: 9394 }}
  release: 7.4.3

external_account:
  ims_server: https://ims-na1.adobelogin.com
  scope: [openid, AdobeID, session]
  client_id: Campaign{n}
  client_secret: {{ env: IMS_CLIENT_SECRET_{n} }}
  callback_server: https://campaign{n}.contoso.com
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", action="store_true")
    parser.add_argument("--build", action="store_true")
    parser.add_argument("--program", type=pathlib.Path)
    options = parser.parse_args()

    program = options.program or ROOT / "target/release/campaign-ims"
    if not options.program:
        subprocess.run(["cargo", "build", "--locked", "--release", "--quiet"], cwd=ROOT, check=True)
    program = program.resolve()
    peers = {name: [install(package, tool), *arguments] for name, (package, tool, arguments) in PEERS.items()}
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} processors, load {load:.1f} before the first run{' (busy: believe the ratios)' if load > 1 else ''}")
    print(TARGETS)
    print(f"binary: {program.stat().st_size / 1e6:.1f} MB")

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write(folder, 1)
        one = folder / "000/000000.ims.yaml"
        contestants = {"campaign-ims": [program, "check", one]}
        contestants |= {peer: [*command, one] for peer, command in peers.items()}
        native = {peer: command for peer, command in contestants.items() if peer != "check-jsonschema"}
        lines = len(one.read_text().splitlines())
        results = measure(native, folder, 200)
        results |= {k: v for k, v in measure(contestants, folder, 5).items() if k not in results}
        table(f"one manifest of {lines} lines", results)

        write(folder, 1000)
        files = sorted((folder / "000").iterdir())
        contestants = {"campaign-ims": [program, "check", folder]}
        contestants |= {peer: [*command, *files] for peer, command in peers.items()}
        native = {peer: command for peer, command in contestants.items() if peer != "check-jsonschema"}
        results = measure(native, folder, 15)
        results |= {k: v for k, v in measure(contestants, folder, 1).items() if k not in results}
        table("1,000 manifests, one process", results)

        if options.scale:
            for count in (10_000, 100_000):
                write(folder, count)
                results = measure({"campaign-ims": [program, "check", folder]}, folder, 3)
                seconds = results["campaign-ims"][0]
                table(f"{count:,} manifests: {seconds / count * 1e6:.1f} µs each", results)

    if options.build:
        with tempfile.TemporaryDirectory() as target:
            start = time.perf_counter()
            subprocess.run(
                ["cargo", "build", "--locked", "--release", "--quiet", "--target-dir", target], cwd=ROOT, check=True
            )
            print(f"\nclean release build: {time.perf_counter() - start:.0f} s (target: under 180 s on 2 processors)")


if __name__ == "__main__":
    main()
