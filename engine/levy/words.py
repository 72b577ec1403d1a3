"""Amounts in Indonesian words (terbilang)."""

from __future__ import annotations

from num2words import num2words


def in_words(rupiah: int) -> str:
    """187625 -> "seratus delapan puluh tujuh ribu enam ratus dua puluh lima rupiah"."""
    return f"{num2words(rupiah, lang='id')} rupiah"
