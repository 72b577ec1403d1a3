"""A play in the address of its page: its beginning and its moves, packed, so that it can be sent, and gone back in."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

from engine.playing import Move, Start
from engine.scenarios import LONGEST, Scenario, Unplayable, as_json, read

MOST = 4000  # characters of an address that a play may take

Play = tuple[Start, tuple[Move, ...]]


def packed(start: Start, moves: tuple[Move, ...]) -> str:
    """A play as a word of an address; "" for one that is too long for any."""
    text = json.dumps(as_json(Scenario("", start, moves, {})), separators=(",", ":"))
    word = urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    return word if len(word) <= MOST else ""


def unpacked(word: str) -> Play | None:
    """The play of an address; None for what is none."""
    try:
        raw = urlsafe_b64decode(word.encode("ascii") + b"=" * (-len(word) % 4))
        opened = zlib.decompressobj().decompress(raw, LONGEST)
        found = read(opened.decode())
    except (ValueError, zlib.error, Unplayable):
        return None
    return found.start, found.moves
