"""Keadaan kahar and failures of central systems as a report writes them, in Indonesian: cells, lines, plain JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any, TypeAlias

from app.clock import WIB
from app.operations.clock_views import decimal, grouped
from app.operations.force_majeure_effects import EFFECTS
from app.operations.force_majeure_law import EVENT_KINDS
from app.operations.report_told import Contents
from engine.reporting import ALL, Declared, Failure, disruptions_as_json, met, touched

Cell: TypeAlias = str | int | Fraction | None
ACTS: Mapping[str, str] = {
    "DECLARE": "ditetapkan",
    "AMEND": "dikoreksi",
    "EXTEND": "diperpanjang",
    "RECOVER": "pulih",
    "REVOKE": "dibatalkan",
}
WHOLE = "seluruh pelayanan"
LASTING = "belum pulih"
SHARE = "Bagian waktu layanan periode"
DECLARED = "Keadaan kahar"
FAILED = "Gangguan sistem pusat"
TOGETHER = "Semua keadaan kahar, tumpang tindih dihitung sekali"

# Columns of a table: what the cells are called, with their units.
COUNTED = ("Berkas dihentikan", "Hari kerja dihentikan", f"{SHARE} (%)", f"{SHARE}, persis")
DECLARED_HEAD = (
    "Kode",
    "Nomor SK",
    "Tanggal SK",
    "Jenis peristiwa",
    "Uraian",
    "Akibat",
    "Cakupan",
    "Sejak",
    "Sampai",
    "Pengusul",
    "Penetap",
    "Keadaan",
    "Keputusan sesudahnya",
    "Berita Acara Pemulihan",
    *COUNTED,
)
FAILURE_HEAD = (
    "Kode",
    "Sistem",
    "Sebab atau gejala",
    "Sejak",
    "Sampai",
    "Jam layanan terganggu",
    "Berkas yang sedang dilayani",
)


def instant(at: datetime | None) -> str:
    """14/08/2026 09.30, in WIB; "belum pulih" for what has no end."""
    return f"{at.astimezone(WIB):%d/%m/%Y %H.%M}" if at else LASTING


def scope(one: Declared) -> str:
    return "; ".join(f"{label}: {', '.join(names)}" for label, names in one.scope) or WHOLE


def later(one: Declared) -> str:
    """What was established since: "dikoreksi 045/… (14/08/2026); pulih 046/… (15/08/2026)"."""
    return "; ".join(f"{ACTS[each.act]} {each.number} ({each.day:%d/%m/%Y})" for each in one.papers[1:])


def portion(part: Fraction | None, whole: Fraction) -> str:
    """A share of the service time, exactly: "450 dari 9.450 menit layanan (1/21)"; "" for what nobody has."""
    if part is None or not whole:
        return ""
    return f"{minutes(part)} dari {minutes(whole)} menit layanan ({part / whole})"


def minutes(value: Fraction) -> str:
    """Whole minutes as they are; others as whole and fraction: "450 1/3"."""
    whole, rest = divmod(value, 1)
    return grouped(int(whole)) + (f" {rest}" if rest else "")


def hundredths(part: Fraction | None) -> Fraction | None:
    return None if part is None else part * 100


def percent(part: Fraction | None) -> str:
    return "" if part is None else f"{decimal(part * 100, 1)}%"


def declared_cells(told: Contents) -> Iterator[tuple[str, dict[str, tuple[Cell, str]]]]:
    """Each declaration's code and its cells: name -> value and unit, "" where it has none."""
    for one in told.disruptions.declared if told.disruptions else ():
        yield one.code, {**_said(one), **_counted(told, one)}


def _said(one: Declared) -> dict[str, tuple[Cell, str]]:
    recovered = one.recovered
    found = {
        "Nomor SK": one.paper.number,
        "Tanggal SK": f"{one.paper.day:%d/%m/%Y}",
        "Jenis peristiwa": EVENT_KINDS.get(one.event_kind, one.event_kind),
        "Uraian": one.event,
        "Akibat": EFFECTS.get(one.effect, one.effect),
        "Cakupan": scope(one),
        "Sejak": instant(one.since),
        "Sampai": instant(one.until),
        "Pengusul": one.proposer,
        "Penetap": one.establisher,
        "Keadaan": one.state,
        "Keputusan sesudahnya": later(one),
        "Berita Acara Pemulihan": f"{recovered.number} ({recovered.day:%d/%m/%Y})" if recovered else "",
    }
    return {name: (value, "") for name, value in found.items()}


