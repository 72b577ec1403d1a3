"""What looks odd in an application without being refused: a NIK that says otherwise than its holder (ruling 19)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.operations.prefilling import newest_application
from engine.forms.values import nik_doubts

# Whoever can still look at the paper, or mend what was typed.
SHOWN_AT = ("lengkapi", "perbaikan", "periksa_kelengkapan", "verifikasi_keabsahan")


def of_application(answers: Sequence[Any]) -> tuple[str, ...]:
    """Sentences about the newest application among these submissions; none while nothing was handed in."""
    values = newest_application(answers)
    nik = str(values.get("nik") or "")
    if len(nik) != 16:
        return ()
    return nik_doubts(nik, str(values.get("tanggal_lahir") or ""), str(values.get("jenis_kelamin") or ""))
