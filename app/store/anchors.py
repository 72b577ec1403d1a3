"""The folder of the anchors: outside the database, a file for each day, only ever added to.

`2026-11-29.json` is the signed anchor, `2026-11-29.heads` the list of heads that moved, a line each.  `public-keys`
names every key that signed, a line each.  `known.heads` is only a help for the next anchor: when it is lost or does
not fit the last anchor, the next one lists every head.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TextIO

from flask import current_app

from app.store.files import checksum, settle
from engine.anchors import Anchor, Digest, Head, head_of, line, text_of

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
KEYS, KNOWN = "public-keys", "known.heads"


def folder() -> Path:
    return Path(current_app.extensions["settings"].anchors)


def set_aside(at: datetime) -> Path | None:
    """Move all anchors into a folder of their own beside the next ones; None when there are none.

    For an office that is built anew or restored: they speak of another one.
    """
    found = [one for one in folder().glob("*") if one.is_file()]
    if not found:
        return None
    aside = folder() / f"lama-{at:%Y%m%dT%H%M%SZ}"
    aside.mkdir(parents=True, exist_ok=True)
    for one in found:
        one.replace(aside / one.name)
    return aside


class AnchorFolder:
    """The anchors kept in one folder; raises OSError where it cannot be read or written."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def days(self) -> tuple[str, ...]:
        """The days that have an anchor, in order."""
        return tuple(sorted(one.stem for one in self.place.glob("*.json") if DAY.fullmatch(one.stem)))

    def text(self, day: str) -> str:
        """An anchor's file; bytes that are no text become signs that fit no anchor."""
        return (self.place / f"{day}.json").read_bytes().decode(errors="replace")

    def hash(self, day: str) -> str:
        return checksum(self.place / f"{day}.json")

    def lines(self, day: str) -> Iterator[str]:
        """The lines of a day's list, without their ends; none when the list is gone."""
        return _lines(self.place / f"{day}.heads")

    def keys(self) -> tuple[str, ...]:
        return tuple(_lines(self.place / KEYS))

    def add_key(self, key: str) -> None:
        """Publish the public half (hex) of a key before it signs."""
        if key in self.keys():
            return
        with (self.place / KEYS).open("a") as file:
            file.write(key + "\n")
            _keep(file)

    def known(self, expected: str) -> Iterator[Head]:
        """Every head known at the last anchor, whose `all` is `expected`; none when that list is not at hand."""
        path = self.place / KNOWN
        if not path.exists() or checksum(path) != expected:
            return iter(())
        return (head_of(one) for one in _lines(path))

    @contextmanager
    def writing(self, name: str) -> Iterator[Written]:
        """A list being written, durable at the end; it has no effect before `publish`."""
        with self._part(name) as file:
            yield Written(file)
            _keep(file)

    def _part(self, name: str) -> TextIO:
        self.place.mkdir(parents=True, exist_ok=True)
        return (self.place / f"{name}.part").open("w", encoding="utf-8", newline="\n")

    def publish(self, anchor: Anchor) -> bool:
        """Give the day its anchor, durably, the lists first; false when the day has one already."""
        for name in (f"{anchor.day}.heads", KNOWN):
            (self.place / f"{name}.part").replace(self.place / name)
        with self._part(f"{anchor.day}.json") as file:
            file.write(text_of(anchor))
            _keep(file)
        part = self.place / f"{anchor.day}.json.part"
        with suppress(FileExistsError):
            os.link(part, self.place / f"{anchor.day}.json")
        part.unlink()
        settle(self.place)
        return self.text(anchor.day) == text_of(anchor)


class Written:
    """A list of heads being written: what an anchor says of it, line by line and as a whole (both hex)."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._whole = hashlib.sha256()
        self.digest = Digest()

    def add(self, head: Head) -> None:
        text = line(head)
        self._file.write(text + "\n")
        self._whole.update(f"{text}\n".encode())
        self.digest.add(text)

    @property
    def whole(self) -> str:
        return self._whole.hexdigest()


def _keep(file: TextIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _lines(path: Path) -> Iterator[str]:
    """Lines ended by nothing but a line feed; what stands after the last one is a line, too."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
        for one in file:
            yield one.removesuffix("\n")
