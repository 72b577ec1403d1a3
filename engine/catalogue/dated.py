"""Rows of the law's data that begin on a day, standards, limits and tariffs: each fault with its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.catalogue.values import Standard
from engine.errors import Finding

MOST_SHOWN = 60  # letters of what was written
DAY_HINT = "Tulis tahun-bulan-hari yang ada dalam kalender, misalnya 2026-09-01."
LISTS = {"standards": Finding("Standar waktu layanan"), "legal_limits": Finding("Batas hukum")}
WORDS = {
    "budget": Finding("Jangka waktu"),
    "valid_from": Finding("Berlaku sejak"),
    "basis": Finding("Dasar hukum"),
    "example": Finding("Contoh, belum dikukuhkan pejabat"),
}


class Undated(Exception):
    """A row that cannot be read: `sentence` says where and why, `hint` what to do."""

    def __init__(self, sentence: Finding, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.hint = sentence, hint


def day(row: Mapping[str, Any]) -> date:
    """Since when a row is in force; raises Undated."""
    written = row.get("valid_from")
    if written is None or written == "":
        raise Undated(Finding("%(word)s belum diisi", word=WORDS["valid_from"]), DAY_HINT)
    try:
        return date.fromisoformat(written)
    except (TypeError, ValueError):
        shown = str(written)[:MOST_SHOWN]
        raise Undated(
            Finding('%(word)s: "%(written)s" bukan tanggal', word=WORDS["valid_from"], written=shown), DAY_HINT
        ) from None


def standards(listed: str, rows: Any) -> list[Standard]:
    """Versions of a standard or a limit (`listed`: a key of LISTS); raises Undated with the number of the row."""
    if not isinstance(rows, list):
        raise Undated(Finding("%(listed)s harus berupa daftar", listed=LISTS[listed]))
    return [_standard(listed, number, row) for number, row in enumerate(rows, 1)]


def _standard(listed: str, number: int, row: Any) -> Standard:
    try:
        if not isinstance(row, dict):
            raise Undated(Finding("harus berupa objek"))
        budget, basis = (_text(row, word) for word in ("budget", "basis"))
        example = row.get("example", True)
        if not isinstance(example, bool):
            raise Undated(Finding("%(word)s harus true atau false", word=WORDS["example"]))
        return Standard(budget, day(row), basis, example)
    except Undated as fault:
        told = Finding(
            "%(listed)s, butir %(number)s: %(fault)s.", listed=LISTS[listed], number=number, fault=fault.sentence
        )
        raise Undated(told, fault.hint) from None


def _text(row: Mapping[str, Any], word: str) -> str:
    if word not in row:
        raise Undated(Finding("%(word)s belum diisi", word=WORDS[word]))
    if not isinstance(row[word], str):
        raise Undated(Finding("%(word)s harus berupa teks", word=WORDS[word]))
    return str(row[word])
