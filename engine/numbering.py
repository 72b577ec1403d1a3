"""Numbers of registers and letters: a pattern of the catalogue filled in (domain 10.4)."""

from __future__ import annotations

from datetime import date

from engine.catalogue import Register

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def scope(register: Register, permit: str, day: date) -> str:
    """The span within which a book counts on: a year, and a permit type where the register says so."""
    year = str(day.year) if register.restart == "year" else "selamanya"
    return f"{year}/{permit}" if register.per_permit and permit else year


def number(register: Register, seq: int, permit: str, day: date, unit: str) -> str:
    """`{seq:03}/{permit}/{roman}/{year}` and the like; raises KeyError for an unknown token."""
    return register.pattern.format(
        seq=seq,
        permit=permit,
        unit=unit,
        roman=ROMAN[day.month - 1],
        year=day.year,
        yy=day.year % 100,
        month=day.month,
        day=day.day,
    )
