"""Amounts in Indonesian words (terbilang)."""

from __future__ import annotations

import re

from num2words import num2words

# One thousand is "seribu", also after a larger group: 1.001.000 is "satu juta seribu".
ONE_THOUSAND = re.compile(r"\b(juta|miliar|triliun) satu ribu\b")


def in_words(rupiah: int) -> str:
    """187625 -> "seratus delapan puluh tujuh ribu enam ratus dua puluh lima rupiah"."""
    return ONE_THOUSAND.sub(r"\1 seribu", f"{num2words(rupiah, lang='id')} rupiah")
