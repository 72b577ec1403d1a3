"""A backup as a folder: the dump, the heads at its snapshot, the anchors, the files, and what proves them whole.

`SHA256SUMS` has a line for each file, as `sha256sum -c` reads it; `manifest.json` names its hash and is signed by the
office.  A backup is made aside and renamed when it is whole.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from app.store import files, signing_key
from engine.anchors import Head, head_of, line
from engine.events import canonical

BACKUP_VERSION = 1
PURPOSE = b"e-perizinan cadangan\n"
DUMP, HEADS, ANCHORS, FILES = "database.dump", "heads.jsonl", "anchors", "files"
SUMS, MANIFEST = "SHA256SUMS", "manifest.json"


class BackupDamaged(OSError):
    """A backup that may not be used; the text names the file."""


@dataclass(frozen=True)
class Manifest:
    """`at`: UTC stamp; `revision` of the tables; `server`: PostgreSQL's major version; `sums`: SHA-256 of SHA256SUMS;
    `missing`: SHA-256 of files that rows name and that were not there when the backup was made."""

    at: str
    revision: str
    server: int
    cases: int
    files: int
    office_seq: int
    office_head: str
    sums: str
    missing: tuple[str, ...]
    key: str
    signature: str = ""

    @property
    def signed_part(self) -> bytes:
        return PURPOSE + _text(replace(self, signature="")).encode()


def _text(manifest: Manifest) -> str:
    return canonical({"v": BACKUP_VERSION, **asdict(manifest)}) + "\n"


class Backup:
    """A backup's folder, being made or made."""

    def __init__(self, place: Path) -> None:
        self.place = place

    @property
    def dump(self) -> Path:
        return self.place / DUMP

    # --- making

    def begin(self) -> None:
        self.place.mkdir(parents=True, mode=0o700)

    def write_heads(self, heads: Iterator[Head]) -> int:
        """Keep the heads at the dump's snapshot; returns how many."""
        count = 0
        with (self.place / HEADS).open("w", encoding="utf-8") as file:
            for one in heads:
                file.write(line(one) + "\n")
                count += 1
        return count

    def write_anchors(self, source: Path) -> None:
        """Copy what lies in the anchors' folder itself; what was set aside there belongs to another office."""
        (self.place / ANCHORS).mkdir()
        for one in sorted(source.glob("*")):
            if one.is_file() and one.suffix != ".part":
                shutil.copyfile(one, self.place / ANCHORS / one.name)

    def list_files(self, names: Iterator[str]) -> None:
        """Write down which files belong to the dump, for they are copied when its snapshot is over."""
        with (self.place / SUMS).open("w") as file:
            file.writelines(f"{sha256}  {_file(sha256)}\n" for sha256 in names)

    def copy_files(self) -> tuple[int, tuple[str, ...]]:
        """Copy the listed files; returns how many, and the SHA-256 of those that are gone or damaged."""
        listed = self.place / f"{SUMS}.listed"
        (self.place / SUMS).rename(listed)
        count, missing = 0, []
        with (self.place / SUMS).open("w") as file:
            for sha256, name in _sums(listed):
                if files.copy_out(sha256, self.place / name):
                    file.write(f"{sha256}  {name}\n")
                    count += 1
                else:
                    missing.append(sha256)
            file.writelines(f"{files.checksum(one)}  {one.relative_to(self.place)}\n" for one in self._others())
        listed.unlink()
        return count, tuple(missing)

    def _others(self) -> list[Path]:
        return [self.dump, self.place / HEADS, *sorted((self.place / ANCHORS).iterdir())]

    def finish(self, manifest: Manifest, place: Path) -> None:
        """Sign the manifest, make everything durable, and give the backup its name.  Raises OSError."""
        whole = replace(manifest, sums=files.checksum(self.place / SUMS), key=signing_key.public())
        signed = replace(whole, signature=signing_key.sign(whole.signed_part))
        (self.place / MANIFEST).write_text(_text(signed))
        os.sync()
        self.place.rename(place)
        files.settle(place.parent)
        self.place = place

    # --- using

    def manifest(self) -> Manifest:
        """Raises BackupDamaged unless it is what the office signed."""
        try:
            text = (self.place / MANIFEST).read_bytes().decode()
            content = json.loads(text)
            version = content.pop("v")
            found = Manifest(**{**content, "missing": tuple(content["missing"])})
        except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError) as fault:
            raise BackupDamaged(self._said(MANIFEST, "tidak ada atau tidak terbaca")) from fault
        sound = version == BACKUP_VERSION and _text(found) == text
        if not sound or not signing_key.holds(found.key, found.signed_part, found.signature):
            raise BackupDamaged(self._said(MANIFEST, "telah berubah"))
        return found

    def check(self) -> Manifest:
        """The manifest, after every file was read and found as it was.  Raises BackupDamaged naming the file."""
        found = self.manifest()
        if not (self.place / SUMS).is_file() or files.checksum(self.place / SUMS) != found.sums:
            raise BackupDamaged(self._said(SUMS, "tidak ada atau telah berubah"))
        for sha256, name in _sums(self.place / SUMS):
            if not (self.place / name).is_file():
                raise BackupDamaged(self._said(name, "tidak ada"))
            if files.checksum(self.place / name) != sha256:
                raise BackupDamaged(self._said(name, "telah berubah"))
        return found

    def _said(self, name: str, what: str) -> str:
        return f"Cadangan {self.place.name} rusak: {name} {what}; tidak ada yang dipulihkan."

    def heads(self) -> Iterator[Head]:
        with (self.place / HEADS).open(encoding="utf-8") as file:
            for one in file:
                yield head_of(one.removesuffix("\n"))

    def put_back_files(self) -> int:
        """Take the files into the office's store; returns how many.  Raises BackupDamaged."""
        count = 0
        for sha256, name in _sums(self.place / SUMS):
            if name == _file(sha256):
                if not files.copy_in(self.place / name, sha256):
                    raise BackupDamaged(self._said(name, "telah berubah"))
                count += 1
        return count

    def put_back_anchors(self, target: Path) -> None:
        target.mkdir(parents=True, exist_ok=True)
        for one in sorted((self.place / ANCHORS).iterdir()):
            shutil.copyfile(one, target / one.name)


def _file(sha256: str) -> str:
    return f"{FILES}/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _sums(path: Path) -> Iterator[tuple[str, str]]:
    """SHA-256 and name of each line; the names were written by us and were found unchanged."""
    with path.open() as file:
        for one in file:
            sha256, _, name = one.removesuffix("\n").partition("  ")
            yield sha256, name


def newest(folder: Path) -> Backup | None:
    """The last whole backup in a folder, by its name, or the folder itself when it is one; None when there is none."""
    if (folder / MANIFEST).is_file():
        return Backup(folder)
    found = sorted(one.parent for one in folder.glob(f"*/{MANIFEST}") if one.parent.suffix != ".part")
    return Backup(found[-1]) if found else None
