"""The manifest of a saved run: a checksum of every file, in the form that `sha256sum -c` reads."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

MANIFEST = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def manifest_text(directory: Path) -> str:
    """A line for every file in a directory and below it, the manifest itself left out."""
    return "".join(f"{_sha256(file)}  {name}\n" for name, file in sorted(_files(directory).items()))


def is_saved_run(directory: Path) -> bool:
    """Whether a directory holds a saved run, all of it as it was saved, and nothing else."""
    manifest = directory / MANIFEST
    if manifest.is_symlink() or not manifest.is_file():
        return False
    files = _files(directory)
    folders = {folder for name in files for folder in Path(name).parents}
    others = (path for path in directory.rglob("*") if path.is_symlink() or not path.is_file())
    if any(path.is_symlink() or path.relative_to(directory) not in folders for path in others):
        return False
    return manifest.read_bytes() == manifest_text(directory).encode()


def read_manifest(directory: Path) -> Mapping[str, str] | None:
    """The checksum of every file that a manifest lists, by name; None where there is no manifest to read."""
    try:
        text = (directory / MANIFEST).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    found = [_LINE.fullmatch(line) for line in text.removesuffix("\n").split("\n")]
    return {line[2]: line[1] for line in found if line} if all(found) else None


def matches(file: Path, checksum: str) -> bool:
    """Whether a file is as the manifest has it."""
    return _sha256(file) == checksum


def _files(directory: Path) -> dict[str, Path]:
    found = (path for path in directory.rglob("*") if path.is_file() and not path.is_symlink())
    return {name: path for path in found if (name := path.relative_to(directory).as_posix()) != MANIFEST}


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
