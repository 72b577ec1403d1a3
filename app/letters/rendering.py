"""A letter's frozen values and its template become a PDF/A-2b file.

Applicants' words reach the typesetter as data only: they stand in `data.json`, never in markup.
"""

from __future__ import annotations

import atexit
import io
import json
import re
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import segno

from app.letters import fonts, reasons
from app.letters.limited import Limited, Stopped
from app.letters.reasons import Place
from engine.errors import Finding, Incident

SECONDS = 15
MEMORY = 1024**3
# A package would be fetched from the network: "@preview/…".
PACKAGE = re.compile(rb"[\"']@")
PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
LONGEST_FAULT = 500

typesetter = Limited("typesetting", MEMORY, SECONDS, kept=2)
atexit.register(typesetter.close)


class LetterFailed(Incident):
    """Surat tidak dapat dibuat karena templatnya bermasalah; gangguan ini sudah dicatat untuk administrator."""

    def __str__(self) -> str:
        return str(self.sentence)

    def __init__(self, element: str, reason: str, places: tuple[Place, ...] = ()) -> None:
        super().__init__(element, reasons.located(reason, places))
        self.bare, self.places = reason, places

    @property
    def sentence(self) -> Finding:
        return Finding("Surat %(code)s tidak dapat dibuat: %(reason)s", code=self.element, reason=self.reason)


def render(template: str, templates: Mapping[str, bytes], values: Mapping[str, Any]) -> bytes:
    """The letter as PDF/A-2b; the same templates and values give the same bytes.

    `template`: a name in `templates` (name -> Typst source); `values`: what the operation froze, plain JSON, of which
    `surat.tanggal` (ISO date) dates the file and `surat.alamat_verifikasi` becomes the QR code. Takes at most
    15 seconds. Raises LetterFailed with the place and the reason in the template.
    """
    _check(template, templates)
    made, fault, where = _set(template, templates, values, plain=False)
    if made is None and "could not be displayed" in fault:
        # A sign and an accent of different fonts: neither has both.
        made, fault, where = _set(template, templates, values, plain=True)
    if made is None:
        raise LetterFailed(template, reasons.told(fault, templates, values), where)
    return made


def _check(template: str, templates: Mapping[str, bytes]) -> None:
    if template not in templates:
        raise LetterFailed(template, Finding("templatnya tidak ada dalam folder surat."))
    for name, text in templates.items():
        if not PLAIN_NAME.fullmatch(name):
            raise LetterFailed(name, Finding("nama berkas templat hanya boleh huruf, angka, titik, dan garis."))
        if name.endswith(".typ") and PACKAGE.search(text):
            raise LetterFailed(name, Finding("templat tidak boleh memakai paket dari luar."))


def _set(
    template: str, templates: Mapping[str, bytes], values: Mapping[str, Any], plain: bool
) -> tuple[bytes | None, str, tuple[Place, ...]]:
    """The file, or why there is none and where."""
    words = fonts.printable(dict(values), plain)
    # Addresses of the office and the letter are copied from the page, hence stay whole.
    words |= {key: fonts.breakable(one) for key, one in words.items() if key not in ("surat", "kantor")}
    with tempfile.TemporaryDirectory(prefix="surat-") as folder:
        _lay_out(Path(folder), templates, words)
        job = {"folder": folder, "main": template, "timestamp": _noon(words)}
        job["fonts"] = [str(one) for one in fonts.FOLDERS]
        try:
            answer, parts = typesetter.ask(job)
        except Stopped:
            why = Finding("pembuatannya melebihi batas waktu %(seconds)s detik atau batas memori.", seconds=SECONDS)
            return None, why, ()
    if "gagal" in answer:
        said = str(answer["gagal"]).replace(folder, "").strip()[:LONGEST_FAULT]
        return None, said, reasons.places(str(answer.get("tempat", "")))
    return parts[0], "", ()


def _lay_out(folder: Path, templates: Mapping[str, bytes], words: Mapping[str, Any]) -> None:
    for name, text in templates.items():
        (folder / name).write_bytes(text)
    (folder / "data.json").write_text(json.dumps(words, ensure_ascii=False, default=str), encoding="utf-8")
    address = _letter(words).get("alamat_verifikasi")
    if address:
        (folder / "qr.svg").write_bytes(_qr(str(address)))


def _letter(words: Mapping[str, Any]) -> Mapping[str, Any]:
    letter = words.get("surat")
    return letter if isinstance(letter, dict) else {}


def _qr(address: str) -> bytes:
    image = io.BytesIO()
    segno.make(address, error="m", micro=False).save(image, kind="svg", border=2, xmldecl=False, svgns=True)
    return image.getvalue()


def _noon(words: Mapping[str, Any]) -> int:
    """Seconds since 1970 of noon UTC on the letter's day: what the file says of its own making."""
    try:
        day = date.fromisoformat(str(_letter(words).get("tanggal", ""))[:10])
    except ValueError:
        day = date(1970, 1, 1)
    return max(0, int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()))
