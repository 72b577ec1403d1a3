"""Whether the office stands: the database answers, nothing waits too long, the disk has room."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app

from app.clock import WIB
from app.store import Unavailable, transaction

LATEST_WAKE, LATEST_EFFECT = timedelta(minutes=5), timedelta(minutes=15)
LATEST_ANCHOR = timedelta(days=2)
LEAST_FREE = 0.05


@dataclass(frozen=True)
class Readiness:
    faults: tuple[str, ...]

    @property
    def ready(self) -> bool:
        return not self.faults

    def as_json(self) -> dict[str, object]:
        return {"siap": self.ready, "gangguan": list(self.faults)}


def check(at: datetime) -> Readiness:
    """One look at everything that must hold; never raises."""
    try:
        with transaction() as store:
            oldest, wake = store.outbox.oldest_waiting(), store.case_lists.most_overdue_wake()
            anchored = store.ledger.last_told()
    except Unavailable:
        return Readiness(("basis data tidak dapat dihubungi",))
    faults = []
    if oldest is not None and at - oldest > LATEST_EFFECT:
        faults.append("pesan menunggu terlalu lama")
    if wake is not None and at - wake > LATEST_WAKE:
        faults.append("berkas menunggu dibangunkan terlalu lama")
    if anchored is not None and (at.astimezone(WIB) - LATEST_ANCHOR).date().isoformat() > anchored.day:
        faults.append("jangkar harian buku jejak tidak lagi dibuat")
    usage = shutil.disk_usage(current_app.extensions["settings"].var)
    if usage.free / usage.total < LEAST_FREE:
        faults.append("ruang simpan hampir habis")
    return Readiness(tuple(faults))
