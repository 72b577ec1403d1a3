"""The fonts of letters, and what can be printed with them."""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

NODE_MODULES = Path(__file__).resolve().parents[2] / "node_modules"
ARIMO = NODE_MODULES / "@expo-google-fonts" / "arimo"
DEJAVU = NODE_MODULES / "dejavu-fonts-ttf" / "ttf"
MAIN = ARIMO / "400Regular" / "Arimo_400Regular.ttf"
SECOND = DEJAVU / "DejaVuSans.ttf"
# Arimo sets the letter (its widths are Arial's); DejaVu Sans has what Arimo lacks.
FOLDERS = (
    *(ARIMO / name for name in ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic")),
    DEJAVU,
)
MISSING = "□"
# A longer word without a place to break would run off the page: it may break at every fifteenth sign.
LONGEST_WORD = re.compile(r"\S{31,}")
PIECE = 15
BREAK = "\u200b"


class FontsMissing(RuntimeError):
    """Fon surat belum terpasang; jalankan `make build`."""


def printable(value: Any, plain: bool = False) -> Any:
    """The same JSON with every text NFC, without controls and invisible signs, and □ for what no font has.

    PDF/A forbids signs without a picture. `plain`: only what the main font has, without loose accents.
    """
    if isinstance(value, str):
        return _text(value, plain)
    if isinstance(value, dict):
        return {_text(str(key), plain): printable(one, plain) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [printable(one, plain) for one in value]
    return value


def breakable(value: Any) -> Any:
    """The same JSON whose overlong words may break at the end of a line."""
    if isinstance(value, str):
        return LONGEST_WORD.sub(_pieces, value)
    if isinstance(value, dict):
        return {breakable(key): breakable(one) for key, one in value.items()}
    return [breakable(one) for one in value] if isinstance(value, list) else value


def _pieces(word: re.Match[str]) -> str:
    return BREAK.join(word[0][at : at + PIECE] for at in range(0, len(word[0]), PIECE))


def _text(text: str, plain: bool) -> str:
    whole = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return whole.translate(_signs(plain))


class _Signs(dict[int, str | None]):
    """What is printed for each code point: itself, □, or nothing; found out once."""

    def __init__(self, plain: bool) -> None:
        self.plain = plain
        self.known = coverage(MAIN) if plain else coverage(MAIN) | coverage(SECOND)

    def __missing__(self, point: int) -> str | None:
        self[point] = self._printed(point)
        return self[point]

    def _printed(self, point: int) -> str | None:
        sign, kind = chr(point), unicodedata.category(chr(point))
        if sign == "\n":
            return sign
        if kind in ("Cc", "Cf", "Cs", "Zl", "Zp") or (self.plain and kind.startswith("M")):
            return None
        return sign if point in self.known else MISSING


@cache
def _signs(plain: bool) -> _Signs:
    return _Signs(plain)


@cache
def coverage(font: Path) -> frozenset[int]:
    """Code points a TrueType font has pictures for (its `cmap`, formats 4 and 12)."""
    if not font.is_file():
        raise FontsMissing(FontsMissing.__doc__)
    data = font.read_bytes()
    start = _table(data, b"cmap")
    (count,) = struct.unpack_from(">H", data, start + 2)
    found: set[int] = set()
    for index in range(count):
        (offset,) = struct.unpack_from(">I", data, start + 4 + 8 * index + 4)
        found |= _subtable(data, start + offset)
    return frozenset(found)


def _table(data: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", data, 4)
    for index in range(count):
        name, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise FontsMissing(FontsMissing.__doc__)


def _subtable(data: bytes, at: int) -> set[int]:
    (form,) = struct.unpack_from(">H", data, at)
    if form == 12:
        (groups,) = struct.unpack_from(">I", data, at + 12)
        rows = (struct.unpack_from(">III", data, at + 16 + 12 * index) for index in range(groups))
        return {point for first, last, glyph in rows for point in range(first, last + 1) if glyph + point - first}
    return _segments(data, at) if form == 4 else set()


def _segments(data: bytes, at: int) -> set[int]:
    (doubled,) = struct.unpack_from(">H", data, at + 6)
    count, ends = doubled // 2, at + 14
    starts = ends + doubled + 2
    found = set()
    for index in range(count):
        (last,) = struct.unpack_from(">H", data, ends + 2 * index)
        (first,) = struct.unpack_from(">H", data, starts + 2 * index)
        found |= {point for point in range(first, last + 1) if _glyph(data, starts, doubled, index, point, first)}
    return found


def _glyph(data: bytes, starts: int, doubled: int, index: int, point: int, first: int) -> int:
    """The picture of one code point in one segment; 0 is "none"."""
    (delta,) = struct.unpack_from(">H", data, starts + doubled + 2 * index)
    place = starts + 2 * doubled + 2 * index
    (offset,) = struct.unpack_from(">H", data, place)
    if offset == 0:
        return int(point + delta) & 0xFFFF
    where = place + offset + 2 * (point - first)
    if where + 2 > len(data):
        return 0
    (glyph,) = struct.unpack_from(">H", data, where)
    return (int(glyph) + delta) & 0xFFFF if glyph else 0
