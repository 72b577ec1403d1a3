"""The words of an explanation: dates, hours, fractions and causes as an Indonesian reader expects them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from engine.clocks.instants import instant
from engine.clocks.spans import Source, Span

DAYS = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
UNITS = {"hk": "hk", "minutes": "menit", "days": "hari", "months": "bulan"}
CAUSE_WORDS = {
    "FORCE_MAJEURE": "keadaan kahar",
    "MENUNGGU_PEMBAYARAN": "menunggu pembayaran",
    "MENUNGGU_PERBAIKAN": "menunggu perbaikan",
    "KETIDAKHADIRAN_PEMOHON": "pemohon tidak hadir",
    "PENUNDAAN_PERMINTAAN_PEMOHON": "ditunda atas permintaan pemohon",
    "PENANGGUHAN_BERKAS": "berkas ditangguhkan kantor",
    "STOPPED": "berkas ditutup lalu dibuka kembali",
}
REASON_WORDS = {
    "NOT_STARTED": "jam belum dimulai",
    "OPEN_PAUSE": "jeda belum diketahui akhirnya",
    "YEAR_NOT_OFFICIAL": "daftar hari libur tahun {year} belum ditetapkan",
    "OPEN_ROLL": "pernyataan kahar atas hari terakhir belum diketahui akhirnya",
}


def four_decimals(amount: Fraction) -> str:
    """`0,6667`: for the eye only, the exact fraction stands beside it."""
    whole, parts = divmod(round(amount * 10_000), 10_000)
    return f"{whole},{parts:04d}"


def date_words(at: datetime) -> str:
    """`Sen 03-08-2026`."""
    return f"{DAYS[at.weekday()]} {at:%d-%m-%Y}"


def moment_words(at: datetime | None) -> str:
    """`Sen 03-08-2026 10.00`; seconds only when there are any."""
    if at is None:
        return "belum diketahui"
    return f"{date_words(at)} {hour_words(at)}"


def hour_words(at: datetime) -> str:
    """`10.00`, or `10.00.30`."""
    return f"{at:%H.%M.%S}" if at.second else f"{at:%H.%M}"


def windows_words(windows: Sequence[tuple[datetime, datetime]]) -> str:
    """`10.00–12.00, 13.00–16.00`."""
    return ", ".join(f"{hour_words(opens)}–{hour_words(closes)}" for opens, closes in windows)


def papers(sources: Sequence[Source]) -> str:
    """The papers behind a line in brackets, or nothing."""
    named = dict.fromkeys(_paper(source) for source in sources)
    named.pop("", None)
    return f" ({'; '.join(named)})" if named else ""


def _paper(source: Source) -> str:
    if source.kind == "DECLARATION":
        return f"{source.ref} {source.paper}".strip()
    return source.paper


def stop_words(stops: Sequence[Span], withheld: str, overlap: bool) -> str:
    """What stood still, from when to when, and how much service time that was."""
    each = "; ".join(
        f"{CAUSE_WORDS[s.cause]}{papers(s.sources)} {moment_words(instant(s.begin))} s.d. "
        f"{moment_words(None if s.end is None else instant(s.end))}"
        for s in stops
    )
    once = "; tumpang tindih dihitung sekali" if overlap else ""
    return f"{each}{once}; {withheld} tidak dihitung"
