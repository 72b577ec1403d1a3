"""What each line of a derivation rests on: calendar and decree, declaration, the clock's own entry with its letter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.operations.clock_views import CAUSES
from app.store import Store
from app.store.cases import Held
from engine.case import CaseClock
from engine.catalogue import Catalogue, channels
from engine.clocks import ClockEvent, Explanation
from engine.clocks.spans import Source
from engine.errors import Sentence

# The letter by which an entry came about: START of the service clock, and what began each wait.
LETTERS = {
    "START": ("tanda_terima",),
    "MENUNGGU_PEMBAYARAN": ("skrd", "strd"),
    "MENUNGGU_PERBAIKAN": ("lembar_perbaikan", "lembar_pengembalian"),
    "KETIDAKHADIRAN_PEMOHON": ("bap",),
}
ENTRIES = {
    "START": "mulai", "PAUSE": "dijeda", "RESUME": "dilanjutkan", "STOP": "berhenti", "REOPEN": "dibuka kembali",
    "CORRECT": "dikoreksi", "EXTEND": "diperpanjang",
}  # fmt: skip


@dataclass(frozen=True)
class Grounds:
    """`papers` in the order in which lines first name them; `lines`: for each line the numbers of its papers."""

    papers: tuple[str, ...] = ()
    lines: tuple[tuple[int, ...], ...] = ()


def grounds(store: Store, held: Held, one: CaseClock, explained: Explanation) -> Grounds:
    letters = store.documents.letters_of(held.id)
    catalogue = held.case.deployment.catalogue
    numbers: dict[str, int] = {}
    lines = []
    for line in explained.lines:
        told = [_told(source, one, letters, catalogue) for source in line.sources]
        lines.append(tuple(dict.fromkeys(numbers.setdefault(text, len(numbers) + 1) for text in told if text)))
    return Grounds(tuple(numbers), tuple(lines))


def _told(source: Source, one: CaseClock, letters: Iterable[Any], catalogue: Catalogue) -> str:
    if source.kind in ("EVENT", "CORRECTION"):
        return _entry(source, one, letters, catalogue)
    if source.kind == "DECLARATION":
        return Sentence("pernyataan keadaan kahar %(kode)s: %(surat)s", kode=source.ref, surat=source.paper or "–")
    paper = source.paper or "–"
    if source.kind == "BUDGET":
        return Sentence("jangka waktu berlaku sejak %(hari)s: %(surat)s", hari=_day(source.ref), surat=paper)
    what, _, day = source.ref.partition(" ")
    day, _, unit = day.partition(" ")
    if what == "WEEK" and unit == channels.COUNTER:
        return Sentence("jam loket sejak %(hari)s: %(surat)s", hari=_day(day), surat=paper)
    if what == "WEEK":
        return Sentence("jam kerja sejak %(hari)s: %(surat)s", hari=_day(day), surat=paper)
    return Sentence("kalender %(hari)s: %(surat)s", hari=_day(day), surat=paper)


def _day(text: str) -> str:
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text


def _entry(source: Source, one: CaseClock, letters: Iterable[Any], catalogue: Catalogue) -> str:
    event = next((entry for entry in one.events if str(entry.seq) == source.ref), None)
    if event is None:
        return str(source.paper)
    what = ENTRIES[event.kind]
    cause = f" ({CAUSES.get(event.cause, event.cause)})" if event.cause else ""
    paper = source.paper or _letter(one, event, letters, catalogue)
    if paper:
        return Sentence("catatan jam nomor %(n)s, %(apa)s: %(surat)s", n=event.seq, apa=what + cause, surat=paper)
    return Sentence("catatan jam nomor %(n)s, %(apa)s", n=event.seq, apa=what + cause)


def _letter(one: CaseClock, event: ClockEvent, letters: Iterable[Any], catalogue: Catalogue) -> str:
    """The newest letter that was out when the entry was recorded and is of the kind that brings it about."""
    kinds = LETTERS.get(event.cause or (event.kind if one.kind == "L" else ""), ())
    out = [row for row in letters if row.kind in kinds and row.number and _out(row, event.recorded_at)]
    if not out or event.kind == "RESUME":
        return ""
    return Sentence("%(surat)s %(nomor)s", surat=catalogue.letters[out[-1].kind].title, nomor=out[-1].number)


def _out(row: Any, recorded_at: datetime) -> bool:
    return bool(row.issued_at <= recorded_at)
