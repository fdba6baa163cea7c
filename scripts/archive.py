"""Packs a folder as NAME.tar.gz, or as NAME.zip for Windows, and writes its SHA-256 beside it.

Order, owners, modes and times do not depend on the machine: the time is SOURCE_DATE_EPOCH.
"""

import gzip
import hashlib
import io
import os
import sys
import tarfile
import time
import zipfile
from pathlib import Path


def mode(path: Path) -> int:
    return 0o755 if path.stem == "campaign-ims" and path.suffix in ("", ".exe") else 0o644


def tar_gz(files: list[Path], root: Path, seconds: int) -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=seconds) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            for path in files:
                entry = tarfile.TarInfo(path.relative_to(root).as_posix())
                entry.size = path.stat().st_size
                entry.mode = mode(path)
                entry.mtime = seconds
                with path.open("rb") as content:
                    archive.addfile(entry, content)
    return out.getvalue()


def zip_(files: list[Path], root: Path, seconds: int) -> bytes:
    out = io.BytesIO()
    # A zip file cannot say a time before 1980.
    date = max(time.gmtime(seconds)[:6], (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(out, "w") as archive:
        for path in files:
            entry = zipfile.ZipInfo(path.relative_to(root).as_posix(), date)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = mode(path) << 16
            archive.writestr(entry, path.read_bytes())
    return out.getvalue()


def main() -> None:
    folder, name = Path(sys.argv[1]), sys.argv[2]
    seconds = int(os.environ["SOURCE_DATE_EPOCH"])
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    is_windows = any(path.name == "campaign-ims.exe" for path in files)
    pack, suffix = (zip_, ".zip") if is_windows else (tar_gz, ".tar.gz")
    archive = Path(name + suffix)
    content = pack(files, folder.parent, seconds)
    archive.write_bytes(content)
    line = f"{hashlib.sha256(content).hexdigest()}  {archive.name}\n"
    # The same bytes on Windows, where text files end their lines otherwise.
    archive.with_name(archive.name + ".sha256").write_bytes(line.encode())
    print(archive)


if __name__ == "__main__":
    main()
