"""Levies by formula: every input, index and line is kept, only the final line of each item is rounded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from engine.catalogue import TariffVersion
from engine.levy.words import in_words


@dataclass(frozen=True)
class Line:
    """One item of the assessment: what, by which printed formula, how many rupiah."""

    label: str
    formula: str
    amount: int


@dataclass(frozen=True)
class Calculation:
    lines: tuple[Line, ...]
    total: int
    words: str
    version: str
    basis: str

    def as_json(self) -> dict[str, Any]:
        return {
            "baris": [{"uraian": one.label, "rumus": one.formula, "jumlah": one.amount} for one in self.lines],
            "total": self.total,
            "terbilang": self.words,
            "versi_tarif": self.version,
            "dasar": self.basis,
        }


def calculate(tariff: TariffVersion, inputs: Mapping[str, Any]) -> Calculation:
    """The levy for the inputs of its form; raises ValueError with a sentence when an input is not in the tariff."""
    formula = FORMULAS[str(tariff.content["formula"])]
    lines = tuple(formula(tariff.content, inputs))
    total = sum(one.amount for one in lines)
    return Calculation(lines, total, in_words(total), tariff.version, tariff.basis)


def rounded(amount: Fraction) -> int:
    """To whole rupiah, half up."""
    return int(amount + Fraction(1, 2)) if amount >= 0 else -int(-amount + Fraction(1, 2))


def exact(value: Any) -> Fraction:
    return Fraction(str(value if value is not None else 0))


def shown(value: Fraction, places: int = 4) -> str:
    """A finite decimal as Indonesians write it, else a fraction."""
    scaled = value * 10**places
    if scaled.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    whole, part = divmod(abs(scaled.numerator), 10**places)
    text = f"{whole:,}".replace(",", ".")
    decimals = f"{part:0{places}}".rstrip("0")
    return ("-" if value < 0 else "") + (f"{text},{decimals}" if decimals else text)


def rupiah(amount: int) -> str:
    return "Rp" + f"{amount:,}".replace(",", ".")


def _choice(content: Mapping[str, Any], table: str, key: Any) -> Mapping[str, Any]:
    found = content[table].get(str(key))
    if found is None:
        raise ValueError(f"Pilihan {key} tidak ada dalam tarif ({table}).")
    return dict(found)


def _building(content: Mapping[str, Any], inputs: Mapping[str, Any]) -> list[Line]:
    """L x It x Tk x HSbg for the building, V x I x Tk x HSpbg for each facility, fixed charges (domain 4.1)."""
    work = _choice(content, "kegiatan", inputs["kegiatan"])
    area, index = exact(inputs["luas"]), _integrated(content, inputs)
    factor, price = exact(work["indeks"]), int(content["harga_satuan"])
    amount = rounded(area * index * factor * price)
    formula = f"{shown(area)} m² × {shown(index)} × {shown(factor)} × {rupiah(price)}"
    lines = [Line(f"Bangunan, {work['nama']}", formula, amount)]
    for row in inputs.get("prasarana") or ():
        lines.append(_facility(content, row, factor))
    lines += [
        Line(one["nama"], rupiah(int(one["jumlah"])), int(one["jumlah"])) for one in content.get("biaya_tetap", ())
    ]
    return lines


def _integrated(content: Mapping[str, Any], inputs: Mapping[str, Any]) -> Fraction:
    """The integrated index: given by the calculator, or function x sum(weight x class) x duration."""
    if inputs.get("indeks_terintegrasi"):
        return exact(inputs["indeks_terintegrasi"])
    use = exact(_choice(content, "fungsi", inputs["fungsi"])["indeks"])
    total = sum(
        (exact(group["bobot"]) * exact(_choice(group, "kelas", inputs[name])["indeks"]))
        for name, group in content["klasifikasi"].items()
    )
    return use * total * exact(_choice(content, "waktu", inputs["waktu"])["indeks"])


def _facility(content: Mapping[str, Any], row: Mapping[str, Any], factor: Fraction) -> Line:
    kind = _choice(content, "prasarana", row["jenis"])
    size, price = exact(row["volume"]), int(kind["harga"])
    index = exact(kind.get("indeks", 1))
    amount = rounded(size * index * factor * price)
    formula = f"{shown(size)} {kind['satuan']} × {shown(index * factor)} × {rupiah(price)}"
    return Line(str(kind["nama"]), formula, amount)


def _per_vehicle(content: Mapping[str, Any], inputs: Mapping[str, Any]) -> list[Line]:
    """A fixed amount for each vehicle and year of the period, by class."""
    lines = []
    for row in inputs.get("kendaraan") or ():
        kind = _choice(content, "kelas", row["kelas"])
        years, price = int(inputs.get("tahun") or 1), int(kind["harga"])
        lines.append(
            Line(f"{kind['nama']} {row.get('nomor', '')}".strip(), f"{years} tahun × {rupiah(price)}", years * price)
        )
    if not lines:
        raise ValueError("Belum ada kendaraan yang dihitung.")
    return lines


def _by_area(content: Mapping[str, Any], inputs: Mapping[str, Any]) -> list[Line]:
    """Area x location index x disturbance index x tariff (izin gangguan)."""
    place = _choice(content, "lokasi", inputs["lokasi"])
    nuisance = _choice(content, "gangguan", inputs["gangguan"])
    area, price = exact(inputs["luas"]), int(content["tarif"])
    factor = exact(place["indeks"]) * exact(nuisance["indeks"])
    formula = f"{shown(area)} m² × {place['indeks']} × {nuisance['indeks']} × {rupiah(price)}"
    return [Line("Ruang tempat usaha", formula, rounded(area * factor * price))]


def _fixed(content: Mapping[str, Any], inputs: Mapping[str, Any]) -> list[Line]:
    """Price per unit times how many."""
    kind = _choice(content, "kelas", inputs["kelas"])
    count, price = int(inputs.get("jumlah") or 1), int(kind["harga"])
    return [Line(str(kind["nama"]), f"{count} × {rupiah(price)}", count * price)]


FORMULAS: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], list[Line]]] = {
    "bangunan": _building,
    "per_kendaraan": _per_vehicle,
    "luas_indeks": _by_area,
    "tetap": _fixed,
}
