"""What a letter that we set ourselves shows: its words, and which of the words that make it a letter of ours."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from pypdf import PdfReader

# What a letter is known by -> where its values hold it.
MARKS: Mapping[str, tuple[str, str]] = {
    "nomor surat": ("surat", "nomor"),
    "nama penanda tangan": ("penandatangan", "nama"),
    "nama pemohon": ("pemohon", "nama"),
}


def words(content: bytes) -> str:
    """Everything that is written in a letter's PDF, without what lies between the words and without large letters."""
    return plain("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def plain(text: str) -> str:
    return "".join(text.split()).casefold()


def marks(written: str, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The marks that stand in what is written, in their order; `values`: with which the letter was set."""
    asked = ((mark, plain(str(values.get(part, {}).get(name) or ""))) for mark, (part, name) in MARKS.items())
    return tuple(mark for mark, word in asked if word and word in written)
