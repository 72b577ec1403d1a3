"""A point on the map as it is typed or taken from a phone, and the words a form file says about such a field.

Latitude and longitude in degrees, in one text: "-5.1131, 105.3067".  A decimal comma is read as well as a point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.errors import Finding

HINT = "lintang, bujur; contoh: -5.1131, 105.3067"
# Greedy on purpose: in "-5,1131, 105,3067" a comma before digits belongs to its number as long as two numbers remain.
_DEGREES = r"(-?[0-9]{{1,{most}}}(?:[.,][0-9]{{1,9}})?)"
TYPED = re.compile(_DEGREES.format(most=2) + r"(?: ?[,;] ?| )" + _DEGREES.format(most=3))
MINUS = str.maketrans("\u2212\u2013", "--")
WORDS = frozenset({"accuracy", "beyond"})
NORTHMOST, EASTMOST = 90, 180


@dataclass(frozen=True)
class Place:
    """`place` of a field of coordinates: which fields of its section hold more about the point.

    `accuracy`: a number, metres as the phone estimates them; `beyond`: a declaration that the point really lies
    outside of where the office serves.  "" for none.
    """

    accuracy: str = ""
    beyond: str = ""


def plain(text: str) -> str | None:
    """'-5,1131; 105,3067' -> '-5.1131, 105.3067'; None for what is no point of the earth."""
    found = TYPED.fullmatch(" ".join(text.translate(MINUS).split()))
    if found is None:
        return None
    latitude, longitude = (one.replace(",", ".") for one in found.groups())
    known = abs(Decimal(latitude)) <= NORTHMOST and abs(Decimal(longitude)) <= EASTMOST
    return f"{latitude}, {longitude}" if known else None


def point_of(text: str) -> tuple[Decimal, Decimal]:
    """Latitude and longitude of what `plain` gave."""
    latitude, longitude = (Decimal(one.strip()) for one in re.split("[,;]", text))
    return latitude, longitude


def place(raw: Any) -> Place | None:
    return Place(raw.get("accuracy", ""), raw.get("beyond", "")) if raw else None


def is_place(value: Any) -> bool:
    return (
        isinstance(value, Mapping) and not value.keys() - WORDS and all(isinstance(one, str) for one in value.values())
    )


def faults(fields: Any) -> Iterator[tuple[str, str, str]]:
    """Name of the field, code and message, for each `place` of a section that names fields it has not, or of a kind
    that cannot hold it."""
    known = [one for one in fields if isinstance(one, dict)] if isinstance(fields, list) else []
    kinds = {str(one.get("name")): one.get("type") for one in known}
    for one in known:
        said = one.get("place")
        if not isinstance(said, dict) or not is_place(said):
            continue
        name = str(one.get("name", ""))[:60]
        if one.get("pattern") != "coordinates":
            yield name, "form-place", "Kata place hanya bagi isian berpola coordinates."
        for word, kind in (("accuracy", "number"), ("beyond", "declaration")):
            if said.get(word) and kinds.get(said[word]) != kind:
                told = "Kata place menunjuk isian %(name)s, yang bukan %(kind)s bagian ini."
                yield name, "form-place", Finding(told, name=said[word][:60], kind=kind)
