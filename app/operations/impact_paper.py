"""The rehearsal of a move as a paper: counts, groups, choices, promises that move, files that stay and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from app import letters
from app.clock import WIB
from app.operations import impact_page, office_settings
from app.operations.documents import Download
from app.operations.impact import Subject
from app.operations.impact_page import Line, Page
from app.operations.retrying import retried
from app.store import transaction
from app.store.impact import Wanted
from engine.bpmn import Place
from engine.errors import Refused

TEMPLATE = "gladi_pemindahan.typ"
MOST = 300  # lines of one table: the paper says on its first page what it leaves to the CSV, which has them all
VERDICTS = {
    "same": "sama",
    "moves": "pindah sendiri",
    "chosen": "pindah menurut pilihan",
    "choice": "perlu pilihan",
    "stays": "tetap di terbitannya",
}
BECAUSE = {"standar": "standar lain", "tenggat": "tenggat lain", "saluran": "saluran yang diperlukan lain"}


def paper(subject: Subject, by: UUID, at: datetime) -> Download:
    """A PDF in Indonesian.

    Raises NotAllowed, NotFound, Refused before the effect was counted to its end, or where the release in effect holds
    no template of this paper.
    """
    found = impact_page.page(subject, Wanted(), None, by, at)
    if not found.progress.done:
        raise Refused("Hitung dahulu dampaknya sampai selesai, lalu lihat hasilnya.")
    stays = [*_lines(subject, by, at, verdict="choice"), *_lines(subject, by, at, verdict="stays")]
    values = _values(found, stays, _lines(subject, by, at, only="moves"), at)
    templates, office = _frame()
    if TEMPLATE not in templates:
        raise Refused("Terbitan yang berlaku belum memuat templat laporan ini; unduh CSV.")
    made: bytes = letters.render(TEMPLATE, templates, values | {"kantor": office, "rancangan": False})
    name = f"gladi-{found.number or 'rancangan'}.pdf"
    return Download(name, "application/pdf", made)


@retried
def _frame() -> tuple[Mapping[str, bytes], Mapping[str, Any]]:
    """The templates of the release in effect, and what stands over each paper."""
    with transaction() as store:
        release = store.deployments.active()
        return release.letters, office_settings.effective(store, release.catalogue)


def _lines(subject: Subject, by: UUID, at: datetime, **wanted: str) -> tuple[Line, ...]:
    return impact_page.lines(subject, Wanted(**wanted), by, at, MOST)


def _values(found: Page, stays: list[Line], moved: tuple[Line, ...], at: datetime) -> dict[str, Any]:
    told = _told(moved)
    dates = [row for rows in told for row in rows]
    totals = {word: str(getattr(found.totals, verdict)) for verdict, word in VERDICTS.items()}
    totals |= {"tugas terbuka berubah": str(found.totals.tasks_change)}
    totals |= {"melewati langkah": str(found.totals.skips)} if found.totals.skips else {}
    totals |= {"janji bergeser": str(found.totals.promise_moves)}
    totals |= {"janji menahan tanggal baru": str(found.totals.promise_forbids)}
    partly = _partly(found, len(stays[:MOST]), len(told))
    return {
        "surat": {"judul": "Laporan Gladi Pemindahan Berkas", "tanggal": at.astimezone(WIB).date().isoformat()},
        "terbitan": str(found.number) if found.number else "rancangan",
        "keterangan": found.title,
        "sidik": found.target.checksum,
        "dihitung": at.astimezone(WIB).isoformat(),
        "jumlah": totals,
        "kelompok": [_group(one, found) for one in found.groups[:MOST]],
        "pilihan": [_need(one) for one in found.needs],
        "bergeser": dates,
        "tetap": [
            [one.number, ", ".join(one.steps), VERDICTS[one.verdict], "; ".join(one.told.reasons)]
            for one in stays[:MOST]
        ],
        "sebagian": partly,
        "terpotong": bool(partly),  # as templates of earlier releases ask for it
        "terbanyak": str(MOST),
    }


def _partly(found: Page, stays: int, moved: int) -> list[list[str]]:
    """The tables that hold less than there is: which, how much of it they hold, and of how much."""
    whole = found.totals
    held = (
        ("kelompok menurut proses, izin dan langkah", min(len(found.groups), MOST), len(found.groups)),
        ("berkas dengan janji yang bergeser", moved, whole.promise_moves),
        ("berkas yang tetap atau perlu pilihan", stays, whole.choice + whole.stays),
    )
    return [[what, str(here), str(there)] for what, here, there in held if here < there]


def _group(one: Any, found: Page) -> list[str]:
    names = [found.processes[one.process], found.permits[one.permit], ", ".join(one.steps) or "menunggu"]
    return [*names, VERDICTS[one.verdict], str(one.number)]


def _need(one: Any) -> list[str]:
    chosen = "; ".join([one.goes.name, *leap(one.goes)]) if one.goes else "belum dipilih"
    return [one.process_name, one.name, chosen, str(one.number)]


def leap(one: Place) -> list[str]:
    """What a place passes over or does again, in words."""
    parts = (("melewati", one.skipped), ("mungkin melewati", one.perhaps), ("mengulang", one.again))
    return [f"{word}: {', '.join(names)}" for word, names in parts if names]


def _told(moved: tuple[Line, ...]) -> list[list[list[str]]]:
    """The rows of each file with a promise that moves: as many whole files as one table holds."""
    found: list[list[list[str]]] = []
    left = MOST
    for rows in map(_moved, moved):
        if found and len(rows) > left:
            break
        found.append(rows)
        left -= len(rows)
    return found


def _moved(one: Line) -> list[list[str]]:
    moves = (promise for promise in one.told.promises if promise["moves"])
    return [
        [
            one.number,
            impact_page.clock_word(promise["clock"]),
            _date(promise["before"]),
            _date(promise["after"]),
            BECAUSE.get(promise["because"], ""),
        ]
        for promise in moves
    ]


def _date(at: datetime | None) -> str:
    return at.astimezone(WIB).strftime("%d/%m/%Y %H.%M") if at else "tanpa tanggal"
