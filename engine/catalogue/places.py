"""Where the office serves: a box of latitudes and longitudes, from the settings of the release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

SIDES = ("utara", "selatan", "barat", "timur")


@dataclass(frozen=True)
class Box:
    north: Decimal
    south: Decimal
    west: Decimal
    east: Decimal

    def holds(self, latitude: Decimal, longitude: Decimal) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


def box_of(raw: Any) -> Box | None:
    """`{"utara": "-5.00", …}` as a box; None for anything else."""
    if not isinstance(raw, Mapping) or raw.keys() != set(SIDES):
        return None
    try:
        found = Box(*(Decimal(str(raw[side])) for side in SIDES))
    except InvalidOperation:
        return None
    known = all(one.is_finite() for one in (found.north, found.south, found.west, found.east))
    return found if known and found.south < found.north and found.west < found.east else None
