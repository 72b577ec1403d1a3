"""What counts as a pattern worth a look in the record of decisions: thresholds of the setting `pola_audit`.

A pattern is a question to be asked, not an accusation; its figures are law as data, "contoh" until they are adopted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

SETTING = "pola_audit"


@dataclass(frozen=True)
class PatternLaw:
    """`returns`: (step, button) that send a file back; `pairs`: (step, later step) decided by two officials.

    Ratios say how many times a share must exceed that of the others; `least` are numbers of decisions, `seconds` and
    `leeway` (minutes before opening and after closing) spans that count as quick and as within hours.
    """

    version: int
    source: str
    example: bool
    decisions: tuple[str, ...]
    returns: tuple[tuple[str, str], ...]
    pairs: tuple[tuple[str, str], ...]
    pair_ratio: Fraction
    pair_least: int
    leeway: int
    outside_least: int
    case_least: int
    returner_ratio: Fraction
    returner_least: int
    substitute_least: int
    seconds: int
    quick_least: int
    looks_least: int


def law_of(settings: Mapping[str, Any]) -> PatternLaw | None:
    """The thresholds of a release's settings; None where it has none that can be read."""
    try:
        return _read(settings[SETTING])
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError):
        return None


def _read(told: Mapping[str, Any]) -> PatternLaw:
    pair, returner = told["pasangan"], told["pengembali"]
    return PatternLaw(
        version=_count(told["versi"]),
        source=str(told["asal"]),
        example=bool(told["contoh"]),
        decisions=tuple(str(one) for one in told["keputusan"]),
        returns=tuple((str(step), str(one)) for step, buttons in told["kembali"].items() for one in buttons),
        pairs=tuple((str(first), str(second)) for second, first in pair["langkah"].items()),
        pair_ratio=Fraction(str(pair["kali"])),
        pair_least=_count(pair["paling_sedikit"]),
        leeway=int(told["luar_jam"]["kelonggaran_menit"]),
        outside_least=_count(told["luar_jam"]["paling_sedikit"]),
        case_least=_count(told["dikembalikan"]["paling_sedikit"]),
        returner_ratio=Fraction(str(returner["kali"])),
        returner_least=_count(returner["paling_sedikit"]),
        substitute_least=_count(told["rangkap"]["paling_sedikit"]),
        seconds=_count(told["kilat"]["detik"]),
        quick_least=_count(told["kilat"]["paling_sedikit"]),
        looks_least=_count(told["akses"]["paling_sedikit"]),
    )


def _count(value: Any) -> int:
    """A whole number of at least one; raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(value)
    return value
