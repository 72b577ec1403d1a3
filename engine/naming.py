"""Names that data and files are kept under: how long they are, what they are written with, which are taken."""

from __future__ import annotations

import keyword
import re

from engine.errors import Finding

LONGEST = 60  # letters
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.]{0,59}", re.ASCII)
# What every object of a browser has by itself: a name of data like these reads that instead of the data.
TAKEN = frozenset(
    "__proto__ constructor hasOwnProperty isPrototypeOf propertyIsEnumerable prototype toLocaleString toString "
    "valueOf".split()
)
# Words of the language that conditions are written in (engine.bpmn.expressions), in small letters: a path of names with
# one of these in it is no path, or reads as something else.
OF_CONDITIONS = frozenset((*(one.lower() for one in keyword.kwlist), "true", "false", "null"))
CODE_FAULT = "Kode hanya huruf, angka, titik, dan garis bawah, paling panjang 60, misalnya SIPB."


def is_code(word: str) -> bool:
    """Whether a word can be the code of something in the catalogue."""
    return CODE.fullmatch(word) is not None and word not in TAKEN


def fault(name: str) -> str:
    """Why a name cannot be kept, to be read after it; "" when it can."""
    if len(name) > LONGEST:
        return Finding("lebih panjang dari %(most)s huruf", most=LONGEST)
    return Finding("dipakai peramban sendiri") if name in TAKEN else ""


def refused(name: str) -> Finding | None:
    """Why a form or a table cannot be called so, which browsers and conditions would read as something else; None when
    it can."""
    odd = fault(name) or (Finding("adalah kata bahasa syarat") if name.lower() in OF_CONDITIONS else "")
    return Finding("%(name)s %(fault)s; pilih nama lain.", name=name[:LONGEST], fault=odd) if odd else None
