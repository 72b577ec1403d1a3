"""Whether a field can be called so: its answer is kept and posted under the name and read by conditions and letters."""

from __future__ import annotations

from collections.abc import Iterable

from engine import naming, reserved
from engine.errors import Finding

LONGEST = 80  # letters of a name in a message


def fault(name: str, others: Iterable[str], outermost: bool = True) -> Finding | None:
    """Why a field cannot have this name beside those of the `others`; None when it can.

    Fields within groups clash with no name of the office's own.
    """
    said = name[:LONGEST]
    if odd := naming.fault(name):
        return Finding("Nama isian %(name)s %(fault)s; pilih nama lain.", name=said, fault=odd)
    if outermost and name in reserved.NAMES:
        return Finding("Nama isian %(name)s dipakai kantor sendiri; pilih nama lain.", name=said)
    if not (name.isidentifier() and name.isascii() and name[0] != "_" and "__" not in name):
        return Finding("Nama isian harus diawali huruf, lalu huruf, angka, atau satu garis bawah di antaranya.")
    if name.lower() in naming.OF_CONDITIONS:
        word = "Nama isian %(name)s adalah kata bahasa syarat; syarat tidak dapat membacanya, jadi pilih nama lain."
        return Finding(word, name=said)
    return _confused(name, others, outermost)


def _confused(name: str, others: Iterable[str], outermost: bool) -> Finding | None:
    """Names that people read as one and data keep as two."""
    if outermost and name.lower() in reserved.NAMES:
        pattern = (
            "Nama isian %(name)s berbeda dari nama %(other)s yang dipakai kantor hanya pada besar kecil hurufnya; "
            "pilih nama lain."
        )
        return Finding(pattern, name=name, other=name.lower())
    alike = next((one for one in others if one != name and one.lower() == name.lower()), None)
    pattern = "Nama isian %(name)s berbeda dari isian %(other)s hanya pada besar kecil hurufnya; pilih nama lain."
    return Finding(pattern, name=name, other=alike) if alike else None
