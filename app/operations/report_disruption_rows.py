"""Keadaan kahar and failures of central systems as a report writes them, in Indonesian: cells and lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from itertools import islice
from typing import Any, TypeAlias

from app.clock import WIB
from app.operations.clock_views import decimal, grouped
from app.operations.force_majeure_effects import EFFECTS
from app.operations.force_majeure_law import EVENT_KINDS
from app.operations.report_told import Contents
from engine.reporting import Declared, Failure, Standing, Whole, account

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
RESCUED = "Berkas diselamatkan"
POINTER = "Angka dihitung pada"
HERE, THERE = "lihat koreksi", "lihat laporan periode itu dan koreksinya"

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
    RESCUED,
    POINTER,
    *COUNTED,
)
BEFORE_FIGURES = frozenset(DECLARED_HEAD[1 : -len(COUNTED)])
RESCUED_HEAD = (
    "Kode",
    "Nomor SK",
    "Nomor berkas",
    "Jenis izin",
    "Dicatat terlambat",
    "Diselamatkan",
    "Pengusul",
    "Penetap",
    "Ikut mengerjakan berkas",
)
RESCUED_KEYS = ("kode", "sk", "nomor", "izin", "terlambat", "diselamatkan", "pengusul", "penetap", "ikut")
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
    if told.disruptions is None:
        return
    known = account(told.disruptions, told.sums)
    assert known.whole is not None  # of a report that tells of disruptions
    for one in told.disruptions.declared:
        standing = known.standings[one.code]
        yield one.code, {**said(one), **_besides(told, one), **counted(standing, known.whole)}


def said(one: Declared) -> dict[str, tuple[Cell, str]]:
    """What a declaration says of itself."""
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


def _besides(told: Contents, one: Declared) -> dict[str, tuple[Cell, str]]:
    """The files it made timely, and of one that lies outside of the period where its figures stand."""
    return {RESCUED: (rescued_count(one), "berkas"), POINTER: (pointer(told, one), "")}


def rescued_count(one: Declared) -> int | None:
    """Files; None of what was frozen before reports told of them."""
    return None if one.rescued is None else len({each.case for each in one.rescued})


def pointer(told: Contents, one: Declared) -> str:
    """ "dihitung pada Agustus 2026, lihat koreksi": no figures are left empty without saying where they stand."""
    words = ((period.label, HERE if here else THERE) for period, here in told.elsewhere(one))
    return "; ".join(f"dihitung pada {label}, {where}" for label, where in words)


def counted(one: Standing, whole: Whole) -> dict[str, tuple[Cell, str]]:
    """What a declaration did in a period; nothing stands where it lies outside and was only decided upon."""
    return {
        "Berkas dihentikan": (one.cases, "berkas"),
        "Waktu dihentikan": (one.hk, "hari kerja"),
        **_shares(whole, one.of.minutes),
    }


def _shares(whole: Whole, part: Fraction | None) -> dict[str, tuple[Cell, str]]:
    exact = portion(part, whole.service)
    return {SHARE: (hundredths(whole.share(part)), "%"), f"{SHARE}, persis": (exact, "")}


def together(told: Contents) -> dict[str, tuple[Cell, str]]:
    """All declarations of the period at once; nothing when there is none."""
    if told.disruptions is None or not told.disruptions.declared:
        return {}
    whole = account(told.disruptions, told.sums).whole
    assert whole is not None  # of a report that tells of disruptions
    return all_of(whole)


def all_of(whole: Whole) -> dict[str, tuple[Cell, str]]:
    """What all declarations of a period did, overlaps counted once."""
    return {
        "Berkas dihentikan": (whole.cases, "berkas"),
        "Waktu dihentikan": (whole.hk, "hari kerja"),
        **_shares(whole, whole.suspended),
    }


def failure_cells(told: Contents) -> Iterator[tuple[str, dict[str, tuple[Cell, str]]]]:
    """The same of each failure of a central system."""
    for one in told.disruptions.failures if told.disruptions else ():
        yield one.code, failure(one, told.met(one.code))


def failure(one: Failure, under_way: int | None) -> dict[str, tuple[Cell, str]]:
    return {
        "Sistem": (one.system, ""),
        "Sebab atau gejala": (one.cause, ""),
        "Sejak": (instant(one.since), ""),
        "Sampai": (instant(one.until), ""),
        "Jam layanan terganggu": (one.minutes / 60, "jam layanan"),
        "Berkas yang sedang dilayani": (under_way, "berkas"),
    }


def rescued_rows(told: Contents) -> Iterator[tuple[str, ...]]:
    """Every file that a declaration made timely within the period, in the order of `RESCUED_HEAD`."""
    for code, one in told.disruptions.rescued if told.disruptions else ():
        times = instant(one.late_at), instant(one.timely_at)
        people = one.proposer, one.establisher, ", ".join(one.handled)
        yield code, one.decree, one.number, told.permit(one.permit), *times, *people


def tells_rescued(told: Contents) -> bool:
    """Whether the report was frozen when reports told which files were made timely."""
    return told.disruptions is not None and all(one.rescued is not None for one in told.disruptions.declared)


def printed(told: Contents, most: int) -> dict[str, Any]:
    """What the paper of a report prints: `kahar`, `kahar_bersama`, `gangguan`, `diselamatkan`; "" for what nobody has.

    `most`: so many of the rescued files at most.  `dimuat` False: the report was frozen before reports told
    of them, and says nothing of either.
    """
    return {
        "gangguan_dimuat": told.disruptions is not None,
        "kahar": [{"kode": code, "baris": lines(_printed(cells))} for code, cells in declared_cells(told)],
        "kahar_bersama": lines(together(told)),
        "gangguan": [{"kode": code, "baris": lines(cells)} for code, cells in failure_cells(told)],
        "diselamatkan_dimuat": tells_rescued(told),
        "diselamatkan": [dict(zip(RESCUED_KEYS, row, strict=True)) for row in islice(rescued_rows(told), most)],
        "diselamatkan_semua": len(told.disruptions.rescued) if told.disruptions else 0,
    }


def _printed(cells: Mapping[str, tuple[Cell, str]]) -> dict[str, tuple[Cell, str]]:
    """Where the figures stand elsewhere that is printed in place of empty ones."""
    absent = {RESCUED, POINTER} | (set(cells) - BEFORE_FIGURES if cells[POINTER][0] else set())
    return {name: cell for name, cell in cells.items() if cell[0] not in (None, "") or name not in absent}


def lines(cells: Mapping[str, tuple[Cell, str]]) -> list[dict[str, str]]:
    return [{"nama": name, "nilai": shown(value, unit)} for name, (value, unit) in cells.items()]


def shown(value: Cell, unit: str) -> str:
    """A cell as it is printed: "4 hari kerja", "4,8%", "" for what nobody has."""
    if value is None or isinstance(value, str):
        return value or ""
    number = decimal(Fraction(value))
    return f"{number}%" if unit == "%" else f"{number} {unit}"
