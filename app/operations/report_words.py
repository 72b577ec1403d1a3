"""The words of a report's figures, and how a figure is written."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from app.operations.clock_views import CAUSES, amount, decimal, grouped, spoken
from engine.catalogue import Catalogue
from engine.clocks import FORCE_MAJEURE
from engine.errors import Sentence
from engine.reporting import FIGURES, Overdue, Value

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


def why(late: Overdue) -> tuple[str, ...]:
    """Why it was: what officials said, where the file lay, what it waited for; translatable word by word."""
    return (*late.said, *late.steps, *(CAUSES.get(one, one) for one in late.paused))


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
