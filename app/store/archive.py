"""One zip of a known shape: uncompressed, without times, so that the same contents are the same bytes everywhere."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

FOR_EVER = (1980, 1, 1, 0, 0, 0)


class _Onwards(io.RawIOBase):
    """Takes what is written and cannot go back: the zip then never returns to a header."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        return self._file.write(data)


def pack(path: Path, contents: Iterable[tuple[str, Iterator[bytes]]]) -> None:
    """Write `contents` (name, chunks) to `path`, whole or not at all.  Raises OSError, FileExistsError among them."""
    if path.exists():
        raise FileExistsError(f"{path} sudah ada.")
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            write(file, contents)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write(file: IO[bytes], contents: Iterable[tuple[str, Iterator[bytes]]]) -> None:
    """Write `contents` (name, chunks) to an open file, from first to last."""
    with zipfile.ZipFile(_Onwards(file), "w", zipfile.ZIP_STORED) as target:
        for name, chunks in contents:
            info = zipfile.ZipInfo(name, FOR_EVER)
            info.create_system, info.external_attr = 3, 0o644 << 16
            with target.open(info, "w", force_zip64=True) as member:
                for chunk in chunks:
                    member.write(chunk)
