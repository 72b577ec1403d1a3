"""Rehearsing the worst day: the newest backup is restored beside the office, verified, timed, and thrown away.

The rehearsal is the very command of a restore, on a database and a folder of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from app.config import ROOT
from app.store import owning
from app.store.backups import newest
from engine.errors import NotFound


@dataclass(frozen=True)
class Rehearsed:
    """`told`: what the restore said, its steps and their seconds; `sound`: whether it succeeded and verified."""

    backup: Path
    told: str
    sound: bool

    @property
    def reason(self) -> str:
        """The last sentence of what was told."""
        lines = [line for line in self.told.splitlines() if line.strip()]
        return lines[-1].strip() if lines else "pemulihan berhenti tanpa keterangan"


def rehearse(folder: Path) -> Rehearsed:
    """Restore a backup aside: `folder` itself, or the newest in it.  Raises NotFound when there is none, OSError."""
    backup = newest(folder)
    if backup is None:
        raise NotFound(f"Tidak ada cadangan di {folder}; buat dahulu dengan make backup.")
    with owning.scratch(f"eperizinan_latihan_{os.getpid()}") as addresses, tempfile.TemporaryDirectory() as var:
        done = _restored(backup.place, {**addresses, "EPERIZINAN_VAR": var})
    return Rehearsed(backup.place, done.stdout + done.stderr, done.returncode == 0)


def _restored(place: Path, ground: dict[str, str]) -> subprocess.CompletedProcess[str]:
    # Anchors and key of the real office stay out of it.
    kept = {name: value for name, value in os.environ.items() if name not in ("ANCHORS", "ANCHOR_KEY")}
    command = ["-m", "flask", "--app", "app", "database", "restore", str(place.resolve()), "--without-files"]
    return subprocess.run(
        [sys.executable, *command],
        env={**kept, **ground},
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
