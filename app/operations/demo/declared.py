"""Keadaan kahar in the demonstration: two with a known end, one cancelled, one that lasted, ended and was corrected,
one found out after its month was reported.

Each by the operations: the Kabid proposes with evidence, the Kepala Dinas establishes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from app.clock import WIB
from app.operations import (
    force_majeure,
    force_majeure_changes,
    force_majeure_closing,
    force_majeure_drafts,
    force_majeure_evidence,
)
from app.operations.demo import invented
from app.operations.force_majeure import Proposal
from app.operations.force_majeure_changes import Account
from app.operations.force_majeure_closing import Report
from app.store import transaction

if TYPE_CHECKING:
    from app.operations.demo.loading import Agenda

People: TypeAlias = dict[str, UUID]
Made: TypeAlias = list[UUID]  # the declaration, once it is proposed
Change: TypeAlias = Callable[..., object]  # of a declaration; what is missing: by whom and at which instant

EVIDENCE = ({"nama": "Berita acara kerusakan jaringan 17/BA/KOMINFO (contoh)"},)
FIRE = ({"nama": "Berita acara kebakaran 31/BA/DAMKAR (contoh)"},)
SMOKE = ({"nama": "Catatan petugas jaga gedung 8/JAGA (contoh)"},)


def plan(agenda: Agenda, people: People, end: datetime) -> None:
    """Lightning for the whole office and a flood at one agency, a false alarm, and a fire whose end nobody knew."""
    strike = (end - timedelta(days=33)).replace(hour=9)
    while strike.weekday() > 1:
        strike -= timedelta(days=1)
    for proposal in (_lightning(strike), _flood(strike)):
        assert proposal.until is not None
        proposed = proposal.until + timedelta(days=1, hours=2)
        made = _declare(agenda, people, proposal, proposed, proposed + timedelta(hours=20))
        _evidence(agenda, people, made, "berita-acara.pdf", proposed + timedelta(minutes=10))
        if not proposal.scope:
            _reported(agenda, people, made, proposed + timedelta(days=6))
    monday = (strike - timedelta(days=strike.weekday())).replace(hour=0) + timedelta(days=21)
    _cancelled(agenda, people, monday - timedelta(days=3))
    _lasting(agenda, people, monday)
    agenda.put((end - timedelta(days=1)).replace(hour=14), partial(_drafted, people["kasi"]))


def _lightning(strike: datetime) -> Proposal:
    return Proposal(
        ("a", "c"),
        "bencana_alam",
        "Sambaran petir merusak perangkat pusat data; jaringan dan aplikasi tidak dapat dipakai (contoh).",
        strike,
        strike + timedelta(days=1, hours=5),
        evidence=EVIDENCE,
        measures="Loket menerima berkas dengan formulir kertas.",
    )


def _flood(strike: datetime) -> Proposal:
    return Proposal(
        ("b", "c"),
        "bencana_alam",
        "Banjir merendam kantor perangkat daerah teknis; petugas tidak dapat bekerja (contoh).",
        strike + timedelta(days=14, hours=-1),
        strike + timedelta(days=15, hours=7),
        scope={"units": ["PUPR"]},
        evidence=({"nama": "Pernyataan BPBD 09/BPBD (contoh)"},),
    )


def _reported(agenda: Agenda, people: People, made: Made, at: datetime) -> None:
    """What the whole office lost was reported to the mayor, and is closed."""
    number = "700/118/DPMPTSP/2026 (contoh)"

    def close(at: datetime) -> None:
        force_majeure_closing.close(made[0], Report(number, f"{at.astimezone(WIB):%d/%m/%Y}"), people["kabid"], at)

    agenda.put(at, close)


def _drafted(author: UUID, at: datetime) -> None:
    """Lines that somebody has not finished; only he sees them."""
    typed = {"uraian": ["Air masuk ke ruang arsip; menunggu berita acara dari BPBD (contoh)"], "dasar": ["c"]}
    force_majeure_drafts.save(typed, author, at)


def _cancelled(agenda: Agenda, people: People, friday: datetime) -> None:
    """Smoke at the counter; on Monday it turns out that nothing had stopped."""
    proposal = Proposal(
        ("c",),
        "kebakaran",
        "Asap tebal dari panel listrik ruang loket; gedung dikosongkan dan loket ditutup (contoh).",
        _on(friday, 0, 8, 30),
        _on(friday, 0, 9, 45),
        scope={"systems": ["loket"]},
        evidence=SMOKE,
    )
    made = _declare(agenda, people, proposal, _on(friday, 0, 10, 20), _on(friday, 0, 14, 0))
    because = "Berita acara Damkar 29/BA (contoh): alarm palsu; loket pindah ke ruang rapat dan tetap melayani."
    revoke = partial(force_majeure_changes.revoke, because=because)
    _change(agenda, people, made, revoke, _on(friday, 3, 8, 40), _on(friday, 3, 11, 0))


def found_late(agenda: Agenda, people: People, day: datetime) -> None:
    """The bus terminal's line had been cut on a day of a month that was reported meanwhile."""
    proposal = Proposal(
        ("a",),
        "lainnya",
        "Kabel serat optik ke terminal terputus galian jalan; berkas trayek tidak dapat diproses (contoh).",
        _on(day, 0, 7, 30),
        _on(day, 1, 16, 0),
        scope={"permit_types": ["TRY", "IMB"]},
        evidence=({"nama": "Laporan gangguan Telkom 77/NOC (contoh)"},),
        apart="Kabel terputus galian jalan, bukan akibat peristiwa lain yang dinyatakan (contoh).",
        unforeseen="Galian dilakukan pihak ketiga tanpa pemberitahuan kepada Dinas maupun pemilik kabel (contoh).",
    )
    _declare(agenda, people, proposal, _on(day, 13, 13, 40), _on(day, 14, 9, 20))


