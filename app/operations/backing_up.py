"""Backing the office up: the database at one instant, the anchors that fit it, and the files its rows name."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.store import anchors, dumping, owning
from app.store.backups import Backup, Manifest
from engine.events import stamp


@dataclass(frozen=True)
class BackedUp:
    """`missing`: SHA-256 of files that rows name and the store no longer holds as they were."""

    place: Path
    cases: int
    files: int
    missing: tuple[str, ...]


def back_up(folder: Path, at: datetime) -> BackedUp:
    """Make a backup in `folder`, named by `at` (UTC).  Raises OSError; what was begun is removed then.

    The dump comes first and the files second: a file is written before the commit of its row and never changes, so
    every row of the dump has its file.
    """
    place = folder / f"{at.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"
    if place.exists():
        raise FileExistsError(f"{place} sudah ada.")
    making = Backup(place.with_name(f"{place.name}.part"))
    making.begin()
    try:
        manifest = _filled(making, at)
        making.finish(manifest, place)
    except BaseException:
        shutil.rmtree(making.place, ignore_errors=True)
        raise
    return BackedUp(place, manifest.cases, manifest.files, manifest.missing)


def _filled(making: Backup, at: datetime) -> Manifest:
    with owning.snapshot() as seen:
        dumping.dump(owning.owner_url(), seen.server, seen.name, making.dump)
        cases = making.write_heads(seen.ledger.heads())
        seq, head = seen.ledger.office_head()
        making.write_anchors(anchors.folder())
        making.list_files(seen.files())
    # The snapshot is let go: copying files may take long, and they do not change.
    count, missing = making.copy_files()
    return Manifest(stamp(at), seen.revision, seen.server, cases, count, seq, head, "", missing, "")
