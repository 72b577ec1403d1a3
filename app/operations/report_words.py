"""The words of a report's figures, and how a figure is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from app.operations.clock_views import CAUSES, amount, decimal, grouped, spoken
from engine.catalogue import Catalogue
from engine.clocks import FORCE_MAJEURE
from engine.errors import Sentence
from engine.reporting import FIGURES, CaseFacts, Finished, Overdue, Stay, Value

GROUPS: Mapping[str, str] = {
    "berkas": "Berkas",
    "retribusi": "Retribusi",
    "waktu": "Ketepatan waktu",
    "jeda": "Waktu yang ditangguhkan menurut sebab",
    "kahar": "Pengaruh keadaan kahar",
}
NAMES: Mapping[str, str] = {
    "terdaftar": "Terdaftar",
    "terbit": "Izin terbit",
    "ditolak": "Ditolak",
    "dicabut": "Dicabut pemohon",
    "ditutup": "Ditutup karena lewat waktu",
    "dikembalikan": "Dikembalikan karena belum lengkap",
    "perbaikan": "Diminta diperbaiki",
    "tinjauan": "Tinjauan lapangan",
    "belum_diambil": "Terbit, belum diambil",
    "ditetapkan": "Retribusi ditetapkan",
    "dibayar": "Retribusi dibayar",
    "uang_kembali": "Retribusi dikembalikan",
    "selesai": "Selesai dilayani",
    "tepat": "Tepat waktu (bersih)",
    "persen_tepat": "Persentase tepat waktu (bersih)",
    "median_bersih": "Median lama layanan (bersih)",
    "p90_bersih": "Persentil 90 lama layanan (bersih)",
    "tepat_kotor": "Tepat waktu (kotor)",
    "persen_tepat_kotor": "Persentase tepat waktu (kotor)",
    "median_kotor": "Median lama layanan (kotor)",
    "p90_kotor": "Persentil 90 lama layanan (kotor)",
    "terlambat_selesai": "Selesai terlambat",
    "terlambat_berjalan": "Terlambat pada akhir periode",
    **{f"jeda_{cause}": f"Jeda: {word}" for cause, word in CAUSES.items() if cause != FORCE_MAJEURE},
    "kahar_berkas": "Berkas selesai yang waktunya terkena kahar",
    "kahar_hk": "Waktu yang tidak dihitung karena kahar",
    "kahar_tepat": "Tepat waktu hanya karena kahar",
}
HOW = {
    "srikandi": "Aplikasi SRIKANDI",
    "diantar": "Diantar dengan buku ekspedisi",
    "pos": "Pos tercatat",
    "surel": "Surel resmi",
}
NOTHING = "–"
STAYED = "%(langkah)s %(lama)s (standar %(standar)s)"
STAYED_AGAIN = "%(langkah)s %(lama)s (%(kali)s kali, standar tiap kali %(standar)s)"
UNCOUNTED = "%(sebab)s %(lama)s (tidak dihitung)"
UNTOLD = "tidak dirinci ketika laporan ini dibekukan"


def shown(code: str, value: Value) -> str:
    """A figure as it is written: 1.234, Rp187.625, 2,5 hk, 87,5%, 12 jam 5 menit; what cannot be measured is a dash."""
    if value is None:
        return NOTHING
    return added(code, value) if FIGURES[code].how != "share" else f"{decimal(Fraction(value) * 100, 1)}%"


def added(code: str, value: int | Fraction) -> str:
    """What one file adds to a figure, in the same way."""
    measure = FIGURES[code].measure
    if measure == "rupiah":
        return ("-Rp" if value < 0 else "Rp") + grouped(abs(int(value)))
    if measure == "hk":
        return f"{decimal(Fraction(value))} hk"
    return spoken(int(value)) if measure == "menit" else grouped(int(value))


def over(late: Overdue) -> str:
    """By how much a promise was broken."""
    return f"lewat {amount(late.over, late.unit)}" if late.unit != "hk" else f"lewat {decimal(late.over)} hk"


def why(facts: CaseFacts) -> tuple[str, ...]:
    """Why its promise was broken, translatable word by word: what officials said, where it lies, where its time went,
    and what it waited for; of a file that is through the latter with how long, none of which was counted."""
    late = facts.overdue
    if late is None:
        return ()
    told = {one.step for one in late.stays}
    lying = (step for step in late.steps if step not in told)
    found = (*late.said, *lying, *map(_stayed, late.stays), *map(_waits, late.paused), *_waited(facts.finished))
    return found or (UNTOLD,)


def _stayed(one: Stay) -> Sentence:
    """ "Verifikasi keabsahan 2,5 hari kerja (standar 4 jam)"; `times`: each time it was open has its standard."""
    lasted = _lasted(one.minutes, one.hk)
    if not one.standard:
        return Sentence("%(langkah)s %(lama)s", langkah=one.step, lama=lasted)
    if one.times == 1:
        return Sentence(STAYED, langkah=one.step, lama=lasted, standar=one.standard)
    return Sentence(STAYED_AGAIN, langkah=one.step, lama=lasted, kali=one.times, standar=one.standard)


def _lasted(minutes: Fraction, hk: Fraction) -> str:
    """Less than a working day in hours."""
    return f"{decimal(hk)} hari kerja" if hk >= 1 else spoken(int(minutes))


def _waits(cause: str) -> str:
    return CAUSES.get(cause, cause)


def _waited(done: Finished | None) -> Iterator[Sentence]:
    if done is None:
        return
    for cause, minutes in done.pauses.items():
        yield Sentence(UNCOUNTED, sebab=_waits(cause), lama=spoken(int(minutes)))
    if done.kahar:
        yield Sentence(UNCOUNTED, sebab=_waits(FORCE_MAJEURE), lama=f"{decimal(done.kahar)} hari kerja")


def reason(catalogue: Catalogue, code: str) -> Sentence:
    """ "ktp:tidak_terbaca" -> "Kartu Tanda Penduduk: tidak terbaca"."""
    requirement, _colon, word = code.partition(":")
    known = catalogue.requirements.get(requirement)
    return Sentence("%(syarat)s: %(hasil)s", syarat=known.name if known else requirement, hasil=word.replace("_", " "))


def value_of(told: Any) -> Value:
    """A figure as it stands in a frozen report."""
    return Fraction(told) if isinstance(told, str) else told


def hundredth(part: int, whole: int) -> Fraction:
    """A share in per cent."""
    return Fraction(part * 100, whole)