def _lasting(agenda: Agenda, people: People, monday: datetime) -> None:
    """A fire at one agency: declared without an end, extended, said to be over too early, recovered on Friday, its span
    and its account corrected a week later."""
    proposal = Proposal(
        ("a", "c"),
        "kebakaran",
        "Kebakaran gardu listrik memutus listrik dan jaringan kantor Dinas Kesehatan (contoh).",
        _on(monday, 0, 10, 20),
        None,
        scope={"units": ["DINKES"]},
        evidence=FIRE,
        measures="Berkas rekomendasi diterima dengan formulir kertas.",
    )
    made = _declare(agenda, people, proposal, _on(monday, 0, 13, 0), _on(monday, 0, 15, 30))
    _evidence(agenda, people, made, "berita-acara-kebakaran.pdf", _on(monday, 0, 13, 20))
    because = "PLN belum menyelesaikan penggantian gardu; listrik kantor belum menyala (contoh)."
    extend = partial(force_majeure_changes.extend, because=because)
    _change(agenda, people, made, extend, _on(monday, 2, 9, 30), _on(monday, 2, 11, 0))
    because = "Genset menyalakan jaringan kantor; aplikasi dapat dicapai (contoh)."
    early = partial(force_majeure_changes.recover, until=_on(monday, 2, 13, 30), because=because)
    _change(agenda, people, made, early, _on(monday, 2, 14, 0), _on(monday, 2, 15, 0))
    because = "Genset berhenti sejam kemudian; kantor Dinas Kesehatan tetap padam (contoh)."
    lasting = partial(force_majeure_changes.correct, since=None, until=None, because=because, lasting=True)
    _change(agenda, people, made, lasting, _on(monday, 3, 8, 30), _on(monday, 3, 9, 30))
    because = "Listrik dan jaringan stabil dua jam kerja; petugas hadir (contoh)."
    recover = partial(force_majeure_changes.recover, until=_on(monday, 4, 9, 0), because=because)
    _change(agenda, people, made, recover, _on(monday, 4, 13, 30), _on(monday, 4, 15, 0))
    because = "Catatan gangguan PLN 112/UP3 (contoh): padam 10.05, menyala kembali Jumat 08.15."
    since, until = _on(monday, 0, 10, 5), _on(monday, 4, 8, 15)
    said = Account(
        "Kabel tanah terbakar di gardu listrik dan memutus listrik serta jaringan kantor Dinas Kesehatan (contoh).",
        _on(monday, 0, 9, 55),
        proposal.measures,
        (*(one["nama"] for one in FIRE), "Catatan gangguan PLN 112/UP3 (contoh)"),
    )
    correct = partial(force_majeure_changes.correct, since=since, until=until, because=because, account=said)
    _change(agenda, people, made, correct, _on(monday, 8, 9, 0), _on(monday, 8, 14, 0))


def _on(day: datetime, days: int, hour: int, minute: int) -> datetime:
    return (day + timedelta(days=days)).replace(hour=hour, minute=minute)


def _declare(agenda: Agenda, people: People, proposal: Proposal, proposed: datetime, established: datetime) -> Made:
    made: Made = []
    agenda.put(proposed, lambda at: made.append(force_majeure.propose(proposal, people["kabid"], at)))
    agenda.put(established, lambda at: _establish(made, people["kadis"], at))
    return made


def _change(
    agenda: Agenda, people: People, made: Made, change: Change, proposed: datetime, established: datetime
) -> None:
    def propose(at: datetime) -> None:
        change(made[0], by=people["kabid"], at=at)

    agenda.put(proposed, propose)
    agenda.put(established, lambda at: _establish(made, people["kadis"], at))


def _evidence(agenda: Agenda, people: People, made: Made, name: str, given: datetime) -> None:
    def keep(at: datetime) -> None:
        force_majeure_evidence.add(made[0], name, invented.paper(), people["kabid"], at)

    agenda.put(given, keep)


def _establish(made: Made, by: UUID, at: datetime) -> None:
    with transaction() as store:
        revision = store.calendars.revision()
    force_majeure.establish(made[0], "", revision, by, at)
