"""Levies by formula: every input, index and line is kept, only the final line of each item is rounded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from engine.catalogue import TariffVersion
from engine.errors import Sentence
from engine.levy.figures import exact, given, rounded, rupiah, shown, whole
from engine.levy.words import in_words


@dataclass(frozen=True)
class Line:
    """One item of the assessment: what, by which printed formula, how many rupiah."""

    label: str
    formula: str
    amount: int


@dataclass(frozen=True)
class Calculation:
    """`total` in whole rupiah is the sum of the lines; `parameter`: the inputs and indices it came from, in words."""

    lines: tuple[Line, ...]
    total: int
    words: str
    version: str
    basis: str
    parameters: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "baris": [{"uraian": one.label, "rumus": one.formula, "jumlah": one.amount} for one in self.lines],
            "parameter": [{"nama": name, "nilai": value} for name, value in self.parameters],
            "total": self.total,
            "terbilang": self.words,
            "versi_tarif": self.version,
            "dasar": self.basis,
        }


@dataclass(frozen=True)
class _Sheet:
    """A calculation being made: the tariff's content, the inputs, and what was looked up on the way."""

    content: Mapping[str, Any]
    inputs: Mapping[str, Any]
    parameters: list[tuple[str, str]]

    def chosen(self, table: str, name: str, called: str) -> Mapping[str, Any]:
        """The row of a table an input chooses; its name and index are kept."""
        row = _row(self.content, table, given(self.inputs, name, called), called)
        index = f" ({shown(Fraction(row['indeks']))})" if "indeks" in row else ""
        self.parameters.append((called, f"{row['nama']}{index}"))
        return row

    def size(self, name: str, called: str, unit: str) -> Fraction:
        found = exact(given(self.inputs, name, called), called)
        self.parameters.append((called, f"{shown(found)} {unit}"))
        return found


def _row(content: Mapping[str, Any], table: str, key: Any, called: str) -> Mapping[str, Any]:
    found = content[table].get(key) if isinstance(key, str) else None
    if found is None:
        pattern = "%(called)s: pilihan %(typed)s tidak ada dalam tarif."
        raise ValueError(Sentence(pattern, called=called, typed=str(key)[:40]))
    return dict(found)


