"""Restoring a backup into an empty office, proving afterwards that it is the one that was backed up."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.operations import auditing
from app.operations.faults import OFFICE, Fault
from app.operations.retrying import retried
from app.store import anchors, dumping, owning, resetting, transaction
from app.store.backups import Backup, Manifest
from engine.anchors import unlike
from engine.errors import Refused

Say = Callable[[str], None]


class NotEmpty(Refused):
    """Kantor ini tidak kosong; cadangan hanya dipulihkan ke kantor kosong, kecuali diminta menimpa (--over)."""


@dataclass(frozen=True)
class Restored:
    """`faults`: what the ledger's verification found; none means that it is the office that was backed up."""

    manifest: Manifest
    events: int
    anchors: int
    files: int
    faults: tuple[Fault, ...]


def restore(source: Path, at: datetime, say: Say, over: bool = False, with_files: bool = True) -> Restored:
    """Check the backup at `source`, load it, carry out pending revisions, and verify the whole ledger.

    `say` is told of each step with its seconds.  `with_files=False` leaves the files where they are, for a rehearsal.
    Raises NotEmpty unless `over`, BackupDamaged naming the file, OSError; a refused backup changes nothing.
    """
    backup = Backup(source)
    with _timed(say, "cadangan diperiksa"):
        manifest = backup.check()
    if not over and not owning.is_empty():
        raise NotEmpty
    with _timed(say, "basis data dimuat"):
        _load(backup, manifest)
    with _timed(say, "perubahan tabel dijalankan"):
        resetting.bring_up()
        owning.give_rights()
    with _timed(say, "berkas dan jangkar dipulihkan"):
        anchors.set_aside(at)
        backup.put_back_anchors(anchors.folder())
        files = backup.put_back_files() if with_files else 0
    with _timed(say, "buku jejak diperiksa"):
        found = auditing.verify()
        faults = (*_unlike(backup, manifest), *found.faults)
    return Restored(manifest, found.events, found.anchors, files, faults)


@contextmanager
def _timed(say: Say, step: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    say(f"{step}: {time.monotonic() - began:.1f} detik".replace(".", ","))


def _load(backup: Backup, manifest: Manifest) -> None:
    resetting.drop()
    with owning.connected(owning.owner_url()) as connection:
        server = owning.server_version(connection)
    dumping.load(owning.owner_url(), max(server, manifest.server), backup.dump)


@retried
def _unlike(backup: Backup, manifest: Manifest) -> list[Fault]:
    """Chains whose end is not the one that was backed up."""
    with transaction() as store:
        lost = tuple(unlike(backup.heads(), store.ledger.heads()))
        office = store.ledger.office_head()
    faults = [Fault(one.case, one.seq, "bukan ujung yang dicadangkan", one.number) for one in lost]
    if office != (manifest.office_seq, manifest.office_head):
        faults.append(Fault(OFFICE, office[0], "bukan ujung yang dicadangkan"))
    return faults
