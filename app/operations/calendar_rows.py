"""Lines of a calendar change as their columns: what a line holds beyond what can be carried out is told, never dropped.

A line is an entry of its own: no quotation mark reaches over its end, or a forgotten one would swallow what follows.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.errors import Sentence
from engine.forms.values import clean

COLUMNS = ("jenis", "tanggal", "sampai", "jam", "keterangan")
LONGEST_LABEL = 120
LINE_END = re.compile(r"\r\n?|\n")
OPEN_QUOTE = "tanda kutip tidak berpasangan; tutup di baris yang sama, atau hapus"
ONE_DATE = "jenis %(typed)s berlaku satu tanggal; kosongkan kolom sampai dan tulis satu baris untuk setiap tanggal"
NO_UNTIL = "jenis tahun hanya memuat angka tahunnya; kosongkan kolom sampai"
NO_HOURS = "jenis %(typed)s tidak memakai kolom jam; kosongkan, atau pakai jenis jam"
TOO_MANY = "lebih dari lima kolom: “%(typed)s”; keterangan yang memuat titik koma ditulis di antara tanda kutip"
TOO_LONG = "keterangan paling banyak %(most)s huruf, Anda menulis %(count)s"


@dataclass(frozen=True)
class Row:
    """A line that says something: its number from 1, as it was typed, its five columns, and what hinders reading it."""

    number: int
    typed: str
    cells: Sequence[str]
    fault: str = ""


def rows(text: str) -> Iterator[Row]:
    """The lines of a change that say something; the heading says nothing."""
    for number, line in enumerate(lines(text), 1):
        found = _row(number, line)
        if found.fault or (any(found.cells) and not _heading(found.cells)):
            yield found


def lines(text: str) -> list[str]:
    """Lines as any machine ends them; old spreadsheets write a bare carriage return, others a mark before the first."""
    plain = text.replace("\x00", "").replace("\ufeff", "")
    return plain.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def one_line(text: str) -> str:
    """A text without ends of lines: each, with the blanks beside it, is one blank."""
    return " ".join(one.strip() for one in LINE_END.split(text)).strip()


def _row(number: int, line: str) -> Row:
    try:
        cells = [clean(cell) for row in csv.reader([line], delimiter=";", strict=True) for cell in row]
    except csv.Error:
        return Row(number, line, ("",) * len(COLUMNS), OPEN_QUOTE)
    full = (cells + [""] * len(COLUMNS))[: len(COLUMNS)]
    return Row(number, line, full, _beyond(cells) or _unused(full))


def _heading(cells: Sequence[str]) -> bool:
    return cells[0].lower() == COLUMNS[0] and cells[1].lower() in ("", COLUMNS[1])


def _beyond(cells: Sequence[str]) -> str:
    """What a line holds besides its columns, or more than a column keeps."""
    more = [one for one in cells[len(COLUMNS) :] if one]
    if more:
        return Sentence(TOO_MANY, typed="; ".join(more)[:40])
    if len(cells) == len(COLUMNS) and len(cells[4]) > LONGEST_LABEL:
        return Sentence(TOO_LONG, most=LONGEST_LABEL, count=len(cells[4]))
    return ""


def _unused(cells: Sequence[str]) -> str:
    """A column that is filled in and that the kind of the line makes nothing of."""
    kind, day, until, hours, _label = cells
    kind = kind.lower()
    if kind in ("jam", "biasa") and until not in ("", day):
        return Sentence(ONE_DATE, typed=kind)
    if kind == "tahun" and until:
        return NO_UNTIL
    return Sentence(NO_HOURS, typed=kind) if kind in ("libur", "biasa", "tahun") and hours else ""
