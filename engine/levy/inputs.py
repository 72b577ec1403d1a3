"""What each formula of a levy reads of its form (`hitung_<levy>`), beside `engine.levy.calculation`, which reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.needed import CHOICE, GROUP, NUMBER, TEXT, WHOLE, Needed, may, must

REDUCTION = (*may(NUMBER, "keringanan_persen"), *may(TEXT, "keringanan_keputusan"))  # of `hitung_retribusi`
FORMULAS: Mapping[str, tuple[Needed, ...]] = {
    "bangunan": (
        *must(CHOICE, "kegiatan", "fungsi", "waktu"), *must(NUMBER, "luas"), *may(GROUP, "prasarana"),
        *must(CHOICE, "jenis", inside="prasarana"), *must(NUMBER, "volume", inside="prasarana"),
    ),
    "per_kendaraan": (
        *must(WHOLE, "tahun"), *must(GROUP, "kendaraan"), *must(CHOICE, "kelas", inside="kendaraan"),
        *may(TEXT, "nomor", inside="kendaraan"),
    ),
    "luas_indeks": (*must(NUMBER, "luas"), *must(CHOICE, "lokasi", "gangguan")),
    "tetap": (*must(CHOICE, "kelas"), *must(WHOLE, "jumlah")),
}  # fmt: skip


def inputs(content: Any) -> tuple[Needed, ...]:
    """What a tariff's formula reads, the classes of its own classification among them; none of one that has a fault."""
    if not isinstance(content, Mapping) or not isinstance(content.get("formula"), str):
        return ()
    classes = content.get("klasifikasi") if content["formula"] == "bangunan" else None
    own = must(CHOICE, *classes) if isinstance(classes, Mapping) else ()
    return (*FORMULAS.get(content["formula"], ()), *own)
