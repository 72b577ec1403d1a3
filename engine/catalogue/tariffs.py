"""The shape of a tariff: what each formula needs, so that a calculation cannot fail for want of a figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from engine.catalogue.values import TariffVersion
from engine.errors import Finding

INTEREST = "bunga_keterlambatan"
FIGURE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?", re.ASCII)
RATE = re.compile(r"[0-9]{1,4}/[1-9][0-9]{0,5}", re.ASCII)


def faults(tariff: TariffVersion) -> tuple[str, ...]:
    """Sentences about the content of a tariff, or of the late interest; () when it can be calculated with."""
    content: Any = tariff.content
    if not isinstance(content, Mapping):
        return ("Isi tarif harus berupa objek.",)
    if tariff.levy == INTEREST:
        return tuple(_interest(content))
    formula = content.get("formula")
    if not isinstance(formula, str) or formula not in SHAPES:
        return (
            Finding(
                "Rumus %(formula)s tidak dikenal; pilih salah satu: %(known)s",
                formula=str(formula)[:40],
                known=", ".join(sorted(SHAPES)),
            ),
        )
    return tuple(SHAPES[formula](content))


def is_amount(value: Any) -> bool:
    """Whole rupiah, not negative."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10**15


def is_figure(value: Any) -> bool:
    """An index or weight: a decimal kept as text ("0.45")."""
    return isinstance(value, str) and FIGURE.fullmatch(value) is not None


def _interest(content: Mapping[str, Any]) -> Iterator[str]:
    rate, most = content.get("rate_per_month"), content.get("most_months")
    if not (isinstance(rate, str) and RATE.fullmatch(rate)):
        yield "rate_per_month harus pecahan seperti 2/100."
    if most is not None and not (isinstance(most, int) and not isinstance(most, bool) and most > 0):
        yield "most_months harus bilangan bulat, atau null bila tanpa batas."


def _table(content: Mapping[str, Any], name: str, test: Callable[[Any], bool], figure: str) -> Iterator[str]:
    """A table of choices: code -> {nama, <figure>}."""
    rows = content.get(name)
    if not isinstance(rows, Mapping) or not rows:
        yield Finding("Tabel %(name)s belum diisi.", name=name)
        return
    for code, row in rows.items():
        if not isinstance(row, Mapping) or not isinstance(row.get("nama"), str) or not test(row.get(figure)):
            yield Finding(
                "Baris %(code)s pada tabel %(name)s harus punya nama dan %(figure)s yang benar.",
                code=str(code)[:40],
                name=name,
                figure=figure,
            )


def _building(content: Mapping[str, Any]) -> Iterator[str]:
    if not is_amount(content.get("harga_satuan")):
        yield "harga_satuan harus rupiah bulat."
    for name in ("kegiatan", "fungsi", "waktu"):
        yield from _table(content, name, is_figure, "indeks")
    yield from _table(content, "prasarana", is_amount, "harga")
    yield from _classes(content.get("klasifikasi"))
    charges = content.get("biaya_tetap", [])
    if not isinstance(charges, list) or not all(map(_is_charge, charges)):
        yield "biaya_tetap harus daftar berisi nama dan jumlah rupiah bulat."


def _is_charge(row: Any) -> bool:
    return isinstance(row, Mapping) and isinstance(row.get("nama"), str) and is_amount(row.get("jumlah"))


def _classes(groups: Any) -> Iterator[str]:
    """Each classification with its weight and classes; the weights make one."""
    if not isinstance(groups, Mapping) or not groups:
        yield "Tabel klasifikasi belum diisi."
        return
    for name, group in groups.items():
        if not isinstance(group, Mapping) or not is_figure(group.get("bobot")):
            yield Finding("Klasifikasi %(name)s harus punya bobot.", name=str(name)[:40])
            return
        yield from _table(group, "kelas", is_figure, "indeks")
    if sum(Fraction(group["bobot"]) for group in groups.values()) != 1:
        yield "Jumlah bobot klasifikasi harus satu."


def _per_class(content: Mapping[str, Any]) -> Iterator[str]:
    yield from _table(content, "kelas", is_amount, "harga")


def _by_area(content: Mapping[str, Any]) -> Iterator[str]:
    if not is_amount(content.get("tarif")):
        yield "tarif harus rupiah bulat."
    for name in ("lokasi", "gangguan"):
        yield from _table(content, name, is_figure, "indeks")


SHAPES: Mapping[str, Callable[[Mapping[str, Any]], Iterator[str]]] = {
    "bangunan": _building,
    "per_kendaraan": _per_class,
    "luas_indeks": _by_area,
    "tetap": _per_class,
}