def _counted(told: Contents, one: Declared) -> dict[str, tuple[Cell, str]]:
    """What it did in the period; nothing stands where it lies outside and was only decided upon."""
    assert told.disruptions is not None
    lies = one.minutes is not None
    found = touched(told.facts, one.code)
    return {
        "Berkas dihentikan": (found.cases if lies else None, "berkas"),
        "Waktu dihentikan": (found.hk if lies else None, "hari kerja"),
        SHARE: (hundredths(told.disruptions.share(one.minutes)), "%"),
        f"{SHARE}, persis": (portion(one.minutes, told.disruptions.service), ""),
    }


def together(told: Contents) -> dict[str, tuple[Cell, str]]:
    """All declarations of the period at once; nothing when there is none."""
    if told.disruptions is None or not told.disruptions.declared:
        return {}
    found, whole = touched(told.facts, ALL), told.disruptions
    return {
        "Berkas dihentikan": (found.cases, "berkas"),
        "Waktu dihentikan": (found.hk, "hari kerja"),
        SHARE: (hundredths(whole.share(whole.suspended)), "%"),
        f"{SHARE}, persis": (portion(whole.suspended, whole.service), ""),
    }


def failure_cells(told: Contents) -> Iterator[tuple[str, dict[str, tuple[Cell, str]]]]:
    """The same of each failure of a central system."""
    for one in told.disruptions.failures if told.disruptions else ():
        yield one.code, _failure(told, one)


def _failure(told: Contents, one: Failure) -> dict[str, tuple[Cell, str]]:
    return {
        "Sistem": (one.system, ""),
        "Sebab atau gejala": (one.cause, ""),
        "Sejak": (instant(one.since), ""),
        "Sampai": (instant(one.until), ""),
        "Jam layanan terganggu": (one.minutes / 60, "jam layanan"),
        "Berkas yang sedang dilayani": (met(told.facts, one.code), "berkas"),
    }


def printed(told: Contents) -> dict[str, Any]:
    """What the paper of a report prints: `kahar`, `kahar_bersama`, `gangguan`; "" for what nobody has.

    `dimuat` False: the report was frozen before reports told of them, and says nothing of either.
    """
    return {
        "gangguan_dimuat": told.disruptions is not None,
        "kahar": [{"kode": code, "baris": _lines(cells)} for code, cells in declared_cells(told)],
        "kahar_bersama": _lines(together(told)),
        "gangguan": [{"kode": code, "baris": _lines(cells)} for code, cells in failure_cells(told)],
    }


def _lines(cells: Mapping[str, tuple[Cell, str]]) -> list[dict[str, str]]:
    return [{"nama": name, "nilai": _shown(value, unit)} for name, (value, unit) in cells.items()]


def _shown(value: Cell, unit: str) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    number = decimal(Fraction(value))
    return f"{number}%" if unit == "%" else f"{number} {unit}"


def as_json(told: Contents) -> dict[str, Any] | None:
    """Plain JSON with the counts beside what was frozen; None of a report that was frozen before reports told of it."""
    if told.disruptions is None:
        return None
    found = disruptions_as_json(told.disruptions)
    for one, row in zip(told.disruptions.declared, found["declared"], strict=True):
        counts, share = touched(told.facts, one.code), told.disruptions.share(one.minutes)
        row |= {
            "cases": counts.cases if one.minutes is not None else None,
            "share": None if share is None else str(share),
        }
        row["hk"] = str(counts.hk) if one.minutes is not None else None
    for failure, row in zip(told.disruptions.failures, found["failures"], strict=True):
        row["cases"] = met(told.facts, failure.code)
    everything, share = touched(told.facts), told.disruptions.share(told.disruptions.suspended)
    found["together"] = {
        "cases": everything.cases,
        "hk": str(everything.hk),
        "share": None if share is None else str(share),
    }
    return found
