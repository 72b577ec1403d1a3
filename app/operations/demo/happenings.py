"""Keadaan kahar in the demonstration's history: one declared after the fact, one of a single agency."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from app.operations import force_majeure, treasury
from app.operations.force_majeure import Proposal
from app.store import transaction

if TYPE_CHECKING:
    from app.operations.demo.loading import Agenda

# days before the end, reference, rupiah, payer
UNCLAIMED = (
    (26, "BLM000417733", "150000", "Toko Sinar Jaya (contoh)"),
    (11, "BLM000418902", "83448", "CV Karya Metro (contoh)"),
    (2, "BLM000420115", "275000", "Hamba Allah (contoh)"),
)
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


def pay_unclaimed(agenda: Agenda, treasurer: UUID, end: datetime) -> None:
    """Lines of the bank's statement that belong to no claim, of different age."""
    for days, reference, amount, payer in UNCLAIMED:
        entered = (end - timedelta(days=days)).replace(hour=10)
        paid = (entered - timedelta(days=1)).strftime("%d/%m/%Y")
        agenda.put(entered, partial(_enter, reference, amount, paid, payer, treasurer))


def _enter(reference: str, amount: str, paid: str, payer: str, by: UUID, at: datetime) -> None:
    treasury.enter_bank_line(reference, amount, paid, payer, by, at)


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
