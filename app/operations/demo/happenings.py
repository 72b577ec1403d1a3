"""Keadaan kahar in the demonstration's history: one declared after the fact, one of a single agency."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from app.operations import force_majeure
from app.operations.force_majeure import Proposal
from app.store import transaction

if TYPE_CHECKING:
    from app.operations.demo.loading import Agenda

EVIDENCE = ({"nama": "Berita acara kerusakan jaringan 17/BA/KOMINFO (contoh)"},)


def plan(agenda: Agenda, people: dict[str, UUID], end: datetime) -> None:
    """Lightning at the data centre, declared two days later for the whole office; a flood at one agency."""
    strike = (end - timedelta(days=33)).replace(hour=9)
    while strike.weekday() > 1:
        strike -= timedelta(days=1)
    whole = Proposal(
        ("a", "c"),
        "bencana_alam",
        "Sambaran petir merusak perangkat pusat data; jaringan dan aplikasi tidak dapat dipakai (contoh).",
        strike,
        strike + timedelta(days=1, hours=5),
        evidence=EVIDENCE,
        measures="Loket menerima berkas dengan formulir kertas.",
    )
    agency = Proposal(
        ("b", "c"),
        "bencana_alam",
        "Banjir merendam kantor perangkat daerah teknis; petugas tidak dapat bekerja (contoh).",
        strike + timedelta(days=14, hours=-1),
        strike + timedelta(days=15, hours=7),
        scope={"units": ["PUPR"]},
        evidence=({"nama": "Pernyataan BPBD 09/BPBD (contoh)"},),
    )
    for proposal in (whole, agency):
        _declare(agenda, people, proposal)


def _declare(agenda: Agenda, people: dict[str, UUID], proposal: Proposal) -> None:
    assert proposal.until is not None
    proposed = proposal.until + timedelta(days=1, hours=2)
    made: list[UUID] = []
    agenda.put(proposed, lambda at: made.append(force_majeure.propose(proposal, people["kabid"], at)))
    agenda.put(proposed + timedelta(hours=20), lambda at: _establish(made, people["kadis"], at))


def _establish(made: list[UUID], by: UUID, at: datetime) -> None:
    with transaction() as store:
        revision = store.calendars.revision()
    force_majeure.establish(made[0], "", revision, by, at)