def _rows(inputs: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = inputs.get(name) or []
    if not isinstance(rows, (list, tuple)) or not all(isinstance(one, Mapping) for one in rows):
        raise ValueError(Sentence("Daftar %(typed)s tidak dapat dibaca.", typed=name))
    return list(rows)


def calculate(tariff: TariffVersion, inputs: Mapping[str, Any]) -> Calculation:
    """The levy in whole rupiah for the inputs of its form (`hitung_<levy>`).

    Raises ValueError with a sentence when an input is missing, is no number,
    or is not in the tariff.  A reduction (`keringanan_persen`, with the number
    of its decision) becomes a last, negative line.
    """
    sheet = _Sheet(tariff.content, inputs, [])
    lines = FORMULAS[str(tariff.content["formula"])](sheet)
    lines += _reduction(inputs, sum(one.amount for one in lines))
    total = sum(one.amount for one in lines)
    return Calculation(tuple(lines), total, in_words(total), tariff.version, tariff.basis, tuple(sheet.parameters))


def _reduction(inputs: Mapping[str, Any], full: int) -> list[Line]:
    """Relief needs an official decision (domain 4.1); nobody is relieved of more than the whole."""
    percent = exact(inputs.get("keringanan_persen") or 0, "Keringanan")
    if percent == 0:
        return []
    if percent > 100:
        raise ValueError(Sentence("Keringanan paling besar 100%%."))
    decision = str(given(inputs, "keringanan_keputusan", "Nomor keputusan keringanan"))
    amount = rounded(full * percent / 100)
    return [Line(f"Keringanan menurut keputusan {decision[:60]}", f"{shown(percent)}% × {rupiah(full)}", -amount)]


def _building(sheet: _Sheet) -> list[Line]:
    """L x It x Tk x HSbg for the building, V x I x Tk x HSpbg for each facility, fixed charges (domain 4.1)."""
    work = sheet.chosen("kegiatan", "kegiatan", "Kegiatan")
    area, index = sheet.size("luas", "Luas lantai", "m²"), _integrated(sheet)
    factor, price = Fraction(work["indeks"]), int(sheet.content["harga_satuan"])
    formula = f"{shown(area)} m² × {shown(index)} × {shown(factor)} × {rupiah(price)}"
    lines = [Line(f"Bangunan, {work['nama']}", formula, rounded(area * index * factor * price))]
    lines += [_facility(sheet.content, row, factor) for row in _rows(sheet.inputs, "prasarana")]
    charges = sheet.content.get("biaya_tetap", ())
    return lines + [Line(one["nama"], rupiah(int(one["jumlah"])), int(one["jumlah"])) for one in charges]


def _integrated(sheet: _Sheet) -> Fraction:
    """The integrated index: function x sum(weight x class) x duration."""
    use = Fraction(sheet.chosen("fungsi", "fungsi", "Fungsi")["indeks"])
    total = sum((_weighed(sheet, name, group) for name, group in sheet.content["klasifikasi"].items()), Fraction(0))
    index = use * total * Fraction(sheet.chosen("waktu", "waktu", "Waktu penggunaan")["indeks"])
    sheet.parameters.append(("Indeks terintegrasi", shown(index)))
    return index


def _weighed(sheet: _Sheet, name: str, group: Mapping[str, Any]) -> Fraction:
    called = str(group.get("nama", name)).capitalize()
    row = _row(group, "kelas", given(sheet.inputs, name, called), called)
    weight, index = Fraction(group["bobot"]), Fraction(row["indeks"])
    sheet.parameters.append((called, f"{row['nama']} ({shown(weight)} × {shown(index)})"))
    return weight * index


def _facility(content: Mapping[str, Any], row: Mapping[str, Any], factor: Fraction) -> Line:
    kind = _row(content, "prasarana", given(row, "jenis", "Jenis prasarana"), "Jenis prasarana")
    size, price = exact(given(row, "volume", "Ukuran prasarana"), "Ukuran prasarana"), int(kind["harga"])
    index = Fraction(kind.get("indeks", "1")) * factor
    formula = f"{shown(size)} {kind.get('satuan', 'unit')} × {shown(index)} × {rupiah(price)}"
    return Line(str(kind["nama"]), formula, rounded(size * index * price))


def _per_vehicle(sheet: _Sheet) -> list[Line]:
    """A fixed amount for each vehicle and year of the period, by class."""
    years = whole(given(sheet.inputs, "tahun", "Masa"), "Masa")
    sheet.parameters.append(("Masa", f"{years} tahun"))
    lines = [_vehicle(sheet.content, row, years) for row in _rows(sheet.inputs, "kendaraan")]
    if not lines:
        raise ValueError(Sentence("Belum ada kendaraan yang dihitung."))
    return lines


def _vehicle(content: Mapping[str, Any], row: Mapping[str, Any], years: int) -> Line:
    kind = _row(content, "kelas", given(row, "kelas", "Kelas kendaraan"), "Kelas kendaraan")
    price = int(kind["harga"])
    label = f"{kind['nama']} {row.get('nomor') or ''}".strip()
    return Line(label, f"{years} tahun × {rupiah(price)}", years * price)


def _by_area(sheet: _Sheet) -> list[Line]:
    """Area x location index x disturbance index x tariff (izin gangguan)."""
    area = sheet.size("luas", "Luas ruang tempat usaha", "m²")
    place = Fraction(sheet.chosen("lokasi", "lokasi", "Lokasi")["indeks"])
    nuisance = Fraction(sheet.chosen("gangguan", "gangguan", "Gangguan")["indeks"])
    price = int(sheet.content["tarif"])
    formula = f"{shown(area)} m² × {shown(place)} × {shown(nuisance)} × {rupiah(price)}"
    return [Line("Ruang tempat usaha", formula, rounded(area * place * nuisance * price))]


def _fixed(sheet: _Sheet) -> list[Line]:
    """Price per unit times how many."""
    kind = sheet.chosen("kelas", "kelas", "Kelas")
    count, price = whole(given(sheet.inputs, "jumlah", "Jumlah"), "Jumlah"), int(kind["harga"])
    return [Line(str(kind["nama"]), f"{count} × {rupiah(price)}", count * price)]


FORMULAS: Mapping[str, Callable[[_Sheet], list[Line]]] = {
    "bangunan": _building,
    "per_kendaraan": _per_vehicle,
    "luas_indeks": _by_area,
    "tetap": _fixed,
}
