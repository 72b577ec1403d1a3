"""Figures of a levy: exact numbers from a form's texts, rounding, and how they are printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from engine.errors import Sentence

# What a form hands over: "100.5", never an exponent, never more than a sum of this office needs.
NUMBER = re.compile(r"[0-9]{1,18}(\.[0-9]{1,9})?", re.ASCII)


def exact(value: Any, called: str) -> Fraction:
    """An input as an exact number, not negative; raises ValueError with a sentence."""
    text = str(value) if isinstance(value, (str, int, Decimal)) and not isinstance(value, bool) else ""
    if not NUMBER.fullmatch(text):
        raise ValueError(Sentence("%(called)s harus angka yang tidak negatif.", called=called))
    return Fraction(text)


def whole(value: Any, called: str) -> int:
    """An input as a count above zero; raises ValueError with a sentence."""
    found = exact(value, called)
    if found.denominator != 1 or found < 1:
        raise ValueError(Sentence("%(called)s harus bilangan bulat, paling kecil 1.", called=called))
    return int(found)


def given(inputs: Mapping[str, Any], name: str, called: str) -> Any:
    """An input that must be there; raises ValueError with a sentence."""
    if inputs.get(name) in (None, "", []):
        raise ValueError(Sentence("%(called)s belum diisi.", called=called))
    return inputs[name]


def rounded(amount: Fraction) -> int:
    """To whole rupiah, half away from zero."""
    return int(amount + Fraction(1, 2)) if amount >= 0 else -int(-amount + Fraction(1, 2))


def shown(value: Fraction, places: int = 6) -> str:
    """A finite decimal as Indonesians write it, else a fraction."""
    scaled = value * 10**places
    if scaled.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    whole_part, part = divmod(abs(scaled.numerator), 10**places)
    text = f"{whole_part:,}".replace(",", ".")
    decimals = f"{part:0{places}}".rstrip("0")
    return ("-" if value < 0 else "") + (f"{text},{decimals}" if decimals else text)


def rupiah(amount: int) -> str:
    """187625 -> "Rp187.625"."""
    return ("-" if amount < 0 else "") + "Rp" + f"{abs(amount):,}".replace(",", ".")
